"""The list at the right of the desk, by its keys, over a real store."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent, QInputMethodEvent
from PySide6.QtWidgets import QApplication, QMenu

from desktop_app.domain.entries import moment_text
from desktop_app.domain.roles import Role
from desktop_app.services.records import Logged, save_draft, start_draft, undo_save
from desktop_app.storage.put_files import PutFile, keep_put_file
from desktop_app.storage.stations import make_identity
from desktop_app.ui.records.columns import Place
from desktop_app.ui.session import Session
from desktop_app.words import Language, Words
from tests.stores import author
from tests.ui.records.conftest import NOW, Desk

CONTROL = Qt.KeyboardModifier.ControlModifier


def shown(desk: Desk) -> list[str]:
    return [row.split("　")[0] for row in desk.rows()]


def find(desk: Desk, text: str) -> list[str]:
    desk.press((Qt.Key.Key_F, CONTROL))
    desk.type(text)
    desk.qtbot.waitUntil(lambda: not desk.panel._pause.isActive())
    desk.settle()
    return shown(desk)


def test_newest_first_with_counts_and_what_is_overdue(desk: Desk) -> None:
    assert shown(desk) == ["赵敏", "未留姓名", "李娜", "陈先生", "王芳"]
    words = [chip.text() for chip in desk.panel.counters._chips.values() if chip.isVisible()]
    assert words == ["全部 5", "待补全 4", "待补录 4", "待回访 2", "作废 0", "未上交 5"]
    assert (desk.panel.overdue.isVisible(), desk.panel.overdue.text()) == (True, "回访超时 1")


@pytest.mark.parametrize("ago", [timedelta(hours=1), timedelta(days=1), timedelta(days=400)])
def test_times_of_other_days_are_not_cut(desk: Desk, ago: timedelta) -> None:
    at = NOW - ago
    typed = {"caller_name": "钱师傅", "callback_needed": "yes", "callback_due": moment_text(at)}
    draft = start_draft(desk.session.store, typed, now=at)
    save_draft(desk.session.store, draft.subject.id, typed, now=at)
    desk.panel.refresh()
    desk.settle()
    table = desk.panel.table
    row = desk.rows().index("钱师傅")
    for place in (Place.TIME, Place.FOLLOW):
        cell = table.model().index(row, place)
        icon = table.iconSize().width() + 6 if cell.data(Qt.ItemDataRole.DecorationRole) else 0
        needed = table.fontMetrics().horizontalAdvance(cell.data()) + icon
        assert needed < table.columnWidth(place), cell.data()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("0003", ["李娜"]),
        ("0571 5550 0012", ["陈先生"]),
        ("老人", ["李娜"]),
        ("07-00001-9", ["王芳"]),
        ("xyz", []),
    ],
)
def test_ctrl_f_finds(desk: Desk, text: str, found: list[str]) -> None:
    assert find(desk, text) == found
    assert desk.panel.empty.isVisible() is not bool(found)
    desk.press((Qt.Key.Key_F, CONTROL), Qt.Key.Key_Delete)
    desk.qtbot.waitUntil(lambda: len(desk.rows()) == 5)


def test_ctrl_f_finds_the_recording_of_a_call(desk: Desk, save: Callable[..., Logged]) -> None:
    save(caller_name="钱女士", detail="停电", recording="20260302-090512-8021.wav")
    desk.panel.refresh()
    desk.settle()
    assert find(desk, "090512-8021") == ["钱女士"]


def test_the_filter_reads_what_is_being_composed(desk: Desk) -> None:
    desk.press((Qt.Key.Key_F, CONTROL))
    QApplication.sendEvent(desk.panel.filter, QInputMethodEvent("电梯", []))
    desk.qtbot.waitUntil(lambda: shown(desk) == ["李娜"])
    # Going to the list by a shortcut settles what was composed.
    desk.press((Qt.Key.Key_F, CONTROL))
    assert desk.panel.filter.text() == "电梯"


def test_a_counter_filters_by_arrow_keys(desk: Desk) -> None:
    desk.panel.counters.setFocus()
    desk.press(Qt.Key.Key_Right)
    assert [row.split("　")[1][:4] for row in desk.rows()] == ["待补全："] * 4
    desk.press(Qt.Key.Key_Right, Qt.Key.Key_Right)
    assert shown(desk) == ["李娜", "陈先生"]
    desk.press(Qt.Key.Key_Right)
    assert desk.panel.empty.isVisible()


def test_states_are_words_and_icons_and_numbers_are_masked(desk: Desk) -> None:
    model = desk.panel.table.model()
    rows = [[str(model.index(row, column).data() or "") for column in Place] for row in range(5)]
    lift, complaint, first = rows[2], rows[3], rows[4]
    assert (lift[Place.KIND], complaint[Place.KIND]) == ("特急", "投诉"), "people in a lift (1.4.5)"
    assert lift[Place.PHONE : Place.SENT] == ["131****0003", "缺 11 项"]
    assert lift[Place.SENT :] == ["", "未上交", "11:30", "待补录", "11:30"]
    assert complaint[Place.FOLLOW :] == ["超时 09:30", "待补录", "超时 09:30"]
    assert first[Place.FILLING] == "已填全"
    assert first[Place.FOLLOW :] == ["已补录", "已补录", ""]
    assert model.index(2, Place.SENT).data(Qt.ItemDataRole.AccessibleTextRole) == "未上交"
    drawn = ((2, Place.FILLING), (2, Place.CALLBACK), (3, Place.CALLBACK), (4, Place.CRM), (4, Place.SENT))
    for row, column in drawn:
        assert not model.index(row, column).data(Qt.ItemDataRole.DecorationRole).isNull()
    assert "13123450003" not in str(rows)


def test_what_is_not_handed_in_is_a_list_of_its_own(desk: Desk) -> None:
    with desk.session.store.change() as unit:
        put = PutFile("there", NOW, (), {unit.life.writer: ((1, 2),)})
        keep_put_file(unit.connection, "share", put)
    desk.panel.refresh()
    desk.panel.counters.choose("not_handed_in")
    desk.settle()
    assert len(desk.rows()) == 4
    assert desk.panel.counters._chips["not_handed_in"].text() == "未上交 4"


def test_the_important_ones_are_a_leads_list(
    desk: Desk, save: Callable[..., Logged], session: Session
) -> None:
    save(caller_name="钱女士", detail="停电", important="yes")
    assert "important" not in desk.panel.counters.codes()
    lead = replace(session, store=replace(session.store, author=author("8001", Role.LEAD)))
    desk.panel.close()
    desk.session = lead
    panel = desk.reopen()
    assert "important" in panel.counters.codes()
    assert panel.counters._chips["important"].text() == "重要 1"
    panel.counters.choose("important")
    desk.settle()
    assert shown(desk) == ["钱女士"]
    first = panel.table.model().index(0, Place.WHAT)
    assert "〔重要〕" in first.data(Qt.ItemDataRole.AccessibleTextRole)


def test_at_a_leads_store_nothing_is_said_of_handing_in(desk: Desk) -> None:
    desk.panel.counters.choose("not_handed_in")
    with desk.session.store.change() as unit:
        make_identity(unit.connection, "陈静", Role.LEAD)
    desk.panel.refresh()
    desk.settle()
    assert "not_handed_in" not in desk.panel.counters.codes()
    assert desk.panel.counters.current_code() == "all"
    assert len(desk.rows()) == 5
    table = desk.panel.table
    assert all(table.isColumnHidden(place) for place in (Place.SENT, Place.DELIVERY))


@pytest.mark.parametrize(
    ("width", "shown"),
    [
        (1200, ["TIME", "NUMBER", "KIND", "WHAT", "PHONE", "FILLING", "DELIVERY", "CRM", "CALLBACK"]),
        (940, ["TIME", "NUMBER", "KIND", "WHAT", "FILLING", "DELIVERY", "CRM", "CALLBACK"]),
        (760, ["TIME", "NUMBER", "KIND", "WHAT", "DELIVERY", "FOLLOW"]),
        (680, ["TIME", "NUMBER", "KIND", "WHAT", "SENT", "FOLLOW"]),
        (546, ["TIME", "KIND", "WHAT", "SENT", "FOLLOW"]),
        (340, ["TIME", "KIND", "WHAT"]),
    ],
)
def test_as_many_columns_as_leave_room_for_the_content(desk: Desk, width: int, shown: list[str]) -> None:
    desk.window.resize(width, 600)
    desk.settle()
    table = desk.panel.table
    assert [place.name for place in Place if not table.isColumnHidden(place)] == shown
    assert table.columnWidth(Place.WHAT) >= 100


def test_columns_chosen_are_shown_as_far_as_there_is_room(desk: Desk) -> None:
    desk.window.resize(760, 600)
    desk.settle()
    table = desk.panel.table

    def visible() -> list[str]:
        return [place.name for place in Place if not table.isColumnHidden(place)]

    asked = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(), QPoint())
    for choices in ({Place.PHONE: True, Place.KIND: False}, {Place.FILLING: True}):
        for place, wanted in choices.items():
            QApplication.sendEvent(table, asked)
            menu = QApplication.activePopupWidget()
            assert isinstance(menu, QMenu)
            action = next(one for one in menu.actions() if one.data() == place)
            assert action.isChecked() is not wanted
            action.trigger()
            menu.close()
    assert visible() == ["TIME", "NUMBER", "WHAT", "PHONE", "FILLING", "DELIVERY", "FOLLOW"]
    desk.window.resize(546, 600)
    desk.settle()
    assert visible() == ["TIME", "NUMBER", "WHAT", "FOLLOW"], "the caller is read, whatever was chosen"
    desk.window.resize(760, 600)
    desk.settle()
    assert "PHONE" in visible()
    table.reset_columns()
    assert visible() == ["TIME", "NUMBER", "KIND", "WHAT", "DELIVERY", "FOLLOW"]


def test_enter_opens_and_escape_returns_to_the_row(desk: Desk) -> None:
    desk.panel.table.setFocus()
    desk.press(Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Return)
    assert desk.panel.record.isVisible()
    assert desk.panel.record.number.text() == "07-00003-5"
    desk.press(Qt.Key.Key_Escape)
    assert not desk.panel.record.isVisible()
    assert QApplication.focusWidget() is desk.panel.table
    assert desk.panel.table.currentIndex().row() == 2


def test_from_the_correction_list_the_caret_is_in_what_is_missing(desk: Desk) -> None:
    desk.panel.counters.setFocus()
    desk.press(Qt.Key.Key_Right)
    desk.panel.table.setFocus()
    desk.press(Qt.Key.Key_End, Qt.Key.Key_Return)
    focus = QApplication.focusWidget()
    assert focus is not None
    assert (desk.panel.record.number.text(), focus.objectName()) == ("07-00002-4", "outcome")


def test_a_save_comes_to_the_top_and_the_selection_stays(desk: Desk, save: Callable[..., Logged]) -> None:
    desk.panel.table.setFocus()
    desk.press(Qt.Key.Key_Down)
    logged = save(caller_name="新来电", detail="停电")
    desk.panel.refresh(logged)
    desk.settle()
    assert shown(desk)[0] == "新来电"
    row = desk.panel.table.selected()
    assert row is not None
    assert row.number == "07-00004-3"
    assert desk.panel.counters._chips["all"].text() == "全部 6"
    undo_save(desk.session.store, logged, now=NOW)
    desk.panel.refresh()
    desk.settle()
    assert shown(desk)[0] == "赵敏"


def test_the_whole_station_is_one_key_away(desk: Desk, session: Session) -> None:
    from dataclasses import replace

    from desktop_app.services.records import log_record
    from tests.stores import author

    colleague = replace(session.store, author=author("8022"))
    log_record(colleague, {"caller_name": "同事的来电"}, now=NOW)
    desk.panel.whose.setFocus()
    desk.press(Qt.Key.Key_Right)
    assert shown(desk)[0] == "同事的来电"
    assert desk.panel.counters._chips["all"].text() == "全部 6"
    desk.press(Qt.Key.Key_Left)
    assert "同事的来电" not in shown(desk)


def test_a_long_list_comes_by_pages_from_either_end(desk: Desk, save: Callable[..., Logged]) -> None:
    oldest = desk.rows()[-1]
    for number in range(80):
        save(caller_name=f"来电{number}")
    desk.panel.refresh()
    desk.settle()
    assert 60 <= len(desk.rows()) < 85
    table = desk.panel.table
    table.setFocus()
    desk.press(Qt.Key.Key_End)
    assert desk.rows()[-1] == oldest
    assert table.currentIndex().row() == len(desk.rows()) - 1
    for _ in range(85):
        desk.press(Qt.Key.Key_Up)
    assert len(desk.rows()) == 85
    assert table.currentIndex().row() == 0


def test_a_broken_store_is_told_and_nothing_is_shown_as_empty(desk: Desk) -> None:
    desk.session.messages.bug = True
    with desk.session.store.database.change() as connection:
        connection.exec_driver_sql("ALTER TABLE promises RENAME TO gone")
    desk.panel.refresh()
    desk.settle()
    told = desk.session.messages.problems
    assert told
    told.clear()
    assert len(desk.rows()) == 5


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize(("width", "least"), [(546, 150), (710, 190)])
def test_caller_and_content_have_most_of_the_list(
    desk: Desk, session: Session, language: Language, width: int, least: int
) -> None:
    """546 pixels are the panel on a screen of 1366, 710 on one of 1920."""
    desk.panel.close()
    desk.session = replace(session, words=Words(language))
    desk.reopen()
    desk.window.resize(width, 600)
    desk.settle()
    table = desk.panel.table
    room = table.columnWidth(Place.WHAT)
    assert room >= least
    others = [place for place in Place if place is not Place.WHAT and not table.isColumnHidden(place)]
    assert room > max(table.columnWidth(place) for place in others)
    assert table.model().index(0, Place.TIME).data() == "09:24"


def test_yesterday_and_tomorrow_are_told_by_the_hour(desk: Desk) -> None:
    store, at = desk.session.store, NOW - timedelta(days=1)
    typed = {
        "caller_name": "钱师傅",
        "callback_needed": "yes",
        "callback_due": moment_text(NOW + timedelta(days=1)),
    }
    table, narrow = desk.panel.table, desk.panel.table.columnWidth(Place.TIME)
    save_draft(store, start_draft(store, typed, now=at).subject.id, typed, now=at)
    desk.panel.refresh()
    desk.settle()
    model, row = table.model(), desk.rows().index("钱师傅")
    assert model.index(row, Place.TIME).data() == "昨 10:00"
    assert model.index(row, Place.TIME).data(Qt.ItemDataRole.ToolTipRole) == "2026-03-01 10:00"
    assert model.index(row, Place.FOLLOW).data() == "明 10:00"
    assert table.columnWidth(Place.TIME) > narrow, "a date needs more room than an hour"


def test_a_column_is_moved_by_keys_and_stays_there(desk: Desk) -> None:
    table, header = desk.panel.table, desk.panel.table.horizontalHeader()
    asked = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(), QPoint())
    QApplication.sendEvent(table, asked)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)

    def listed() -> list[int]:
        return [one.data() for one in menu.actions() if one.data() is not None]

    came = listed()
    desk.qtbot.keyClick(menu, Qt.Key.Key_Up, CONTROL)
    assert listed() == came, "it is the first already"
    for _ in range(2):
        desk.qtbot.keyClick(menu, Qt.Key.Key_Down, CONTROL)
    assert listed() == [*came[1:3], came[0], *came[3:]]
    assert header.visualIndex(Place.NUMBER) < header.visualIndex(Place.KIND) < header.visualIndex(Place.TIME)
    menu.close()
    drawn = desk.session.preferences.columns(table.objectName())
    assert [place for place, _ in drawn][:3] == came[1:3] + came[:1]
    table.reset_columns()
    assert header.visualIndex(Place.TIME) == 0
