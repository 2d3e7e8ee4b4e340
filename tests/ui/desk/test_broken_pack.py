"""A centre's pack that cannot be read, before the window starts and while it runs: said once, all works."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop_app.services.site_pack import OWN_FOLDER
from desktop_app.ui.widgets.notice import Notice
from tests.ui.capture.keyboard import CONTROL
from tests.ui.desk.desks import Desk, make_store

GOOD = 'name = "我们的"\nnumber = "A"\nversion = "1"\napproved_by = "主管"\n'


def write(own: Path, name: str, content: bytes | str) -> None:
    path = own / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())


def loop(own: Path) -> None:
    (own / "pack.toml").unlink()
    (own / "pack.toml").symlink_to("pack.toml")


def nowhere(own: Path) -> None:
    shutil.rmtree(own)
    own.symlink_to(own.with_name("no such folder"), target_is_directory=True)


def endless(own: Path) -> None:
    (own / "pack.toml").unlink()
    (own / "pack.toml").symlink_to("/dev/zero")


def strange_name(own: Path) -> None:
    (own / "articles").mkdir()
    Path(os.fsdecode(os.fsencode(own / "articles") + b"/\xff\xfe.md")).write_bytes(b"nothing")


BREAKS: dict[str, Callable[[Path], None]] = {
    "bad TOML": lambda own: write(own, "pack.toml", "name = "),
    "another key": lambda own: write(own, "pack.toml", GOOD + "colour = 1\n"),
    "no pack.toml": lambda own: (own / "pack.toml").unlink(),
    "50 MB": lambda own: write(own, "contacts.toml", b"# " + b"x" * 50_000_000),
    "GB 18030": lambda own: write(own, "pack.toml", GOOD.encode("gb18030")),
    "UTF-16": lambda own: write(own, "phrases.toml", "[[phrases]]".encode("utf-16")),
    "not a text": lambda own: write(own, "articles/a.md", bytes(range(256))),
    "a playbook's folder is a file": lambda own: write(own, "playbooks", "x"),
    "a link to itself": loop,
    "a link to nowhere": nowhere,
    "an endless file": endless,
    "a name that is no text": strange_name,
    "deep": lambda own: write(own, "chips.toml", "a = " + "[" * 100_000),
}


def broken(data: Path, how: str) -> None:
    own = data / OWN_FOLDER
    own.unlink() if own.is_symlink() else shutil.rmtree(own, ignore_errors=True)
    write(own, "pack.toml", GOOD)
    BREAKS[how](own)


def said(desk: Desk) -> list[str]:
    """What the window's own notice says."""
    return [one.text() for one in desk.window.findChildren(Notice) if one.isVisible()]


def read_again(desk: Desk) -> None:
    """Build the workplace anew, as a change of language does: the pack is read then."""
    before = desk.window.workplace
    desk.window._change_looks()
    desk.waits(lambda: desk.window.workplace not in (None, before))
    desk.waits(lambda: desk.background.pending == 0)
    desk.press(Qt.Key.Key_Escape)
    desk.waits(lambda: desk.focused() == "phone" or desk.sees("phone"))


def check_works(desk: Desk, phone: str) -> None:
    capture = desk.window.workplace.desk.capture
    capture.form.fields.go_to("phone")
    desk.types(phone)
    desk.press(Qt.Key.Key_Return, CONTROL)
    desk.waits(lambda: desk.background.pending == 0 and capture.form.is_empty())
    assert capture.keeper.unsaved == 0


def test_broken_before_the_window_starts(qtbot: QtBot, own_data_folder: Path) -> None:
    make_store(own_data_folder / "store", own_data_folder)
    broken(own_data_folder, "bad TOML")
    desk = Desk(qtbot, own_data_folder, own_data_folder / "store")
    desk.unlock()
    desk.waits(lambda: bool(said(desk)))
    (told,) = said(desk)
    assert "pack.toml" in told
    check_works(desk, "13123450001")
    assert said(desk) == [told]
    desk.close()


@pytest.mark.soak
@pytest.mark.skipif(os.name != "posix", reason="links and names of Unix")
def test_broken_in_every_way_while_the_window_runs(desk: Desk, own_data_folder: Path) -> None:
    for place, how in enumerate(BREAKS):
        broken(own_data_folder, how)
        read_again(desk)
        desk.waits(lambda: bool(said(desk)))
        (told,) = said(desk)
        assert "程序自带" in told, how
        assert desk.window._shelf.pack.playbooks, how
        desk.window._notice.dismiss()
        read_again(desk)
        assert said(desk) == [], f"{how}: said again"
        check_works(desk, f"1312345{place:04}")
