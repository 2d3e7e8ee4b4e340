"""What stands under "more" of a call: identity checked, an amount, the recording; typed and saved by keys."""

from __future__ import annotations

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop_app.domain.identity import Subject, SubjectKind
from tests.ui.capture.conftest import Desk
from tests.ui.capture.keyboard import CONTROL, press, write

NUMBER = "110101199003070011"
"""An invented identity number whose check digit is right."""


def test_identity_and_amount_are_kept_and_no_identity_number(desk: Desk, qtbot: QtBot) -> None:
    write(qtbot, "13123450001")
    desk.form.fields.unfold(True)
    for key in ("identity_checked", "amount_taken", "detail"):
        desk.field(key).setFocus()
        write(qtbot, {"identity_checked": " ", "amount_taken": "200.5", "detail": f"身份证 {NUMBER}"}[key])
    with qtbot.waitSignal(desk.page.saved, timeout=5000) as saved:
        press(qtbot, Qt.Key.Key_Return, CONTROL)
    with desk.session.store.read() as view:
        state = view.state(Subject(SubjectKind.RECORD, saved.args[0].subject_id))
    assert state.value("identity_checked") is True
    assert state.text("amount_taken") == "200.50"
    assert state.text("detail").startswith("身份证")
    assert NUMBER not in state.text("detail")


def test_the_recording_of_a_call_is_typed_and_kept(desk: Desk, qtbot: QtBot) -> None:
    write(qtbot, "13123450001")
    desk.form.fields.unfold(True)
    desk.field("recording").setFocus()
    write(qtbot, "20260302-090512-8021.wav")
    with qtbot.waitSignal(desk.page.saved, timeout=5000) as saved:
        press(qtbot, Qt.Key.Key_Return, CONTROL)
    with desk.session.store.read() as view:
        state = view.state(Subject(SubjectKind.RECORD, saved.args[0].subject_id))
    assert state.text("recording") == "20260302-090512-8021.wav"
