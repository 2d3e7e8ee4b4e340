"""What is kept of callers' texts goes with the key, wherever it is kept."""

from __future__ import annotations

import gc
from pathlib import Path

from desktop_app.domain.remembered import forget, remembered
from desktop_app.exchange.headers import plain_header
from desktop_app.exchange.mapping import _kept
from desktop_app.matching.addresses import address_of
from desktop_app.matching.characters import plain
from desktop_app.matching.names import name_of
from desktop_app.matching.sounds import name_sounds, pinyin
from desktop_app.matching.texts import grams
from desktop_app.storage.store import Store
from desktop_app.ui.palette.ranking import _forms
from tests.stores import store as store

ROOT = Path(__file__).resolve().parents[2] / "desktop_app"
KEEPERS = (address_of, grams, name_of, name_sounds, pinyin, plain, plain_header, _forms, _kept)
MAY_KEEP = {
    "domain/contacts.py",
    "domain/remembered.py",
    "exchange/recipients.py",
    "storage/record_list.py",
    "ui/widgets/icons.py",
}
"""Answers about what the program, a site pack, a station's key or a query says, none of it a caller's."""


class Text(str):
    """A text whose life ends where nobody holds it."""

    alive = 0

    def __init__(self, _text: str) -> None:
        Text.alive += 1

    def __del__(self) -> None:
        Text.alive -= 1


def test_an_answer_is_kept_until_all_is_forgotten() -> None:
    asked: list[str] = []
    keep = remembered(2)(lambda text: asked.append(text) or text)
    assert [keep("a"), keep("a"), keep("b")] == ["a", "a", "b"]
    assert asked == ["a", "b"]
    forget()
    keep("a")
    assert asked == ["a", "b", "a"]


def test_no_text_of_a_caller_outlives_the_lock(store: Store) -> None:
    for place, answer in enumerate(KEEPERS):
        answer(Text(f"沈国强 翠湖苑{place}幢"))
    assert Text.alive == len(KEEPERS)
    store.close()
    gc.collect()
    assert Text.alive == 0


def test_nothing_else_keeps_answers_for_texts() -> None:
    """What is cached without a bound is asked for by codes of the program."""
    found = {path for path in ROOT.rglob("*.py") if "lru_cache" in path.read_text("utf-8")}
    assert {path.relative_to(ROOT).as_posix() for path in found} == MAY_KEEP
