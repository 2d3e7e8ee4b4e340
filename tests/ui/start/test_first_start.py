"""The first start at a PC: from an empty form to an unlocked store."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QCheckBox

from desktop_app.domain.roles import Role
from desktop_app.services.places import folder_for
from desktop_app.services.stores import name_of
from tests.ui.start.starting import PIN, Desk


def first_start(desk: Desk) -> None:
    desk.begin()
    assert (desk.page(), desk.focus()) == ("FirstStart", "name")
    desk.type("Li Na", "8021", "07", PIN, PIN)
    desk.enter()


def test_first_start_to_an_unlocked_store(desk: Desk) -> None:
    first_start(desk)
    page = desk.window.page
    code = page._groups
    assert (desk.page(), len(code), desk.focus()) == ("RecoveryCodePage", 8, "primary")
    assert all(group in desk.told() for group in code)
    desk.enter()
    assert not any(group in desk.told().split() for group in code)
    first, second = page.asked
    desk.type("XXXX", code[second].lower())
    desk.enter()
    assert (desk.page(), desk.focus()) == ("RecoveryCodePage", f"group_{first + 1}")
    assert desk.words.say("window.start.recovery.wrong_group") in desk.told()
    desk.field(f"group_{first + 1}").clear()
    desk.type(code[first])
    desk.enter()
    assert desk.page() == "RecoveryCodePage" or desk.focus()
    if desk.page() == "RecoveryCodePage":
        desk.enter()
    assert (desk.page(), desk.focus()) == ("NextShiftPage", "primary")
    # The hint stands on the one button that Enter would press.
    page = desk.window.page
    for field in (page.panel.staff_number, page.panel.name, page.panel.add):
        field.setFocus()
        assert (page.panel.add.keys(), page.primary.keys()) == ("Enter", "")
    page.primary.setFocus()
    assert (page.panel.add.keys(), page.primary.keys()) == ("", "Enter")
    desk.enter()
    (store,) = desk.opened
    assert (name_of(store), store.author.staff_number) == ("Li Na", "8021")
    assert desk.window.page is None


def test_what_is_wrong_is_said_on_leaving_a_field_and_stops_the_start(desk: Desk) -> None:
    desk.begin()
    desk.type("Li Na", "8021", "7")
    assert not desk.told().count("is not a station code")
    desk.key(Qt.Key.Key_Tab)
    assert "is not a station code" in desk.told()
    desk.type("short", "shorter")
    assert "at least 12 characters" in desk.told()
    desk.enter()
    assert not folder_for(desk.data, drill=False).exists()
    station = desk.field("station")
    station.setFocus()
    desk.type("2")
    assert "is not a station code" not in desk.told()


def test_enter_in_a_box_starts_and_ticks_nothing(desk: Desk) -> None:
    desk.begin()
    desk.type("Li Na", "8021", "07", PIN, PIN)
    desk.window.page.findChild(QCheckBox, "lead").setFocus()
    desk.key(Qt.Key.Key_Space)
    desk.enter()
    assert desk.page() == "RecoveryCodePage"
    desk.enter()
    page = desk.window.page
    desk.type(*(page._groups[place] for place in page.asked))
    desk.enter()
    desk.enter()
    (store,) = desk.opened
    assert store.author.role is Role.LEAD


def test_on_a_small_screen_the_field_in_use_is_on_screen(desk: Desk) -> None:
    desk.window.resize(1000, 330)
    desk.begin()
    for text in ("Li Na", "8021", "07", PIN, PIN):
        desk.type(text)
        inside = QApplication.focusWidget()
        middle = inside.mapTo(desk.window, inside.rect().center())
        assert desk.window.rect().contains(middle), inside.objectName()
        if text != PIN or inside.objectName() == "pin":
            desk.enter()
    desk.enter()
    assert desk.page() == "RecoveryCodePage"


def test_an_empty_first_start_asks_for_the_name(desk: Desk) -> None:
    desk.begin()
    desk.field("pin_again").setFocus()
    desk.enter()
    assert desk.page() == "FirstStart"
    desk.window.page.primary.setFocus()
    desk.enter()
    assert desk.focus() == "name"
    assert desk.words.say("window.start.first.needed") in desk.told()


def test_a_drill_lies_apart(desk: Desk) -> None:
    desk.begin()
    desk.type("Li Na", "8021", "07", PIN, PIN)
    desk.window.page.findChild(QCheckBox, "drill").click()
    desk.window.page.findChild(QCheckBox, "lead").click()
    desk.field("pin_again").setFocus()
    desk.enter()
    store = desk.window._store
    with store.read() as view:
        assert (view.life.drill, store.author.role) == (True, "lead")
    assert store.folder == folder_for(desk.data, drill=True)
    desk.window.abandon()
    desk.begin()
    assert desk.page() == "UnlockPage"
    assert desk.words.say("window.start.unlock.drill") in desk.told()
    desk.press("other_store")
    assert desk.page() == "FirstStart"


def first_start_under_way(desk: Desk) -> None:
    desk.begin()
    desk.type("Li Na", "8021", "07", PIN, PIN)
    desk.key(Qt.Key.Key_Return)
    assert desk.window.page is not None
    assert desk.window.page.busy


def test_nothing_takes_away_the_page_that_waits_for_the_recovery_code(desk: Desk) -> None:
    first_start_under_way(desk)
    for name in ("language", "other_store"):
        desk.button(name).click()
    assert not desk.window.may_close()
    desk.settle()
    assert desk.page() == "RecoveryCodePage"


def test_closing_before_the_recovery_code_is_confirmed_is_warned_of_once(desk: Desk) -> None:
    first_start_under_way(desk)
    desk.settle()
    assert not desk.window.may_close()
    assert desk.words.say("window.start.recovery.not_yet") in desk.told()
    assert desk.window.may_close()


@pytest.mark.parametrize("size", [0, 8192])
def test_a_first_start_that_was_killed_is_begun_again(desk: Desk, size: int) -> None:
    folder = folder_for(desk.data, drill=False)
    folder.mkdir(parents=True)
    (folder / "store.db").write_bytes(bytes(size))
    first_start_under_way(desk)
    desk.settle()
    assert desk.page() == "RecoveryCodePage"
