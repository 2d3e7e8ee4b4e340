"""Ctrl+K over the form: found by keys, done by Enter, and Esc leads back to the same caret."""

from __future__ import annotations

import time
from datetime import UTC, datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit

from desktop_app.domain.customers import Customer
from desktop_app.domain.initials import initials
from desktop_app.domain.site_pack import Phrase, Playbook
from desktop_app.domain.site_text import Bilingual
from desktop_app.services.records import log_record
from desktop_app.ui.capture.form import CaptureForm
from desktop_app.ui.palette.palette import Palette
from desktop_app.ui.palette.ranking import Entry
from desktop_app.ui.palette.sources import Command, Record
from tests.known_customers import know_customers
from tests.ui.desk.desks import Desk
from tests.ui.typing.composing import compose, settle

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def at_phone(desk: Desk) -> Desk:
    desk.waits(lambda: desk.focused() == "phone" and not desk.background.pending)
    return desk


def opened(desk: Desk, text: str = "") -> Palette:
    desk.press(Qt.Key.Key_K, CTRL)
    palette = desk.find("palette")
    assert isinstance(palette, Palette)
    assert desk.focused() == "palette_text"
    desk.types(text) if text.isascii() else settle(palette.field, text)
    desk.waits(lambda: not desk.background.pending)
    return palette


def lines(palette: Palette) -> list[Entry]:
    rows = (palette.lines.entry(palette.lines.index(row, 0)) for row in range(palette.lines.rowCount()))
    return [entry for entry in rows if entry is not None]


def test_escape_leads_back_to_the_same_field_and_caret(at_phone: Desk) -> None:
    desk = at_phone
    desk.types("13123450001")
    field = QApplication.focusWidget()
    assert isinstance(field, QLineEdit)
    field.setCursorPosition(5)
    opened(desk, "lock")
    desk.press(Qt.Key.Key_Escape)
    assert not desk.sees("palette")
    assert QApplication.focusWidget() is field
    assert (field.text(), field.cursorPosition(), field.selectedText()) == ("1312 345 0001", 6, "")


def test_what_is_composed_in_the_field_is_kept_and_what_is_composed_here_is_searched(at_phone: Desk) -> None:
    desk = at_phone
    desk.press(Qt.Key.Key_Tab)
    desk.press(Qt.Key.Key_Tab)
    field = QApplication.focusWidget()
    assert isinstance(field, QLineEdit)
    compose(field, "chen")
    palette = opened(desk)
    assert field.text() == "chen"
    compose(palette.field, "ljsd")
    assert [entry.thing for entry in lines(palette)][:1] == [Command("lock")]


def test_a_command_shows_its_key_and_is_done(at_phone: Desk) -> None:
    desk = at_phone
    palette = opened(desk, "hs")
    entry = palette.current()
    assert entry is not None
    desk.press(Qt.Key.Key_Escape)
    palette = opened(desk, "核对")
    first = palette.current()
    assert first is not None
    assert (first.thing, first.hint) == (Command("reconcile"), "Ctrl+R")
    desk.press(Qt.Key.Key_Return)
    desk.waits(lambda: desk.sees("place_reconcile"))
    assert not desk.sees("palette")


def test_a_command_acts_on_the_field_it_was_called_from(at_phone: Desk) -> None:
    """The stamp goes into the time field with the focus, not into the kind's next empty one."""
    desk = at_phone
    desk.press(Qt.Key.Key_F4)
    field = desk.find("centre_told_at")
    assert isinstance(field, QLineEdit)
    field.setFocus()
    opened(desk, "填入当前时间")
    desk.press(Qt.Key.Key_Return)
    assert field.text() != ""
    assert desk.focused() == "centre_told_at"


def test_commands_that_cannot_be_done_now_are_left_out(at_phone: Desk) -> None:
    palette = opened(at_phone, ">")
    codes = {entry.thing.code for entry in lines(palette) if isinstance(entry.thing, Command)}
    assert "save_next" in codes
    assert not codes & {"palette", "parked_1", "table_import"}


def test_no_key_of_the_form_acts_while_it_is_open(at_phone: Desk) -> None:
    desk = at_phone
    desk.types("13123450001")
    opened(desk)
    for key, held in ((Qt.Key.Key_F9, Qt.KeyboardModifier.NoModifier), (Qt.Key.Key_S, CTRL)):
        desk.press(key, held)
    desk.press(Qt.Key.Key_F3)
    desk.press(Qt.Key.Key_Escape)
    workplace = desk.window.workplace
    assert workplace is not None
    form = workplace.desk.capture.form
    assert (form.kind.value, form.values()["phone"]) == ("enquiry", "13123450001")


def test_tab_leaves_it(at_phone: Desk) -> None:
    opened(at_phone)
    at_phone.press(Qt.Key.Key_Tab)
    assert not at_phone.sees("palette")


def test_a_record_is_found_by_its_words_and_opened_beside_the_call(at_phone: Desk) -> None:
    desk = at_phone
    workplace = desk.window.workplace
    assert workplace is not None
    logged = log_record(
        workplace._session.store, {"phone": "13123450001", "detail": "电梯停运"}, now=datetime.now(UTC)
    )
    palette = opened(desk, "电梯停运")
    assert Record(logged.subject_id) in [entry.thing for entry in lines(palette)]
    assert palette.current() is not None
    desk.press(Qt.Key.Key_Escape)
    palette = opened(desk, f"#{logged.number}")
    entry = palette.current()
    assert entry is not None
    assert entry.thing == Record(logged.subject_id)
    desk.press(Qt.Key.Key_Return)
    desk.waits(lambda: workplace.desk.records.record.isVisible())


def test_what_comes_late_moves_no_row(at_phone: Desk) -> None:
    palette = opened(at_phone, "保")
    before = lines(palette)
    at_phone.press(Qt.Key.Key_Down)
    chosen, row = palette.current(), palette.list.currentIndex().row()
    late = Entry("customer", Customer(1, "K1", "保女士", ("13123450002",), "翠湖苑"), "保女士")
    palette._arrived([late])
    assert (palette.current(), palette.list.currentIndex().row()) == (chosen, row)
    assert lines(palette) == [*before, late]


def test_enter_before_the_answer_takes_the_first_when_it_comes(at_phone: Desk) -> None:
    desk = at_phone
    workplace = desk.window.workplace
    assert workplace is not None
    logged = log_record(workplace._session.store, {"phone": "13123450001"}, now=datetime.now(UTC))
    desk.press(Qt.Key.Key_K, CTRL)
    desk.find("palette_text").setText(f"#{logged.number}")  # type: ignore[attr-defined]
    desk.press(Qt.Key.Key_Return)
    desk.waits(lambda: workplace.desk.records.record.isVisible())


def form_of(desk: Desk) -> CaptureForm:
    workplace = desk.window.workplace
    assert workplace is not None
    return workplace.desk.capture.form


def test_a_customer_goes_into_the_form_as_from_the_pop_up(at_phone: Desk) -> None:
    """The address is only offered, the snapshot's date is kept, and what is typed stays."""
    desk = at_phone
    form = form_of(desk)
    know_customers(form._session.store, as_of=datetime(2026, 11, 20, 2, tzinfo=UTC))
    opened(desk, "cns")
    desk.press(Qt.Key.Key_Return)
    desk.waits(lambda: form.text("caller_name") == "陈女士")
    assert form.text("phone") == "", "who is looked for by name may call from any number"
    assert (form.text("address"), form.text("customer_no")) == ("翠湖苑 3-2-1602", "K100")
    assert form.text("snapshot_as_of") == "2026-11-20 10:00"
    assert form.caller.mark.open
    assert desk.focused() == "category"
    desk.press(Qt.Key.Key_D, CTRL)
    desk.waits(lambda: form.is_empty() and desk.focused() == "phone" and not desk.background.pending)
    desk.types("13123450001")
    opened(desk, "0043")
    desk.press(Qt.Key.Key_Return)
    desk.waits(lambda: form.text("caller_name") == "沈国强")
    assert (form.text("phone"), form.text("important")) == ("13123450001", "yes")
    opened(desk, "13123459017")
    desk.press(Qt.Key.Key_Return)
    desk.waits(lambda: form.text("caller_name") == "何小姐")
    assert (form.text("phone"), form.text("address")) == ("13123450001", "云栖里 2-801")


def test_a_customer_found_by_number_gives_the_number(at_phone: Desk) -> None:
    form = form_of(at_phone)
    know_customers(form._session.store, as_of=datetime(2026, 11, 20, 2, tzinfo=UTC))
    opened(at_phone, "5550 1001")
    at_phone.press(Qt.Key.Key_Return)
    at_phone.waits(lambda: form.text("caller_name") == "陈女士")
    assert form.text("phone") == "057155501001"


def test_a_phrase_is_written_at_the_caret_filled_and_noted(at_phone: Desk) -> None:
    desk = at_phone
    form = form_of(desk)
    phrase = Phrase("td", Bilingual("停电"), Bilingual("{caller_name}：已停电。"))
    desk.press(Qt.Key.Key_Tab)
    settle(desk.find("caller_name"), "陈女士")
    notes = desk.find("detail")
    assert isinstance(notes, QPlainTextEdit)
    notes.setFocus()
    desk.types("ab")
    notes.moveCursor(notes.textCursor().MoveOperation.Start)
    palette = opened(desk)
    desk.press(Qt.Key.Key_Escape)
    palette.chosen.emit(Entry("phrase", phrase, "停电"))
    assert notes.toPlainText() == "陈女士：已停电。ab"
    assert form.text("phrases_used").startswith("td 停电")
    desk.press(Qt.Key.Key_Z, CTRL)
    assert (notes.toPlainText(), form.text("phrases_used")) == ("ab", "")
    desk.find("phone").setFocus()
    palette.chosen.emit(Entry("phrase", phrase, "停电"))
    assert notes.toPlainText() == "ab陈女士：已停电。", "a number takes no phrase"
    assert desk.focused() == "detail"


def test_it_answers_within_a_tenth_of_a_second(at_phone: Desk) -> None:
    palette = opened(at_phone)
    took = []
    for text in ("b", "bc", "bcb", "停", "停电", "13123", ">s", "@wy", ";t", "no such thing at all"):
        started = time.thread_time()
        palette.field.setText(text)
        QApplication.processEvents()
        took.append(time.thread_time() - started)
        at_phone.waits(lambda: not at_phone.background.pending)
    assert sorted(took)[-2] < 0.1


def test_a_playbook_is_chosen_and_makes_the_record_its_kind(at_phone: Desk) -> None:
    desk = at_phone
    workplace = desk.window.workplace
    assert workplace is not None
    shelf = workplace._session.shelf
    desk.waits(lambda: bool(shelf.pack.playbooks))
    desk.types("13123450001")
    palette = opened(desk, "电梯困人")
    books = [entry.thing for entry in lines(palette) if isinstance(entry.thing, Playbook)]
    assert [book.key for book in books] == ["urgent_lift"]
    while palette.current() is None or palette.current().thing is not books[0]:  # type: ignore[union-attr]
        desk.press(Qt.Key.Key_Down)
    desk.press(Qt.Key.Key_Return)
    form = workplace.desk.capture.form
    assert (form.kind.value, form.values()["phone"]) == ("urgent", "13123450001")
    assert workplace.desk.beside.at_hand.playbook is books[0]
    assert desk.focused() == "phone"


@pytest.mark.parametrize("typed", ["导入", "客户快照", "import", "customers", "drkh"])
def test_the_customer_list_is_found_though_it_has_no_key(at_phone: Desk, typed: str) -> None:
    palette = opened(at_phone, typed)
    assert palette.current() is not None
    assert palette.current().thing == Command("customers"), "the best stands first"
    at_phone.press(Qt.Key.Key_Return)
    at_phone.waits(lambda: at_phone.sees("place_customers"))


def test_two_letters_find_names_alone(at_phone: Desk) -> None:
    palette = opened(at_phone, "td")
    at_phone.waits(lambda: not palette._waiting)
    for entry in lines(palette):
        names = (entry.title, *entry.also, entry.hint)
        fitting = [name for name in names if "td" in initials(name) or "td" in name.lower()]
        assert fitting, f"{entry.group}: {entry.title}"


def test_the_group_of_the_best_stands_first(at_phone: Desk) -> None:
    """A phrase by its very code, before any command whose initials begin so."""
    phrases = at_phone.window.workplace.desk.capture._session.shelf.pack.phrases
    palette = opened(at_phone, phrases[0].code)
    assert lines(palette)[0].thing == phrases[0]


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ("排班", "people"),
        ("值班表", "people"),
        ("通讯录", "people"),
        ("上报", "incident"),
        ("系统故障情况处理表", "incident"),
        ("待确认", "conflicts"),
        ("资料包", "settings"),
        ("交接班", "settings"),
    ],
)
def test_what_a_lead_calls_it_finds_it(at_phone: Desk, asked: str, code: str) -> None:
    assert Command(code) in [one.thing for one in lines(opened(at_phone, asked))]
