"""Draws the pages of a paper: on screen, into a PDF, onto a printer; all three look the same."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice, QRectF, QSaveFile, Qt
from PySide6.QtGui import QColor, QFont, QImage, QPagedPaintDevice, QPageSize, QPainter, QPdfWriter, QPen

from desktop_app.domain.errors import KnownError
from desktop_app.domain.paper import Paper
from desktop_app.ui.papers.layout import (
    BOTTOM,
    DOTS,
    HEIGHT,
    INSIDE,
    PAD,
    SIDE,
    TOP,
    WIDTH,
    Band,
    Box,
    Faces,
    pages_of,
)
from desktop_app.words import Words

_INK, _FRAME, _SHADE, _QUIET = QColor("#1a1a1a"), QColor("#6b6b6b"), QColor("#f0f0f0"), QColor("#4a4a4a")
_HEAD = 115
"""From the upper edge to the line of text above the page."""


class DrawnPaper:
    """A paper with its pages; made away from the GUI thread, drawn wherever it is needed."""

    def __init__(self, paper: Paper, words: Words) -> None:
        self.paper, self._words = paper, words
        self._faces = Faces()
        self.pages = pages_of(paper, self._faces)

    def image(self, page: int, width: int) -> QImage:
        """Return a page as a picture so many pixels wide."""
        image = QImage(width, round(width * HEIGHT / WIDTH), QImage.Format.Format_RGB32)
        image.fill(Qt.GlobalColor.white)
        painter = QPainter(image)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
        painter.scale(width / WIDTH, width / WIDTH)
        self._draw(painter, page)
        painter.end()
        return image

    def pdf(self) -> bytes:
        """Return the whole paper as a PDF."""
        buffer = QBuffer()
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        writer = QPdfWriter(buffer)
        writer.setTitle(f"{self.paper.title} {self.paper.number}".strip())
        writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
        writer.setResolution(DOTS)
        self.paint_on(writer)
        return bytes(buffer.data().data())

    def paint_on(self, device: QPagedPaintDevice, first: int = 1, last: int = 0) -> None:
        """Draw the pages onto a printer or into a file, those from ``first`` to ``last`` (0: all)."""
        layout = device.pageLayout()
        layout.setMode(layout.Mode.FullPageMode)
        device.setPageLayout(layout)
        painter = QPainter(device)
        scale = min(painter.viewport().width() / WIDTH, painter.viewport().height() / HEIGHT)
        painter.scale(scale, scale)
        wanted = range(first - 1, min(last or len(self.pages), len(self.pages)))
        for place, page in enumerate(wanted):
            if place:
                device.newPage()
            self._draw(painter, page)
        painter.end()

    def _draw(self, painter: QPainter, place: int) -> None:
        page, faces = self.pages[place], self._faces
        self._around(painter, place)
        if place == 0:
            self._title(painter)
        for top, band in page.bands:
            if band.heading:
                text = QRectF(SIDE, top, INSIDE, band.height - PAD / 2)
                low = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom
                _write(painter, text, "\n".join(band.boxes[0].lines), faces.heading, low)
            else:
                for box in band.boxes:
                    self._box(painter, top, band, box)

    def _box(self, painter: QPainter, top: float, band: Band, box: Box) -> None:
        frame = QRectF(box.left, top, box.width, band.height)
        painter.setPen(QPen(_FRAME, 2))
        painter.setBrush(_SHADE if box.label else Qt.BrushStyle.NoBrush)
        painter.drawRect(frame)
        faces = self._faces
        font = faces.label if box.label else faces.text
        line = faces.line(faces.text)
        for row, text in enumerate(box.lines):
            place = QRectF(box.left + PAD, top + PAD + row * line, box.width - 2 * PAD, line)
            _write(painter, place, text, font, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)

    def _title(self, painter: QPainter) -> None:
        paper, faces = self.paper, self._faces
        middle = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignVCenter
        height = faces.line(faces.title)
        _write(painter, QRectF(SIDE, TOP, INSIDE, height), paper.title, faces.title, middle)
        if paper.subtitle:
            below = QRectF(SIDE, TOP + height * 1.1, INSIDE, faces.line(faces.text))
            _write(painter, below, paper.subtitle, faces.text, middle)

    def _around(self, painter: QPainter, place: int) -> None:
        """Draw what stands on every page: what it is of, drill or not, by whom, which page."""
        paper, font, line = self.paper, self._faces.small, self._faces.line(self._faces.small)
        above = QRectF(SIDE, _HEAD, INSIDE, line)
        under = QRectF(SIDE, HEIGHT - BOTTOM + 45, INSIDE, line)
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        _write(painter, above, " · ".join(filter(None, (paper.title, paper.number))), font, left, _QUIET)
        _write(painter, above, paper.form, font, right, _QUIET)
        _write(painter, under, paper.printed, font, left, _QUIET)
        told = self._words.say("paper.page", page=place + 1, pages=len(self.pages))
        _write(painter, under, told, font, right, _QUIET)
        if paper.mark:
            middle = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignVCenter
            frame = QRectF(WIDTH / 2 - 150, _HEAD - line / 2, 300, line * 2)
            painter.setPen(QPen(_INK, 5))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(frame)
            _write(painter, frame, paper.mark, self._faces.heading, middle)


def save_pdf(drawn: DrawnPaper, path: Path) -> None:
    """Write the PDF, whole or not at all; raises KnownError ``papers.unwritable``."""
    content = drawn.pdf()
    file = QSaveFile(str(path))
    written = file.open(QIODevice.OpenModeFlag.WriteOnly) and file.write(content) == len(content)
    if not (written and file.commit()):
        raise KnownError("papers.unwritable", file=path, why=file.errorString())


def _write(
    painter: QPainter,
    place: QRectF,
    text: str,
    font: QFont,
    aligned: Qt.AlignmentFlag,
    ink: QColor = _INK,
) -> None:
    painter.setFont(font)
    painter.setPen(ink)
    flags = aligned | Qt.TextFlag.TextDontClip | Qt.TextFlag.TextIncludeTrailingSpaces
    painter.drawText(place, flags.value, text)
