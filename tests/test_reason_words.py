"""Every reason that matching can give has words in both languages."""

import re

import pytest

from desktop_app.domain.reconciliation import Reason
from desktop_app.exchange.worksheets.wording import reason_sentence
from desktop_app.matching.weights import M_PRIOR, U_PRIOR
from desktop_app.words import LANGUAGES, Language, Words
from tests.test_house import ROOT

DETAILS = {"number": "07-00001-9", "digits": "4", "apart": "0:00:38", "seconds": "38", "why": "测试"}
TIMES = {"created": "time", "day": "time"}


def weighed() -> set[str]:
    """Codes of the levels of every compared field."""
    tables = (M_PRIOR, U_PRIOR)
    return {f"{TIMES.get(name, name)}_{level}" for table in tables for name in table for level in table[name]}


def named() -> set[str]:
    """Codes that the sources of matching spell out."""
    sources = "".join(path.read_text("utf-8") for path in (ROOT / "desktop_app/matching").glob("*.py"))
    choices = re.findall(r'code = "(\w+)" if .* else "(\w+)"', sources)
    return {*re.findall(r'Reason\("(\w+)"', sources), *(code for pair in choices for code in pair)}


def test_what_is_looked_for_is_found() -> None:
    assert {"same_call", "same_moment", "claimed_twice", "maybe_duplicate"} <= named()
    assert {"phone_same", "time_minutes_2", "time_created_after", "time_same_day"} <= weighed()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", sorted(weighed() | named()))
def test_words(code: str, language: Language) -> None:
    sentence = reason_sentence(Words(language), Reason(code, 1.0, DETAILS))
    assert code not in sentence
    assert "{" not in sentence


def test_a_code_without_words_is_shown_as_it_is() -> None:
    assert reason_sentence(Words("en"), Reason("unheard_of", 1.0, {"by": "2"})) == "unheard_of (by=2)"
