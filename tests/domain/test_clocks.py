"""The clock ladders of the plans: what is evidence, what ends them, and how often they start."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from desktop_app.domain.clocks import (
    Decided,
    Event,
    Facts,
    RungStanding,
    Stage,
    Told,
    due_now,
    known_at,
    newly_due,
    next_due,
    standing,
)
from desktop_app.domain.ladders import Ladder
from tests.domain.plan_ladders import (
    ACCIDENT,
    ALL,
    FAULT,
    GENERATOR,
    LINES,
    ladder,
    tell,
)

NOON = datetime(2026, 12, 28, 4, 0, tzinfo=UTC)


def at(minutes: float, seconds: float = 0) -> datetime:
    return NOON + timedelta(minutes=minutes, seconds=seconds)


def fault(*events: tuple[str, float], **more: object) -> Facts:
    facts = Facts("app_fault", tuple(Event(code, at(minutes)) for code, minutes in events))
    return replace(facts, **more)  # type: ignore[arg-type]


def told(
    rung: str = "supervisor", role: str = "supervisor", minutes: float = 3, *, clock: str = "fault"
) -> Told:
    return Told(clock, rung, role, "王 芳", at(minutes), "phone")


def stages(facts: Facts, now: datetime, clock: Ladder = FAULT) -> dict[str, str]:
    return {
        f"{one.rung.key}:{one.role}:{one.round}": one.stage.value for one in standing([clock], facts, now)
    }


def one(facts: Facts, now: datetime, rung: str, role: str = "", clock: Ladder = FAULT) -> RungStanding:
    (found,) = [
        held
        for held in standing([clock], facts, now)
        if held.rung.key == rung and role in ("", held.role) and held.round == 1
    ]
    return found


def test_two_managers_are_told_apart() -> None:
    facts = fault(("reported", 0), told=(told(), told("managers", "centre_manager", 9)))
    assert stages(facts, at(10)) == {
        "supervisor:supervisor:1": "done",
        "managers:operations_manager:1": "due",
        "managers:centre_manager:1": "done",
        "decision::1": "ahead",
    }


@pytest.mark.parametrize(
    "lacking",
    [
        {"name": " "},
        {"channel": ""},
        {"at": None},
        {"reached": False},
        {"role": "centre_manager"},
        {"rung": "managers"},
        {"ladder": "fire"},
    ],
)
def test_what_lacks_something_is_no_evidence(lacking: dict[str, object]) -> None:
    facts = fault(("reported", 0), told=(replace(told(), **lacking),))  # type: ignore[arg-type]
    assert one(facts, at(5), "supervisor").stage is Stage.DUE


def test_an_attempt_and_then_somebody_reached() -> None:
    missed = replace(told(minutes=4), reached=False)
    reached = one(fault(("reported", 0), told=(missed, told(minutes=6.5))), at(30), "supervisor")
    assert (reached.stage, reached.done_at) == (Stage.DONE, at(6.5))
    assert reached.late == timedelta(seconds=90)


def test_a_late_entry_keeps_the_real_time() -> None:
    # Told at 4:00, typed at 40:00: it was not late.
    facts = fault(("reported", 0), told=(told(minutes=4),))
    assert (one(facts, at(40), "supervisor").done_at, one(facts, at(40), "supervisor").late) == (
        at(4),
        timedelta(),
    )


def test_told_before_the_fault_was_reported() -> None:
    assert one(fault(("reported", 0), told=(told(minutes=-2),)), at(6), "supervisor").stage is Stage.DONE


def test_the_earliest_evidence_counts() -> None:
    facts = fault(("reported", 0), told=(told(minutes=8), told(minutes=6), told(minutes=7)))
    assert one(facts, at(30), "supervisor").late == timedelta(minutes=1)


@pytest.mark.parametrize(("judged", "due"), [(2, 2), (10, 10), (12, 10), (-1, 0)])
def test_the_judgement_makes_the_ten_minute_step_due(judged: float, due: float) -> None:
    facts = fault(("reported", 0), ("unrecoverable", judged))
    managers = one(facts, at(due), "managers", "centre_manager")
    assert (managers.stage, managers.due) == (Stage.DUE, at(due))
    assert one(facts, at(due, -1), "managers", "centre_manager").stage is Stage.AHEAD
    assert one(facts, at(due), "supervisor").due == at(5)


def decided(code: str = "vendor", reason: str = "备件 2 小时后到", minutes: float = 58) -> Decided:
    return Decided("fault", "decision", code, at(minutes), reason, "王 芳")


@pytest.mark.parametrize(
    ("given", "stage"),
    [
        (decided(), Stage.DONE),
        (decided(code=""), Stage.DUE),
        (decided(reason="  "), Stage.DUE),
        (replace(decided(), at=None), Stage.DUE),
    ],
)
def test_the_sixty_minute_decision_is_never_blank(given: Decided, stage: Stage) -> None:
    assert one(fault(("reported", 0), decided=(given,)), at(60), "decision").stage is stage


def test_a_call_does_not_decide() -> None:
    facts = fault(("reported", 0), told=(told("decision", "", 50),))
    assert one(facts, at(60), "decision").stage is Stage.DUE


@pytest.mark.parametrize("found", ["接通率 81 %", ""])
def test_a_check_is_ticked_and_may_say_what_was_found(found: str) -> None:
    open_ = Facts("accident", (Event("reported", at(0)),))
    assert one(open_, at(10), "connect_rate", clock=ACCIDENT).stage is Stage.DUE
    ticked = replace(open_, decided=(Decided("accident", "connect_rate", "", at(9), found),))
    assert one(ticked, at(10), "connect_rate", clock=ACCIDENT).stage is Stage.DONE


def test_a_reminder_is_seen() -> None:
    facts = Facts("power", (Event("mains_lost", at(0)),))
    assert one(facts, at(10), "warning", clock=GENERATOR).stage is Stage.DUE
    seen = replace(facts, decided=(Decided("generator", "warning", "", at(11), ""),))
    assert one(seen, at(12), "warning", clock=GENERATOR).late == timedelta(minutes=1)


def test_a_rung_for_nobody_in_particular_takes_whoever_was_told() -> None:
    somebody = ladder("gate", "reported", tell("guard", 5))
    facts = fault(("reported", 0), told=(told("guard", "supervisor", 4, clock="gate"),))
    assert stages(facts, at(6), somebody) == {"guard::1": "done"}


def test_what_was_due_at_the_end_stays_due() -> None:
    facts = fault(("reported", 0), ("recovered", 8))
    assert stages(facts, at(90)) == {
        "supervisor:supervisor:1": "due",
        "managers:operations_manager:1": "not_needed",
        "managers:centre_manager:1": "not_needed",
        "decision::1": "not_needed",
    }
    assert one(facts, at(90), "supervisor").late == timedelta(minutes=85)
    assert one(replace(facts, told=(told(minutes=91),)), at(92), "supervisor").stage is Stage.DONE


@pytest.mark.parametrize(
    ("seconds", "stage"), [(-1, Stage.NOT_NEEDED), (0, Stage.DUE), (1, Stage.DUE), (0.001, Stage.DUE)]
)
def test_the_end_against_the_moment_it_was_due(seconds: float, stage: Stage) -> None:
    facts = fault(("reported", 0))
    ended = replace(facts, events=(*facts.events, Event("recovered", at(5, seconds))))
    assert one(ended, at(20), "supervisor").stage is stage


def test_somebody_told_although_it_was_over() -> None:
    facts = fault(("reported", 0), ("recovered", 2), told=(told(minutes=3),))
    assert one(facts, at(20), "supervisor").stage is Stage.DONE


def test_a_relapse_starts_the_clocks_anew() -> None:
    facts = fault(("reported", 0), ("recovered", 30), ("relapsed", 90), told=(told(minutes=4),))
    assert stages(facts, at(95)) == {
        "supervisor:supervisor:1": "done",
        "managers:operations_manager:1": "due",
        "managers:centre_manager:1": "due",
        "decision::1": "not_needed",
        "supervisor:supervisor:2": "due",
        "managers:operations_manager:2": "ahead",
        "managers:centre_manager:2": "ahead",
        "decision::2": "ahead",
    }


def test_evidence_belongs_to_the_round_it_lies_in() -> None:
    spans = fault(("reported", 0), ("recovered", 30), ("relapsed", 90), ("recovered", 100))
    for minutes, rounds in ((-5, {1}), (0, {1}), (60, {1}), (90, {2}), (200, {2})):
        facts = replace(spans, told=(told(minutes=minutes),))
        done = {held.round for held in standing([FAULT], facts, at(300)) if held.stage is Stage.DONE}
        assert done == rounds, minutes


def test_a_judgement_counts_in_its_own_round() -> None:
    facts = fault(("reported", 0), ("unrecoverable", 3), ("recovered", 30), ("relapsed", 90))
    dues = {held.round: held.due for held in standing([FAULT], facts, at(95)) if held.rung.key == "managers"}
    assert dues == {1: at(3), 2: at(100)}


def test_what_nobody_reports_again_does_not_relapse() -> None:
    # Lines are full once more when they are, not because a fault came back.
    facts = fault(("lines_full", 0), ("lines_free", 5), ("relapsed", 10))
    assert stages(facts, at(40), LINES) == {"general::1": "not_needed", "major::1": "not_needed"}
    again = replace(facts, events=(*facts.events, Event("lines_full", at(20))))
    assert stages(again, at(40), LINES)["general::2"] == "due"


@pytest.mark.parametrize(
    ("events", "rounds"),
    [
        # Over and reported again at one moment: it is back.
        ([("reported", 0), ("recovered", 9), ("reported", 9)], {0: "not_needed", 9: "ahead"}),
        # Reported and called off at one moment: it is over.
        ([("reported", 0), ("false_alarm", 0)], {0: "not_needed"}),
        ([("recovered", 0), ("reported", 3)], {3: "ahead"}),
        ([("recovered", 0)], {}),
        (
            [("reported", 0), ("recovered", 9), ("recovered", 12), ("reported", 15), ("reported", 16)],
            {0: "not_needed", 15: "ahead"},
        ),
    ],
)
def test_rounds(events: list[tuple[str, float]], rounds: dict[float, str]) -> None:
    found = standing([FAULT], fault(*events), at(59))
    decisions = {held.started: held.stage.value for held in found if held.rung.key == "decision"}
    assert decisions == {at(minutes): stage for minutes, stage in rounds.items()}


def test_several_reports_count_from_the_earliest() -> None:
    facts = fault(("reported", 2), ("reported", 0), ("reported", 4), told=(told(minutes=4),))
    assert {held.started for held in standing([FAULT], facts, at(10))} == {at(0)}


def test_a_ladder_of_other_types_does_not_run() -> None:
    facts = fault(("reported", 0))
    assert {held.ladder.key for held in standing(ALL, facts, at(0))} == {"fault", "customers"}
    assert {held.ladder.key for held in standing(ALL, replace(facts, type_key="fire"), at(0))} == {
        "fault",
        "customers",
        "fire",
    }


def test_what_is_due_and_what_comes_next() -> None:
    facts = fault(("reported", 0), ("lines_full", -12))
    found = standing(ALL, facts, at(6))
    assert [(held.rung.key, held.due) for held in due_now(found)] == [
        ("general", at(3)),
        ("supervisor", at(5)),
    ]
    coming = next_due(found)
    assert coming is not None
    assert (coming.rung.key, coming.due) == ("managers", at(10))
    assert next_due(standing(ALL, Facts("app_fault"), at(0))) is None


def test_what_is_due_rings_once() -> None:
    facts = fault(("reported", 0))
    before = standing(ALL, facts, at(4, 59))
    after = standing(ALL, facts, at(5))
    assert [held.rung.key for held in newly_due(before, after)] == ["supervisor"]
    assert newly_due(after, standing(ALL, facts, at(9, 59))) == []
    assert [held.role for held in newly_due(after, standing(ALL, facts, at(10)))] == [
        "operations_manager",
        "centre_manager",
    ]
    # A program that is started again rings for everything that is due.
    assert len(newly_due((), standing(ALL, facts, at(10)))) == 3


def test_a_report_from_a_pc_that_goes_ahead_is_asked_for_now() -> None:
    ahead = fault(("reported", 120))
    assert one(ahead, at(0), "supervisor", "supervisor").due == at(125)
    assert one(known_at(ahead, at(0)), at(0), "supervisor", "supervisor").due == at(5)
    assert known_at(ahead, at(119)) == ahead, "nobody's clock is right to the second"
