"""A real disk that runs full under the window: everybody is told, what is typed stays, nothing is half."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop_app.services.customers import standing
from desktop_app.services.records import template_rows
from desktop_app.ui.customers.customers_page import CustomersPage
from desktop_app.ui.widgets.notice import Notice
from tests.known_customers import know_customers
from tests.ui.capture.keyboard import CONTROL
from tests.ui.desk.desks import Desk, make_store
from tests.ui.desk.test_locked_midway import list_of


@contextmanager
def small_disk(place: Path, megabytes: int = 16) -> Iterator[Path]:
    """A file system of its own in memory; the test is left out where nobody may make one."""
    place.mkdir()
    made = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", place], check=False, capture_output=True
    )
    if made.returncode:
        pytest.skip("only root may mount")
    try:
        yield place
    finally:
        subprocess.run(["umount", "-l", place], check=True)


@contextmanager
def filled(place: Path) -> Iterator[None]:
    """Leave no byte of room as long as the block lasts."""
    filler = place / "filler"
    with filler.open("wb", buffering=0) as opened, suppress(OSError):
        while True:
            opened.write(bytes(4096))
    try:
        yield
    finally:
        filler.unlink()


def notices(desk: Desk) -> list[str]:
    return [one.text() for one in desk.window.findChildren(Notice) if one.isVisible()]


@pytest.mark.soak
@pytest.mark.skipif(os.name != "posix", reason="a file system of Linux")
def test_a_full_disk(qtbot: QtBot, own_data_folder: Path, tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk") as disk:
        data = disk / "data"
        data.mkdir()
        make_store(disk / "store", data)
        desk = Desk(qtbot, data, disk / "store")
        desk.unlock()
        try:
            walk(desk, disk, tmp_path)
        finally:
            desk.close()


def walk(desk: Desk, disk: Path, elsewhere: Path) -> None:
    store = desk.window._session.store
    capture = desk.window.workplace.desk.capture
    desk.waits(lambda: desk.focused() == "phone")
    know_customers(store, as_of=datetime.now(UTC))
    with filled(disk):
        # A draft, then its save.
        desk.types("13123450001")
        capture.form.fields.go_to("detail")
        desk.types("x" * 3_000)
        desk.waits(lambda: capture.keeper.unsaved == 1)
        (told,) = notices(desk)
        assert "13123450001" in told
        assert "磁盘已满" in told
        desk.press(Qt.Key.Key_Return, CONTROL)
        desk.waits(lambda: desk.background.pending == 0)
        desk.qtbot.wait(300)
        assert capture.keeper.unsaved == 1
        assert capture.form.text("phone").replace(" ", "") == "13123450001"
        assert capture.form.text("detail") == "x" * 3_000
        # Locking would lose it.
        capture.form.fields.go_to("detail")
        desk.press(Qt.Key.Key_L, CONTROL)
        desk.waits(lambda: not desk.window.locker._under_way and desk.background.pending == 0)
        assert desk.window.workplace is not None
        assert desk.focused() == "detail", "the caret stays where it was"
    desk.waits(lambda: capture.keeper.unsaved == 0)
    desk.press(Qt.Key.Key_Return, CONTROL)
    desk.waits(lambda: desk.background.pending == 0 and capture.form.is_empty())
    assert [row["phone"] for row in template_rows(store)] == ["13123450001"]
    desk.window.workplace.go("customers")
    (page,) = (one for one in desk.window.findChildren(CustomersPage) if one.isVisible())
    page.open(list_of(elsewhere / "list.csv", 300))
    desk.waits(lambda: page.reading and not page.busy)
    with filled(disk):
        desk.press(Qt.Key.Key_Return, CONTROL)
        desk.waits(lambda: not page.busy and desk.background.pending == 0)
        assert any("磁盘" in one for one in notices(desk))
        assert page.reading, "a list that could not be imported stays on screen"
        assert standing(store).snapshot.customers == 4
        assert [one.name for one in store.folder.iterdir() if one.name.startswith(".customers")] == []
    desk.press(Qt.Key.Key_Return, CONTROL)
    desk.waits(lambda: not page.reading and desk.background.pending == 0)
    assert standing(store).snapshot.customers == 300
