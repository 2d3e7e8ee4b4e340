"""Codes into Chinese or English for workbook, papers, command line and window (no Qt).

The words lie in ``resources/i18n/words.{zh,en}.toml`` as dotted codes: ``error.store.wrong_pin``; those that
only the window says in ``window.{zh,en}.toml``, read when the first of them is asked for: their codes begin
with ``window.``. Both languages hold the same codes with the same placeholders; a test compares them.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import PurePath
from typing import Any, Literal

from desktop_app.domain.errors import KnownError
from desktop_app.domain.texts import in_one_line
from desktop_app.paths import resources

Language = Literal["zh", "en"]
LANGUAGES: tuple[Language, ...] = ("zh", "en")


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
        return self.say(f"error.{error.code}", **details)

    def code_of(self, section: str, text: str) -> str | None:
        """Return the code in ``section`` whose words in this language are ``text``, if any."""
        return next((code for code, words in self.table(section).items() if words == text), None)

    def table(self, section: str) -> Mapping[str, str]:
        """Return the words of a section by code; none where there is no such section."""
        table: Any = _load(_file_of(section), self.language)
        for part in section.split("."):
            table = table.get(part, {})
        return {code: words for code, words in table.items() if isinstance(words, str)}

    def _find(self, code: str) -> str:
        table: Any = _load(_file_of(code), self.language)
        for part in code.split("."):
            table = table[part]
        if not isinstance(table, str):
            raise KeyError(code)
        return table


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
def _load(name: str, language: Language) -> dict[str, Any]:
    with (resources() / "i18n" / f"{name}.{language}.toml").open("rb") as file:
        return tomllib.load(file)
