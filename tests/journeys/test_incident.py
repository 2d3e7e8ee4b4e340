"""An outage from two reports at two stations to its closing, at real stores that give through one folder."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from desktop_app.domain import clocks
from desktop_app.domain.errors import GuardRefused, KnownError
from desktop_app.domain.incident_steps import IncidentState
from desktop_app.domain.roles import Role
from desktop_app.services.decisions import Made
from desktop_app.services.incident_acts import decide, note_event, take_step, tell, undo
from desktop_app.services.incident_closing import what_is_left
from desktop_app.services.incident_facts import facts_of
from desktop_app.services.incident_joins import join, part
from desktop_app.services.incident_people import call_in, move_staff
from desktop_app.services.incident_values import set_values, tick
from desktop_app.services.incident_view import recovery_list
from desktop_app.services.incidents import current_incident, incident, incidents, report_fault
from desktop_app.services.record_changes import correct
from desktop_app.services.site_pack import load_pack
from desktop_app.services.to_confirm import confirm, to_confirm
from desktop_app.storage.rebuild import examine
from desktop_app.storage.store import Store
from tests.rounds import Rounds, round_
from tests.rounds import floor as floor
from tests.runs import give
from tests.stores import author, new_store

S = IncidentState
CRM = {"scope": "all", "incident_category": "application"}
OVER = {"recovery_confirmed_by": "赵运维"}
PAPER = {"course": "数据库崩溃", "measures": "切换备库", "result": "恢复", "filled_by": "陈静"}
CALL = {"phone": "13123450001", "summary": "水费", "callback_due": "2026-12-28T18:00:00"}


def state_hash(store: Store) -> str:
    with store.read() as view:
        found = examine(view)
        assert found.differing == ()
        return found.state_hash


def fault(role: str, rung: str, name: str) -> dict[str, str]:
    return {"ladder": "fault", "rung": rung, "role": role, "told_to": name, "channel": "phone"}


def test_an_outage_from_two_reports_to_its_closing(floor: Rounds, tmp_path: Path) -> None:
    lead, seven, twelve = (floor.stores[code] for code in ("01", "07", "12"))
    ladders = load_pack(tmp_path / "data").pack.ladders

    def due() -> list[tuple[str, str]]:
        seen = incident(lead, one)
        return [
            (told.rung.key, told.role)
            for told in clocks.due_now(clocks.standing(ladders, facts_of(seen), floor.now))
        ]

    # Given two stations that notice it and know nothing of each other
    report_fault(seven, symptom="CRM 打不开", category="application", now=floor.tick())
    report_fault(twelve, symptom="登录一直转圈", category="application", now=floor.tick())
    round_(floor)
    assert len(incidents(lead)) == 2
    # When the lead makes them one, confirms it, and all write by hand
    one, other = (row.head for row in incidents(lead))
    join(lead, one, other, now=floor.tick())
    take_step(lead, one, S.CONFIRMED, now=floor.tick(), values=CRM)
    take_step(lead, one, S.MANUAL, now=floor.tick())
    round_(floor)
    # Then every station knows, also what the other reported
    for station in (seven, twelve):
        seen = current_incident(station)
        assert seen is not None
        assert (seen.state, seen.head, len(seen.reports)) == (S.MANUAL, min(one, other), 2)
        assert seen.number == incident(lead, one).number
    # And calls are of it; one caller is promised a call
    record = floor.log("07", **CALL).subject_id
    # The clocks ask for everybody, and are content one by one
    assert ("operations", "sysops") in due()
    assert ("supervisor", "supervisor") in due()
    tell(lead, one, now=floor.tick(), **fault("sysops", "operations", "赵运维"))
    tell(lead, one, now=floor.tick(), **fault("supervisor", "supervisor", "王主管"))
    assert due() == [("managers", "operations_manager"), ("managers", "centre_manager")]
    tell(lead, one, now=floor.tick(), reached=False, **fault("centre_manager", "managers", "周经理"))
    tell(lead, one, now=floor.tick(), **fault("operations_manager", "managers", "李运营"))
    assert due() == [("managers", "centre_manager")]
    tell(lead, one, now=floor.tick(), **fault("centre_manager", "managers", "周经理"))
    # It comes back, and fails again: every clock of the fault starts anew
    take_step(lead, one, S.RECOVERED, now=floor.tick(), values=OVER)
    take_step(lead, one, S.MANUAL, now=floor.tick())
    assert incident(lead, one).relapses == 1
    assert due() == [("operations", "sysops")]
    tell(lead, one, now=floor.tick(), **fault("sysops", "operations", "赵运维"))
    take_step(lead, one, S.RECOVERED, now=floor.tick(), values=OVER)
    # Those who were told hear that it is over, and nobody else
    assert [who.name for who in recovery_list(incident(lead, one))] == [
        "赵运维",
        "王主管",
        "李运营",
        "周经理",
    ]
    for who in recovery_list(incident(lead, one)):
        tell(lead, one, told_to=who.name, channel="phone", purpose="recovery", now=floor.tick())
    assert all(who.told_at for who in recovery_list(incident(lead, one)))
    # The review waits for the stations, then for the promise
    take_step(lead, one, S.RECONCILING, now=floor.tick())
    round_(floor)
    assert what_is_left(lead, one, now=floor.now).stations == ("07", "12")
    round_(floor)
    assert what_is_left(lead, one, now=floor.now).stations == ()
    with pytest.raises(GuardRefused, match=r"guard\.open_promise"):
        take_step(lead, one, S.REVIEW, now=floor.tick())
    correct(lead, record, {"callback_due": "", "crm_id": "GD-1"}, reason="已回电", now=floor.tick())
    take_step(lead, one, S.REVIEW, now=floor.tick())
    set_values(lead, one, PAPER, now=floor.tick())
    # The lead closes for the supervisor, who confirms it later
    with pytest.raises(GuardRefused, match=r"guard\.acting_reason"):
        take_step(lead, one, S.CLOSED, now=floor.tick())
    take_step(lead, one, S.CLOSED, now=floor.tick(), reason="主管休假")
    assert incident(lead, one).moment("filled_on") == floor.now
    round_(floor)
    for store in (lead, seven, twelve):
        assert incident(store, one).state is S.CLOSED
        assert current_incident(store) is None
    senior = replace(lead, author=author("5001", Role.SUPERVISOR))
    for step in to_confirm(senior):
        assert (step.code, step.state, step.reason) == ("", "closed", "主管休假")
        confirm(senior, step.subject, step.entry_id, now=floor.tick())
    assert to_confirm(senior) == ()
    # A promise that a station still had opens it again
    floor.log("12", **CALL | {"received_at": "2026-12-28T12:05:00"})
    round_(floor)
    assert (incident(lead, one).state, incident(lead, one).reopened) == (S.REVIEW, True)
    codes = [line.code for line in incident(lead, one).log]
    assert codes[:2] == ["reported", "reported"]
    assert codes.count("told") == 6 + 4


def test_everything_a_lead_does_can_be_taken_back(floor: Rounds) -> None:
    lead = floor.stores["01"]
    one = report_fault(lead, symptom="CRM 打不开", now=floor.tick()).incident
    other = report_fault(lead, symptom="打印机坏了", new=True, now=floor.tick()).incident
    acts: list[Callable[[], Made]] = [
        lambda: join(lead, one, other, now=floor.tick()),
        lambda: take_step(lead, one, S.CONFIRMED, now=floor.tick(), values=CRM),
        lambda: take_step(lead, one, S.MANUAL, now=floor.tick()),
        lambda: note_event(lead, one, "unrecoverable", now=floor.tick()),
        lambda: tell(lead, one, now=floor.tick(), **fault("sysops", "operations", "赵运维")),
        lambda: decide(
            lead, one, ladder="fault", rung="decision", code="wait", reason="快好了", now=floor.tick()
        ),
        lambda: call_in(lead, one, name="孙备班", now=floor.tick()),
        lambda: move_staff(lead, one, "外呼转呼入", now=floor.tick()),
        lambda: tick(lead, one, "fridge", now=floor.tick()),
        lambda: set_values(lead, one, {"cause": "断缆"}, now=floor.tick()),
        lambda: take_step(lead, one, S.RECOVERED, now=floor.tick(), values=OVER),
        lambda: part(lead, one, now=floor.tick()),
    ]
    hashes, made = [], []
    for act in acts:
        hashes.append(state_hash(lead))
        made.append(act())
    for one_made, before in zip(reversed(made), reversed(hashes), strict=True):
        undo(lead, one_made, now=floor.tick())
        assert state_hash(lead) == before
    with pytest.raises(KnownError, match=r"log\.changed_since"):
        undo(lead, made[0], now=floor.tick())


ACTS = st.lists(
    st.tuples(st.integers(0, 2), st.integers(0, 9), st.integers(0, 3)),
    min_size=4,
    max_size=14,
)


def act(store: Store, what: int, which: int, floor: Rounds) -> None:
    """Do one of the things people do in an incident, to one of those known at this store."""
    known = sorted(row.head for row in incidents(store))
    if what == 0 or not known:
        report_fault(store, symptom=f"现象 {which}", new=bool(which % 2), now=floor.tick())
        return
    one, other = known[which % len(known)], known[(which + 1) % len(known)]
    target = list(S)[2 + which]
    doing: list[Callable[[], object]] = [
        lambda: take_step(store, one, target, now=floor.tick(), values={**CRM, **OVER}, reason="代行"),
        lambda: take_step(store, one, S.MANUAL, now=floor.tick(), reason="代行"),
        lambda: tell(store, one, told_to="王主管", channel="phone", now=floor.tick()),
        lambda: decide(store, one, ladder="f", rung="d", code="wait", reason="等", now=floor.tick()),
        lambda: join(store, one, other, now=floor.tick()),
        lambda: part(store, one, now=floor.tick()),
        lambda: set_values(store, one, {"cause": f"原因 {which}"}, now=floor.tick()),
        lambda: tick(store, one, f"item {which}", on=which != 3, now=floor.tick()),
        lambda: undo(
            store,
            take_step(store, one, S.CONFIRMED, now=floor.tick(), values=CRM, reason="代行"),
            now=floor.tick(),
        ),
    ]
    doing[what - 1]()


@settings(
    max_examples=6,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
@given(acts=ACTS, orders=st.permutations(range(3)))
def test_whoever_merges_in_whatever_order_sees_the_same(
    acts: list[tuple[int, int, int]], orders: list[int], tmp_path_factory: pytest.TempPathFactory
) -> None:
    place = tmp_path_factory.mktemp("floor")
    floor = Rounds(place)
    stores = [
        replace(new_store(place / code / "store", station=code), author=author(f"80{code}", role))
        for code, role in (("01", Role.LEAD), ("02", Role.LEAD), ("07", Role.AGENT))
    ]
    try:
        for where, what, which in acts:
            try:
                act(stores[where], what, which, floor)
            except KnownError:
                continue
            if which == 3:
                give(stores[where], stores[(where + 1) % 3])
        for giver, taker in itertools.permutations([stores[place] for place in orders], 2):
            give(giver, taker)
        for giver, taker in itertools.permutations(stores, 2):
            give(giver, taker)
        assert len({state_hash(store) for store in stores}) == 1
        assert len({incidents(store) for store in stores}) == 1
        for row in incidents(stores[0]):
            views = [incident(store, row.head) for store in stores]
            assert views[0] == views[1] == views[2]
    finally:
        for store in stores:
            store.close()
