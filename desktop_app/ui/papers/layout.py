"""A paper laid out on A4: bands of boxes, each as high as its longest text, broken over pages between lines.

Everything is measured once, in dots of ``DOTS`` to the inch; screen, PDF and printer draw the same pages.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from PySide6.QtGui import QFont, QFontMetricsF, QTextLayout, QTextOption
from PySide6.QtWidgets import QApplication

from desktop_app.domain.paper import Entries, Entry, Grid, Paper, Section

DOTS = 300
"""Dots to the inch in which pages are measured."""
WIDTH, HEIGHT = 2480, 3508
"""A4 in these dots."""
SIDE, TOP, BOTTOM = 165, 215, 190
"""Margins; title and page numbers stand inside the upper and the lower one."""
INSIDE = WIDTH - 2 * SIDE
PAD = 11
"""Dots between the frame of a box and its text."""
_POINT = DOTS / 72
_LABEL_SHARE = 0.19
"""Share of the page that the label of a box has, where two boxes stand side by side."""
_LEAST_LABEL = 0.13
_WIDE = 2
_LEAST_LINES = 3
"""A text is broken over two pages only where so many lines of it stand on the first."""
_WRITING_LINE = 1.6
"""Lines of text that somebody needs to write one by hand."""


@dataclass(frozen=True, slots=True)
class Box:
    """One framed cell: its lines of text, from where on and how wide it is; ``label`` boxes are shaded."""

    lines: tuple[str, ...]
    left: float
    width: float
    label: bool = False
    room: int = 0


@dataclass(frozen=True, slots=True)
class Band:
    """Boxes side by side, or a heading. ``keep`` holds it on the page of what follows."""

    boxes: tuple[Box, ...]
    height: float
    heading: bool = False
    keep: bool = False
    head: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """Bands, each with how far down it stands."""

    bands: tuple[tuple[float, Band], ...]


class Faces:
    """The fonts of a paper and their measures."""

    def __init__(self) -> None:
        self.text, self.label = _font(9), _font(9, strong=True)
        self.heading, self.title, self.small = _font(10.5, strong=True), _font(16, strong=True), _font(8)

    def line(self, font: QFont) -> float:
        """Return the height of one line."""
        return QFontMetricsF(font).height() * 1.12

    def wrapped(self, text: str, font: QFont, width: float) -> tuple[str, ...]:
        """Return a text in the lines that fit; a word too long for one is broken."""
        found: list[str] = []
        for paragraph in text.split("\n"):
            layout = QTextLayout(paragraph, font)
            option = QTextOption()
            option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
            layout.setTextOption(option)
            layout.beginLayout()
            while (line := layout.createLine()).isValid():
                line.setLineWidth(width)
                start, length = line.textStart(), line.textLength()
                # Qt counts in UTF-16.
                found.append(_utf16(paragraph, start, length).rstrip())
            layout.endLayout()
        return tuple(found)


def pages_of(paper: Paper, faces: Faces) -> list[Page]:
    """Return the pages of a paper; no box is cut but where its text alone is higher than a page."""
    pages: list[Page] = []
    held: list[tuple[float, Band]] = []
    top = TOP + _title_height(paper, faces)
    bands = list(_bands(paper, faces))
    repeat: Band | None = None
    while bands:
        band = bands.pop(0)
        repeat = band if band.head else repeat if band.boxes and not band.heading else None
        left = HEIGHT - BOTTOM - top
        needed = band.height + sum(one.height for one in _followers(band, bands))
        if needed <= left:
            held.append((top, band))
            top += band.height
            continue
        parts = _split(band, left, faces) if not (band.keep or band.head) and not _fits_a_page(band) else None
        if parts is not None:
            held.append((top, parts[0]))
            band = parts[1]
        pages.append(Page(tuple(held)))
        held, top = [], float(TOP)
        if repeat is not None and repeat is not band:
            held.append((top, repeat))
            top += repeat.height
        bands.insert(0, band)
    pages.append(Page(tuple(held)))
    return pages


def _followers(band: Band, bands: Sequence[Band]) -> Iterator[Band]:
    """Yield what has to stand on the page of a heading with it."""
    for after in bands:
        if not band.keep:
            return
        yield after if _fits_a_page(after) else replace(after, height=0)
        band = after


def _fits_a_page(band: Band) -> bool:
    return band.height <= (HEIGHT - TOP - BOTTOM) / 2


def _split(band: Band, left: float, faces: Faces) -> tuple[Band, Band] | None:
    """Return what of a band fits and the rest; None where not even a few lines do."""
    line = faces.line(faces.text)
    count = int((left - 2 * PAD) // line)
    if count < _LEAST_LINES:
        return None
    first = tuple(replace(box, lines=box.lines[:count]) for box in band.boxes)
    # The label stands on the next page once more, or nobody knew what the rest is of.
    rest = tuple(box if box.label else replace(box, lines=box.lines[count:]) for box in band.boxes)
    return _band(first, faces), _band(rest, faces)


def _title_height(paper: Paper, faces: Faces) -> float:
    height = faces.line(faces.title) * 1.05
    return height + (faces.line(faces.text) * 1.3 if paper.subtitle else 0)


def _bands(paper: Paper, faces: Faces) -> Iterator[Band]:
    for section in paper.sections:
        yield from _section(section, faces)


def _section(section: Section, faces: Faces) -> Iterator[Band]:
    if section.title:
        lines = faces.wrapped(section.title, faces.heading, INSIDE)
        height = faces.line(faces.heading) * (len(lines) + 0.6)
        yield Band((Box(lines, SIDE, INSIDE),), height, heading=True, keep=True)
    for part in section.parts:
        yield from _grid(part, faces) if isinstance(part, Grid) else _entries(part, faces)


def _entries(part: Entries, faces: Faces) -> Iterator[Band]:
    for row in part.rows:
        share = INSIDE / len(row)
        label = (_LABEL_SHARE if len(row) <= _WIDE else _LEAST_LABEL) * INSIDE
        boxes: list[Box] = []
        for place, one in enumerate(row):
            boxes += _pair(one, SIDE + place * share, share, label, faces)
        yield _band(tuple(boxes), faces)


def _pair(one: Entry, left: float, width: float, label: float, faces: Faces) -> tuple[Box, Box]:
    told = faces.wrapped(one.label, faces.label, label - 2 * PAD)
    text = faces.wrapped(one.text, faces.text, width - label - 2 * PAD) if one.text else ()
    room = 0 if one.text else one.room
    return Box(told, left, label, label=True), Box(text, left + label, width - label, room=room)


def _grid(part: Grid, faces: Faces) -> Iterator[Band]:
    if not part.rows:
        lines = faces.wrapped(part.nothing, faces.text, INSIDE - 2 * PAD)
        yield _band((Box(lines, SIDE, INSIDE),), faces)
        return
    whole = sum(part.shares)
    widths = [INSIDE * share / whole for share in part.shares]
    lefts = [SIDE + sum(widths[:place]) for place in range(len(widths))]
    columns = list(zip(lefts, widths, strict=True))
    head = (
        Box(faces.wrapped(text, faces.label, width - 2 * PAD), left, width, label=True)
        for text, (left, width) in zip(part.head, columns, strict=True)
    )
    yield replace(_band(tuple(head), faces), keep=True, head=True)
    for row in part.rows:
        yield _band(
            tuple(
                Box(faces.wrapped(text, faces.text, width - 2 * PAD), left, width)
                for text, (left, width) in zip(row, columns, strict=True)
            ),
            faces,
        )


def _band(boxes: tuple[Box, ...], faces: Faces) -> Band:
    line = faces.line(faces.text)
    height = max(max(len(box.lines), box.room * _WRITING_LINE, 1) * line for box in boxes)
    return Band(boxes, height + 2 * PAD)


def _font(points: float, *, strong: bool = False) -> QFont:
    font = QFont(QApplication.font())
    font.setPixelSize(round(points * _POINT))
    # Hinted for a screen the same text would be wider on one than on paper.
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    font.setWeight(QFont.Weight.DemiBold if strong else QFont.Weight.Normal)
    return font


def _utf16(text: str, start: int, length: int) -> str:
    return text.encode("utf-16-le")[2 * start : 2 * (start + length)].decode("utf-16-le", "replace")
