"""Gives a window that is open another zoom: every length that was set in it grows or shrinks in its place.

Nothing is built anew, so text, caret, selection and whatever is open stay as they are. Lengths that the style
sheet sets are left to the style sheet.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QSize, Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QGridLayout,
    QHeaderView,
    QLayout,
    QTableView,
    QWidget,
)

_UNLIMITED = (1 << 24) - 1


def rescale(root: QWidget, before: float, after: float) -> None:
    """Change every length inside ``root`` from the zoom ``before`` to the zoom ``after``; root's own stay."""
    change = _Change(before, after)
    if (layout := root.layout()) is not None:
        change.layout(layout)
    for widget in root.findChildren(QWidget):
        change.widget(widget)
        if (layout := widget.layout()) is not None:
            change.layout(layout)


class _Change:
    def __init__(self, before: float, after: float) -> None:
        self._before, self._after = before, after

    def widget(self, widget: QWidget) -> None:
        """Change a widget's limits, margins, pictures and columns."""
        # Where the style sheet sets a limit, Qt keeps the widget's own one under this name.
        for name, by_sheet, read, write in (
            ("least_width", "minw", widget.minimumWidth, widget.setMinimumWidth),
            ("least_height", "minh", widget.minimumHeight, widget.setMinimumHeight),
            ("most_width", "maxw", widget.maximumWidth, widget.setMaximumWidth),
            ("most_height", "maxh", widget.maximumHeight, widget.setMaximumHeight),
        ):
            if widget.property(f"_q_stylesheet_{by_sheet}") is None and 0 < read() < _UNLIMITED:
                self._set(widget, name, read, write)
        if not isinstance(widget, QFrame) or not widget.frameWidth():
            margins = widget.contentsMargins()
            sides = (margins.left(), margins.top(), margins.right(), margins.bottom())
            if any(sides):
                widget.setContentsMargins(*self._all(widget, "sides", sides))
        if isinstance(widget, QAbstractItemView) and not widget.iconSize().isEmpty():
            size = widget.iconSize()
            widget.setIconSize(QSize(*self._all(widget, "icon", (size.width(), size.height()))))
        if isinstance(widget, QTableView):
            self._header(widget.verticalHeader())
            self._header(widget.horizontalHeader())

    def layout(self, layout: QLayout) -> None:
        """Change a layout's margins, gaps and fixed room, and those of the layouts in it."""
        margins = layout.contentsMargins()
        sides = (margins.left(), margins.top(), margins.right(), margins.bottom())
        layout.setContentsMargins(*self._all(layout, "sides", sides))
        if isinstance(layout, QGridLayout):
            self._set(layout, "across", layout.horizontalSpacing, layout.setHorizontalSpacing)
            self._set(layout, "down", layout.verticalSpacing, layout.setVerticalSpacing)
            widths = [layout.columnMinimumWidth(column) for column in range(layout.columnCount())]
            for column, width in enumerate(self._all(layout, "columns", widths)):
                layout.setColumnMinimumWidth(column, width)
        else:
            self._set(layout, "gap", layout.spacing, layout.setSpacing)
        # Never by ``itemAt``: PySide keeps what that returns for the item beyond the item's end, and takes an
        # event that Qt makes in its place for it.
        for inner in layout.findChildren(QLayout, options=Qt.FindChildOption.FindDirectChildrenOnly):
            self.layout(inner)

    def _header(self, header: QHeaderView) -> None:
        least = header.minimumSectionSize
        # In this order no size is refused for the sake of the other.
        self._set(header, "least", least, header.setMinimumSectionSize)
        self._set(header, "usual", header.defaultSectionSize, header.setDefaultSectionSize)
        drawn = [
            place
            for place in range(header.count())
            if header.sectionResizeMode(place) is QHeaderView.ResizeMode.Interactive
        ]
        if drawn and header.orientation().name == "Horizontal":
            hidden = {place for place in drawn if header.isSectionHidden(place)}
            for place in hidden:
                header.showSection(place)
            widths = self._all(header, "widths", [header.sectionSize(place) for place in drawn])
            for place, width in zip(drawn, widths, strict=True):
                header.resizeSection(place, width)
                header.setSectionHidden(place, place in hidden)

    def _set(
        self, thing: QObject, name: str, read: Callable[[], int], write: Callable[[int], object]
    ) -> None:
        (length,) = self._all(thing, name, (read(),))
        if length != read():
            write(length)

    def _all(self, thing: QObject, name: str, now: list[int] | tuple[int, ...]) -> list[int]:
        """Return the lengths at the new zoom; each is kept as drawn, so that rounding never adds up."""
        kept = thing.property(f"desk_{name}")
        drawn: list[float] = (
            list(kept[0])
            if kept is not None and list(kept[1]) == list(now)
            else [length / self._before for length in now]
        )
        then = [round(length * self._after) if length > 0 else int(length) for length in drawn]
        thing.setProperty(f"desk_{name}", [drawn, then])
        return then
