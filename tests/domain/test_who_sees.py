"""Who is given what: one row for each rule, and properties over all entries."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.domain.entries import Action, Change, Entry, Payload, Sealed, Value
from desktop_app.domain.fields import RESTRICTED
from desktop_app.domain.identities import LEADS
from desktop_app.domain.identity import Subject, SubjectKind
from desktop_app.domain.roles import Role
from desktop_app.domain.who_sees import Around, Sight, To, names_person, restricted, sight
from tests.domain.journals import Station

NOON = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)
SECRET = min(RESTRICTED)
OWN = Around(by_lead=False, writer_station="07", stations=frozenset({"07"}))
LEADS_WORD = Around(by_lead=True, writer_station="01", stations=frozenset({"07"}))


def entry(
    kind: SubjectKind = SubjectKind.RECORD, role: Role = Role.AGENT, action: Action = Action.CHANGE
) -> Entry:
    return Entry("w", 1, 1, NOON, "li", role, Subject(kind, "s"), action, "")


WHOLE, WITHHELD, NOT = Sight.WHOLE, Sight.WITHHELD, Sight.NOT
ROWS = [
    # What it is about, by whom, what is known of it: to all stations, to 07 alone, to 12 alone.
    ("its own record", entry(), OWN, NOT, WHOLE, NOT),
    ("a lead's correction of it", entry(role=Role.LEAD), LEADS_WORD, WITHHELD, WHOLE, NOT),
    ("of its promise", entry(SubjectKind.PROMISE, Role.LEAD), LEADS_WORD, WITHHELD, WHOLE, NOT),
    ("a purge", entry(role=Role.ADMIN, action=Action.PURGE), LEADS_WORD, WITHHELD, WHOLE, NOT),
    ("findings", entry(role=Role.LEAD), replace(LEADS_WORD, restricted=True), WITHHELD, NOT, NOT),
    ("its own findings", entry(role=Role.LEAD), replace(OWN, restricted=True), NOT, WITHHELD, NOT),
    ("assigned", entry(), replace(OWN, stations=frozenset({"07", "12"})), NOT, WHOLE, WHOLE),
    ("of a record unknown here", entry(), replace(OWN, stations=frozenset()), NOT, WHOLE, NOT),
    ("an incident", entry(SubjectKind.INCIDENT), LEADS_WORD, WHOLE, NOT, NOT),
    ("a report of a fault", entry(SubjectKind.INCIDENT), OWN, WHOLE, WHOLE, NOT),
    (
        "findings in an incident",
        entry(SubjectKind.INCIDENT),
        replace(OWN, restricted=True),
        NOT,
        WITHHELD,
        NOT,
    ),
    ("who was told", entry(SubjectKind.NOTIFICATION), LEADS_WORD, WHOLE, NOT, NOT),
    ("who an agent told", entry(SubjectKind.NOTIFICATION), OWN, NOT, WHOLE, NOT),
    ("a lead's contact", entry(SubjectKind.CONTACT), LEADS_WORD, WHOLE, NOT, NOT),
    ("an agent's contact", entry(SubjectKind.CONTACT), OWN, NOT, WHOLE, NOT),
    ("a roster", entry(SubjectKind.ROSTER), LEADS_WORD, WHOLE, NOT, NOT),
    ("a lead at a station", entry(SubjectKind.INCIDENT, Role.LEAD), OWN, WHOLE, WHOLE, NOT),
    ("an announcement", entry(SubjectKind.ANNOUNCEMENT), LEADS_WORD, WHOLE, NOT, NOT),
    ("a role given by a lead", entry(SubjectKind.USER), LEADS_WORD, WHOLE, NOT, NOT),
    ("a role taken", entry(SubjectKind.USER), OWN, NOT, WHOLE, NOT),
    ("a name", entry(SubjectKind.USER), replace(OWN, names=True), WHOLE, WHOLE, NOT),
    ("a decision", entry(SubjectKind.MATCH_DECISION), LEADS_WORD, WITHHELD, NOT, NOT),
    ("its own block", entry(SubjectKind.NUMBER_BLOCK), OWN, NOT, WHOLE, NOT),
]


@pytest.mark.parametrize(("one", "around", "all_", "seven", "twelve"), [row[1:] for row in ROWS])
def test_each_rule(one: Entry, around: Around, all_: Sight, seven: Sight, twelve: Sight) -> None:
    found = (
        sight(one, around, To.STATIONS),
        sight(one, around, To.STATION, "07"),
        sight(one, around, To.STATION, "12"),
    )
    assert found == (all_, seven, twelve)
    assert sight(one, around, To.LEADS) is Sight.WHOLE


stations = st.sampled_from(["01", "07", "12"])
arounds = st.builds(
    Around, st.booleans(), stations, st.frozensets(stations), restricted=st.booleans(), names=st.booleans()
)
entries = st.builds(
    entry, st.sampled_from(SubjectKind), st.sampled_from(Role), st.sampled_from([Action.CHANGE, Action.PURGE])
)


@given(entries, arounds, st.sampled_from([To.STATIONS, To.STATION]), stations)
def test_what_is_restricted_is_never_read_at_a_station(one: Entry, around: Around, to: To, code: str) -> None:
    assert sight(one, replace(around, restricted=True), to, code) is not Sight.WHOLE


@given(entries, arounds)
def test_a_leads_chain_is_whole_at_every_station(one: Entry, around: Around) -> None:
    assert sight(one, replace(around, by_lead=True), To.STATIONS) is not Sight.NOT


@given(entries, arounds, stations)
def test_the_account_of_a_caller_is_read_at_its_own_stations_only(
    one: Entry, around: Around, code: str
) -> None:
    about = replace(one, subject=Subject(SubjectKind.RECORD, "s"))
    assert sight(about, around, To.STATIONS) is not Sight.WHOLE
    if sight(about, around, To.STATION, code) is Sight.WHOLE:
        assert code in around.stations | {around.writer_station}


@given(entries, arounds)
def test_all_stations_read_nothing_that_no_lead_said_but_names_and_incidents(
    one: Entry, around: Around
) -> None:
    """A report of a fault holds no caller's data, and every station has to know of it (DESIGN §4)."""
    if sight(one, around, To.STATIONS) is Sight.WHOLE:
        said_by_a_lead = around.by_lead or one.role in LEADS
        assert said_by_a_lead or around.names or one.subject.kind is SubjectKind.INCIDENT
        assert not around.restricted


def test_a_mixed_entry_is_restricted_and_so_is_taking_it_back() -> None:
    a = Station("a")
    mixed = a.change(**{SECRET: "x", "summary": "y"})
    undone = a.revoke(mixed, "since the finding was wrong")
    redone = a.revoke(undone)
    plain = a.change(summary="z")
    taken_back = a.revoke(plain)
    found = {one.entry.seq: restricted(one, a.held.get) for one in a.history()}
    assert found == {1: True, 2: True, 3: True, 4: False, 5: False}
    assert restricted(taken_back, lambda _: None)
    assert redone.payload is not None


def test_targets_that_go_round_end() -> None:
    a = Station("a")
    first = a.write(Action.REVOKE, Payload(target="a-2"))
    a.write(Action.REVOKE, Payload(target=first.entry.id))
    assert not restricted(first, a.held.get)


def test_only_name_and_staff_number_name_a_person() -> None:
    def says(kind: SubjectKind = SubjectKind.USER, **values: Value) -> Sealed:
        changes = {name: Change((), value) for name, value in values.items()}
        return Sealed(entry(kind), Payload(changes))

    told = [says(name="李娜", staff_number="8021"), says(name="李娜", pin_reset_at="x"), says()]
    told.append(says(SubjectKind.RECORD, name="李娜"))
    assert [names_person(one.entry, one.payload) for one in told] == [True, False, False, False]
    assert not names_person(entry(SubjectKind.USER), None)
