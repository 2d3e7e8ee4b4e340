"""What a failure says in the window: buttons and places, never a command to type."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from desktop_app.domain.errors import KnownError
from desktop_app.ui import sentences
from desktop_app.ui.sentences import sentence_in_window
from desktop_app.words import LANGUAGES, Language, Words
from tests.test_words import load, placeholders

COMMAND_LINE = (
    "call.",
    "demo.",
    "reconcile.profile_without_files",
    "stores.no_credentials",
    "stores.no_pin",
    "writing.same_output",
)
"""Failures of arguments and environment, which a window does not have."""
COMMANDS = re.compile(r" --|\brestore \S*…|\binit\b|\bdoctor\b|FALLBACK_DESK_")


def errors(name: str, start: str) -> dict[str, set[str]]:
    return {
        code.removeprefix(start): placeholders(text)
        for code, text in load(name, "en").items()
        if code.startswith(start)
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_sentence_of_the_window_is_a_command_to_type(language: Language) -> None:
    words = Words(language)
    for code, names in errors("words", "error.").items():
        if not code.startswith(COMMAND_LINE):
            told = sentence_in_window(words, KnownError(code, **dict.fromkeys(names, "07")))
            assert not COMMANDS.search(told), told
    for text in load("window", language).values():
        assert not COMMANDS.search(text), text


def test_a_sentence_of_the_window_belongs_to_a_failure_and_its_details() -> None:
    common = errors("words", "error.")
    own = errors("window", "window.error.")
    assert own
    assert all(names <= common[code] for code, names in own.items())


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_buttons_that_a_sentence_names_are_on_the_page(language: Language) -> None:
    words = Words(language)
    told = sentence_in_window(words, KnownError("keys.missing", file="keys.json"))
    for button in ("do", "again"):
        assert words.say(f"window.start.damaged.{button}") in told


def test_the_window_tells_every_failure_this_way() -> None:
    """A part that asks ``Words.sentence`` itself would show the sentence of the command line."""
    folder = Path(sentences.__file__).parent
    asking = [file.name for file in folder.rglob("*.py") if ".sentence(" in file.read_text("utf-8")]
    assert asking == ["sentences.py"]
