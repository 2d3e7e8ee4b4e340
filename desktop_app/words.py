"""Codes into Chinese or English for workbook, papers, command line and window (no Qt).

The words lie in ``resources/i18n/words.{zh,en}.toml`` as dotted codes: ``error.store.wrong_pin``; those that
only the window says in ``window.{zh,en}.toml``, read when the first of them is asked for: their codes begin
with ``window.``. Both languages hold the same codes with the same placeholders; a test compares them.
"""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import PurePath
from types import MappingProxyType
from typing import Literal

from desktop_app.domain.errors import KnownError
from desktop_app.domain.texts import in_one_line
from desktop_app.paths import resources

Language = Literal["zh", "en"]
LANGUAGES: tuple[Language, ...] = ("zh", "en")
_HEAD = re.compile(r"^\[([\w.]+)\]$", re.MULTILINE)


class Words:
    """The words of one language."""

    def __init__(self, language: Language) -> None:
        self.language = language

    def say(self, code: str, **details: object) -> str:
        """Return the words of a dotted code with its placeholders filled; KeyError where there are none."""
        return self._find(code).format(**details)

    def has(self, code: str) -> bool:
        """Whether the code has words."""
        try:
            self._find(code)
        except KeyError:
            return False
        return True

    def sentence(self, error: KnownError) -> str:
        """Return the one sentence that tells a person what went wrong and what to do."""
        details = {
            # Names of files and people come from anybody.
            name: in_one_line(str(detail)) if isinstance(detail, str | PurePath) else detail
            for name, detail in error.details.items()
        }
        for name in ("field", "role"):
            if self.has(named := f"{name}.{details.get(name)}"):
                details[name] = self.say(named)
        return self.say(f"error.{error.code}", **details)

    def code_of(self, section: str, text: str) -> str | None:
        """Return the code in ``section`` whose words in this language are ``text``, if any."""
        return next((code for code, words in self.table(section).items() if words == text), None)

    def table(self, section: str) -> Mapping[str, str]:
        """Return the words of a section by code; none where there is no such section."""
        return _section(section, self.language)

    def _find(self, code: str) -> str:
        section, _, key = code.rpartition(".")
        return _section(section, self.language)[key]


def system_language() -> Language:
    """Return Chinese on Chinese systems and where nothing is known, else English."""
    told = next((os.environ[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if os.environ.get(name)), "")
    return "en" if told and not told.lower().startswith("zh") else "zh"


def as_language(text: str | None) -> Language:
    """Return ``text`` as a language; the system's where it is none."""
    return next((language for language in LANGUAGES if language == text), None) or system_language()


def _file_of(code: str) -> str:
    return "window" if code.startswith("window.") else "words"


@cache
def _section(section: str, language: Language) -> Mapping[str, str]:
    """Return the words of one section; a window asks for a tenth of them before it can be typed in."""
    text = _sections(_file_of(f"{section}."), language).get(section, "")
    return MappingProxyType(tomllib.loads(text))


@cache
def _sections(name: str, language: Language) -> Mapping[str, str]:
    """Return what stands in each section of a file, as it is written there."""
    text = (resources() / "i18n" / f"{name}.{language}.toml").read_text(encoding="utf-8")
    _, *parts = _HEAD.split(text)
    return dict(zip(parts[::2], parts[1::2], strict=True))
