"""Several callers who tell of one thing suggest an incident."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.domain.incident_types import IncidentType
from desktop_app.domain.same_symptom import (
    Call,
    Symptom,
    folded,
    repeated,
    symptom_in,
    symptoms_of,
    worth_telling,
)
from desktop_app.domain.site_text import Bilingual, Version

NOW = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
HALF_HOUR = timedelta(minutes=30)
CRM = Symptom(Bilingual("CRM 打不开", "The CRM does not open"), "application")
SLOW = Symptom(Bilingual("CRM 打不开，很慢", "Slow"), "application")
WEB = Symptom(Bilingual("网站打不开", "The website does not open"), "website")
KNOWN = (CRM, WEB, SLOW)


def call(place: int, text: str, *, ago: float = 1, tag: str = "", **more: object) -> Call:
    told = {"caller": f"1312345{place:04}", "category": "enquiry", **more}
    return Call(str(place), NOW - timedelta(minutes=ago), text=text, tag=tag, **told)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("客户说网站打不开了", WEB),
        ("客户说ＣＲＭ打不开", CRM),
        ("crm 打不开，很慢", SLOW),
        ("the website  DOES not open.", WEB),
        ("网站能打开", None),
        ("", None),
    ],
)
def test_whose_words_a_text_holds(text: str, found: Symptom | None) -> None:
    assert symptom_in(text, KNOWN) == found


@pytest.mark.parametrize(
    ("calls", "told"),
    [
        ([call(1, "网站打不开"), call(2, "说网站打不开。"), call(3, "网站 打不开")], [("website", 3)]),
        ([call(1, "网站打不开"), call(2, "网站打不开")], []),
        # One caller three times is one caller; a number that nobody knows is another each time.
        ([call(1, "网站打不开"), call(1, "网站打不开"), call(2, "网站打不开")], []),
        ([call(place, "网站打不开", caller="") for place in range(3)], [("website", 3)]),
        # At the edge of the time it counts, a second earlier not.
        ([call(1, "网站打不开", ago=30), call(2, "网站打不开"), call(3, "网站打不开")], [("website", 3)]),
        ([call(1, "网站打不开", ago=30.02), call(2, "网站打不开"), call(3, "网站打不开")], []),
        # What an agent marked counts, in either language, before the words.
        (
            [
                call(1, "x", tag="网站打不开"),
                call(2, "y", tag="The website does not open"),
                call(3, "网站打不开"),
            ],
            [("website", 3)],
        ),
        # Of an incident already.
        ([call(place, "网站打不开", explained=place == 2) for place in range(3)], []),
        # No symptom of the site: the same category and words.
        ([call(place, "停水了！") for place in range(3)], [("", 3)]),
        ([call(1, "停水了"), call(2, "停水了"), call(3, "停水了", category="repair")], []),
        ([call(place, "停水" * 20) for place in range(3)], []),
        ([call(place, "无") for place in range(3)], []),
    ],
)
def test_what_is_told_of(calls: list[Call], told: list[tuple[str, int]]) -> None:
    found = repeated(calls, KNOWN, NOW, least=3, within=HALF_HOUR)
    assert [(one.symptom.type, one.callers) for one in found] == told


def test_most_callers_first_and_since_when() -> None:
    calls = [call(place, "网站打不开", ago=place) for place in range(1, 5)]
    calls += [call(place, "CRM 打不开", ago=place) for place in range(11, 14)]
    found = repeated(calls, KNOWN, NOW, least=3, within=HALF_HOUR)
    assert [(one.symptom, one.callers) for one in found] == [(WEB, 4), (CRM, 3)]
    assert found[0].first == NOW - timedelta(minutes=4)


def test_told_once_and_again_when_as_many_more_rang() -> None:
    def seen(count: int) -> list[str]:
        calls = [call(place, "网站打不开") for place in range(count)]
        found = repeated(calls, KNOWN, NOW, least=3, within=HALF_HOUR)
        return [one.key for one in worth_telling(found, told, least=3)]

    told: dict[str, int] = {}
    (key,) = seen(3)
    told[key] = 3
    assert seen(5) == []
    assert seen(6) == [key]


def test_types_with_a_card_are_not_learnt_by_counting() -> None:
    words = (Bilingual("冒烟", "Smoke"),)
    types = [
        IncidentType("fire", Version("1", "t"), Bilingual("火灾"), symptoms=words, card=True),
        IncidentType("website", Version("1", "t"), Bilingual("网站"), symptoms=words),
    ]
    assert symptoms_of(types) == (Symptom(words[0], "website"),)


_CALLS = st.lists(
    st.builds(
        call,
        st.integers(0, 9),
        st.sampled_from(["网站打不开", "CRM 打不开", "停水", "停水了", "客户咨询"]),
        ago=st.floats(-5, 60),
        explained=st.booleans(),
    ),
    max_size=25,
)


@given(_CALLS, st.randoms(use_true_random=False))
def test_the_order_of_calls_changes_nothing_and_more_is_never_told_less(calls: list[Call], random) -> None:  # type: ignore[no-untyped-def]
    found = repeated(calls, KNOWN, NOW, least=3, within=HALF_HOUR)
    shuffled = list(calls)
    random.shuffle(shuffled)
    again = repeated(shuffled, KNOWN, NOW, least=3, within=HALF_HOUR)
    assert [(folded(one.key), one.callers, one.first) for one in again] == [
        (folded(one.key), one.callers, one.first) for one in found
    ]
    assert all(3 <= one.callers <= len(calls) for one in found)
    more = repeated([*calls, call(77, "网站打不开")], KNOWN, NOW, least=3, within=HALF_HOUR)
    assert {one.key for one in found} <= {one.key for one in more}
