"""The matcher against days it has not seen: whatever goes wrong how often, no CRM row is mismatched."""

from __future__ import annotations

from dataclasses import fields

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from desktop_app.matching import pipeline
from desktop_app.services.demo_day.judge import Judgement, Verdict, judge
from desktop_app.services.demo_day.plan import Plan, Rates
from desktop_app.services.demo_day.world import day_of
from tests.services.demo_day.objects import crm_rows, hand_records, log_calls

USUAL = Rates()


def judged(plan: Plan) -> Judgement:
    day = day_of(plan)
    numbers = day.numbers()
    after = day.aftermath(numbers)
    found = pipeline.reconcile(
        hand_records(day, numbers),
        crm_rows(after.rows),
        log_calls(day),
        crm_read=True,
        calls_read=True,
        window=day.window,
    )
    return judge(found, after.truth)


@settings(deadline=None, max_examples=25, phases=(Phase.explicit, Phase.generate))  # too big to shrink
@given(
    calls=st.integers(20, 120),
    stations=st.integers(1, 5),
    seed=st.integers(0, 10**6),
    rates=st.builds(
        Rates,
        **{
            field.name: st.sampled_from((0.0, getattr(USUAL, field.name), 1.5 * getattr(USUAL, field.name)))
            for field in fields(Rates)
        },
    ),
)
def test_no_crm_row_is_matched_wrongly(calls: int, stations: int, seed: int, rates: Rates) -> None:
    judgement = judged(Plan(calls, stations, seed, rates))
    assert [case for case in judgement.of(Verdict.WRONG) if case.side != "link"] == []


@pytest.mark.parametrize("seed", [101, 102, 103])
def test_a_usual_day_has_nothing_wrong(seed: int) -> None:
    judgement = judged(Plan(seed=seed))
    assert judgement.of(Verdict.WRONG) == []
    assert judgement.person_share < 0.15
