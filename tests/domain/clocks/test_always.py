"""What holds of the clocks for any events and any evidence, in any order."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TypeVar

from hypothesis import given
from hypothesis import strategies as st

from desktop_app.domain.clocks import Decided, Event, Facts, Stage, Told, newly_due, standing
from tests.domain.plan_ladders import ALL

NOON = datetime(2026, 12, 28, 4, 0, tzinfo=UTC)
MOMENTS = st.integers(-20, 240).map(lambda half_minutes: NOON + timedelta(seconds=30 * half_minutes))
CODES = sorted(
    {code for one in ALL for code in (one.starts_on, *one.ends_on)} | {"unrecoverable", "relapsed", "manual"}
)
RUNGS = [(one.key, rung.key, role) for one in ALL for rung in one.rungs for role in rung.tells or ("",)]
EVENTS = st.builds(Event, st.sampled_from(CODES), MOMENTS)
TOLD = st.builds(
    lambda rung, name, at, channel, reached: Told(rung[0], rung[1], rung[2], name, at, channel, reached),
    st.sampled_from(RUNGS),
    st.sampled_from(["李 娜", "王 芳", ""]),
    MOMENTS | st.none(),
    st.sampled_from(["phone", "im", ""]),
    st.booleans(),
)
DECIDED = st.builds(
    lambda rung, code, at, reason: Decided(rung[0], rung[1], code, at, reason),
    st.sampled_from(RUNGS),
    st.sampled_from(["vendor", ""]),
    MOMENTS | st.none(),
    st.sampled_from(["备件在路上", ""]),
)
T = TypeVar("T")
FACTS = st.builds(
    lambda type_key, events, told, decided: Facts(type_key, tuple(events), tuple(told), tuple(decided)),
    st.sampled_from(["app_fault", "fire", "accident"]),
    st.lists(EVENTS, max_size=8),
    st.lists(TOLD, max_size=6),
    st.lists(DECIDED, max_size=4),
)


@given(FACTS, MOMENTS, st.randoms(use_true_random=False))
def test_order_and_repetition_never_matter(facts: Facts, now: datetime, chance: random.Random) -> None:
    def shuffled(held: tuple[T, ...]) -> tuple[T, ...]:
        twice = [*held, *(one for one in held if chance.random() < 0.5)]
        chance.shuffle(twice)
        return tuple(twice)

    again = Facts(facts.type_key, shuffled(facts.events), shuffled(facts.told), shuffled(facts.decided))
    assert standing(ALL, again, now) == standing(ALL, facts, now)


@given(FACTS, MOMENTS, TOLD | DECIDED)
def test_evidence_never_makes_anything_due(facts: Facts, now: datetime, more: Told | Decided) -> None:
    added = (
        replace(facts, told=(*facts.told, more))
        if isinstance(more, Told)
        else replace(facts, decided=(*facts.decided, more))
    )
    before, after = standing(ALL, facts, now), standing(ALL, added, now)
    assert not newly_due(before, after)
    assert [(one.key, one.due) for one in before] == [(one.key, one.due) for one in after]
    for old, new in zip(before, after, strict=True):
        assert old == new or (old.ladder.key, old.rung.key) == (more.ladder, more.rung)


@given(FACTS, MOMENTS, MOMENTS)
def test_time_that_passes_undoes_nothing(facts: Facts, one: datetime, other: datetime) -> None:
    before, after = (standing(ALL, facts, now) for now in sorted((one, other)))
    for old, new in zip(before, after, strict=True):
        assert old.key == new.key
        assert old.stage is new.stage or (old.stage, new.stage) == (Stage.AHEAD, Stage.DUE)
        assert old.late <= new.late


@given(FACTS, MOMENTS)
def test_every_standing_is_sound(facts: Facts, now: datetime) -> None:
    found = standing(ALL, facts, now)
    assert len({one.key for one in found}) == len(found)
    for one in found:
        assert one.started <= one.due <= one.started + timedelta(minutes=one.rung.minutes)
        assert (one.stage is Stage.DONE) == (one.evidence is not None)
        assert one.late >= timedelta()
        assert one.late == timedelta() or one.stage in (Stage.DONE, Stage.DUE)
        assert (one.stage is Stage.DUE) <= (one.due <= now)
        assert (one.stage is Stage.AHEAD) <= (now < one.due)
