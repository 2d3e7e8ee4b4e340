"""The import page in a window of its own, on a real encrypted store."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop_app.storage.store import Store
from desktop_app.ui.background.background import Background
from desktop_app.ui.customers.customers_page import CustomersPage
from tests.backgrounds import settle
from tests.ui.desk.desks import desk  # noqa: F401
from tests.ui.sessions import begin_session, show_page


@pytest.fixture
def page(qtbot: QtBot, store: Store, background: Background, tmp_path: Path) -> Iterator[CustomersPage]:
    session = begin_session(qtbot, store, background, tmp_path)
    opened = show_page(qtbot, CustomersPage, session, (1100, 700))
    settle(qtbot, background)
    yield opened
    settle(qtbot, background)
