import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from desktop_app.domain.kinds import Kind
from desktop_app.domain.roles import Role
from desktop_app.policy import Policy
from desktop_app.services.records import template_rows
from desktop_app.services.stores import unlock
from desktop_app.storage.opening import Credentials
from desktop_app.storage.stations import Standing, known_stations
from desktop_app.ui.preferences import FILE_NAME, Preferences
from desktop_app.ui.records import record_edit
from desktop_app.ui.theme.style import apply_theme
from desktop_app.ui.theme.tokens import DARK
from desktop_app.ui.widgets.notice import Notice
from tests.exchange.parties import party
from tests.refusing import no_room
from tests.ui.desk.desks import PIN, STAFF_NUMBER, Desk, make_store

CTRL = Qt.KeyboardModifier.ControlModifier


def rows(folder: Path, data_folder: Path) -> list[dict[str, str]]:
    with unlock(
        folder, Credentials(STAFF_NUMBER, PIN), data_folder=data_folder, now=datetime.now(UTC)
    ) as store:
        return template_rows(store)


def test_unlocked_the_caret_stands_in_the_phone_field(desk: Desk) -> None:
    desk.waits(lambda: desk.focused() == "phone")


def test_what_a_killed_import_left_is_gone_once_unlocked(qtbot: QtBot, own_data_folder: Path) -> None:
    folder = own_data_folder / "store"
    make_store(folder, own_data_folder)
    left = folder / ".customers-0011223344556677.db"
    left.write_bytes(b"half a list")
    opened = Desk(qtbot, own_data_folder, folder)
    opened.unlock()
    opened.waits(lambda: not left.exists())
    opened.close()


def test_a_call_is_saved_by_keys_alone(desk: Desk, own_data_folder: Path) -> None:
    desk.waits(lambda: desk.focused() == "phone")
    desk.types("13123450001")
    desk.press(Qt.Key.Key_Tab)
    desk.types("Chen")
    desk.press(Qt.Key.Key_Return, CTRL)
    desk.waits(lambda: desk.focused() == "phone")
    assert isinstance(field := desk.find("phone"), QLineEdit)
    assert field.text() == ""
    desk.close()
    saved = rows(own_data_folder / "store", own_data_folder)
    assert [(row["phone"], row["caller_name"]) for row in saved] == [("13123450001", "Chen")]


def test_tab_goes_round_the_whole_desk(desk: Desk) -> None:
    desk.waits(lambda: desk.focused() == "phone" and desk.sees("step_1"))
    met = []
    for _ in range(20):
        desk.press(Qt.Key.Key_Tab)
        met.append(desk.focused())
        if met[-1] == "phone":
            break
    assert met[-1] == "phone"
    assert {"detail", "save_next", "step_1", "filter", "records_table"} <= set(met)


def test_closing_keeps_what_is_being_typed(desk: Desk, qtbot: QtBot, own_data_folder: Path) -> None:
    desk.waits(lambda: desk.focused() == "phone")
    desk.types("13123450002")
    desk.close()
    again = Desk(qtbot, own_data_folder, own_data_folder / "store")
    again.unlock()
    again.waits(lambda: again.sees("phone"))
    field = again.find("phone")
    assert isinstance(field, QLineEdit)
    again.waits(lambda: field.text().replace(" ", "") == "13123450002")
    again.close()


def test_locking_keeps_the_draft_and_another_person_may_unlock(desk: Desk) -> None:
    desk.waits(lambda: desk.focused() == "phone")
    desk.types("13123450003")
    desk.press(Qt.Key.Key_L, CTRL)
    desk.waits(lambda: desk.window.workplace is None and desk.sees("pin"))
    assert not desk.sees("phone")
    pin = desk.find("pin")
    pin.setFocus()
    desk.types(PIN)
    desk.press(Qt.Key.Key_Return)
    desk.waits(lambda: desk.window.workplace is not None and desk.sees("phone"))
    field = desk.find("phone")
    assert isinstance(field, QLineEdit)
    desk.waits(lambda: field.text().replace(" ", "") == "13123450003")


def test_another_language_comes_without_a_restart(desk: Desk) -> None:
    desk.waits(lambda: desk.focused() == "phone")
    desk.types("13123450004")
    desk.press(Qt.Key.Key_Comma, CTRL)
    desk.waits(lambda: desk.focused() == "language")
    desk.types("e")
    desk.waits(lambda: "Station" in desk.window.windowTitle() or "station" in desk.window.windowTitle())
    workplace = desk.window.workplace
    assert workplace is not None
    phone = workplace.findChild(QLineEdit, "phone")
    assert isinstance(phone, QLineEdit)
    desk.waits(lambda: phone.text() != "")
    assert desk.focused() == "language", "a draft behind the settings took the focus"
    desk.press(Qt.Key.Key_Escape)
    desk.waits(lambda: desk.sees("phone"))
    field = desk.find("phone")
    assert isinstance(field, QLineEdit)
    desk.waits(lambda: field.text().replace(" ", "") == "13123450004")


def test_the_window_opens_where_no_store_is(qtbot: QtBot, own_data_folder: Path) -> None:
    fresh = Desk(qtbot, own_data_folder, None)
    fresh.waits(lambda: fresh.sees("name"))
    fresh.close()


def test_a_store_named_on_the_command_line_is_the_one(qtbot: QtBot, own_data_folder: Path) -> None:
    make_store(own_data_folder / "elsewhere", own_data_folder, station="11")
    named = Desk(qtbot, own_data_folder, own_data_folder / "elsewhere")
    named.unlock()
    named.waits(lambda: "11" in named.window.windowTitle())
    named.close()


def test_the_first_page_wears_the_colours_chosen(
    qapp: QApplication, qtbot: QtBot, own_data_folder: Path
) -> None:
    Preferences(own_data_folder / FILE_NAME).theme = "dark"
    qapp.setStyleSheet("")
    started = Desk(qtbot, own_data_folder, None)
    try:
        assert DARK.window in qapp.palette().window().color().name().upper()
        started.waits(lambda: started.sees("staff_number"))
        assert DARK.accent in qapp.styleSheet()
    finally:
        started.close()
        apply_theme(qapp, "light")


def test_one_key_leads_to_reconciliation_and_back_to_the_call(desk: Desk) -> None:
    desk.waits(lambda: desk.focused() == "phone")
    desk.types("13123450005")
    desk.press(Qt.Key.Key_R, CTRL)
    desk.waits(lambda: desk.focused() == "add_files")
    assert desk.sees("step_next")
    # What saves at the desk only goes on here, and there is nothing to go on with.
    desk.press(Qt.Key.Key_Return, CTRL)
    desk.press(Qt.Key.Key_R, CTRL)
    desk.waits(lambda: desk.focused() == "phone")
    field = desk.find("phone")
    assert isinstance(field, QLineEdit)
    assert field.text().replace(" ", "") == "13123450005"


def correct_a_name(desk: Desk) -> None:
    """Save a call and type another name over its own."""
    desk.waits(lambda: desk.focused() == "phone")
    desk.types("13123450005")
    desk.press(Qt.Key.Key_Return, CTRL)
    records = desk.window.workplace.desk.records
    desk.waits(lambda: not desk.background.pending and records.table.selected() is not None)
    records.table.setFocus()
    desk.press(Qt.Key.Key_Return)
    desk.waits(lambda: records.record.isVisible() and not desk.background.pending)
    records.record.begin_edit("phone")
    desk.types("9")


def correction_in(desk: Desk) -> dict[str, str]:
    desk.waits(lambda: not desk.background.pending)
    edit = desk.window.workplace.desk.records.record.edit
    return edit.changes() if edit else {}


def test_a_correction_is_kept_to_its_last_key_when_the_desk_is_locked(desk: Desk) -> None:
    correct_a_name(desk)
    desk.press(Qt.Key.Key_L, CTRL)
    desk.waits(lambda: desk.window.workplace is None and desk.sees("pin"))
    desk.find("pin").setFocus()
    desk.types(PIN)
    desk.press(Qt.Key.Key_Return)
    desk.waits(lambda: desk.window.workplace is not None and bool(correction_in(desk)))
    assert list(correction_in(desk)) == ["phone"]


def test_a_refused_correction_keeps_the_desk_open_until_the_store_takes_it(
    desk: Desk, qtbot: QtBot, own_data_folder: Path, monkeypatch
) -> None:
    monkeypatch.setattr(record_edit, "_AGAIN_MS", 600)  # longer than a try takes on a busy machine
    desk.window._refused.setInterval(600)
    correct_a_name(desk)
    with no_room():
        desk.press(Qt.Key.Key_L, CTRL)
        desk.waits(lambda: not desk.window.locker._under_way)
        desk.window.close()
        desk.waits(lambda: not desk.background.pending)
        assert desk.window.isVisible()
        assert desk.window.workplace is not None
        edit = desk.window.workplace.desk.records.record.edit
        assert edit is not None
        assert edit.notice.isVisible()
        texts = [one.text() for one in edit.notice.findChildren(QPushButton)]
        assert {desk.words.say("window.capture.copy"), desk.words.say("window.capture.print")} <= set(texts)
    desk.waits(lambda: edit.in_store and not desk.background.pending)
    told = desk.words.say("window.desk.not_kept")
    desk.waits(lambda: all(one.text() != told for one in desk.window.findChildren(QLabel) if one.isVisible()))
    assert not edit.notice.isVisible()
    desk.close()
    again = Desk(qtbot, own_data_folder, own_data_folder / "store")
    again.unlock()
    again.waits(lambda: bool(correction_in(again)))
    again.close()


def test_from_another_place_the_caret_comes_back_where_it_was(desk: Desk) -> None:
    desk.waits(lambda: desk.focused() == "phone")
    desk.press(Qt.Key.Key_Tab)
    desk.press(Qt.Key.Key_Tab)
    name = desk.focused()
    assert name not in ("phone", "")
    desk.press(Qt.Key.Key_R, CTRL)
    desk.waits(lambda: desk.sees("place_reconcile"))
    desk.press(Qt.Key.Key_Escape)
    desk.waits(lambda: desk.focused() == name)


def test_files_to_reconcile_are_there_again_after_a_lock(desk: Desk, tmp_path: Path) -> None:
    file = tmp_path / "crm.csv"
    file.write_text("工单编号,联系电话,创建时间\n1,13123450001,2026-03-05 10:00\n", "utf-8")
    desk.waits(lambda: desk.focused() == "phone")
    desk.press(Qt.Key.Key_R, CTRL)
    place = desk.window.workplace
    assert place is not None
    desk.waits(lambda: desk.sees("place_reconcile"))
    place._reconcile.files.add([file])
    desk.waits(lambda: place.files() == [file])
    desk.press(Qt.Key.Key_L, CTRL)
    desk.waits(lambda: desk.window.workplace is None and desk.sees("pin"))
    desk.find("pin").setFocus()
    desk.types(PIN)
    desk.press(Qt.Key.Key_Return)
    desk.waits(lambda: desk.window.workplace is not None and desk.sees("phone"))
    again = desk.window.workplace
    assert again is not None
    assert again is not place
    desk.press(Qt.Key.Key_R, CTRL)
    desk.waits(lambda: again._reconcile is not None and len(again._reconcile.files.offered) == 1)


def test_a_number_with_its_area_code_is_seen_whole(desk: Desk) -> None:
    desk.waits(lambda: desk.focused() == "phone")
    desk.types("057155501001")
    desk.press(Qt.Key.Key_Tab)
    field = desk.find("phone")
    assert isinstance(field, QLineEdit)
    assert field.text() == "0571-5550 1001"
    assert field.fontMetrics().horizontalAdvance(field.text()) < field.width() - 20


def test_leads_of_the_policy_are_accepted_once_unlocked_and_bad_files_told(
    qtbot: QtBot, own_data_folder: Path
) -> None:
    folder, lead = own_data_folder / "store", party("01", Role.LEAD).identity
    make_store(folder, own_data_folder)
    key = own_data_folder / "01.fdkey"
    key.write_text(json.dumps(lead.to_json()), "utf-8")
    policy = Policy(leads=(key, own_data_folder / "none.fdkey"))
    opened = Desk(qtbot, own_data_folder, folder, policy=policy)
    opened.unlock()
    opened.waits(lambda: any("none.fdkey" in one.text() for one in opened.window.findChildren(QLabel)))
    opened.close()
    with (
        unlock(
            folder, Credentials(STAFF_NUMBER, PIN), data_folder=own_data_folder, now=datetime.now(UTC)
        ) as store,
        store.read() as view,
    ):
        accepted = known_stations(view.connection, Standing.ACCEPTED)
    assert [one.identity for one in accepted] == [lead]


def test_a_clock_that_was_set_back_is_told(qtbot: QtBot, own_data_folder: Path) -> None:
    folder = own_data_folder / "store"
    make_store(folder, own_data_folder)
    desk = Desk(qtbot, own_data_folder, folder, clock=lambda: datetime.now(UTC) - timedelta(hours=3))
    desk.unlock()
    desk.waits(lambda: any("请让运维校准时间" in one.text() for one in desk.window.findChildren(Notice)))
    desk.waits(lambda: desk.focused() == "phone")
    desk.close()


def test_keys_are_heard_while_the_focus_is_in_the_message_bar(desk: Desk) -> None:
    desk.waits(lambda: desk.focused() == "phone")
    notice, pressed = desk.window._notice, []
    notice.tell("备份失败", "warn", [("再试一次", lambda: pressed.append(True))])
    (again,) = [one for one in notice.findChildren(QPushButton) if one.text() == "再试一次"]
    again.setFocus()
    desk.press(Qt.Key.Key_Space)
    assert pressed == [True], "its own keys stay"
    desk.press(Qt.Key.Key_F4)
    desk.waits(lambda: desk.window.workplace.desk.capture.form.kind is Kind.URGENT)
    again.setFocus()
    desk.press(Qt.Key.Key_K, CTRL)
    desk.waits(lambda: desk.sees("palette_text"))
    desk.press(Qt.Key.Key_Escape)
    again.setFocus()
    desk.press(Qt.Key.Key_Escape)
    assert not notice.isVisible(), "Esc dismisses, and does not leave the place"
