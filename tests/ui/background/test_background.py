"""Work on other threads: order, where results arrive, what is dropped, and that no thread is left."""

from __future__ import annotations

import gc
import threading
import time
from concurrent.futures import CancelledError

import pytest
import shiboken6
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from desktop_app.domain.errors import KnownError
from desktop_app.services.progress import Progress
from desktop_app.ui.background.background import Background
from tests.backgrounds import settle


class Heard(QObject):
    """Keeps what it is told, and the thread it was told in."""

    def __init__(self) -> None:
        super().__init__()
        self.results: list[object] = []
        self.threads: set[threading.Thread] = set()

    def hear(self, result: object) -> None:
        self.results.append(result)
        self.threads.add(threading.current_thread())


def fail(error: BaseException) -> None:
    raise error


def test_changes_run_in_the_order_they_were_asked_for_on_one_other_thread(qtbot, background) -> None:
    threads, order, heard = set(), [], Heard()

    def work(index: int) -> int:
        threads.add(threading.current_thread())
        time.sleep(0.02 if index == 0 else 0)
        order.append(index)
        return index

    for index in range(20):
        background.change(lambda index=index: work(index), heard.hear)
    settle(qtbot, background)
    assert order == heard.results == list(range(20))
    assert len(threads) == 1
    assert threads != heard.threads == {threading.main_thread()}


def test_a_read_waits_for_no_change(qtbot, background) -> None:
    gate, heard = threading.Event(), Heard()
    background.change(gate.wait)
    background.query(lambda: "read", heard.hear)
    try:
        qtbot.waitUntil(lambda: heard.results == ["read"])
    finally:
        gate.set()
    settle(qtbot, background)


def test_nothing_arrives_before_the_event_loop_comes_round(qtbot, background) -> None:
    heard = Heard()
    background.query(lambda: 1, heard.hear)
    time.sleep(0.05)
    assert heard.results == []
    settle(qtbot, background)
    assert heard.results == [1]


def test_a_failure_goes_to_whoever_takes_it(qtbot, background) -> None:
    failed, trouble = Heard(), Heard()
    background.trouble.connect(trouble.hear)
    background.change(lambda: fail(KnownError("store.disk_full")), failed=failed.hear)
    settle(qtbot, background)
    assert [error.code for error in failed.results] == ["store.disk_full"]
    assert trouble.results == []
    assert failed.threads == {threading.main_thread()}


@pytest.mark.parametrize("error", [ZeroDivisionError(), CancelledError(), SystemExit(3)])
def test_a_failure_that_nobody_takes_is_trouble(qtbot, background, error) -> None:
    trouble = Heard()
    background.trouble.connect(trouble.hear)
    background.query(lambda: fail(error), Heard().hear)
    settle(qtbot, background)
    assert trouble.results == [error]


@pytest.mark.parametrize("told", [True, False])
def test_a_result_for_somebody_destroyed_is_dropped(qtbot, background, told) -> None:
    """Also where nobody named the owner: a method of a widget belongs to the widget."""
    gate, widget, others = threading.Event(), QWidget(), Heard()
    heard: list[object] = []
    widget.hear = heard.append

    class Owner(QWidget):
        def hear(self, result: object) -> None:
            heard.append(result)

    owner = Owner()
    background.query(gate.wait, heard.append if told else owner.hear, owner=owner if told else None)
    background.query(lambda: "kept", others.hear)
    shiboken6.delete(owner)
    gate.set()
    settle(qtbot, background)
    assert heard == []
    assert others.results == ["kept"]


def test_a_job_tells_how_far_it_is_and_what_came_out(qtbot, background) -> None:
    told, heard = [], Heard()

    def work(progress: Progress) -> str:
        for index in range(2000):
            progress.tell("reading", index + 1, 2000)
        progress.tell("matching", 0, 0)
        return "out"

    background.run_job(work, done=heard.hear, progress=lambda *step: told.append(step))
    settle(qtbot, background)
    assert heard.results == ["out"]
    assert told[-1] == ("matching", 0, 0)
    assert len(told) < 100, "one event for each of two thousand steps"


def test_progress_is_seen_while_the_job_runs(qtbot, background) -> None:
    told, gate = [], threading.Event()

    def work(progress: Progress) -> None:
        progress.tell("reading", 1, 2)
        gate.wait(5)

    background.run_job(work, progress=lambda *step: told.append(step))
    qtbot.waitUntil(lambda: told == [("reading", 1, 2)])
    gate.set()
    settle(qtbot, background)


def test_a_job_that_ends_while_its_progress_is_shown_is_answered_once(qtbot, background) -> None:
    done, shown, gate = [], [], threading.Event()

    def work(progress: Progress) -> str:
        progress.tell("reading", 1, 2)
        gate.wait(5)
        return "read"

    def show(*step: object) -> None:
        shown.append(step)
        gate.set()
        time.sleep(0.05)  # the work ends meanwhile

    background.run_job(work, done=done.append, progress=show)
    settle(qtbot, background)
    assert shown == [("reading", 1, 2)]
    assert done == ["read"]


def test_a_cancelled_job_ends_at_its_next_step(qtbot, background) -> None:
    heard, cancelled, told, started = Heard(), [], [], threading.Event()

    def work(progress: Progress) -> None:
        while True:
            progress.tell("reading", 1, 2)
            started.set()
            time.sleep(0.001)

    job = background.run_job(
        work, done=heard.hear, cancelled=lambda: cancelled.append(1), progress=lambda *step: told.append(step)
    )
    started.wait()
    job.cancel()
    before = len(told)
    settle(qtbot, background)
    assert (heard.results, cancelled, len(told)) == ([], [1], before)


def test_a_job_cancelled_before_its_turn_never_begins(qtbot, background) -> None:
    gate, begun, cancelled = threading.Event(), [], []
    for _ in range(3):
        background.query(gate.wait)
    job = background.run_job(begun.append, cancelled=lambda: cancelled.append(1))
    job.cancel()
    gate.set()
    settle(qtbot, background)
    assert (begun, cancelled) == ([], [1])


def test_closing_ends_what_was_asked_to_be_written_and_leaves_no_thread(qtbot) -> None:
    before, written, heard = set(threading.enumerate()), [], Heard()

    def endless(progress: Progress) -> None:
        while True:
            progress.check()
            time.sleep(0.001)

    with Background() as background:
        background.run_job(endless)
        for index in range(5):
            background.change(lambda index=index: (time.sleep(0.01), written.append(index)), heard.hear)
    assert written == list(range(5))
    assert set(threading.enumerate()) == before
    qtbot.wait(20)
    assert heard.results == []
    background.close()
    with pytest.raises(RuntimeError):
        background.change(lambda: None)
    assert background.pending == 0


def test_cycles_are_collected_on_the_gui_thread_only(qtbot) -> None:
    destroyed_in: list[threading.Thread] = []

    class Circle(QObject):
        def __init__(self) -> None:
            super().__init__()
            self.itself = self

        def __del__(self) -> None:
            destroyed_in.append(threading.current_thread())

    def allocate() -> None:
        kept = []
        for _ in range(20_000):
            kept.append([])

    with Background() as background:
        for _ in range(20):
            Circle()
            background.query(allocate)
        settle(qtbot, background)
        qtbot.waitUntil(lambda: len(destroyed_in) == 20)
    assert set(destroyed_in) == {threading.main_thread()}
    assert gc.isenabled()


def test_a_worker_holds_nothing_of_the_window_once_it_has_told(qtbot, background) -> None:
    """Else it could drop the last reference, and a widget would be destroyed in its thread."""
    died_in: list[threading.Thread] = []

    class Asker(QObject):
        def work(self) -> None:
            raise KnownError("log.empty")

        def hear(self, told: object) -> None:
            pass

        def __del__(self) -> None:
            died_in.append(threading.current_thread())

    for _ in range(300):
        asker = Asker()
        background.query(asker.work, asker.hear, asker.hear)
        del asker
    settle(qtbot, background)
    gc.collect()
    assert len(died_in) == 300
    assert set(died_in) == {threading.main_thread()}
