"""Two real stores that changed one record apart, and the lead who decides."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from desktop_app.domain.errors import KnownError
from desktop_app.domain.identity import Subject, SubjectKind
from desktop_app.domain.incident_steps import IncidentState
from desktop_app.domain.roles import Role
from desktop_app.services.conflicts import Choice, Conflict, both, chosen, conflicts, decide, redo, undo
from desktop_app.services.incident_acts import take_step
from desktop_app.services.incident_values import set_values
from desktop_app.services.incidents import incident, report_fault
from desktop_app.services.record_changes import correct
from desktop_app.services.record_view import view_record
from desktop_app.services.records import log_record, write
from desktop_app.storage.store import Store
from tests.runs import exchange, give
from tests.services.conftest import NOW
from tests.stores import author, new_store

CALL = {"kind": "complaint", "phone": "13123450001", "summary": "电梯停运", "detail": "三号楼电梯停在四层"}
LATER = NOW + timedelta(minutes=5)


@pytest.fixture
def agent(tmp_path: Path) -> Iterator[Store]:
    opened = replace(new_store(tmp_path / "a" / "store", station="08"), author=author("8022"))
    yield opened
    opened.close()


@pytest.fixture
def record(lead: Store, agent: Store) -> str:
    """A record of station 08 that the lead's store holds too."""
    made = log_record(agent, CALL, now=NOW)
    exchange(lead, agent)
    return made.subject_id


def apart(lead: Store, agent: Store, record: str, **values: tuple[str, str]) -> None:
    """Correct the record at both stations without either seeing the other, then exchange."""
    mine = {key: pair[0] for key, pair in values.items()}
    theirs = {key: pair[1] for key, pair in values.items()}
    correct(agent, record, theirs, reason="来电更正", now=LATER)
    correct(lead, record, mine, reason="听录音", now=LATER + timedelta(minutes=1))
    exchange(lead, agent)


def subject(record: str) -> Subject:
    return Subject(SubjectKind.RECORD, record)


def fields(store: Store) -> list[str]:
    return [one.field for one in conflicts(store).conflicts]


def pick(conflict: Conflict, text: str) -> Choice:
    entry = next(one.entry_id for one in conflict.candidates if one.text == text)
    return Choice(conflict.field, conflict.seen, entry)


def value(store: Store, record: str, name: str) -> object:
    with store.read() as view:
        return view.state(subject(record)).value(name)


def test_a_conflict_tells_both_authors_stations_times_and_reasons(
    lead: Store, agent: Store, record: str
) -> None:
    apart(lead, agent, record, phone=("13123450002", "13123450003"))
    for store in (lead, agent):
        (found,) = conflicts(store).conflicts
        assert (found.record, found.field, found.number[:2]) == (record, "phone", "08")
        told = {(one.text, one.station, one.at, one.reason) for one in found.candidates}
        assert told == {
            ("13123450003", "08", LATER, "来电更正"),
            ("13123450002", "07", LATER + timedelta(minutes=1), "听录音"),
        }


def test_two_who_wrote_the_same_are_no_conflict(lead: Store, agent: Store, record: str) -> None:
    apart(lead, agent, record, phone=("13123450002", "13123450002"), summary=("停梯", "困人"))
    assert fields(lead) == ["summary"]


def test_one_entry_decides_several_fields_and_clears_exactly_these(
    lead: Store, agent: Store, record: str
) -> None:
    apart(
        lead,
        agent,
        record,
        phone=("13123450002", "13123450003"),
        summary=("停梯", "困人"),
        address=("3幢", "5幢"),
    )
    held = {one.field: one for one in conflicts(lead).conflicts}
    assert len(held) == 3
    made = decide(
        lead,
        subject(record),
        [pick(held["phone"], "13123450003"), Choice("summary", held["summary"].seen, text="停梯，有人被困")],
        now=LATER,
        reason="回拨核实",
    )
    assert len(made) == 1
    assert fields(lead) == ["address"]
    give(lead, agent)
    assert fields(agent) == ["address"]
    assert value(agent, record, "phone") == "13123450003"
    assert value(agent, record, "summary") == "停梯，有人被困"


def test_both_texts_can_be_kept_but_not_both_phones(lead: Store, agent: Store, record: str) -> None:
    apart(lead, agent, record, phone=("13123450002", "13123450003"), summary=("停梯", "困人"))
    held = {one.field: one for one in conflicts(lead).conflicts}
    assert set(both(held["summary"]).split("；")) == {"停梯", "困人"}
    assert both(held["phone"]) == ""


def test_undo_opens_the_conflict_again_and_redo_closes_it(lead: Store, agent: Store, record: str) -> None:
    apart(lead, agent, record, phone=("13123450002", "13123450003"))
    before = conflicts(lead)
    ((_, entry),) = decide(lead, subject(record), [pick(before.conflicts[0], "13123450002")], now=LATER)
    (told,) = chosen(lead)
    assert (told.entry_id, told.fields, told.undone) == (entry, (("phone", "13123450002"),), False)
    undo(lead, [(subject(record), entry)], now=LATER)
    assert conflicts(lead) == before
    assert [one.undone for one in chosen(lead)] == [True]
    redo(lead, subject(record), entry, now=LATER)
    assert conflicts(lead).count == 0
    assert value(lead, record, "phone") == "13123450002"


def test_a_choice_that_was_changed_since_is_not_undone(lead: Store, agent: Store, record: str) -> None:
    apart(lead, agent, record, phone=("13123450002", "13123450003"))
    ((_, entry),) = decide(
        lead, subject(record), [pick(conflicts(lead).conflicts[0], "13123450002")], now=LATER
    )
    correct(lead, record, {"phone": "13123450009"}, reason="再更正", now=LATER)
    with pytest.raises(KnownError, match=r"log\.changed_since"):
        undo(lead, [(subject(record), entry)], now=LATER)


def test_a_candidate_that_arrives_later_opens_the_conflict_again(
    lead: Store, agent: Store, record: str
) -> None:
    apart(lead, agent, record, phone=("13123450002", "13123450003"))
    correct(agent, record, {"summary": "别的"}, reason="更正", now=LATER)
    held = conflicts(lead).conflicts[0]
    correct(agent, record, {"phone": "13123450004"}, reason="又来电", now=LATER)
    decide(lead, subject(record), [pick(held, "13123450002")], now=LATER)
    assert conflicts(lead).count == 0
    exchange(lead, agent)
    (again,) = conflicts(lead).conflicts
    assert {one.text for one in again.candidates} == {"13123450002", "13123450004"}


def test_what_came_between_look_and_choice_stays_beside_it(lead: Store, agent: Store, record: str) -> None:
    apart(lead, agent, record, phone=("13123450002", "13123450003"))
    held = conflicts(lead).conflicts[0]
    correct(agent, record, {"phone": "13123450004"}, reason="又来电", now=LATER)
    give(agent, lead)
    with pytest.raises(KnownError, match=r"conflicts\.gone"):
        decide(lead, subject(record), [pick(held, "13123450003")], now=LATER)
    decide(lead, subject(record), [Choice("phone", held.seen, text="13123450008")], now=LATER)
    (again,) = conflicts(lead).conflicts
    assert {one.text for one in again.candidates} == {"13123450004", "13123450008"}


def test_an_agent_may_look_and_not_decide(lead: Store, agent: Store, record: str) -> None:
    apart(lead, agent, record, phone=("13123450002", "13123450003"))
    (found,) = conflicts(agent).conflicts
    with pytest.raises(KnownError, match=r"decisions\.leads_only"):
        decide(agent, subject(record), [pick(found, "13123450002")], now=LATER)


def test_what_only_leads_see_is_in_conflict_for_leads_only(
    lead: Store, agent: Store, record: str, tmp_path: Path
) -> None:
    other = replace(new_store(tmp_path / "b" / "store", station="09"), author=author("8002", Role.LEAD))
    exchange(lead, other)
    for store, text in ((lead, "回访"), (other, "道歉")):
        with store.change() as unit:
            write(unit, subject(record), {"findings": text}, LATER)
    exchange(lead, other, agent)
    assert fields(lead) == ["findings"]
    assert fields(agent) == []
    assert "findings" not in view_record(agent, record).conflicts
    other.close()


def test_what_two_said_of_an_incident_is_decided_like_any_other(lead: Store, agent: Store) -> None:
    one = report_fault(agent, symptom="CRM 打不开", now=NOW).incident
    exchange(lead, agent)
    take_step(
        lead, one, IncidentState.CONFIRMED, now=LATER, values={"scope": "all", "incident_category": "crm"}
    )
    reason = "组长不在"
    take_step(agent, one, IncidentState.FALSE_ALARM, now=LATER, reason=reason)
    set_values(lead, one, {"cause": "断缆"}, now=LATER)
    set_values(agent, one, {"cause": "误触"}, now=LATER)
    exchange(lead, agent)
    assert incident(lead, one).state is IncidentState.CONFIRMED
    number = incident(lead, one).number
    found = {held.field: held for held in conflicts(lead).conflicts}
    assert {(held.record, held.number) for held in found.values()} == {(one, number)}
    for name, text in (("cause", "断缆"), ("state", "confirmed")):
        decide(lead, found[name].subject, [pick(found[name], text)], now=LATER, reason="核实")
    exchange(lead, agent)
    assert fields(agent) == fields(lead) == []
    assert incident(agent, one).text("cause") == "断缆"
    assert incident(agent, one).state is IncidentState.CONFIRMED
    assert {(made.number, made.fields[0][0]) for made in chosen(lead)} == {
        (number, "cause"),
        (number, "state"),
    }
