"""People by keys: found, rung, checked, changed; a roster taken in; called in and come; trained."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QSizeF, Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QWidget

from desktop_app.domain.contact_book import BookContact
from desktop_app.domain.roles import Role
from desktop_app.services.contacts import contact_book
from desktop_app.services.incidents import current_incident, report_fault
from desktop_app.ui.people.book_view import BookView
from desktop_app.ui.people.duty_view import DutyView
from desktop_app.ui.people.tree_view import TreeView
from tests.ui.people.conftest import Hands

ALT, CTRL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier
Open = Callable[[Role], Hands]


def book(hands: Hands) -> dict[str, BookContact]:
    return {one.contact.name.zh: one for one in contact_book(hands.store, hands.page.room.pack)}


def find(hands: Hands, text: str) -> BookView:
    view = hands.page.panels["book"]
    assert isinstance(view, BookView)
    view.search.setFocus()
    view.search.clear()
    hands.desk.qtbot.keyClicks(view.search, text)
    return view


def sees(hands: Hands, name: str) -> str:
    label = hands.desk.find(name)
    assert isinstance(label, QLabel)
    return label.text()


def keys(hands: Hands, name: str, text: str) -> QWidget:
    field = hands.desk.find(name)
    assert isinstance(field, QLineEdit)
    field.setFocus()
    field.setText(text)
    return field


def test_somebody_is_found_by_initials_rung_and_checked(at_people: Open) -> None:
    hands = at_people(Role.AGENT)
    view = find(hands, "gsgs")
    assert view.card.shown is not None
    assert view.card.shown.contact.name.zh == "供水公司抢修"
    assert sees(hands, "contact_phone").replace("-", "").replace(" ", "") == "057155502001"
    keys(hands, "try_note", "没人接，十分钟后再打")
    hands.desk.press(Qt.Key.Key_N, ALT)
    hands.waits(lambda: "十分钟后再打" in sees(hands, "contact_tries"))
    hands.desk.press(Qt.Key.Key_Y, ALT)
    hands.desk.press(Qt.Key.Key_V, ALT)
    hands.settle()
    one = book(hands)["供水公司抢修"]
    assert one.verified_at is not None
    assert sorted((tried.reached, tried.note) for tried in one.tried) == [
        (False, "没人接，十分钟后再打"),
        (True, ""),
    ]


def test_undo_right_after_a_key_takes_back_what_that_key_did(at_people: Open) -> None:
    """Nothing is heard of the store between the two keys."""
    hands = at_people(Role.AGENT)
    find(hands, "gsgs")
    hands.desk.press(Qt.Key.Key_Y, ALT)
    hands.settle()
    gate = threading.Event()
    hands.session.background.change(gate.wait)
    hands.desk.press(Qt.Key.Key_V, ALT)
    hands.desk.press(Qt.Key.Key_Z, ALT)
    gate.set()
    hands.settle()
    one = book(hands)["供水公司抢修"]
    assert [tried.reached for tried in one.tried] == [True], "the act before it was taken back"
    assert one.verified_at is None


def test_an_agent_rings_and_changes_nothing(at_people: Open) -> None:
    hands = at_people(Role.AGENT)
    find(hands, "gsgs")
    for name in ("contact_add", "contact_edit", "contact_remove", "import_roster"):
        assert not hands.desk.sees(name), name
    for key in (Qt.Key.Key_A, Qt.Key.Key_E, Qt.Key.Key_D):
        hands.desk.press(key, ALT)
    assert not hands.desk.sees("contact_name_field")


def test_a_lead_adds_changes_and_removes(at_people: Open) -> None:
    hands = at_people(Role.LEAD)
    hands.desk.press(Qt.Key.Key_A, ALT)
    hands.waits(lambda: hands.desk.sees("contact_name_field"))
    keys(hands, "contact_phone_field", "13123450044")
    hands.desk.qtbot.keyClick(hands.desk.find("contact_name_field"), Qt.Key.Key_Return)
    hands.desk.qtbot.wait(50)
    assert hands.desk.sees("contact_name_field"), "added without a name"
    field = keys(hands, "contact_name_field", "吴应急")
    hands.desk.qtbot.keyClick(field, Qt.Key.Key_Return)
    hands.waits(lambda: "吴应急" in book(hands))
    view = find(hands, "wyj")
    hands.waits(lambda: view.card.shown is not None and view.card.shown.contact.name.zh == "吴应急")
    hands.desk.press(Qt.Key.Key_E, ALT)
    hands.waits(lambda: hands.desk.sees("contact_hours_field"))
    field = keys(hands, "contact_hours_field", "夜间")
    hands.desk.qtbot.keyClick(field, Qt.Key.Key_Return)
    hands.waits(lambda: book(hands)["吴应急"].contact.hours == "夜间")
    assert book(hands)["吴应急"].contact.phone == "13123450044"
    hands.desk.press(Qt.Key.Key_D, ALT)
    hands.waits(lambda: hands.desk.sees("remove_reason"))
    field = keys(hands, "remove_reason", "已离职")
    hands.desk.qtbot.keyClick(field, Qt.Key.Key_Return)
    hands.waits(lambda: "吴应急" not in book(hands))


@pytest.mark.parametrize("count", [3, 80])
def test_the_tree_fits_on_one_page(at_people: Open, count: int) -> None:
    hands = at_people(Role.AGENT)
    tree = hands.page.panels["tree"]
    assert isinstance(tree, TreeView)
    hands.page.show_view("tree")
    one = tree._model.rows[0][1]
    tree._model.fill([(place % 4, one) for place in range(count)])
    page = tree.page()
    # A4 in the points of this screen, 96 to the inch.
    page.setPageSize(QSizeF(794, 1123))
    assert page.pageCount() == 1
    assert one.contact.phone in page.toPlainText()


def roster(folder: Path) -> Path:
    today = datetime.now(UTC).astimezone().date()
    rows = ["日期,时间,姓名,工号,岗位,电话,技能"]
    for ahead in range(-1, 4):
        rows.append(f"{today + timedelta(days=ahead)},00:00-24:00,王芳,8022,应急,13123450022,")
    rows += [",,孙晓,8031,备班,13123458031,手工登记 英语", "待定,全天,另行通知,,,,"]
    path = folder / "值班.csv"
    path.write_text("\n".join(rows), "utf-8")
    return path


def preview(hands: Hands, folder: Path) -> DutyView:
    """Look at a roster in the duty view."""
    hands.page.show_view("duty")
    duty = hands.page.panels["duty"]
    assert isinstance(duty, DutyView)
    duty.take_file(roster(folder))
    hands.waits(lambda: hands.desk.sees("roster_preview"))
    return duty


def take_in(hands: Hands, folder: Path) -> DutyView:
    """Look at a roster and take it in."""
    duty = preview(hands, folder)
    hands.desk.qtbot.keyClick(hands.desk.find("roster_preview"), Qt.Key.Key_Return, CTRL)
    return duty


def test_a_roster_is_looked_at_taken_in_and_undone(at_people: Open, tmp_path: Path) -> None:
    hands = at_people(Role.LEAD)
    duty = preview(hands, tmp_path)
    assert "5 个班次" in sees(hands, "roster_read")
    assert "第 8 行" in sees(hands, "roster_unread")
    hands.desk.qtbot.keyClick(hands.desk.find("roster_preview"), Qt.Key.Key_Return, CTRL)
    hands.waits(lambda: "王芳" in duty.now.text())
    assert "王芳" in duty.next.text()
    assert hands.desk.sees("cover")
    assert hands.desk.sees("untrained")
    hands.page.setFocus()
    hands.desk.press(Qt.Key.Key_Z, ALT)
    hands.waits(lambda: not hands.page.room.people.shifts)


def test_somebody_on_standby_is_called_in_and_comes(at_people: Open, tmp_path: Path) -> None:
    hands = at_people(Role.LEAD)
    take_in(hands, tmp_path)
    hands.waits(lambda: bool(hands.page.room.people.standby))
    hands.page.setFocus()
    hands.desk.press(Qt.Key.Key_Tab, CTRL)
    hands.desk.press(Qt.Key.Key_J, ALT)
    assert not hands.desk.sees("called_reply"), "called in for no incident"
    report_fault(hands.store, symptom="来电激增", now=hands.session.clock())
    hands.waits(lambda: hands.page.room.people.incident is not None)
    hands.desk.press(Qt.Key.Key_J, ALT)
    hands.waits(lambda: hands.desk.sees("called_reply"))
    field = keys(hands, "called_reply", "20 分钟到")
    hands.desk.qtbot.keyClick(field, Qt.Key.Key_Return)
    hands.waits(lambda: hands.desk.sees("people_called"))
    hands.desk.press(Qt.Key.Key_K, ALT)

    def there() -> bool:
        told = current_incident(hands.store)
        return told is not None and any(one.came_at for one in told.called_in)

    hands.waits(there)
    told = current_incident(hands.store)
    assert told is not None
    (one,) = told.called_in
    assert (one.name, one.reply, one.contact) == ("孙晓", "20 分钟到", "standby-8031")


def test_training_is_noted_by_one_key(at_people: Open, tmp_path: Path) -> None:
    hands = at_people(Role.LEAD)
    take_in(hands, tmp_path)
    hands.waits(lambda: bool(hands.page.room.people.duty.untrained))
    hands.page.show_view("training")
    hands.page.setFocus()
    hands.desk.press(Qt.Key.Key_T, ALT)
    hands.waits(lambda: not hands.page.room.people.duty.untrained)
    assert [one.name for one in hands.page.room.people.duty.trained] == ["王芳"]
