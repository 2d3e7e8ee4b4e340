import pytest
from PySide6.QtWidgets import QApplication

from desktop_app.ui.theme.style import apply_theme
from desktop_app.words import Words


@pytest.fixture(autouse=True)
def dressed(qapp: QApplication):
    apply_theme(qapp, "light")


@pytest.fixture
def words() -> Words:
    return Words("zh")
