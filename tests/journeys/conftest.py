from tests.ui.conftest import each_pin_stretched_once as each_pin_stretched_once
from tests.ui.conftest import qtbot as qtbot
