"""Long work in its panel: what it says, what comes after it, and how it is stopped."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from threading import Event

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from desktop_app.domain.errors import KnownError
from desktop_app.services.progress import Progress
from desktop_app.storage.store import Store
from desktop_app.ui.background.background import Background
from desktop_app.ui.stepped.job_panel import JobPanel
from desktop_app.ui.widgets.labels import PlainLabel
from desktop_app.words import Words
from tests.ui.sessions import begin_session, show_page


@pytest.fixture
def panel(qtbot: QtBot, store: Store, background: Background, tmp_path: Path) -> JobPanel:
    session = begin_session(qtbot, store, background, tmp_path, words=Words("en"))
    return show_page(qtbot, lambda one: JobPanel(one, "window.customers.progress", begin="looking"), session)


def steps(panel: JobPanel, qtbot: QtBot, run: Callable[..., None], *told: tuple[str, int, int]) -> list[str]:
    """Let work tell its steps one by one; return what the panel said at each."""
    said, go_on = [], Event()

    def work(progress: Progress) -> None:
        for step in told:
            progress.tell(*step)
            assert go_on.wait(20)
            go_on.clear()

    run(work)
    for _step, done, of in told:
        qtbot.waitUntil(lambda d=done, o=of: panel._bar.maximum() == o and panel._bar.value() == d)
        said.append(panel.findChild(PlainLabel).text())
        go_on.set()
    qtbot.waitUntil(lambda: not panel.busy)
    return said


def test_each_step_is_said_and_one_without_words_as_the_beginning(panel: JobPanel, qtbot: QtBot) -> None:
    done: list[None] = []
    told = (("importing", 1_000, 2_000), ("unheard_of", 1, 9))
    assert steps(panel, qtbot, lambda work: panel.run(work, done.append), *told) == [
        "Importing 1,000 / 2,000 rows",
        "Looking at the list",
    ]
    assert done == [None]
    assert not panel.isVisible()


def test_what_is_stopped_or_fails_is_over_before_that_is_told(panel: JobPanel, qtbot: QtBot) -> None:
    after: list[tuple[str, bool]] = []
    begun = Event()

    def endless(progress: Progress) -> None:
        begun.set()
        while True:
            progress.check()

    def fails(_progress: Progress) -> None:
        raise KnownError("store.busy")

    panel.run(endless, lambda _none: None, stopped=lambda: after.append(("stopped", panel.busy)))
    assert begun.wait(20)
    assert panel.busy
    panel.findChild(QPushButton, "progress_cancel").click()
    qtbot.waitUntil(lambda: not panel.busy)
    panel.run(fails, lambda _none: None, failed=lambda _problem: after.append(("failed", panel.busy)))
    qtbot.waitUntil(lambda: not panel.busy)
    assert after == [("stopped", False), ("failed", False)]
    panel.run(fails, lambda _none: None)
    qtbot.waitUntil(lambda: not panel.busy)
    assert [problem.code for problem in panel._session.messages.problems] == ["store.busy"]
