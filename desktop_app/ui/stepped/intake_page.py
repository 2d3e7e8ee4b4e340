"""A place that takes files in: what there is already, then a file, looked at before it is taken in."""

from __future__ import annotations

from abc import abstractmethod
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QStackedWidget, QWidget

from desktop_app.ui.session import Session
from desktop_app.ui.stepped.intake_view import IntakeView
from desktop_app.ui.stepped.stepped_page import SteppedPage
from desktop_app.ui.typing.keys import KEYS
from desktop_app.ui.widgets.notice import Notice


@dataclass(frozen=True, slots=True)
class Intake:
    """What one such place is: codes of its words and keys, and which files it reads.

    ``section`` holds the words of its steps, ``title`` names the dialog that chooses a file, ``kinds`` are
    the files in it, ``room`` is under which its folders are remembered. ``choose``, ``take``, ``back`` and
    ``map`` name what is done by keys; the buttons at the foot bear the same names.
    """

    section: str
    title: str
    kinds: str
    room: str
    choose: str
    take: str
    back: str
    map: str
    begin: str = "begin"


class IntakePage(SteppedPage):
    """What there is at first; a file that was opened takes its place until it is taken in or left.

    Override ``take_in``, ``_look_at``, ``_focus_overview`` and ``_refresh``; call ``_lay_out`` once.
    """

    def __init__(self, session: Session, what: Intake, parent: QWidget | None = None) -> None:
        super().__init__(session, what.section, parent, begin=what.begin)
        self._what = what
        self.setAcceptDrops(True)
        self.notice = Notice(session.words)

    @property
    def reading(self) -> bool:
        """Whether a file is on screen."""
        return self._stack.currentWidget() is self._view

    def choose(self, folder: str = "") -> None:
        """Let a person choose a file."""
        if self.busy:
            return
        start = folder or next(iter(self._session.preferences.folders(self._what.room)), "")
        title = self._words.say(self._what.title)
        path, _ = QFileDialog.getOpenFileName(self, title, start, self._what.kinds)
        if path:
            self.open(Path(path))

    def open(self, path: Path) -> None:
        """Look at a file: nothing is changed by that."""
        if self.busy:
            return
        self._session.preferences.keep_folder(self._what.room, str(path.parent))
        self.notice.dismiss()
        self._look_at(path)

    @abstractmethod
    def take_in(self) -> None:
        """Take in what is on screen."""

    def back(self) -> None:
        """Leave the file; what was taken in stays."""
        if self.reading and not self.busy:
            self._show_overview()

    def focus_step(self) -> None:
        """Begin in the file, or in what there is."""
        if self.isVisible():
            if self.reading:
                self._view.focus_start()
            else:
                self._focus_overview()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls() and not self.busy:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        if paths:
            self.open(paths[0])
            event.acceptProposedAction()

    def _lay_out(self, overview: QWidget, view: IntakeView) -> None:
        self._view = view
        self._stack = QStackedWidget()
        self._stack.addWidget(overview)
        self._stack.addWidget(view)
        self.body.addWidget(self.notice)
        self.body.addWidget(self._stack, 1)
        self.add_foot(self._what.back, self._what.take, "save")
        self._back.clicked.connect(self.back)
        self._next.clicked.connect(self.take_in)
        add, what = partial(self._session.shortcuts.add, owner=self), self._what
        add(what.choose, KEYS["add_files"], lambda: self.choose(), when=self.isVisible)
        add(what.take, KEYS["save_next"], self.take_in, when=self._is_reading)
        add(what.back, KEYS["step_back"], self.back, when=self._is_reading)
        mapping = view.mapping_here
        add(what.map, "Return", view.map_current, when=lambda: self._is_reading() and mapping())
        self._refresh()
        self._enable()

    def _is_reading(self) -> bool:
        return self.isVisible() and self.reading

    def _enable(self) -> None:
        for part in (self._back, self._hint, self._next):
            part.setVisible(self.reading)
        self._back.setEnabled(not self.busy)

    def _show_view(self) -> None:
        was_reading = self.reading
        self._stack.setCurrentWidget(self._view)
        self._enable()
        if not was_reading:
            self.focus_step()

    def _show_overview(self) -> None:
        self._stack.setCurrentIndex(0)
        self._refresh()
        self._enable()
        self.focus_step()

    @abstractmethod
    def _look_at(self, path: Path) -> None:
        """Read a file and show what is in it."""

    @abstractmethod
    def _focus_overview(self) -> None:
        """Go to where work begins without a file."""

    @abstractmethod
    def _refresh(self) -> None:
        """Read anew what there is."""
