"""The way to an unlocked store, by keys, against real encrypted stores."""

from __future__ import annotations

import shutil
from pathlib import Path

import pyrage
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QApplication

from desktop_app.domain.errors import KnownError
from desktop_app.policy import Policy
from desktop_app.services.backup import back_up
from desktop_app.services.people import add_people
from desktop_app.services.places import BACKUPS, folder_for
from desktop_app.services.stores import name_of, unlock
from desktop_app.storage.opening import Credentials
from desktop_app.ui.start.parts import LockedBy
from desktop_app.words import Words
from tests.ui.start.starting import NEW, NOW, OWNER, PIN, RELIEF, Desk, make


def test_staff_number_tab_pin_enter(desk: Desk) -> None:
    make(desk.data).store.close()
    desk.begin()
    assert (desk.page(), desk.focus()) == ("UnlockPage", "staff_number")
    desk.type("8021", PIN)
    assert desk.focus() == "pin"
    desk.enter()
    (store,) = desk.opened
    assert name_of(store) == OWNER.name


def test_tab_goes_through_fields_then_buttons(desk: Desk) -> None:
    created = make(desk.data)
    created.store.close()

    def walk(count: int) -> list[str]:
        names = [desk.focus()]
        for _ in range(count):
            desk.key(Qt.Key.Key_Tab)
            names.append(desk.focus())
        return names

    desk.begin()
    assert walk(3) == ["staff_number", "pin", "primary", "forgot_pin"]
    desk.press("forgot_pin")
    assert walk(5) == ["recovery", "staff_number", "pin", "pin_again", "primary", "back"]


def test_enter_in_the_staff_number_goes_to_the_pin(desk: Desk) -> None:
    make(desk.data).store.close()
    desk.begin()
    desk.type("8021")
    desk.enter()
    assert (desk.focus(), desk.opened) == ("pin", [])


def seconds_told(desk: Desk) -> int:
    """Return how long the page says to wait; on a busy machine some seconds have passed by then."""
    _, _, seconds = desk.told().partition("Too many wrong PINs. Wait 00:")
    return int(seconds[:2])


def test_wrong_pins_lead_to_a_wait_that_counts_down(desk: Desk, qtbot) -> None:
    make(desk.data, others=[RELIEF]).store.close()
    desk.begin()
    for _ in range(4):
        desk.unlock("8021", "wrong")
        assert desk.words.say("error.keys.wrong_pin") in desk.told()
        assert (desk.focus(), desk.field("pin").text()) == ("pin", "")
    desk.unlock("8021", "wrong")
    first = seconds_told(desk)
    assert 20 < first <= 30
    desk.unlock("8021", PIN)
    assert desk.opened == []
    qtbot.waitUntil(lambda: seconds_told(desk) < first - 1, timeout=5000)
    # Somebody else need not wait.
    desk.unlock("8022", "wrong")
    assert desk.words.say("error.keys.wrong_pin") in desk.told()
    assert "Too many" not in desk.told()
    desk.unlock("8021", PIN)
    assert "Too many" in desk.told()


def test_caps_lock_is_told(desk: Desk) -> None:
    make(desk.data).store.close()
    desk.begin()
    desk.type("8021", "")
    pin = desk.field("pin")
    none, shift = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier
    for typed, held, told in [("a", none, False), ("A", shift, False), ("A", none, True), ("a", none, False)]:
        QApplication.sendEvent(pin, QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_A, held, typed))
        assert ("Caps Lock" in desk.told()) is told


def test_a_forgotten_pin_is_set_anew_by_the_recovery_code(desk: Desk) -> None:
    created = make(desk.data)
    created.store.close()
    desk.begin()
    desk.press("forgot_pin")
    assert (desk.page(), desk.focus()) == ("ForgottenPage", "recovery")
    desk.type("AAAA-BBBB", "8021", NEW, NEW)
    desk.enter()
    assert desk.words.say("error.keys.wrong_recovery") in desk.told()
    desk.field("recovery").setFocus()
    desk.field("recovery").clear()
    desk.type(created.recovery)
    desk.field("pin_again").setFocus()
    desk.enter()
    (store,) = desk.opened
    assert (store.author.staff_number, store.way) == ("8021", "pin")
    store.close()
    desk.begin()
    desk.unlock("8021", PIN)
    assert desk.words.say("error.keys.wrong_pin") in desk.told()
    desk.key(Qt.Key.Key_Escape)


def test_the_sites_key_file_recovers_where_the_policy_names_one(desk: Desk, tmp_path: Path) -> None:
    site = pyrage.x25519.Identity.generate()
    created = make(desk.data, policy=Policy(recovery_key=str(site.to_public())))
    created.store.close()
    key = tmp_path / "site-key.txt"
    key.write_text(f"{site}\n")
    desk.begin()
    desk.press("forgot_pin")
    assert desk.focus() == "key_file"
    desk.type(str(tmp_path / "none.txt"), "8021", NEW, NEW)
    desk.enter()
    assert "There is no file" in desk.told()
    desk.field("key_file").setFocus()
    desk.field("key_file").clear()
    desk.type(str(key))
    desk.field("pin_again").setFocus()
    desk.enter()
    desk.settle()
    assert desk.opened[0].author.staff_number == "8021"


def test_a_one_time_pin_is_changed_before_anything_else(desk: Desk) -> None:
    with make(desk.data).store as store:
        pins = add_people(store, [RELIEF], data_folder=desk.data, now=NOW)
    desk.begin()
    desk.unlock("8022", pins["8022"])
    assert (desk.page(), desk.focus(), desk.opened) == ("NewPinPage", "pin", [])
    desk.type(pins["8022"], pins["8022"])
    desk.enter()
    assert desk.words.say("error.people.same_pin") in desk.told()
    for name in ("pin", "pin_again"):
        desk.field(name).clear()
    desk.field("pin").setFocus()
    desk.type(NEW, NEW)
    desk.enter()
    (store,) = desk.opened
    assert store.author.staff_number == "8022"


def test_closing_amid_a_one_time_pin_closes_the_store(desk: Desk) -> None:
    with make(desk.data).store as store:
        pins = add_people(store, [RELIEF], data_folder=desk.data, now=NOW)
    desk.begin()
    desk.unlock("8022", pins["8022"])
    held = desk.window._store
    desk.window.abandon()
    assert held.key == bytes(32)


def test_damage_is_told_and_a_backup_restored(desk: Desk) -> None:
    with make(desk.data).store as store:
        back_up(store, desk.data / BACKUPS, now=NOW)
    (folder_for(desk.data, drill=False) / "store.db").write_bytes(b"x" * 100)
    desk.begin()
    assert (desk.page(), desk.focus()) == ("DamagedPage", "staff_number")
    assert desk.window.page.backup.currentText().endswith(".fdbackup")
    desk.type("8021", "not the one")
    desk.enter()
    assert desk.words.say("error.keys.wrong_pin") in desk.told()
    desk.field("pin").setFocus()
    desk.field("pin").selectAll()
    desk.type(PIN)
    desk.enter()
    desk.settle()
    assert desk.page() == "UnlockPage"
    desk.unlock("8021", PIN)
    assert len(desk.opened) == 1


def test_damage_found_only_with_the_key(desk: Desk) -> None:
    make(desk.data).store.close()
    file = folder_for(desk.data, drill=False) / "store.db"
    content = bytearray(file.read_bytes())
    content[20:4096] = bytes(4076)
    file.write_bytes(content)
    desk.begin()
    desk.unlock("8021", PIN)
    assert desk.page() == "DamagedPage"


def test_the_lock_screen_names_who_and_lets_another_in(desk: Desk) -> None:
    with make(desk.data).store as store:
        pins = add_people(store, [RELIEF], data_folder=desk.data, now=NOW)
    desk.window.show_lock(LockedBy(folder_for(desk.data, drill=False), "8021", "李娜", "10:05"))
    desk.settle()
    assert "10:05 · 李娜" in desk.told()
    assert (desk.focus(), desk.field("staff_number").selectedText()) == ("staff_number", "8021")
    desk.key(Qt.Key.Key_Tab)
    desk.type(PIN)
    desk.enter()
    assert desk.opened[0].author.staff_number == "8021"
    desk.opened[0].close()
    desk.window.show_lock(LockedBy(folder_for(desk.data, drill=False), "8021", "李娜", "10:05"))
    desk.type("8022", pins["8022"])
    desk.enter()
    assert desk.page() == "NewPinPage"


def test_a_store_from_another_pc_asks_what_it_is(desk: Desk) -> None:
    make(desk.data).store.close()
    shutil.rmtree(desk.data / "marks")
    desk.begin()
    desk.unlock("8021", PIN)
    desk.settle()
    assert (desk.page(), desk.opened) == ("MovedPage", [])
    # Neither answer can be taken back: Enter alone, in the answers or on the button, gives none.
    desk.enter()
    desk.window.page.primary.setFocus()
    desk.enter()
    assert desk.words.say("window.start.moved.choose_first") in desk.told()
    assert (desk.page(), desk.opened, list(desk.data.glob("marks/*"))) == ("MovedPage", [], [])
    desk.key(Qt.Key.Key_Space)
    desk.enter()
    (store,) = desk.opened
    with store.change() as unit:
        assert unit.mint_number().sequence == 1000
    store.close()
    # Once is enough.
    desk.begin()
    desk.unlock("8021", PIN)
    desk.settle()
    assert len(desk.opened) == 2


def test_a_second_pc_gets_a_store_of_its_own(desk: Desk) -> None:
    made = make(desk.data)
    made.store.close()
    shutil.rmtree(desk.data / "marks")
    desk.begin()
    desk.unlock("8021", PIN)
    desk.settle()
    desk.key(Qt.Key.Key_Right)
    desk.enter()
    assert desk.page() == "FirstStart"
    (aside,) = desk.data.glob("store-aside-*")
    assert str(aside) in desk.window.page.message.text()
    assert not (desk.data / "store").exists()
    assert (aside / "keys.json").exists()


def test_a_copy_in_use_is_not_moved(desk: Desk) -> None:
    make(desk.data).store.close()
    shutil.rmtree(desk.data / "marks")
    desk.begin()
    desk.unlock("8021", PIN)
    desk.settle()
    mine, folder = Credentials("8021", PIN), folder_for(desk.data, drill=False)
    with unlock(folder, mine, data_folder=desk.data, now=NOW, writing=False):
        desk.key(Qt.Key.Key_Right)
        desk.enter()
        assert desk.page() == "UnlockPage"
        assert "Another program is using the store" in desk.told()
    assert folder.exists()


def test_another_language_keeps_what_was_typed(desk: Desk) -> None:
    desk.begin()
    desk.type("Li Na", "8021")
    desk.press("language")
    assert desk.field("staff_number").text() == "8021"
    assert Words("zh").say("window.start.first.title") in desk.told()


def test_a_failure_that_is_no_known_one_is_passed_on(desk: Desk) -> None:
    troubles = []
    desk.background.trouble.connect(troubles.append)
    desk.begin()
    page = desk.window.page
    page.run(lambda: 1 / 0, print)
    desk.settle()
    assert isinstance(troubles[0], ZeroDivisionError)
    assert not page.busy
    page.tell(KnownError("keys.wrong_pin"))
    assert desk.words.say("error.keys.wrong_pin") in desk.told()


def test_a_forgotten_pin_is_not_gone_to_while_a_store_is_being_unlocked(desk: Desk) -> None:
    make(desk.data).store.close()
    desk.begin()
    desk.type("8021", PIN)
    desk.key(Qt.Key.Key_Return)
    desk.button("forgot_pin").click()
    desk.settle()
    assert len(desk.opened) == 1


def test_no_button_without_words_stands_there_before_it_is_known_what_lies_here(desk: Desk) -> None:
    bare = [one.objectName() for one in desk.window.findChildren(QAbstractButton) if one.isVisible()]
    assert bare == ["language"]
    assert desk.button("language").text()
    desk.begin()
    assert not desk.button("other_store").isVisible()
