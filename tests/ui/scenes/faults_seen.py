"""What a look at a window finds wrong with it: names, plain text, targets, cut words, overlaps, Tab."""

from collections import Counter
from collections.abc import Iterator

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QAbstractSpinBox,
    QApplication,
    QCheckBox,
    QComboBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QProgressBar,
    QRadioButton,
    QScrollArea,
    QScrollBar,
    QStackedWidget,
    QTableView,
    QWidget,
)

from desktop_app.ui.widgets.labels import ElidedLabel, as_plain
from desktop_app.ui.widgets.mnemonics import bare

CONTROLS = (
    QAbstractButton,
    QLineEdit,
    QPlainTextEdit,
    QComboBox,
    QAbstractSpinBox,
    QAbstractItemView,
    QProgressBar,
)
OVER = ("popup", "drawer")
"""What lies over the rest because it is meant to."""
SMALLEST_TARGET = 24
MOST_TABS = 120
MOST_ROWS = 30


def faults_of(window: QWidget) -> list[str]:
    """Return every fault, each with the place it is at."""
    parts = [one for one in window.findChildren(QWidget) if one.isVisibleTo(window) and not _is_qts_own(one)]
    found = [*_names(parts), *_plain(parts), *_targets(parts), *_cut(parts), *_headers(parts)]
    found += [*_silent_cells(parts), *_overlaps(window, parts), *_outside(window, parts), *_mnemonics(parts)]
    return [*dict.fromkeys(found)]


def tab_faults(window: QWidget, compared: set[QWidget] | None = None) -> list[str]:
    """Return where Tab stays, never comes round, or comes to what looks as it did without the focus.

    Of ``compared`` it is known what the focus makes of them; it gains those that are looked at now.
    """
    compared = set() if compared is None else compared
    start = window.focusWidget()
    if start is None:
        return ["nothing has the focus"]
    seen: list[QWidget] = []
    unseen: list[str] = []
    for _ in range(MOST_TABS):
        before = QApplication.focusWidget() or start
        focused = None if before in compared else before.grab().toImage()
        QTest.keyClick(before, Qt.Key.Key_Tab)
        now = QApplication.focusWidget()
        if now is None:
            return [f"Tab leaves {_place(before)} for nowhere"]
        if not now.isVisible():
            return [f"Tab goes to {_place(now)}, which is hidden"]
        if now is before and seen and len(_stops(window)) > 1:
            return [f"Tab stays in {_place(now)}"]
        if focused is not None and now is not before and before.isVisible():
            compared.add(before)
            if before.grab().toImage() == focused:
                unseen.append(f"{_place(before)} looks the same with the focus")
        if now in seen:
            return unseen if now is seen[0] or now is start else [f"Tab goes in a circle from {_place(now)}"]
        seen.append(now)
    return ["Tab never comes round"]


def _stops(window: QWidget) -> list[QWidget]:
    return [
        one
        for one in window.findChildren(QWidget)
        if one.isVisible() and one.isEnabled() and one.focusPolicy() & Qt.FocusPolicy.TabFocus
    ]


def _is_qts_own(widget: QWidget) -> bool:
    own = widget.objectName().startswith("qt_") or isinstance(widget, QScrollBar | QHeaderView)
    inside = widget.parent()
    return (
        own
        or isinstance(inside, QComboBox | QAbstractSpinBox | QScrollBar | QLineEdit)
        or (isinstance(inside, QTableView) and isinstance(widget, QAbstractButton))
        or type(widget).__name__ == "QComboBoxPrivateContainer"
        or type(inside).__name__ == "QComboBoxPrivateContainer"
    )


def _names(parts: list[QWidget]) -> Iterator[str]:
    for part in parts:
        if isinstance(part, CONTROLS):
            name = QAccessible.queryAccessibleInterface(part).text(QAccessible.Text.Name)
            if not name.strip():
                yield f"{_place(part)} has no name"
            elif "&" in name or name != bare(name):
                yield f"{_place(part)} is called {name!r}, with its mnemonic"


def _plain(parts: list[QWidget]) -> Iterator[str]:
    for part in parts:
        if isinstance(part, QLabel) and part.textFormat() != Qt.TextFormat.PlainText:
            yield f"{_place(part)} might render what it is given"


def _targets(parts: list[QWidget]) -> Iterator[str]:
    for part in parts:
        clickable = isinstance(part, QAbstractButton | QLineEdit | QComboBox | QAbstractSpinBox)
        if clickable and part.isEnabled() and min(part.width(), part.height()) < SMALLEST_TARGET:
            yield f"{_place(part)} is {part.width()}×{part.height()}"


def _cut(parts: list[QWidget]) -> Iterator[str]:
    for part in parts:
        if isinstance(part, QScrollArea) and part.widget().width() > part.viewport().width() + 1:
            yield f"{_place(part)} scrolls sideways"
        if isinstance(part, QLabel) and part.text() and not isinstance(part, ElidedLabel):
            if part.wordWrap():
                if part.heightForWidth(part.width()) > part.height() + 1:
                    yield f"{_place(part)} is too low for {part.text()!r}"
                longest = max(part.text().split(), key=len, default="")
                if not longest.isascii():
                    longest = ""
                if part.fontMetrics().horizontalAdvance(longest) > part.contentsRect().width() + 1:
                    yield f"{_place(part)} is too narrow for {longest!r}"
            elif part.sizeHint().width() > part.width() + 1 or part.sizeHint().height() > part.height() + 2:
                yield f"{_place(part)} cuts {part.text()!r}"
        elif isinstance(part, QCheckBox | QRadioButton | QAbstractButton) and part.text():
            if part.sizeHint().width() > part.width() + 1:
                yield f"{_place(part)} cuts {part.text()!r}"
        elif isinstance(part, QLineEdit) and part.placeholderText() and not part.text():
            words = part.fontMetrics().horizontalAdvance(part.placeholderText())
            if words > part.width() - 18:
                yield f"{_place(part)} cuts {part.placeholderText()!r}"
        elif isinstance(part, QComboBox) and part.toolTip() != as_plain(part.currentText()):
            words = part.fontMetrics().horizontalAdvance(part.currentText())
            if part.currentText() and words > part.width() - 34:
                yield f"{_place(part)} cuts {part.currentText()!r}"


def _silent_cells(parts: list[QWidget]) -> Iterator[str]:
    for part in parts:
        model = part.model() if isinstance(part, QTableView) else None
        if model is None:
            continue
        for row in range(min(model.rowCount(), MOST_ROWS)):
            for index in (model.index(row, column) for column in range(model.columnCount())):
                drawn = index.data(Qt.ItemDataRole.DecorationRole) is not None
                if drawn and not str(index.data(Qt.ItemDataRole.AccessibleTextRole) or "").strip():
                    yield f"{_place(part)} has a picture without a word in column {index.column()}"


def _headers(parts: list[QWidget]) -> Iterator[str]:
    for part in parts:
        if not isinstance(part, QTableView) or not part.horizontalHeader().isVisible():
            continue
        header, model = part.horizontalHeader(), part.model()
        for column in range(model.columnCount() if model else 0):
            words = str(model.headerData(column, Qt.Orientation.Horizontal) or "")
            room = header.sectionSize(column)
            if room and header.fontMetrics().horizontalAdvance(words) > room - 8:
                yield f"{_place(part)} cuts its heading {words!r}"


def _overlaps(window: QWidget, parts: list[QWidget]) -> Iterator[str]:
    shown = [part for part in parts if not part.size().isEmpty() and part.property("role") not in OVER]
    by_parent: dict[QWidget, list[QWidget]] = {}
    for part in shown:
        inside = part.parentWidget()
        if inside is not None and inside.layout() is not None and not isinstance(inside, QStackedWidget):
            by_parent.setdefault(inside, []).append(part)
    for together in by_parent.values():
        for at, one in enumerate(together):
            for two in together[at + 1 :]:
                both = one.geometry().intersected(two.geometry())
                if both.width() > 1 and both.height() > 1:
                    yield f"{_place(one)} lies over {_place(two)}"


def _outside(window: QWidget, parts: list[QWidget]) -> Iterator[str]:
    for part in parts:
        if _scrolled(part, window):
            continue
        place = QRect(part.mapTo(window, QPoint(0, 0)), part.size())
        if not place.isEmpty() and not window.rect().contains(place):
            yield f"{_place(part)} is outside the window"


def _mnemonics(parts: list[QWidget]) -> Iterator[str]:
    letters: Counter[str] = Counter()
    for part in parts:
        if isinstance(part, QLabel) and part.buddy() is None:
            continue
        text = part.text() if isinstance(part, QLabel | QAbstractButton) else ""
        at = text.replace("&&", "").find("&")
        if at >= 0 and part.isEnabled():
            letters[text.replace("&&", "")[at + 1].upper()] += 1
    for letter, times in letters.items():
        if times > 1:
            yield f"Alt+{letter} means {times} things"


def _scrolled(part: QWidget, window: QWidget) -> bool:
    around = part.parentWidget()
    while around is not None and around is not window:
        if isinstance(around, QScrollArea | QAbstractScrollArea):
            return True
        around = around.parentWidget()
    return False


def _place(part: QWidget) -> str:
    """Return where a widget is, as a developer finds it again."""
    names: list[str] = []
    at: QWidget | None = part
    while at is not None and len(names) < 3:
        words = at.text()[:20] if isinstance(at, QLabel | QAbstractButton) else ""
        names.append(at.objectName() or f"{type(at).__name__}{f'({words})' if words else ''}")
        at = at.parentWidget()
    return " < ".join(names)
