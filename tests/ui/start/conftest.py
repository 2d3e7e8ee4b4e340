from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.ui.start.starting import Desk


@pytest.fixture
def desk(qtbot, background, own_data_folder: Path) -> Iterator[Desk]:
    opened = Desk(qtbot, background, own_data_folder)
    yield opened
    opened.close()
