"""The form: every kind of record as it looks while it is typed."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QAbstractButton

from desktop_app.ui.scenes.scene import Scene, Walk
from desktop_app.ui.typing.text_edit import LongTextEdit
from desktop_app.ui.widgets.chips import ChipGroup
from desktop_app.ui.widgets.combo import Combo

_CALLER = {"phone": "13123450219", "caller_name": "陈女士", "address": "翠湖苑 3 幢 2 单元 1602"}


def enquiry(walk: Walk) -> None:
    """An empty form, a half filled one, and one that was saved."""
    hands = walk.hands
    walk.look("desk")
    hands.type_text("131 2345")
    walk.look("enquiry-first-keys")
    _fill(walk, {**_CALLER, "detail": "停车费电子发票何时可以开，系统升级期间先登记。"})
    promised = hands.find(ChipGroup, "callback_needed")
    promised.choose(promised.codes()[1])
    walk.look("enquiry")
    hands.press("Ctrl+Return")
    walk.look("enquiry-saved")


def complaint(walk: Walk) -> None:
    """A complaint, and what a check finds missing in it."""
    hands = walk.hands
    hands.press("F3")
    hands.fill("phone", "057155501001")
    _fill(walk, {"caller_name": "刘先生", "detail": "装修公司夜间 23 点后施工，已反映两次无人处理。"})
    _fill(walk, {"customer_wants": "要求今晚停工并书面答复"})
    walk.look("complaint")
    hands.press("F7")
    walk.look("complaint-checked")
    hands.press("Ctrl+Return")


def urgent(walk: Walk) -> None:
    """Somebody is shut in a lift."""
    hands = walk.hands
    hands.press("F4")
    _fill(walk, {"phone": "13123450043", "caller_name": "沈先生", "address": "翠湖苑 5 幢 1 单元 电梯"})
    _choose(walk, "urgent_kind")
    _fill(walk, {"detail": "电梯停在 7 层，困 2 人，其中 1 位老人。"})
    hands.press("Ctrl+T")
    walk.look("urgent")
    hands.press("Ctrl+Return")


def abnormal(walk: Walk) -> None:
    """A call that is none."""
    hands = walk.hands
    hands.press("F5")
    _fill(walk, {"phone": "13123459017", "detail": "静默来电，第三次。"})
    _choose(walk, "abnormal_kind")
    walk.look("abnormal")
    hands.press("Ctrl+Return")


def media(walk: Walk) -> None:
    """A journalist asks."""
    hands = walk.hands
    hands.press("F6")
    _fill(walk, {"phone": "01055501234", "caller_name": "赵记者", "outlet": "城市晚报"})
    _fill(walk, {"detail": "询问停电原因，是否影响周边小区。仅登记，未作答复。"})
    walk.look("media")
    hands.press("Ctrl+Return")


def short_ways(walk: Walk) -> None:
    """Phrases by code, and the menu of quick records."""
    hands = walk.hands
    hands.press("F2")
    _fill(walk, {**_CALLER, "detail": "停水，"})
    detail = hands.find(LongTextEdit, "detail")
    detail.setFocus()
    detail.moveCursor(QTextCursor.MoveOperation.End)
    hands.type_text(";x")
    walk.look("phrases")
    hands.press("Esc")
    hands.press("Ctrl+Q")
    walk.look("quick-records")
    hands.press("Esc")
    hands.press("Ctrl+Return")


def more_fields(walk: Walk) -> None:
    """The rare fields unfolded, then two calls parked."""
    hands = walk.hands
    hands.press("F2")
    _fill(walk, {**_CALLER, "phone": "13123452208", "caller_name": "何小姐"})
    fold = hands.find(QAbstractButton, "more")
    fold.click()
    walk.look("enquiry-more")
    fold.click()
    hands.press("Ctrl+D")
    _fill(walk, {"phone": "13123459926", "caller_name": "周先生"})
    hands.press("Ctrl+D")
    walk.look("parked")


def _fill(walk: Walk, texts: Mapping[str, str]) -> None:
    for name, text in texts.items():
        walk.hands.fill(name, text)


def _choose(walk: Walk, name: str) -> None:
    combo = walk.hands.find(Combo, name)
    combo.setFocus()
    walk.hands.press("Down")


SCENES: tuple[Scene, ...] = (enquiry, complaint, urgent, abnormal, media, short_ways, more_fields)
