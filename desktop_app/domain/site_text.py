"""What every part of a site pack is made of: texts in two languages, days it holds on, its edition."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

PLACEHOLDER = re.compile(r"\{([a-z_]{1,40})\}")
"""What a text leaves to be filled in: a field of the record, or of a notice; any other brace is text."""


@dataclass(frozen=True, slots=True)
class Bilingual:
    """A text of the pack in Chinese and, where the site wrote it, English."""

    zh: str = ""
    en: str = ""

    def told(self, language: str) -> str:
        """Return the text in a language (``zh`` or ``en``); in the other where it is missing."""
        return (self.en or self.zh) if language == "en" else (self.zh or self.en)


@dataclass(frozen=True, slots=True)
class Span:
    """The days on which something holds, both included; None is open."""

    first: date | None = None
    last: date | None = None

    def holds(self, day: date) -> bool:
        """Whether it holds on a day of the site's calendar."""
        return (self.first is None or self.first <= day) and (self.last is None or day <= self.last)


@dataclass(frozen=True, slots=True)
class Version:
    """What a record notes of a document: ``number`` is the site's own ("KF-07"), ``version`` its edition."""

    number: str
    version: str
    approved_by: str = ""

    def __str__(self) -> str:
        return f"{self.number} {self.version}".strip()
