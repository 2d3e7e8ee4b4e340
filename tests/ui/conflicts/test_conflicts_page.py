"""A lead decides by keys what two stations wrote apart, in a real window on real stores."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QPushButton, QWidget

from desktop_app.domain.identity import Subject, SubjectKind
from desktop_app.services.conflicts import conflicts
from desktop_app.services.late_payloads import set_aside
from desktop_app.services.record_view import view_record
from desktop_app.services.to_confirm import to_confirm
from desktop_app.services.twins import twins
from desktop_app.ui.conflicts.conflicts_page import ConflictsPage
from desktop_app.ui.widgets.labels import PlainLabel
from tests.backgrounds import settle
from tests.runs import exchange
from tests.ui.conflicts.conftest import Floor

Open = Callable[..., ConflictsPage]
ALT = Qt.KeyboardModifier.AltModifier


def press(qtbot, key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """Press a key where the focus is, and wait until everything it began has ended."""
    qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)
    qtbot.keyClick(QApplication.focusWidget(), key, held)


def decide(qtbot, page: ConflictsPage, key: Qt.Key, held=Qt.KeyboardModifier.NoModifier) -> None:
    press(qtbot, key, held)
    settle(qtbot, page._session.background)
    qtbot.waitUntil(lambda: not page.busy)


def child(page: QWidget, name: str) -> QWidget:
    found = page.findChild(QWidget, name)
    assert isinstance(found, QWidget), name
    return found


def go(page: ConflictsPage, section: str) -> None:
    page._list.choices.go_to(("conflicts", "twins", "late", "steps", "decided").index(section))
    page._list.lines.setFocus()


def focused() -> str:
    widget = QApplication.focusWidget()
    return widget.objectName() if widget else ""


def texts(widget: QWidget) -> list[str]:
    return [one.text() for one in widget.findChildren(PlainLabel) if one.text()]


def told(floor: Floor, record: str) -> dict[str, str]:
    return dict(view_record(floor.lead, record).texts)


def fields(floor: Floor) -> list[str]:
    return [one.field for one in conflicts(floor.lead).conflicts]


def test_two_stations_correct_one_record_and_the_lead_decides_by_keys(
    qtbot, floor: Floor, open_page: Open
) -> None:
    record = floor.apart(phone=("13123450002", "13123450003"), summary=("有人被困", "电梯故障"))
    page = open_page(floor.lead)
    shown = {tuple(texts(child(page, f"candidate_phone_{place}"))): place for place in (1, 2)}
    assert set(shown) == {
        ("13123450002", "李娜　工作站 07　2026-11-21 09:05", "原因：听录音"),
        ("13123450003", "王芳　工作站 08　2026-11-21 09:06", "原因：客户来电更正"),
    }
    mine = next(place for told, place in shown.items() if told[0] == "13123450002")
    assert focused() == "waiting"
    press(qtbot, Qt.Key.Key_Return)
    assert focused() == "candidate_phone_1"
    press(qtbot, Qt.Key.Key_Down)
    assert focused() == "candidate_summary_1"
    press(qtbot, Qt.Key.Key_Up)
    decide(qtbot, page, Qt.Key.Key_1 if mine == 1 else Qt.Key.Key_2)
    assert fields(floor) == ["summary"]
    assert told(floor, record)["phone"] == "13123450002"
    # The next field is there by itself, under the hand.
    assert focused() == "candidate_summary_1"
    decide(qtbot, page, Qt.Key.Key_Return)
    assert fields(floor) == []
    assert focused() == "conflict_sections"
    decide(qtbot, page, Qt.Key.Key_Z, ALT)
    assert fields(floor) == ["summary"]
    decide(qtbot, page, Qt.Key.Key_Z, ALT)
    assert fields(floor) == ["phone", "summary"]


def test_all_of_one_person_is_one_entry(qtbot, floor: Floor, open_page: Open) -> None:
    record = floor.apart(phone=("13123450002", "13123450003"), summary=("有人被困", "电梯故障"))
    page = open_page(floor.lead)
    press(qtbot, Qt.Key.Key_Return)
    if "王芳" not in "".join(texts(QApplication.focusWidget())):
        press(qtbot, Qt.Key.Key_Right)
    decide(qtbot, page, Qt.Key.Key_A, ALT)
    assert fields(floor) == []
    assert (told(floor, record)["phone"], told(floor, record)["summary"]) == ("13123450003", "电梯故障")
    assert len(page._waiting.chosen) == 1


def test_both_texts_are_offered_and_another_is_typed(qtbot, floor: Floor, open_page: Open) -> None:
    record = floor.apart(summary=("有人被困", "电梯故障"))
    page = open_page(floor.lead)
    press(qtbot, Qt.Key.Key_Return)
    press(qtbot, Qt.Key.Key_K, ALT)
    other = child(page, "other_value")
    assert set(page._view.other.full_text().split("；")) == {"有人被困", "电梯故障"}
    press(qtbot, Qt.Key.Key_Escape)
    assert not other.isVisible()
    assert focused() == "candidate_summary_1"
    press(qtbot, Qt.Key.Key_E, ALT)
    qtbot.keyClicks(QApplication.focusWidget(), "stuck lift")
    button = child(page, "decide_yes")
    assert button.text() == "改用此内容"
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    settle(qtbot, page._session.background)
    assert fields(floor) == []
    assert told(floor, record)["summary"] == "stuck lift"


def test_what_comes_while_a_value_is_typed_takes_nothing_away(qtbot, floor: Floor, open_page: Open) -> None:
    floor.apart(summary=("有人被困", "电梯故障"))
    page = open_page(floor.lead)
    press(qtbot, Qt.Key.Key_Return)
    press(qtbot, Qt.Key.Key_E, ALT)
    qtbot.keyClicks(QApplication.focusWidget(), "typed")
    floor.late()
    page.load()
    settle(qtbot, page._session.background)
    assert page._view.editing()
    assert page._view.other.full_text() == "typed"


def test_a_state_in_conflict_asks_for_its_reason(qtbot, floor: Floor, open_page: Open) -> None:
    record = floor.broken()
    page = open_page(floor.lead)
    press(qtbot, Qt.Key.Key_Return)
    decide(qtbot, page, Qt.Key.Key_1)
    assert [one.code for one in page._session.messages.problems] == ["guard.reason"]
    assert focused() == "decision_reason"
    qtbot.keyClicks(QApplication.focusWidget(), "checked")
    decide(qtbot, page, Qt.Key.Key_Return)
    assert fields(floor) == []
    with floor.lead.read() as view:
        assert len(view.state(Subject(SubjectKind.RECORD, record)).values("state")) == 1


def test_one_matter_is_joined_told_apart_and_undone(qtbot, floor: Floor, open_page: Open) -> None:
    pair = floor.twice()
    page = open_page(floor.lead)
    go(page, "twins")
    assert page._twins.shown("phone")[1:3] == ["13123450001", "13123450001"]
    assert "电话相同" in texts(page)[texts(page).index("07-00001-9 + 08-00001-0") + 1]
    decide(qtbot, page, Qt.Key.Key_Return)
    (group,) = twins(floor.lead).joined
    assert {one.record for one in group.members} == set(pair)
    decide(qtbot, page, Qt.Key.Key_Z, ALT)
    assert len(twins(floor.lead).proposals) == 1
    go(page, "twins")
    decide(qtbot, page, Qt.Key.Key_Delete)
    assert twins(floor.lead) == type(twins(floor.lead))((), ())


def test_a_joined_group_is_separated_from_what_was_decided(qtbot, floor: Floor, open_page: Open) -> None:
    floor.twice()
    page = open_page(floor.lead)
    go(page, "twins")
    decide(qtbot, page, Qt.Key.Key_Return)
    go(page, "decided")
    decide(qtbot, page, Qt.Key.Key_Return)
    assert twins(floor.lead).joined == ()
    assert len(twins(floor.lead).proposals) == 1


def test_what_came_after_a_purge_is_opened_or_purged_after_asking(
    qtbot, floor: Floor, open_page: Open
) -> None:
    record = floor.late()
    page = open_page(floor.lead)
    go(page, "late")
    assert "又来电：水表读数不对" in texts(page._lines)
    decide(qtbot, page, Qt.Key.Key_Return)
    assert told(floor, record)["detail"] == "又来电：水表读数不对"
    decide(qtbot, page, Qt.Key.Key_Z, ALT)
    assert len(set_aside(floor.lead)) == 1
    go(page, "late")
    press(qtbot, Qt.Key.Key_Delete)
    (dialog,) = (one for one in page.window().findChildren(QDialog) if one.isVisible())
    assert len(set_aside(floor.lead)) == 1
    qtbot.keyClick(dialog, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle(qtbot, page._session.background)
    assert set_aside(floor.lead) == ()


def test_a_step_is_confirmed_and_the_confirmation_undone(qtbot, floor: Floor, open_page: Open) -> None:
    floor.broken()
    page = open_page(floor.lead)
    go(page, "steps")
    decide(qtbot, page, Qt.Key.Key_Return)
    assert to_confirm(floor.lead) == ()
    decide(qtbot, page, Qt.Key.Key_Z, ALT)
    assert len(to_confirm(floor.lead)) == 1


def test_a_choice_is_taken_back_and_restored_from_what_was_decided(
    qtbot, floor: Floor, open_page: Open
) -> None:
    floor.apart(phone=("13123450002", "13123450003"))
    page = open_page(floor.lead)
    press(qtbot, Qt.Key.Key_Return)
    decide(qtbot, page, Qt.Key.Key_Return)
    for open_again in (["phone"], []):
        go(page, "decided")
        decide(qtbot, page, Qt.Key.Key_Return)
        assert fields(floor) == open_again
    exchange(floor.lead, floor.agent)
    assert conflicts(floor.agent).count == 0


def test_an_agent_looks_and_decides_nothing(qtbot, floor: Floor, open_page: Open) -> None:
    floor.apart(phone=("13123450002", "13123450003"))
    page = open_page(floor.agent)
    buttons = [one for one in page.findChildren(QPushButton) if one.objectName().startswith("decide_")]
    assert buttons
    assert not any(one.isEnabled() for one in buttons)
    press(qtbot, Qt.Key.Key_Return)
    decide(qtbot, page, Qt.Key.Key_Return)
    assert fields(floor) == ["phone"]


def test_nothing_to_decide_says_so(floor: Floor, open_page: Open) -> None:
    page = open_page(floor.lead)
    assert "没有冲突。" in texts(page)
    assert not any(one.isVisible() for one in page.findChildren(PlainLabel) if "请在左侧" in one.text())
    assert not page.findChild(QPushButton, "decide_yes").isVisible()


def test_what_was_done_is_told_until_another_kind_is_looked_at(qtbot, floor: Floor, open_page: Open) -> None:
    floor.apart(phone=("13123450002", "13123450003"))
    page = open_page(floor.lead)
    press(qtbot, Qt.Key.Key_Return)
    decide(qtbot, page, Qt.Key.Key_Return)
    assert "已选定。" in texts(page)
    go(page, "decided")
    assert "已选定。" not in texts(page)
    assert page.findChild(QPushButton, "decide_undo").isEnabled()


def test_where_nothing_is_left_the_next_kind_comes(qtbot, floor: Floor, open_page: Open) -> None:
    floor.apart(phone=("13123450002", "13123450003"))
    floor.late()
    page = open_page(floor.lead)
    press(qtbot, Qt.Key.Key_Return)
    decide(qtbot, page, Qt.Key.Key_Return)
    assert "又来电：水表读数不对" in texts(page._lines)
    assert focused() == "conflict_sections"
    decide(qtbot, page, Qt.Key.Key_Return)
    assert len(set_aside(floor.lead)) == 1, "an Enter too many decides nothing"
    press(qtbot, Qt.Key.Key_Tab)
    assert focused() == "waiting"
