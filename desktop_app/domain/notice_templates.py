"""Texts of the site for the notices of an outage, filled from what is known of it (B§2.3, 3.9)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from desktop_app.domain.outage_options import AnnouncementType, PublishChannel
from desktop_app.domain.site_text import PLACEHOLDER, Bilingual, Version

PLACEHOLDERS = ("affected", "since", "expected", "workaround", "customer_action", "next_update")
"""What a text may leave to be filled in."""


@dataclass(frozen=True, slots=True)
class NoticeTemplate:
    """The text of one type of notice.

    Attributes:
        types: the types of incident it is made for; empty for all.
        channels: where such a notice is usually posted.
        next_minutes: how soon it is followed by an update; 0 where none is needed.
        spokesperson: who says it, of a statement (A§13.3).
    """

    key: str
    version: Version
    type: AnnouncementType
    title: Bilingual
    text: Bilingual
    types: tuple[str, ...] = ()
    channels: tuple[PublishChannel, ...] = ()
    next_minutes: int = 0
    spokesperson: Bilingual = Bilingual()


def templates_for(
    templates: Iterable[NoticeTemplate], kind: AnnouncementType, category: str
) -> tuple[NoticeTemplate, ...]:
    """Return the texts for a type of notice, those made for this type of incident first."""
    found = [one for one in templates if one.type is kind and (not one.types or category in one.types)]
    return tuple(sorted(found, key=lambda one: not one.types))


def drafted(template: NoticeTemplate, known: Mapping[str, str], language: str) -> str:
    """Return the text in a language with what is known; a line of which something is unknown is left out.

    Nothing that was filled in is looked at again. A language that the site did not write gives no text.
    """
    text = template.text.en if language == "en" else template.text.zh
    lines = []
    for line in text.splitlines():
        if all(known.get(name, "").strip() for name in PLACEHOLDER.findall(line)):
            lines.append(PLACEHOLDER.sub(lambda found: known[found[1]].strip(), line))
    return "\n".join(lines).strip()
