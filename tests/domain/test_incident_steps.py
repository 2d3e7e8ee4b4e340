"""Table 4.5: who takes which step of an incident, what it demands, and what is beside the state."""

from __future__ import annotations

import pytest

from desktop_app.domain import guards
from desktop_app.domain.guards import Around, By, acted_for, broken_guards
from desktop_app.domain.identity import Subject, SubjectKind
from desktop_app.domain.incident_steps import INCIDENTS, IncidentState
from desktop_app.domain.roles import Role
from desktop_app.domain.steps import Fact, current
from tests.domain.journals import Station
from tests.domain.test_guards import tried, written

INCIDENT = Subject(SubjectKind.INCIDENT, "00000000-0000-7000-8000-00000000000b")
AG, TL, SV, OM, CM = guards.LADDER
IT, AU = Role.IT, Role.AUDITOR
SAID = {"first_noticed_at": "2026-03-02T01:00:00.000000Z", "symptom": "打不开"}
KNOWN = {"scope": "all", "incident_category": "application"}
PAPER = {"course": "a", "measures": "b", "result": "c", "filled_by": "d", "approved_by": "e"}
OVER = {"recovered_at": "2026-03-02T02:00:00.000000Z", "recovery_confirmed_by": "赵运维"}
UNSIGNED = OVER | {"recovery_confirmed_by": " "}

ROWS = [
    # state before, fields before, changes, role, reason, outcome
    ("", {}, {"state": "suspected", **SAID}, AG, "", "yes"),
    ("", {}, {"state": "suspected", **SAID}, IT, "", "yes"),
    ("", {}, {"state": "suspected", **SAID}, AU, "", "guard.role"),
    ("", SAID, {"state": "suspected"}, AG, "", "guard.field_needed"),
    ("suspected", {}, {"state": "confirmed", **KNOWN}, TL, "", "yes"),
    ("suspected", KNOWN, {"state": "confirmed"}, SV, "", "yes"),
    ("suspected", KNOWN, {"state": "confirmed"}, AG, "", "guard.acting_reason"),
    ("suspected", KNOWN, {"state": "confirmed"}, AG, "组长不在", "acting"),
    ("suspected", KNOWN, {"state": "confirmed"}, IT, "x", "guard.role"),
    ("suspected", {"scope": "all"}, {"state": "confirmed"}, TL, "", "guard.field_needed"),
    ("suspected", {}, {"state": "false_alarm"}, TL, "", "guard.reason"),
    ("suspected", {}, {"state": "false_alarm"}, TL, "演习", "yes"),
    ("suspected", KNOWN, {"state": "manual"}, TL, "", "guard.no_step"),
    ("confirmed", {}, {"state": "manual"}, SV, "", "yes"),
    ("confirmed", {}, {"state": "recovered", **OVER}, TL, "", "yes"),
    ("manual", {}, {"state": "recovered", **OVER}, TL, "", "yes"),
    ("manual", OVER, {"state": "recovered"}, TL, "", "guard.field_needed"),
    ("manual", {}, {"state": "recovered", **UNSIGNED}, TL, "", "guard.field_needed"),
    ("recovered", {}, {"state": "manual"}, TL, "", "yes"),
    ("reconciling", {}, {"state": "manual"}, TL, "", "yes"),
    ("review", {}, {"state": "manual"}, TL, "", "guard.no_step"),
    ("recovered", {}, {"state": "reconciling"}, TL, "", "yes"),
    ("reconciling", {}, {"state": "review"}, TL, "", "yes"),
    ("review", PAPER, {"state": "closed"}, SV, "", "yes"),
    ("review", PAPER, {"state": "closed"}, TL, "", "guard.acting_reason"),
    ("review", PAPER | {"incident_level": "major"}, {"state": "closed"}, CM, "", "yes"),
    ("review", PAPER | {"incident_level": "major"}, {"state": "closed"}, SV, "", "guard.acting_reason"),
    ("review", PAPER | {"incident_level": "major"}, {"state": "closed"}, SV, "经理联系不上", "acting"),
    *(
        ("review", PAPER | {name: ""}, {"state": "closed"}, SV, "", "guard.field_needed")
        for name in PAPER
    ),
    ("closed", {}, {"state": "review"}, CM, "x", "guard.no_step"),
    ("manual", {}, {"incident_level": "major"}, SV, "", "guard.reason"),
    ("manual", {}, {"incident_level": "major"}, SV, "占线 30 分钟", "yes"),
    ("manual", {}, {"incident_level": "major"}, TL, "主管联系不上", "acting"),
    ("manual", {}, {"incident_level": "major"}, IT, "x", "guard.role"),
    ("manual", {}, {"surge_level": "level_2"}, TL, "", "yes"),
    ("manual", {}, {"surge_level": "level_2"}, AG, "", "guard.acting_reason"),
    ("manual", {}, {"decided": {"code": "wait"}}, OM, "等", "yes"),
    ("manual", {}, {"decided": {"code": "wait"}}, TL, "等", "acting"),
    ("manual", {}, {"decided": {"code": "wait"}}, TL, "", "guard.acting_reason"),
    ("manual", {}, {"seats_hit": 12}, AG, "", "yes"),
]  # fmt: skip


@pytest.mark.parametrize(("before", "fields", "changes", "role", "reason", "outcome"), ROWS)
def test_incident_steps(
    before: str, fields: dict, changes: dict, role: Role, reason: str, outcome: str
) -> None:
    told = {**fields, "state": before} if before else fields
    assert tried(written(INCIDENT, **told), changes, By("li", role, reason)) == outcome


@pytest.mark.parametrize(
    ("before", "target", "fact"),
    [
        ("reconciling", "review", Fact.STATIONS_PRESENT),
        ("reconciling", "review", Fact.NOTHING_TO_BACKFILL),
        ("recovered", "review", Fact.PROMISES_ENDED),
        ("review", "closed", Fact.PROMISES_ENDED),
        ("review", "closed", Fact.RESOLVED_NOTICE),
    ],
)
def test_what_has_to_be_true_around_it(before: str, target: str, fact: Fact) -> None:
    state = written(INCIDENT, state=before, **PAPER)
    lacking = Around(facts=frozenset(Fact) - {fact})
    assert tried(state, {"state": target}, By("sv", SV), lacking) == f"guard.{fact}"
    assert tried(state, {"state": target}, By("sv", SV)) == "yes"


def test_what_was_done_for_somebody_is_listed_also_a_decision() -> None:
    a = Station("a")
    a.change(INCIDENT, state="suspected", **SAID, **KNOWN)
    a.change(INCIDENT, state="confirmed", reason="组长不在")
    a.add("decided", {"code": "wait", "reason": "等"}, INCIDENT)
    a.add("reports", {"symptom": "x"}, INCIDENT)
    history = a.history(INCIDENT)
    assert list(acted_for(INCIDENT, history)) == ["a-2"]
    assert [(one.entry_id, one.code) for one in broken_guards(INCIDENT, history)] == [
        ("a-3", "guard.acting_reason")
    ]


def test_what_another_program_wrote_for_a_code_is_judged_and_breaks_nothing() -> None:
    a = Station("a")
    a.change(INCIDENT, state="suspected", **SAID)
    a.add("decided", {"code": {"of": ["another", "kind"]}}, INCIDENT)
    found = broken_guards(INCIDENT, a.history(INCIDENT))
    assert [one.code for one in found] == ["guard.acting_reason"]


def test_in_conflict_the_least_finished_counts() -> None:
    a, b = Station("a"), Station("b")
    a.change(INCIDENT, state="recovered")
    b.take(a)
    a.change(INCIDENT, state="reconciling")
    b.change(INCIDENT, state="manual")
    a.take(b)
    assert current(a.state(INCIDENT), INCIDENTS) is IncidentState.MANUAL
