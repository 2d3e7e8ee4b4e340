"""What is said of a number: sentences for the caller, none without words in either language."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from desktop_app.domain.kinds import Kind
from desktop_app.domain.numbers import Number
from desktop_app.domain.steps import RecordState
from desktop_app.services.number_search import Absent, Found, FoundNumber, Where
from desktop_app.ui.numbers.found_words import FoundWords
from desktop_app.words import LANGUAGES, Words

NUMBER = Number("12", 42)
NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)


def one(state: str, *, where: Where = Where.RECORD, holder: str = "张敏") -> FoundNumber:
    return FoundNumber(NUMBER, where, "", "urgent", state, holder, where is not Where.LISTED)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("absent", Absent)
def test_every_reason_is_told(language: str, absent: Absent) -> None:
    told = FoundWords(Words(language), UTC)
    for highest, heard_at in ((0, None), (31, None), (31, NOW)):
        found = Found(absent=absent, number=NUMBER, highest=highest, heard_at=heard_at)
        text = told.absent(found)
        assert text
        assert "{" not in text


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("state", [*RecordState, "of a newer program", ""])
@pytest.mark.parametrize("where", Where)
def test_every_state_is_told(language: str, state: str, where: Where) -> None:
    told = FoundWords(Words(language), UTC)
    for holder in ("张敏", ""):
        found = one(str(state), where=where, holder=holder)
        assert told.tell(found)
        assert bool(told.state(found)) is (state in set(RecordState))
        assert told.holder(found)
    assert all(told.kind(FoundNumber(NUMBER, where, "", kind, "", "", True)) for kind in Kind)


def test_the_highest_number_is_written_as_numbers_are() -> None:
    told = FoundWords(Words("en"), UTC)
    text = told.absent(Found(absent=Absent.BEYOND, number=NUMBER, highest=31, heard_at=NOW))
    assert "00031" in text
    assert "03-02 01:00" in text


def test_the_check_digit_is_asked_for_where_it_was_not_typed() -> None:
    words = Words("en")
    told, ask = FoundWords(words, UTC), words.say("window.numbers.ask_check_digit")
    found = Found(absent=Absent.ON_ITS_WAY, number=NUMBER, highest=99)
    assert ask in told.absent(found)
    checked = Found(absent=Absent.ON_ITS_WAY, number=NUMBER, highest=99, checked=True)
    assert ask not in told.absent(checked)
