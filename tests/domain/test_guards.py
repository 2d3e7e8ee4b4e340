"""Who may take which step, what it demands, and what a merge lists."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from desktop_app.domain import guards
from desktop_app.domain.entries import Action, Change, Payload, Value
from desktop_app.domain.errors import GuardRefused
from desktop_app.domain.folding import State
from desktop_app.domain.guards import Around, Broken, By, acted_for, broken_guards, check
from desktop_app.domain.identity import Subject, SubjectKind
from desktop_app.domain.incident_steps import INCIDENTS
from desktop_app.domain.roles import Role
from desktop_app.domain.steps import ANSWERS, CALLBACKS, RECORDS, Fact, PromiseState, RecordState, current
from desktop_app.words import LANGUAGES, Words
from tests.domain.journals import RECORD, Station

PROMISE = Subject(SubjectKind.PROMISE, "00000000-0000-7000-8000-00000000000a")
INCIDENT = Subject(SubjectKind.INCIDENT, "00000000-0000-7000-8000-00000000000b")
PRINT = Subject(SubjectKind.PRINT, "00000000-0000-7000-8000-00000000000c")

AG, TL, SV, OM, CM = guards.LADDER
IT, AD, AU = Role.IT, Role.ADMIN, Role.AUDITOR


def written(subject: Subject, **values: Value) -> State:
    station = Station("a")
    if values:
        station.change(subject, **values)
    return station.state(subject)


def tried(
    state: State, changes: Mapping[str, Value], by: By, around: Around = guards.NOTHING_IN_THE_WAY
) -> str:
    """What became of it: ``yes``, ``acting`` or the code of the refusal."""
    try:
        return "acting" if check(state, changes, by, around) else "yes"
    except GuardRefused as refused:
        return refused.code


RECORD_ROWS = [
    # state before, fields before, changes, who, role, reason, outcome
    ("", {}, {"state": "recorded"}, "li", AG, "", "yes"),
    ("", {}, {"state": "recorded"}, "li", IT, "", "yes"),
    ("", {}, {"state": "recorded"}, "li", AU, "", "guard.role"),
    ("", {}, {"state": "void"}, "li", AG, "", "guard.reason"),
    ("", {}, {"state": "void"}, "li", AG, "wrong key", "yes"),
    ("", {}, {"state": "matched"}, "li", TL, "", "guard.no_step"),
    ("recorded", {}, {"state": "void"}, "li", TL, "", "guard.reason"),
    ("recorded", {}, {"state": "void"}, "li", AG, "keyed twice", "yes"),
    ("corrected", {}, {"state": "void"}, "wu", AG, "keyed twice", "acting"),
    ("matched", {}, {"state": "void"}, "li", TL, "x", "guard.no_step"),
    ("recorded", {}, {"state": "corrected"}, "li", AG, "", "guard.reason"),
    ("recorded", {}, {"state": "corrected"}, "li", AG, "misheard", "yes"),
    ("recorded", {}, {"state": "corrected"}, "wu", AG, "", "guard.acting_reason"),
    ("recorded", {}, {"state": "corrected"}, "wu", AG, "she left", "acting"),
    ("recorded", {}, {"state": "corrected"}, "wu", TL, "misheard", "yes"),
    ("recorded", {}, {"state": "corrected"}, "wu", IT, "misheard", "guard.role"),
    ("corrected", {}, {"state": "corrected"}, "li", AG, "again", "yes"),
    ("recorded", {}, {"state": "matched"}, "wu", TL, "", "yes"),
    ("recorded", {}, {"state": "matched"}, "li", AG, "", "guard.acting_reason"),
    ("recorded", {}, {"state": "matched"}, "wu", CM, "", "yes"),
    ("corrected", {}, {"state": "to_backfill"}, "wu", TL, "", "yes"),
    ("to_backfill", {}, {"state": "backfilled", "backfilled_by": "li"}, "li", AG, "", "guard.field_needed"),
    ("to_backfill", {}, {"state": "backfilled", "crm_id": "7"}, "li", AG, "", "guard.field_needed"),
    (
        "to_backfill",
        {"crm_id": "7"},
        {"state": "backfilled", "crm_id": " ", "backfilled_by": "li"},
        "li",
        AG,
        "",
        "guard.field_needed",
    ),
    ("to_backfill", {"crm_id": "7"}, {"state": "backfilled", "backfilled_by": "li"}, "li", AG, "", "yes"),
    ("to_backfill", {"crm_id": "7"}, {"state": "backfilled", "backfilled_by": "li"}, "wu", AG, "", "yes"),
    (
        "backfilled",
        {"backfilled_by": "wu"},
        {"state": "verified", "verified_by": "wu"},
        "wu",
        TL,
        "x",
        "guard.four_eyes",
    ),
    ("backfilled", {"backfilled_by": "wu"}, {"state": "verified", "verified_by": "xu"}, "xu", TL, "", "yes"),
    ("matched", {}, {"state": "verified", "verified_by": "xu"}, "xu", SV, "", "yes"),
    ("matched", {}, {"state": "verified"}, "xu", SV, "", "guard.field_needed"),
    ("verified", {}, {"state": "archived"}, "ad", AD, "", "guard.field_needed"),
    ("verified", {}, {"state": "archived", "approved_by": "sv"}, "ad", AD, "", "yes"),
    ("verified", {"approved_by": "sv"}, {"state": "archived"}, "cm", CM, "nobody there", "guard.role"),
    ("archived", {"approved_by": "sv"}, {"state": "purged"}, "ad", AD, "", "yes"),
    ("void", {}, {"state": "recorded"}, "cm", CM, "x", "guard.no_step"),
    # Words of a newer program and words that deny the record count as just recorded.
    ("telepathy", {}, {"state": "corrected"}, "wu", TL, "x", "yes"),
    ("draft", {}, {"state": "recorded"}, "li", AG, "", "guard.no_step"),
]  # fmt: skip


@pytest.mark.parametrize(("before", "fields", "changes", "actor", "role", "reason", "outcome"), RECORD_ROWS)
def test_record_steps(
    before: str, fields: dict, changes: dict, actor: str, role: Role, reason: str, outcome: str
) -> None:
    told = {"state": before, "first_handler": "li", **fields} if before else {}
    assert tried(written(RECORD, **told), changes, By(actor, role, reason)) == outcome


CALLBACK_ROWS = [
    ("", {}, {"state": "due", "due": "t"}, "li", AG, "", "yes"),
    ("", {}, {"state": "due"}, "li", AG, "", "guard.field_needed"),
    ("due", {}, {"state": "assigned", "owner": "wu"}, "tl", TL, "", "yes"),
    ("due", {}, {"state": "assigned"}, "tl", TL, "", "guard.field_needed"),
    ("due", {}, {"state": "assigned", "owner": "li"}, "li", AG, "", "guard.acting_reason"),
    ("due", {}, {"state": "assigned", "owner": "li"}, "li", AG, "lead away", "acting"),
    ("assigned", {}, {"state": "assigned", "owner": "xu"}, "tl", TL, "", "yes"),
    ("assigned", {}, {"owner": "xu"}, "tl", TL, "", "guard.owner_by_step"),
    ("assigned", {}, {"phone": "1"}, "xu", AG, "", "yes"),
    ("assigned", {}, {"state": "calling"}, "wu", AG, "", "yes"),
    ("assigned", {}, {"state": "calling"}, "xu", AG, "", "guard.acting_reason"),
    ("assigned", {}, {"state": "calling"}, "tl", TL, "wu is ill", "acting"),
    ("calling", {}, {"state": "reached", "result": "told"}, "wu", AG, "", "yes"),
    ("calling", {"result": "old"}, {"state": "reached"}, "wu", AG, "", "guard.field_needed"),
    ("calling", {}, {"state": "missed"}, "wu", AG, "", "guard.field_needed"),
    ("reached", {}, {"state": "due", "due": "t"}, "wu", AG, "", "yes"),
    ("reached", {"due": "t"}, {"state": "due"}, "wu", AG, "", "guard.field_needed"),
    ("reached", {"result": "told"}, {"state": "done"}, "wu", AG, "", "yes"),
    ("reached", {}, {"state": "done"}, "wu", AG, "", "guard.field_needed"),
    ("other_way", {}, {"state": "done", "result": "letter"}, "wu", AG, "", "yes"),
    ("unreachable", {}, {"state": "done", "result": "no"}, "wu", AG, "", "guard.acting_reason"),
    ("unreachable", {}, {"state": "done", "result": "no"}, "tl", TL, "", "yes"),
    ("due", {}, {"state": "done", "result": "x"}, "wu", AG, "", "guard.no_step"),
    ("due", {}, {"state": "merged"}, "tl", TL, "", "guard.field_needed"),
    ("due", {}, {"state": "withdrawn", "end_reason": "x"}, "tl", TL, "", "guard.reason"),
    ("due", {}, {"state": "withdrawn"}, "tl", TL, "x", "guard.field_needed"),
    ("due", {}, {"state": "withdrawn", "end_reason": "x"}, "tl", TL, "x", "yes"),
    ("calling", {}, {"state": "carried_over"}, "tl", TL, "", "guard.field_needed"),
    ("calling", {}, {"state": "carried_over", "crm_owner": "wu"}, "tl", TL, "", "yes"),
    ("done", {}, {"state": "withdrawn", "end_reason": "x"}, "tl", TL, "x", "guard.no_step"),
]  # fmt: skip


@pytest.mark.parametrize(("before", "fields", "changes", "actor", "role", "reason", "outcome"), CALLBACK_ROWS)
def test_callback_steps(
    before: str, fields: dict, changes: dict, actor: str, role: Role, reason: str, outcome: str
) -> None:
    told = {"state": before, "owner": "wu", **fields} if before else {}
    assert tried(written(PROMISE, **told), changes, By(actor, role, reason)) == outcome


def test_an_answer_is_kept_without_a_call() -> None:
    state = written(PROMISE, kind="complaint", state="due", owner="wu")
    done = {"state": "done", "result": "answered"}
    assert tried(state, done, By("wu", AG)) == "yes"
    assert tried(state, done, By("xu", AG)) == "guard.acting_reason"
    assert tried(state, {"state": "calling"}, By("wu", AG)) == "guard.no_step"


def missed(attempts: int) -> State:
    station = Station("a")
    station.change(PROMISE, state="missed", owner="wu")
    for attempt in range(attempts):
        station.add("attempts", attempt, PROMISE)
    return station.state(PROMISE)


@pytest.mark.parametrize(
    ("attempts", "target", "limit", "outcome"),
    [
        (2, "due", 3, "yes"),
        (3, "due", 3, "guard.attempts_used_up"),
        (2, "unreachable", 3, "guard.attempts_left"),
        (3, "unreachable", 3, "yes"),
        (3, "other_way", 4, "guard.attempts_left"),
        (3, "due", 4, "yes"),
    ],
)
def test_attempts_count_against_the_limit(attempts: int, target: str, limit: int, outcome: str) -> None:
    by = By("wu", AG) if target == "due" else By("tl", TL, "three calls")
    assert tried(missed(attempts), {"state": target, "due": "t"}, by, Around(attempt_limit=limit)) == outcome


def test_a_missed_call_needs_its_attempt_and_a_merged_one_its_target() -> None:
    station = Station("a")
    station.change(PROMISE, state="calling", owner="wu")
    station.add("attempts", {"no": 1}, PROMISE)
    station.add("merged_with", "other", PROMISE)
    assert tried(station.state(PROMISE), {"state": "missed"}, By("wu", AG)) == "yes"
    assert tried(station.state(PROMISE), {"state": "merged"}, By("tl", TL)) == "yes"


@pytest.mark.parametrize(
    ("before", "target", "fact", "role"),
    [
        ("to_backfill", "backfilled", Fact.NUMBER_FREE, AG),
        ("matched", "verified", Fact.COMPLETE, TL),
        ("verified", "archived", Fact.PROMISES_ENDED, AD),
        ("archived", "purged", Fact.PROMISES_ENDED, AD),
        ("archived", "purged", Fact.RETENTION_PASSED, AD),
    ],
)
def test_facts_a_step_demands(before: str, target: str, fact: Fact, role: Role) -> None:
    state = written(RECORD, state=before, crm_id="7", approved_by="sv")
    changes = {"state": target, "backfilled_by": "li", "verified_by": "xu"}
    assert tried(state, changes, By("xu", role)) == "yes"
    without = Around(facts=frozenset(Fact) - {fact})
    assert tried(state, changes, By("xu", role), without) == f"guard.{fact}"


def test_ones_own_record_is_so_only_in_ones_shift() -> None:
    state = written(RECORD, state="recorded", first_handler="li")
    changes, later = {"state": "corrected"}, Around(own_shift=False)
    assert tried(state, changes, By("li", AG, "misheard"), later) == "acting"
    assert tried(written(RECORD), {"state": "void"}, By("li", AG, "old draft"), later) == "yes"


@pytest.mark.parametrize("role", [AG, TL, CM])
def test_the_first_handler_and_the_number_are_locked(role: Role) -> None:
    state = written(RECORD, state="recorded", first_handler="li", number="07-00001-3")
    assert tried(state, {"first_handler": "wu"}, By("wu", role, "x")) == "guard.locked"
    assert tried(state, {"number": "07-00002-1"}, By("wu", role, "x")) == "guard.locked"
    assert tried(written(RECORD), {"first_handler": "wu"}, By("wu", role)) == "yes"


def test_the_agent_a_complaint_is_about_stays_away() -> None:
    state = written(RECORD, state="recorded", named_agent="li", current_owner="wu")
    assert tried(state, {"summary": "x"}, By("li", TL, "x")) == "guard.named_agent"
    assert tried(state, {"current_owner": "li"}, By("wu", TL)) == "guard.named_agent_owns"
    assert tried(state, {"named_agent": "wu"}, By("tl", TL)) == "guard.named_agent_owns"
    owned = written(RECORD, state="recorded", named_agent="li", current_owner="li")
    assert tried(owned, {"summary": "x"}, By("tl", TL)) == "yes"
    assert tried(owned, {"current_owner": "wu"}, By("tl", TL)) == "yes"


def test_an_auditor_only_reads_and_what_is_purged_rests() -> None:
    assert tried(written(INCIDENT), {"symptom": "x"}, By("au", AU)) == "guard.role"
    assert tried(written(PRINT), {"state": "confirmed"}, By("li", AG)) == "yes"
    buried = State(RECORD, tombstone={"state": "archived"})
    assert tried(buried, {"summary": "x"}, By("cm", CM, "x")) == "guard.purged"


def conflicting(subject: Subject, one: str, other: str) -> Station:
    a, b = Station("a"), Station("b")
    a.change(subject, state=one, first_handler="li", owner="wu")
    b.take(a)
    a.change(subject, state=one)
    b.change(subject, state=other)
    a.take(b)
    return a


def test_a_state_in_conflict_is_its_least_finished_candidate() -> None:
    state = conflicting(RECORD, "verified", "to_backfill").state()
    assert state.conflicts() == ["state"]
    assert current(state, RECORDS) is RecordState.TO_BACKFILL
    assert current(conflicting(RECORD, "void", "recorded").state(), RECORDS) is RecordState.RECORDED
    promise = conflicting(PROMISE, "done", "assigned").state(PROMISE)
    assert current(promise, CALLBACKS) is PromiseState.ASSIGNED
    assert current(State(PROMISE, tombstone={"state": "done"}), ANSWERS) is PromiseState.DONE


def test_a_conflict_is_decided_by_a_lead_with_a_reason() -> None:
    state = conflicting(RECORD, "verified", "to_backfill").state()
    assert tried(state, {"state": "verified"}, By("tl", TL, "checked")) == "yes"
    assert tried(state, {"state": "verified"}, By("tl", TL)) == "guard.reason"
    assert tried(state, {"state": "verified"}, By("li", AG, "checked")) == "acting"
    assert tried(state, {"state": "archived"}, By("tl", TL, "x")) == "guard.no_step"


def broken(station: Station, subject: Subject = RECORD) -> list[tuple[str, str]]:
    return [(found.entry_id, found.code) for found in broken_guards(subject, station.history(subject))]


def step(station: Station, subject: Subject, by: By, **values: Value) -> str:
    seen = station.state(subject)
    payload = Payload({name: Change(seen.seen(name), told) for name, told in values.items()}, by.reason)
    return station.write(Action.CHANGE, payload, subject=subject, actor=by.actor, role=by.role).entry.id


def test_a_history_that_keeps_the_rules_lists_nothing() -> None:
    a = Station("a")
    step(a, RECORD, By("li", AG), state="recorded", first_handler="li", crm_id="7")
    a.add("progress", "called")
    step(a, RECORD, By("tl", TL), state="to_backfill")
    step(a, RECORD, By("li", AG), state="backfilled", backfilled_by="li")
    assert (broken(a), list(acted_for(RECORD, a.history()))) == ([], [])


def test_two_backfills_that_did_not_see_each_other_are_listed_after_the_merge() -> None:
    a, b = Station("a"), Station("b")
    step(a, RECORD, By("li", AG), state="recorded", first_handler="li")
    step(a, RECORD, By("tl", TL), state="to_backfill")
    b.take(a)
    step(a, RECORD, By("li", AG), state="backfilled", backfilled_by="li", crm_id="7")
    second = step(b, RECORD, By("wu", AG), state="backfilled", backfilled_by="wu", crm_id="8")
    assert broken(b) == broken(a) == []
    a.take(b)
    assert broken(a) == [(second, "guard.no_step")]
    assert a.state().conflicts() == ["backfilled_by", "crm_id"]
    a.revoke(a.held[second])
    assert broken(a) == []


def test_entries_of_a_role_that_may_not_are_kept_and_listed() -> None:
    a = Station("a")
    step(a, RECORD, By("li", AG), state="recorded", first_handler="li")
    wrong = step(a, RECORD, By("li", AG), state="matched")
    locked = step(a, RECORD, By("tl", TL), first_handler="tl")
    assert broken(a) == [(wrong, "guard.acting_reason"), (locked, "guard.locked")]
    assert a.state().value("state") == "matched"


def test_steps_taken_as_acting_are_listed_until_undone() -> None:
    a = Station("a")
    step(a, RECORD, By("li", AG), state="recorded", first_handler="li")
    acting = step(a, RECORD, By("li", AG, "no lead reachable"), state="matched")
    assert (list(acted_for(RECORD, a.history() * 2)), broken(a)) == ([acting], [])
    a.revoke(a.held[acting])
    assert list(acted_for(RECORD, a.history())) == []


def test_erased_payloads_are_passed_over() -> None:
    a = Station("a")
    step(a, RECORD, By("li", AG), state="recorded")
    wrong = step(a, RECORD, By("li", AG), state="matched")
    a.held[wrong] = replace(a.held[wrong], payload=None)
    assert broken(a) == []


def test_a_purge_and_what_comes_after_it() -> None:
    a = Station("a")
    step(a, RECORD, By("li", AG), state="recorded", approved_by="sv")
    purge = a.write(Action.PURGE, Payload({"number": Change((), "1")}), actor="ad", role=AD)
    late = a.add("progress", "late")
    later = step(a, RECORD, By("li", AG), summary="late")
    assert broken(a) == [
        (purge.entry.id, "guard.no_step"),
        (late.entry.id, "guard.purged"),
        (later, "guard.purged"),
    ]
    b = Station("b")
    b.change(PROMISE, state="done")
    b.write(Action.PURGE, Payload({"state": Change((), "done")}), subject=PROMISE)
    assert broken(b, PROMISE) == [("b-1", "guard.no_step")]
    c = Station("c")
    c.change(RECORD, state="archived", approved_by="sv")
    c.write(Action.PURGE, Payload({"number": Change((), "1")}), actor="ad", role=AD)
    assert broken(c) == [("c-1", "guard.no_step")]


def test_details_tell_what_was_asked() -> None:
    a = Station("a")
    step(a, RECORD, By("li", AG), state="recorded", first_handler="li")
    step(a, RECORD, By("tl", TL), first_handler="tl")
    assert broken_guards(RECORD, a.history()) == [Broken("a-2", "guard.locked", {"field": "first_handler"})]


@pytest.mark.parametrize("table", [RECORDS, CALLBACKS, ANSWERS, INCIDENTS])
def test_tables_are_whole(table: object) -> None:
    steps = table.steps
    assert len({(row.source, row.target, row.where) for row in steps}) == len(steps)
    states = list(table.states)
    reached, ahead = {states[0]}, [states[0]]
    while ahead:
        source = ahead.pop()
        fresh = {row.target for row in steps if row.source is source} - reached
        reached |= fresh
        ahead.extend(fresh)
    assert reached == {state for row in steps for state in (row.source, row.target)}
    assert reached == set(states) or table is ANSWERS
    assert all(not row.by & {AU} and AU not in row.own for row in steps)


def test_every_refusal_has_its_sentence() -> None:
    domain = Path(guards.__file__).parent
    codes = {f"guard.{fact}" for fact in Fact}
    for module in domain.glob("*.py"):
        codes |= set(re.findall(r'"(guard\.[a-z_]+)"', module.read_text("utf-8")))
    assert len(codes) > 15
    for language in LANGUAGES:
        words = Words(language)
        assert [code for code in sorted(codes) if not words.has(f"error.{code}")] == []
