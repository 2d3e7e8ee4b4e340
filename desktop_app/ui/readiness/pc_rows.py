"""The program and the site pack of every PC, below the checks: those that differ from this one first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from desktop_app.domain.pc_versions import Edition
from desktop_app.services.readiness_text import PC_COLUMNS, PcText
from desktop_app.ui.theme.style import scaled
from desktop_app.ui.widgets.labels import Heading, PlainLabel
from desktop_app.ui.widgets.pill import Pill, Tone
from desktop_app.words import Words

MOST = 40
"""PCs that are shown; those beyond are counted, and stand on paper."""
_LOOKS: Mapping[Edition, tuple[Tone, str]] = {
    Edition.OWN: ("quiet", "stations"),
    Edition.OTHER_PROGRAM: ("warn", "warning"),
    Edition.OTHER_PACK: ("info", "info"),
    Edition.UNHEARD: ("info", "clock"),
    Edition.SAME: ("ok", "check"),
}


def pc_rows(words: Words, pcs: Sequence[PcText]) -> QWidget:
    """Return the table of PCs; it is read, not walked through by keys."""
    say = words.say
    rows = QWidget()
    rows.setProperty("role", "page")
    column = QVBoxLayout(rows)
    column.setContentsMargins(0, scaled(10), 0, 0)
    column.setSpacing(scaled(8))
    column.addWidget(Heading(say("readiness.pcs")))
    grid = QGridLayout()
    grid.setHorizontalSpacing(scaled(24))
    grid.setVerticalSpacing(scaled(6))
    grid.setColumnStretch(len(PC_COLUMNS), 1)
    for place, code in enumerate(PC_COLUMNS):
        grid.addWidget(PlainLabel(say(f"readiness.column.{code}"), role="secondary"), 0, place)
    for row, one in enumerate(pcs[:MOST], 1):
        tone, icon = _LOOKS[one.edition]
        pill = Pill(tone, icon, one.stands)
        pill.setObjectName(f"pc_{row}")
        pill.setAccessibleName(f"{one.called}: {one.stands}")
        for place, text in enumerate((one.called, one.program, one.pack, one.heard)):
            grid.addWidget(PlainLabel(text, role="" if place else "strong"), row, place)
        grid.addWidget(pill, row, len(PC_COLUMNS) - 1)
    column.addLayout(grid)
    if len(pcs) > MOST:
        column.addWidget(PlainLabel(say("readiness.pcs_more", count=len(pcs) - MOST), role="secondary"))
    return rows
