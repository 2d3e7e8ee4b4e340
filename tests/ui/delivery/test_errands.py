"""Threads that may hang: nobody waits for them, nobody hears of them too late."""

from __future__ import annotations

import subprocess
import sys
import threading

import pytest
from PySide6.QtCore import QObject

from desktop_app.ui.delivery import errands as module
from desktop_app.ui.delivery.errands import Errands


class Heard(QObject):
    def __init__(self) -> None:
        super().__init__()
        self.results: list[object] = []

    def hear(self, result: object) -> None:
        self.results.append((result, threading.current_thread() is threading.main_thread()))


def test_results_and_failures_arrive_on_the_gui_thread(qtbot, errands: Errands) -> None:
    heard = Heard()
    assert errands.run(lambda: 7, heard.hear, heard.hear, heard)
    assert errands.run(lambda: 1 // 0, heard.hear, heard.hear, heard)
    qtbot.waitUntil(lambda: len(heard.results) == 2, timeout=10_000)
    assert {type(result) for result, _ in heard.results} == {int, ZeroDivisionError}
    assert all(on_gui for _, on_gui in heard.results)


def test_stuck_ones_are_bounded_and_a_dropped_one_is_not_heard_of(qtbot, errands: Errands) -> None:
    heard, gate = Heard(), threading.Event()
    numbers = [errands.run(gate.wait, heard.hear, heard.hear, heard) for _ in range(module.MOST + 1)]
    assert numbers[-1] == 0
    assert all(numbers[:-1])
    errands.drop(numbers[0])
    assert not errands_alive_after_stop_of_another(qtbot)
    gate.set()
    qtbot.waitUntil(lambda: len(heard.results) == module.MOST - 1, timeout=10_000)
    assert errands.run(lambda: 1, heard.hear, heard.hear, heard)
    qtbot.waitUntil(lambda: len(heard.results) == module.MOST, timeout=10_000)


def errands_alive_after_stop_of_another(qtbot) -> bool:
    """Stopping with a stuck thread returns in time and says that one is left; then it ends."""
    other, gate, heard = Errands(), threading.Event(), Heard()
    other.run(gate.wait, heard.hear, heard.hear, heard)
    assert not other.stop(0.2)
    assert other.run(lambda: 1, heard.hear, heard.hear, heard) == 0
    gate.set()
    qtbot.wait(50)
    return bool(heard.results)


def test_an_owner_that_is_gone_is_not_told(qtbot, errands: Errands) -> None:
    heard, gate = Heard(), threading.Event()
    results = heard.results
    errands.run(gate.wait, heard.hear, heard.hear, heard)
    heard.deleteLater()
    qtbot.wait(20)
    gate.set()
    qtbot.wait(100)
    assert results == []


_PROGRAM = """
import sys, threading
from PySide6.QtCore import QCoreApplication, QObject, QTimer
from desktop_app.ui.delivery.errands import Errands
application = QCoreApplication([])
errands, owner = Errands(), QObject()
errands.run(threading.Event().wait, print, print, owner)
QTimer.singleShot(50, application.quit)
application.exec()
errands.stop(0.1)
print("ended", flush=True)
"""


def test_the_program_ends_while_a_share_holds_a_thread() -> None:
    told = subprocess.run(
        [sys.executable, "-c", _PROGRAM], capture_output=True, text=True, timeout=60, check=True
    )
    assert told.stdout == "ended\n"
    assert told.stderr == ""


@pytest.mark.parametrize("times", [30])
def test_many_after_one_another_leave_no_thread(qtbot, errands: Errands, times: int) -> None:
    heard, before = Heard(), set(threading.enumerate())
    for count in range(times):
        assert errands.run(lambda count=count: count, heard.hear, heard.hear, heard)
        qtbot.waitUntil(lambda count=count: len(heard.results) == count + 1, timeout=10_000)
    qtbot.waitUntil(lambda: set(threading.enumerate()) <= before, timeout=10_000)
