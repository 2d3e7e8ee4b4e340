"""What is said of a pack in the window: its name, edition, day and approver, and what it would change."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtWidgets import QGridLayout, QWidget

from desktop_app.domain.pack_changes import PartChange
from desktop_app.domain.site_text import Bilingual, Version
from desktop_app.ui.theme.style import scaled
from desktop_app.ui.widgets.labels import PlainLabel
from desktop_app.words import Words

FACTS = ("name", "edition", "effective", "approved_by", "source")
_MOST_TITLES = 6
"""So many titles are named of what is new or changed; of the rest it says how many."""


class PackFacts(QWidget):
    """A name beside each fact; ``place`` tells one from another ("pack", "look") in object names."""

    def __init__(self, words: Words, place: str, facts: Sequence[str] = FACTS) -> None:
        super().__init__()
        self._words = words
        self._values: dict[str, PlainLabel] = {}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(scaled(14))
        grid.setVerticalSpacing(scaled(5))
        grid.setColumnStretch(1, 1)
        for row, name in enumerate(facts):
            self._values[name] = PlainLabel(wrap=True, selectable=True)
            self._values[name].setObjectName(f"{place}_{name}")
            grid.addWidget(PlainLabel(words.say(f"window.pack.{name}"), role="field"), row, 0)
            grid.addWidget(self._values[name], row, 1)

    def show_pack(self, name: Bilingual, version: Version, effective: date | None, source: str = "") -> None:
        """Show what a pack says of itself."""
        say = self._words.say
        told = {
            "name": name.told(self._words.language),
            "edition": say("window.pack.edition_is", number=version.number, version=version.version),
            "effective": effective.isoformat() if effective else say("window.pack.no_day"),
            "approved_by": version.approved_by or say("window.pack.not_approved"),
            "source": source,
        }
        for fact, label in self._values.items():
            label.setText(told[fact])


def told_changes(words: Words, found: Sequence[PartChange]) -> list[str]:
    """Return a sentence for each part of a pack that would become another."""
    return [_told(words, one) for one in found if one.differs]


def _told(words: Words, one: PartChange) -> str:
    kinds = (("new", one.new), ("changed", one.changed), ("removed", one.removed))
    parts = [
        words.say(f"window.pack.{code}_ones", count=len(titles), titles=_titles(words, titles))
        for code, titles in kinds
        if titles
    ]
    return words.say(
        "window.pack.part_line",
        part=words.say(f"window.pack.part.{one.part}"),
        count=one.count,
        changes=words.say("window.pack.between").join(parts),
    )


def _titles(words: Words, titles: Sequence[Bilingual]) -> str:
    told = words.say("window.pack.comma").join(one.told(words.language) for one in titles[:_MOST_TITLES])
    return words.say("window.pack.and_more", titles=told) if len(titles) > _MOST_TITLES else told
