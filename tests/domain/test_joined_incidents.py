"""What several reports of one fault come to together, in whatever order they are looked at."""

from __future__ import annotations

from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from desktop_app.domain.entries import moment_text
from desktop_app.domain.folding import State
from desktop_app.domain.identity import Subject, SubjectKind
from desktop_app.domain.incident_steps import IncidentState
from desktop_app.domain.joined_incidents import (
    conflicts_in,
    happened_in,
    leading,
    manual_spans,
    members_in_order,
    relapses_in,
    standing,
    stepping,
    value_in,
    values_in,
)
from tests.domain.journals import NOON, Station

S = IncidentState


def at(minute: float) -> datetime:
    return NOON + timedelta(minutes=minute)


def incident(name: str, state: str, *events: tuple[str, float], **fields: str) -> State:
    station, subject = Station(name), Subject(SubjectKind.INCIDENT, name)
    station.change(subject, state=state, **fields)
    for code, minute in events:
        station.add("events", {"code": code, "at": moment_text(at(minute))}, subject)
    return station.state(subject)


def codes(*members: State) -> list[tuple[str, float]]:
    found = happened_in(members_in_order(members))
    return [(one.code, (one.at - NOON).total_seconds() / 60) for one in found]


def test_those_that_are_confirmed_lead() -> None:
    members = members_in_order(
        [
            incident("a", "suspected"),
            incident("b", "recovered"),
            incident("c", "manual"),
            State(Subject(SubjectKind.INCIDENT, "d")),
        ]
    )
    assert [one.subject.id for one in members] == ["b", "c", "a"]
    assert [one.subject.id for one in leading(members)] == ["b", "c"]
    assert standing(members) is S.MANUAL
    assert [one.subject.id for one in stepping(members, S.RECOVERED)] == ["c"]
    assert standing(()) is S.NONE


def test_of_false_alarms_and_reports_a_report_stands() -> None:
    members = members_in_order([incident("a", "false_alarm"), incident("b", "suspected")])
    assert standing(members) is S.SUSPECTED
    assert standing(members_in_order([incident("a", "false_alarm")])) is S.FALSE_ALARM
    confirmed = members_in_order([incident("a", "suspected"), incident("b", "confirmed")])
    assert {one.subject.id for one in stepping(confirmed, S.FALSE_ALARM)} == {"a", "b"}


def test_values_are_those_of_the_first_that_has_one() -> None:
    members = members_in_order(
        [
            incident("b", "manual", cause="断缆", first_noticed_at="2", symptom="转圈"),
            incident("a", "suspected", cause="误触", first_noticed_at="1", scope="all"),
        ]
    )
    assert values_in(members) == {
        "cause": "断缆",
        "first_noticed_at": "1",
        "symptom": "转圈",
        "scope": "all",
    }
    assert conflicts_in(members) == {}
    apart = members_in_order([*members, incident("c", "manual", cause="跳闸", symptom="黑屏")])
    assert conflicts_in(apart) == {"cause": ("断缆", "跳闸")}
    assert value_in((), "cause") is None


def test_two_who_led_it_apart_said_one_thing() -> None:
    one = incident("a", "manual", ("reported", 0), ("confirmed", 2), ("manual", 4), ("recovered", 30))
    other = incident("b", "manual", ("reported", 1), ("confirmed", 3), ("manual", 5), ("recovered", 31))
    late = incident("c", "suspected", ("reported", 40), ("lines_full", 41))
    assert codes(one, other, late) == [
        ("reported", 0),
        ("confirmed", 2),
        ("manual", 4),
        ("recovered", 30),
        ("recovered", 31),
        # No step: it happened, whoever noted it in which report, and its clock runs.
        ("lines_full", 41),
    ]


def test_a_relapse_is_one_whatever_it_was_called() -> None:
    one = incident("a", "manual", ("reported", 0), ("manual", 4), ("recovered", 30), ("relapsed", 50))
    other = incident("b", "manual", ("reported", 0), ("manual", 45), ("unrecoverable", 46))
    told = happened_in(members_in_order([one, other]))
    assert relapses_in(told) == 1
    assert codes(one, other)[-2:] == [("relapsed", 45), ("unrecoverable", 46)]
    assert manual_spans(told) == ((at(4), at(30)), (at(45), None))


EVENTS = st.lists(
    st.tuples(st.sampled_from(["manual", "relapsed", "recovered", "confirmed", "x"]), st.integers(0, 60)),
    max_size=6,
)


@given(st.lists(st.tuples(st.sampled_from(S), EVENTS), min_size=1, max_size=4), st.randoms())
def test_no_order_of_looking_matters(told: list, random) -> None:
    members = [incident(f"i{place}", state, *events) for place, (state, events) in enumerate(told)]
    first = members_in_order(members)
    random.shuffle(members)
    second = members_in_order(members)
    assert first == second
    spans = manual_spans(happened_in(first))
    assert all(end is not None and start <= end for start, end in spans[:-1])
    assert relapses_in(happened_in(first)) <= len(spans)


def test_a_report_is_not_later_than_its_confirmation() -> None:
    ahead = incident("a", "manual", ("reported", 120), ("confirmed", 3), ("manual", 5))
    assert codes(ahead) == [("reported", 3), ("confirmed", 3), ("manual", 5)]
