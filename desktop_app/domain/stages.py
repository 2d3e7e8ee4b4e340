"""The six steps of every call (4 art. 4-10): answer, consult, solve, record, dispatch, call back.

Derived from what a record says, so that nobody ticks them and none can disagree with it.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from desktop_app.domain.entries import Value
from desktop_app.domain.form_fields import chosen, either, given, yes


class Stage(StrEnum):
    """A step, in the order in which a call takes them."""

    ANSWERED = "answered"
    CONSULTED = "consulted"
    SOLVED = "solved"
    RECORDED = "recorded"
    DISPATCHED = "dispatched"
    CALLED_BACK = "called_back"


class Reached(StrEnum):
    """How a step stands; ``NOT_NEEDED`` ones are left out of what is shown."""

    DONE = "done"
    OPEN = "open"
    NOT_NEEDED = "not_needed"


_CONSULTED = given("detail", "summary")
_SOLVED = either(
    chosen("outcome", "answered", "self_service", "signed_first"),
    given("answer", "result", "remedy", "customer_told_at", "closed_at"),
)
_TO_DISPATCH = either(
    chosen("kind", "urgent"),
    chosen("outcome", "transferred", "escalated"),
    given("department"),
    yes("escalated"),
)
_DISPATCHED = given("centre_told_at", "handed_over_to", "handed_over_at", "escalated_at", "passed_at")
_TO_CALL_BACK = either(yes("callback_needed"), given("callback_due"))


def stages(values: Mapping[str, Value], *, promised: int, open_promises: int) -> Mapping[Stage, Reached]:
    """Return how each step of a saved record stands; the numbers are of its promises, all and still open."""
    solved = _SOLVED(values)
    to_dispatch, to_call_back = _TO_DISPATCH(values), _TO_CALL_BACK(values) or promised > 0
    return {
        Stage.ANSWERED: _told(given("received_at")(values)),
        Stage.CONSULTED: _told(_CONSULTED(values)),
        Stage.SOLVED: _told(solved),
        Stage.RECORDED: Reached.DONE,
        Stage.DISPATCHED: _told(_DISPATCHED(values), needed=to_dispatch),
        Stage.CALLED_BACK: _told(promised > 0 and not open_promises, needed=to_call_back),
    }


def _told(done: bool, *, needed: bool = True) -> Reached:
    return Reached.DONE if done else Reached.OPEN if needed else Reached.NOT_NEEDED
