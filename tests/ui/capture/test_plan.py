"""Where the fields of each kind stand: everything typed has one place, nothing withheld has any."""

import pytest

from desktop_app.domain.fields import FIELDS, RESTRICTED, missing
from desktop_app.domain.form_fields import Need
from desktop_app.domain.kinds import Kind
from desktop_app.ui.capture.plan import CALL_BACK, STAMPED, is_typed, plan_of

KINDS = pytest.mark.parametrize("kind", list(Kind))


@KINDS
def test_every_field_stands_in_one_place(kind: Kind) -> None:
    plan = plan_of(kind)
    places = [*plan.front(), *plan.more]
    assert len(places) == len(set(places))
    folded = [key for row in plan.more_rows() for place in row for key in place.split("+")]
    assert sorted(folded) == sorted(plan.more)


@KINDS
def test_everything_a_person_can_be_asked_for_can_be_typed(kind: Kind) -> None:
    plan = plan_of(kind)
    reachable = {*plan.front(), *plan.more, "callback_due", "kind"}
    everything = dict.fromkeys(FIELDS)
    assert set(missing(kind, everything)) <= reachable
    # With calls back, a threat, people hurt and the like: whatever a condition may ask for.
    asked = {
        "callback_needed": True,
        "identity_checked": True,
        "escalated": True,
        "people_hurt": "yes",
        "police_called": True,
        "called_back": True,
        "abnormal_kind": "threat",
        "media_way": "visit",
        "conflict_on_site": True,
        "authorised": "yes",
        "complaint_form": "written",
        "department": "x",
        "eta": "2026-03-20T02:00:00Z",
        "passed_at": "2026-03-20T02:00:00Z",
        "manager_told_at": "2026-03-20T02:00:00Z",
        "channel": "phone",
    }
    assert set(missing(kind, asked)) <= reachable


@KINDS
def test_nothing_withheld_or_filled_by_the_program_is_shown(kind: Kind) -> None:
    plan = plan_of(kind)
    shown = {*plan.front(), *plan.more}
    assert not shown & RESTRICTED
    assert not any(set(FIELDS[key].needs.values()) == {Need.APP} for key in shown)
    assert not is_typed("named_agent", Kind.COMPLAINT)
    assert not is_typed("times_today", Kind.ABNORMAL)


@KINDS
def test_at_most_four_rows_are_a_kinds_own(kind: Kind) -> None:
    plan = plan_of(kind)
    assert len(plan.block) <= 4
    assert plan.rows()[-1] == (CALL_BACK,)
    assert set(STAMPED.get(kind, ())) <= {*plan.front(), *plan.more}


@KINDS
def test_what_any_call_may_turn_into_is_first_under_more(kind: Kind) -> None:
    first = ("important", "mood", "identity_checked", "identity_method", "amount_taken")
    assert plan_of(kind).more[: len(first)] == first
