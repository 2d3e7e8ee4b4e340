"""The copy of whom the CRM knew is damaged, replaced or gone while the window runs: the desk goes on."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from desktop_app.storage.customers import CUSTOMERS_FILE
from desktop_app.ui.capture.look_up_row import LookUpRow
from desktop_app.ui.capture.looking_up import LookingUp
from desktop_app.ui.widgets.notice import Notice
from tests.known_customers import know_customers
from tests.ui.capture.keyboard import CONTROL
from tests.ui.desk.desks import Desk


def take_away(file: Path) -> None:
    shutil.rmtree(file) if file.is_dir() else file.unlink(missing_ok=True)


def rubbish(file: Path) -> None:
    file.write_bytes(b"rubbish" * 3_000)


def put_folder(file: Path) -> None:
    take_away(file)
    file.mkdir()


def put_pipe(file: Path) -> None:
    take_away(file)
    os.mkfifo(file)


def overwrite_middle(file: Path) -> None:
    with file.open("rb+") as opened:
        opened.seek(4096)
        opened.write(bytes(20_000))


ENDS: dict[str, Callable[[Path], None]] = {
    "middle": overwrite_middle,
    "removed": take_away,
    "rubbish": rubbish,
    "cut": lambda file: os.truncate(file, 5_000),
    "empty": lambda file: os.truncate(file, 0),
    "folder": put_folder,
    "pipe": put_pipe,
}


def offered(desk: Desk) -> list[LookUpRow]:
    return [row for row in desk.window.findChildren(LookUpRow) if row.isVisible()]


@pytest.mark.skipif(os.name != "posix", reason="Windows keeps a file that is open")
@pytest.mark.timeout(120)
def test_the_desk_goes_on(desk: Desk) -> None:
    store = desk.window._session.store
    file = store.folder / CUSTOMERS_FILE
    capture = desk.window.workplace.desk.capture
    desk.waits(lambda: desk.focused() == "phone")
    hints: list[str] = []
    looking_up = next(one for one in capture.findChildren(LookingUp))
    looking_up.nobody_known.connect(hints.append)
    for place, (how, end) in enumerate(ENDS.items()):
        take_away(file)
        know_customers(store, as_of=datetime.now(UTC))
        desk.types("0043")
        desk.waits(lambda: len(offered(desk)) == 1)
        end(file)
        desk.press(Qt.Key.Key_Backspace)
        desk.waits(lambda: desk.background.pending == 0 and not offered(desk))
        desk.types("3")
        desk.waits(lambda: desk.background.pending == 0)
        desk.qtbot.wait(60)
        desk.waits(lambda: desk.background.pending == 0)
        assert offered(desk) == [], how
        for key, text in (("phone", f"1312345{place:04}"), ("caller_name", "Chen")):
            capture.form.fields.go_to(key)
            desk.press(Qt.Key.Key_A, CONTROL)
            desk.types(text)
        desk.press(Qt.Key.Key_Return, CONTROL)
        desk.waits(lambda: desk.background.pending == 0 and capture.form.is_empty())
        assert [one.text() for one in desk.window.findChildren(Notice) if one.isVisible()] == [], how
    assert len(hints) == 1
