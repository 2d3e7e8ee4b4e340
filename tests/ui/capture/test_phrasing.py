"""Phrases and chips written by code into the long texts, by keys alone."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.domain.identity import Subject, SubjectKind
from desktop_app.domain.kinds import Kind
from desktop_app.domain.site_pack import Chips, Phrase, SitePack
from desktop_app.domain.site_text import Bilingual, Version
from desktop_app.ui.widgets.offer_list import OfferList
from tests.ui.capture.conftest import Desk
from tests.ui.capture.keyboard import CONTROL, focused, go_on_to, press, write
from tests.ui.typing.composing import compose, later, settle

PACK = SitePack(
    Bilingual("演示"),
    Version("KF", "2026-03"),
    phrases=(
        Phrase(
            "xt",
            Bilingual("系统故障先登记", "System down"),
            Bilingual("系统故障，先登记后补录。", "System down."),
        ),
        Phrase("xq", Bilingual("先签后录"), Bilingual("先签字，恢复后录入。"), ("urgent",)),
        Phrase(
            "hf", Bilingual("约定回电"), Bilingual("{caller_name}：{callback_due} 前回电 {callback_phone}。")
        ),
    ),
    chips=(
        Chips(Kind.URGENT, (Bilingual("1 人，无伤"), Bilingual("2 人，1 老人，无伤"))),
        Chips(Kind.COMPLAINT, (Bilingual("要求道歉"),), fills="customer_wants"),
    ),
)


@pytest.fixture
def desk(open_desk: Callable[..., Desk], qtbot: QtBot) -> Desk:
    opened = open_desk()
    opened.session.shelf.pack = PACK
    opened.session.shelf.changed.emit()
    go_on_to(qtbot, "detail")
    return opened


def text(desk: Desk, key: str = "detail") -> str:
    return desk.field(key).toPlainText()


def offered(desk: Desk) -> list[str]:
    shown = desk.form.findChild(OfferList, "phrase_list")
    if not shown.isVisible():
        return []
    return [row.accessibleName() for row in shown.findChildren(QWidget) if row.isVisible()]


@pytest.mark.parametrize("semicolon", [";", "；"])
def test_a_code_and_a_blank_write_the_phrase_and_one_undo_takes_it_back(
    desk: Desk, qtbot: QtBot, semicolon: str
) -> None:
    write(qtbot, f"停水。{semicolon}xt ")
    assert text(desk) == "停水。系统故障，先登记后补录。"
    assert focused().textCursor().atEnd()
    assert desk.form.values()["phrases_used"] == "xt 系统故障先登记 (KF 2026-03)"
    write(qtbot, "x")
    assert text(desk).endswith("补录。x")
    press(qtbot, Qt.Key.Key_Z, CONTROL)
    press(qtbot, Qt.Key.Key_Z, CONTROL)
    assert text(desk) == f"停水。{semicolon}xt "
    assert "phrases_used" not in desk.form.values(), "what was taken back was not used"
    write(qtbot, "y")
    assert text(desk) == f"停水。{semicolon}xt y"


def test_a_code_nobody_has_and_a_semicolon_alone_stay(desk: Desk, qtbot: QtBot) -> None:
    write(qtbot, ";zz ; x; ")
    assert text(desk) == ";zz ; x; "


def test_what_the_form_says_is_filled_in_and_a_blank_is_typed_over(desk: Desk, qtbot: QtBot) -> None:
    desk.form.fields.editor("phone").show("13123450001")
    desk.form.fields.editor("caller_name").show("{phone}")
    write(qtbot, ";hf ")
    assert text(desk) == "{phone}：____ 前回电 13123450001。"
    write(qtbot, "18:00")
    assert text(desk) == "{phone}：18:00 前回电 13123450001。"


def test_the_list_offers_codes_and_enter_or_tab_takes_one(desk: Desk, qtbot: QtBot) -> None:
    write(qtbot, ";")
    assert offered(desk) == [";xt 系统故障先登记", ";xq 先签后录", ";hf 约定回电"]
    write(qtbot, "x")
    assert offered(desk) == [";xt 系统故障先登记", ";xq 先签后录"]
    press(qtbot, Qt.Key.Key_Down)
    press(qtbot, Qt.Key.Key_Return)
    assert text(desk) == "先签字，恢复后录入。"
    assert offered(desk) == []
    write(qtbot, ";yd")
    assert offered(desk) == [";hf 约定回电"], "a title is found by its initials"
    press(qtbot, Qt.Key.Key_Tab)
    assert focused() is desk.field("detail")
    assert "前回电" in text(desk)


def test_escape_closes_the_list_and_loses_nothing(desk: Desk, qtbot: QtBot) -> None:
    write(qtbot, "好；x")
    assert offered(desk)
    press(qtbot, Qt.Key.Key_Escape)
    assert offered(desk) == []
    press(qtbot, Qt.Key.Key_Return)
    assert text(desk) == "好；x\n"


def test_behind_a_semicolon_alone_enter_begins_a_line(desk: Desk, qtbot: QtBot) -> None:
    write(qtbot, "停水；")
    later(desk.session)
    press(qtbot, Qt.Key.Key_Return)
    assert text(desk) == "停水；\n"
    write(qtbot, ";")
    press(qtbot, Qt.Key.Key_Down)
    press(qtbot, Qt.Key.Key_Return)
    assert text(desk) == "停水；\n系统故障，先登记后补录。"


def test_what_is_composed_is_offered_and_only_written_once_it_is_settled(desk: Desk, qtbot: QtBot) -> None:
    settle(focused(), "；")
    compose(focused(), "xt")
    assert offered(desk) == [";xt 系统故障先登记"]
    press(qtbot, Qt.Key.Key_Return)
    assert text(desk) == "；xt", "the Enter belongs to the input method"
    press(qtbot, Qt.Key.Key_Tab)
    assert text(desk) == "系统故障，先登记后补录。"
    settle(focused(), "；")
    compose(focused(), "xq")
    settle(focused(), "xq")
    settle(focused(), " ")
    assert text(desk).endswith("补录。先签字，恢复后录入。")


def test_a_rare_character_before_the_code_moves_nothing(desk: Desk, qtbot: QtBot) -> None:
    settle(focused(), "😀𠮷")
    write(qtbot, ";xt x")
    assert text(desk) == "😀𠮷系统故障，先登记后补录。x"


def test_chips_of_the_kind_are_written_by_their_digit(desk: Desk, qtbot: QtBot) -> None:
    write(qtbot, ";2 ")
    assert text(desk) == ";2 ", "an enquiry has none here"
    press(qtbot, Qt.Key.Key_A, CONTROL)
    press(qtbot, Qt.Key.Key_F4)
    write(qtbot, ";")
    assert offered(desk)[:3] == [";1 1 人，无伤", ";2 2 人，1 老人，无伤", ";xq 先签后录"]
    write(qtbot, "2 ")
    assert text(desk) == "2 人，1 老人，无伤"
    assert "phrases_used" not in desk.form.values()
    press(qtbot, Qt.Key.Key_F3)
    go_on_to(qtbot, "customer_wants")
    write(qtbot, ";1 ")
    assert text(desk, "customer_wants") == "要求道歉"


def test_which_phrases_were_used_is_on_the_record(desk: Desk, qtbot: QtBot) -> None:
    write(qtbot, ";xt ;xq ;xt ")
    with qtbot.waitSignal(desk.page.saved, timeout=5000) as saved:
        press(qtbot, Qt.Key.Key_Return, CONTROL)
    with desk.session.store.read() as view:
        state = view.state(Subject(SubjectKind.RECORD, saved.args[0].subject_id))
    used = [item.value["text"] for item in state.lists["phrases_used"]]
    assert used == ["xt 系统故障先登记 (KF 2026-03)", "xq 先签后录 (KF 2026-03)"]
    write(qtbot, "1")
    assert "phrases_used" not in desk.form.values()


def shown_chips(desk: Desk) -> list[str]:
    return [chip.text() for chip in desk.form.fields.chips.findChildren(QPushButton) if chip.isVisible()]


def test_chips_are_shown_for_the_kind_and_written_behind_what_is_there(desk: Desk, qtbot: QtBot) -> None:
    assert shown_chips(desk) == []
    write(qtbot, "困在 5 楼")
    press(qtbot, Qt.Key.Key_F4)
    qtbot.waitUntil(lambda: shown_chips(desk) == ["① 1 人，无伤", "② 2 人，1 老人，无伤"])
    press(qtbot, Qt.Key.Key_X, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: isinstance(focused(), QPushButton))
    press(qtbot, Qt.Key.Key_Right)
    press(qtbot, Qt.Key.Key_Space)
    assert text(desk) == "困在 5 楼，2 人，1 老人，无伤"
    assert focused() is desk.field("detail")
    press(qtbot, Qt.Key.Key_Z, CONTROL)
    assert text(desk) == "困在 5 楼"
    press(qtbot, Qt.Key.Key_X, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: isinstance(focused(), QPushButton))
    write(qtbot, "1")
    assert text(desk) == "困在 5 楼，1 人，无伤"
    press(qtbot, Qt.Key.Key_F2)
    qtbot.waitUntil(lambda: shown_chips(desk) == [])


def test_chips_without_room_are_not_shown_and_can_be_written(desk: Desk, qtbot: QtBot) -> None:
    press(qtbot, Qt.Key.Key_F4)
    qtbot.waitUntil(lambda: len(shown_chips(desk)) == 2)
    chips = desk.form.fields.chips
    chips.resize(chips.width() // 3, chips.height())
    assert len(shown_chips(desk)) == 1
    write(qtbot, ";2 ")
    assert text(desk) == "2 人，1 老人，无伤"
