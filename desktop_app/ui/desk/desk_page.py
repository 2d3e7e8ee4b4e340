"""The desk itself: the form, what stands beside it, and one's records, at every width (DESK §5, layout).

Nothing is built anew when the window changes its size: parts are shown, hidden and moved.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QSplitter, QVBoxLayout, QWidget

from desktop_app.ui.beside.beside_panel import BesidePanel, Page
from desktop_app.ui.beside.now_line import NowLine
from desktop_app.ui.capture.capture_page import CapturePage
from desktop_app.ui.desk.drawer import Drawer
from desktop_app.ui.records.call_backs import CallBacks
from desktop_app.ui.records.my_records import MyRecords
from desktop_app.ui.session import Session
from desktop_app.ui.theme.style import scaled
from desktop_app.ui.typing.keys import KEYS

_WIDEST_FORM = 940
"""Longer lines are no easier to write in; what a large screen has more goes to the rest."""
_ONE_PANE, _THREE_COLUMNS = 1060, 1700
"""Below and from these widths (logical pixels at 100 %) the desk has one pane, and three columns."""
_MOST_READING = 0.62
"""So much of the height what is searched or read takes at most over the records."""
_LOW, _LOW_RECORDS = 520, 230
"""Below these heights (logical pixels at 100 %) of both and of the records these go without counters."""
_LEAST_LIST, _LEAST_RECORD = 160, 216
"""So much the list, and an open record, keep of the height whatever stands above."""


class Arrangement(StrEnum):
    """How the parts stand; what a person drew is remembered for each."""

    ONE_PANE = "one_pane"
    TWO_COLUMNS = "two_columns"
    THREE_COLUMNS = "three_columns"


_FORM_TO_SIDE = {Arrangement.TWO_COLUMNS: (60, 40), Arrangement.THREE_COLUMNS: (56, 80)}
_BESIDE_TO_RECORDS = (30, 50)


class DeskPage(QWidget):
    """What an agent looks at all shift."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._arrangement: Arrangement | None = None
        self._back_to: QWidget | None = None
        self.capture = CapturePage(session)
        self.capture.setMaximumWidth(scaled(_WIDEST_FORM))
        self.records = MyRecords(session)
        self.call_backs = CallBacks(session)
        self.beside = BesidePanel(session, self.capture.form)
        self.now = NowLine(session.words, self.beside.at_hand)
        self.now.more.clicked.connect(self.go_beside)
        self._listed = self._records_column()
        self._side = _splitter(Qt.Orientation.Vertical, self.beside, self._listed)
        self._across = _splitter(Qt.Orientation.Horizontal, self.capture, self._side)
        self.drawer = Drawer(self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*map(scaled, (10, 8, 10, 8)))
        layout.setSpacing(scaled(6))
        layout.addWidget(self.now)
        layout.addWidget(self._across, 1)
        self._across.splitterMoved.connect(lambda: self._remember("across", self._across))
        self._side.splitterMoved.connect(lambda: self._remember("side", self._side))
        self.beside.resized.connect(self._share_height)
        self.beside.called.connect(self._open_side)
        self.beside.left.connect(self._leave_side)
        self.drawer.closed.connect(self._leave_side)
        self.records.called.connect(self._open_side)
        for part in (self._side, self.records.record):
            part.installEventFilter(self)
        self.records.counted.connect(self._read_call_backs)
        self.call_backs.opened.connect(self._open_call_back)
        shortcuts = session.shortcuts
        shortcuts.add("beside", KEYS["beside"], self.go_beside, when=self.isVisible, owner=self)
        shortcuts.add(
            "filter", KEYS["filter"], self.records.focus_filter, when=self._hides_records, owner=self
        )
        self._arrange()

    def focus_again(self) -> None:
        """Put the caret where it was on this page, at first where every call begins."""
        was = self.focusWidget()
        if was is not None and was.isVisibleTo(self) and was.isEnabled():
            was.setFocus()
        else:
            self.capture.focus_start()

    def go_beside(self) -> None:
        """Go from the form to what stands beside it, and from there back to where the caret was."""
        if self._side_has_focus():
            self._leave_side()
            return
        self._open_side()
        self.beside.focus_first()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Stand as there is room."""
        super().resizeEvent(event)
        self._arrange()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Share the height anew when there is more or less of it, and when a record is opened or closed."""
        opened = watched is self.records.record and event.type() in (QEvent.Type.Show, QEvent.Type.Hide)
        if opened or (watched is self._side and event.type() is QEvent.Type.Resize):
            self._share_height()
        return False

    def _fitting(self) -> Arrangement:
        if self.width() < scaled(_ONE_PANE):
            return Arrangement.ONE_PANE
        wide = self.width() >= scaled(_THREE_COLUMNS)
        return Arrangement.THREE_COLUMNS if wide else Arrangement.TWO_COLUMNS

    def _arrange(self) -> None:
        wanted = self._fitting()
        if wanted is self._arrangement:
            return
        self._arrangement = wanted
        held = QApplication.focusWidget() if self._side_has_focus() else None
        narrow, wide = wanted is Arrangement.ONE_PANE, wanted is Arrangement.THREE_COLUMNS
        self._side.setOrientation(Qt.Orientation.Horizontal if wide else Qt.Orientation.Vertical)
        self.now.setVisible(narrow)
        self.beside.set_roomy(wide)
        self.call_backs.setVisible(wide)
        self._read_call_backs()
        if narrow:
            self.drawer.hold(self._side)
        else:
            self.drawer.hide()
            self._across.addWidget(self._side)
            self._side.show()
            self._across.setSizes(self._sizes("across", _FORM_TO_SIDE[wanted], self.width()))
        if wide:
            self._side.setSizes(self._sizes("side", _BESIDE_TO_RECORDS, self.width()))
        if held is not None:
            self.capture.focus_start() if narrow else held.setFocus()

    def _share_height(self) -> None:
        """Give the steps the height they ask for, and the records the rest."""
        if self._side.orientation() is not Qt.Orientation.Vertical:
            self.records.set_low(False)
            self.beside.fit(self._side.height())
            return
        whole, steps = self._side.height(), self.beside.page is Page.STEPS
        least = scaled(_LEAST_RECORD if self.records.record.isVisible() else _LEAST_LIST)
        self._listed.setMinimumHeight(least)
        most = whole - least - self._side.handleWidth()
        if not steps and whole >= scaled(_LOW):
            most = round(whole * _MOST_READING)
        self.beside.fit(most)
        beside = min(self.beside.sizeHint().height(), most)
        drawn = self._session.preferences.sizes(f"side.{self._arrangement}") if steps else ()
        sizes = list(drawn) or [beside, whole - beside - self._side.handleWidth()]
        self.records.set_low(whole < scaled(_LOW) or sizes[1] < scaled(_LOW_RECORDS))
        self._side.setSizes(sizes)

    def _sizes(self, split: str, shares: Sequence[int], length: int) -> list[int]:
        drawn = self._session.preferences.sizes(f"{split}.{self._arrangement}")
        return list(drawn) or [length * share // sum(shares) for share in shares]

    def _remember(self, name: str, split: QSplitter) -> None:
        self._session.preferences.keep_sizes(f"{name}.{self._arrangement}", split.sizes())

    def _hides_records(self) -> bool:
        return self.isVisible() and not self.records.isVisible()

    def _records_column(self) -> QWidget:
        """Return the records, and below them whom to call back where there is room for both."""
        column = QWidget()
        layout = QVBoxLayout(column)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(scaled(6))
        layout.addWidget(self.records, 1)
        layout.addWidget(self.call_backs)
        return column

    def _read_call_backs(self) -> None:
        if not self.call_backs.isHidden():
            self.call_backs.read(station=self.records.of_station())

    def _open_call_back(self, subject_id: str) -> None:
        self.records.open(subject_id, back_to=self.call_backs.table)

    def _side_has_focus(self) -> bool:
        focus = QApplication.focusWidget()
        return focus is not None and self._side.isAncestorOf(focus)

    def _open_side(self) -> None:
        focus = QApplication.focusWidget()
        if focus is not None and self.capture.isAncestorOf(focus):
            self._back_to = focus
        if self._arrangement is Arrangement.ONE_PANE and not self.drawer.isVisible():
            self.drawer.open()

    def _leave_side(self) -> None:
        self.drawer.hide()
        back_to, self._back_to = self._back_to, None
        if back_to is not None and back_to.isVisible() and self.capture.isAncestorOf(back_to):
            back_to.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.capture.focus_start()


def _splitter(way: Qt.Orientation, *parts: QWidget) -> QSplitter:
    split = QSplitter(way)
    split.setChildrenCollapsible(False)
    for part in parts:
        split.addWidget(part)
    return split
