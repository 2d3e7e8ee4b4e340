"""Three stations act on the same incidents, apart and together, in any order: nobody contradicts anybody.

A state machine over real stores. What it holds against them: an undo takes back exactly what one act wrote;
whatever begins a clock has one, whoever noted it in which report; no number is given twice; once all have
everything, every page says the same everywhere, in whatever order it came.
"""

from __future__ import annotations

import itertools
import os
import shutil
import tempfile
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from desktop_app.domain.clocks import Stage, standing
from desktop_app.domain.errors import KnownError
from desktop_app.domain.identity import SubjectKind
from desktop_app.domain.incident_roles import Post
from desktop_app.domain.incident_steps import IncidentState
from desktop_app.domain.outage_options import AnnouncementType, IncidentLevel, PublishChannel, SurgeLevel
from desktop_app.domain.roles import Role
from desktop_app.exchange.site_pack import read_pack
from desktop_app.paths import resources
from desktop_app.services.announcements import (
    announcements,
    approve,
    draft_announcement,
    publish,
    withdraw_announcement,
)
from desktop_app.services.clocks import due_list
from desktop_app.services.decisions import Made
from desktop_app.services.incident_acts import decide, note_event, take_step, tell, undo
from desktop_app.services.incident_closing import what_is_left
from desktop_app.services.incident_facts import facts_of
from desktop_app.services.incident_joins import join, part
from desktop_app.services.incident_notes import NoteKind, add_note
from desktop_app.services.incident_people import call_in, move_staff
from desktop_app.services.incident_roles import assign, role_board
from desktop_app.services.incident_values import add_action, set_level, set_surge_level, set_values, tick
from desktop_app.services.incident_view import recovery_list
from desktop_app.services.incidents import current_incident, incident, incidents, report_fault
from desktop_app.services.records import log_record
from desktop_app.services.to_confirm import to_confirm
from desktop_app.storage.rebuild import examine
from desktop_app.storage.store import Store
from tests.faults.desk import broken
from tests.runs import give
from tests.stores import author, new_store

S = IncidentState
NOW = datetime(2027, 12, 31, 14, 30, tzinfo=UTC)
"""Half past ten at night on New Year's Eve, at the site."""
PLACES = (("01", Role.LEAD), ("02", Role.LEAD), ("07", Role.AGENT))
SKEW = (timedelta(), timedelta(minutes=3), timedelta(minutes=-4))
"""By how much the clocks of the stations are apart."""
PACK = read_pack(resources() / "site")
VALUES = {"scope": "all", "incident_category": "application", "recovery_confirmed_by": "赵运维"}
PAPER = {"course": "崩溃", "measures": "切换", "result": "恢复", "filled_by": "陈静"}
WHICH, WHERE, TEXT = (
    st.integers(0, 7),
    st.integers(0, 2),
    st.sampled_from(["=1+1", "<b>慢</b>", "\u202e倒", "停"]),
)


class Floor(RuleBasedStateMachine):
    """Three stores, what was done at each, and when."""

    @initialize()
    def open(self) -> None:
        self.folder = Path(tempfile.mkdtemp())
        self.now = NOW
        self.stores = [
            replace(new_store(self.folder / code / "store", station=code), author=author(f"80{code}", role))
            for code, role in PLACES
        ]
        self.made: list[list[Made]] = [[], [], []]
        # Two reports that everybody knows: what is done to the same apart is what may contradict itself.
        for where in (0, 2):
            self.report(where, "慢", True, "")
        for giver, taker in itertools.permutations(self.stores, 2):
            give(giver, taker)

    def teardown(self) -> None:
        if not hasattr(self, "stores"):
            return
        try:
            self.meet()
        finally:
            for store in self.stores:
                store.close()
            shutil.rmtree(self.folder)

    def tick(self, where: int) -> datetime:
        """Let some minutes pass, and say what time it is at a station."""
        self.now += timedelta(minutes=4)
        return self.now + SKEW[where]

    def do(self, where: int, act: Callable[[Store, str, datetime], Made], which: int) -> None:
        """Do something to one of the incidents known at a station; what it may not do, it may not."""
        store = self.stores[where]
        known = sorted(row.head for row in incidents(store))
        if not known:
            return
        with suppress(KnownError):
            self.made[where].append(act(store, known[which % len(known)], self.tick(where)))

    @rule(where=WHERE, text=TEXT, new=st.booleans(), category=st.sampled_from(["", "application", "fire"]))
    def report(self, where: int, text: str, new: bool, category: str) -> None:
        told = report_fault(
            self.stores[where], symptom=text, category=category, new=new, now=self.tick(where)
        )
        self.made[where].append(told.made)

    @rule(where=WHERE, which=WHICH, state=st.sampled_from(list(S)[2:]))
    def step(self, where: int, which: int, state: IncidentState) -> None:
        values = {key: value for key, value in VALUES.items() if state in (S.CONFIRMED, S.RECOVERED)}
        self.do(
            where,
            lambda store, one, now: take_step(store, one, state, now=now, values=values, reason="代行"),
            which,
        )

    @rule(where=WHERE, which=WHICH)
    def onward(self, where: int, which: int) -> None:
        """Take the next step of the usual way, so that incidents come to their end."""

        def act(store: Store, one: str, now: datetime) -> Made:
            way = [S.SUSPECTED, S.CONFIRMED, S.MANUAL, S.RECOVERED, S.RECONCILING, S.REVIEW, S.CLOSED]
            state = incident(store, one).state
            if state is S.REVIEW:
                set_values(store, one, PAPER, now=now)
            ahead = way[min(way.index(state) + 1, len(way) - 1)] if state in way else S.CONFIRMED
            return take_step(store, one, ahead, now=now, values=VALUES, reason="代行")

        self.do(where, act, which)

    @rule(
        where=WHERE, which=WHICH, code=st.sampled_from(["unrecoverable", "lines_full", "lines_free", "surge"])
    )
    def happened(self, where: int, which: int, code: str) -> None:
        self.do(where, lambda store, one, now: note_event(store, one, code, now=now, text="线路"), which)

    @rule(
        where=WHERE,
        which=WHICH,
        rung=st.sampled_from(["operations", "supervisor", "managers"]),
        over=st.booleans(),
    )
    def tells(self, where: int, which: int, rung: str, over: bool) -> None:
        role = {"operations": "sysops", "supervisor": "supervisor", "managers": "centre_manager"}[rung]
        told = {"purpose": "recovery"} if over else {"ladder": "fault", "rung": rung}
        self.do(
            where,
            lambda store, one, now: tell(
                store, one, told_to=f"{role}!", role=role, channel="phone", now=now, **told
            ),
            which,
        )

    @rule(where=WHERE, which=WHICH)
    def decides(self, where: int, which: int) -> None:
        self.do(
            where,
            lambda store, one, now: decide(
                store, one, ladder="fault", rung="decision", code="wait", reason="快好了", now=now
            ),
            which,
        )

    @rule(where=WHERE, which=WHICH, other=WHICH)
    def joins(self, where: int, which: int, other: int) -> None:
        known = sorted(row.head for row in incidents(self.stores[where]))
        if known:
            second = known[other % len(known)]
            self.do(where, lambda store, one, now: join(store, one, second, now=now), which)

    @rule(where=WHERE, which=WHICH, member=WHICH)
    def parts(self, where: int, which: int, member: int) -> None:
        def act(store: Store, one: str, now: datetime) -> Made:
            ids = incident(store, one).ids
            return part(store, ids[member % len(ids)], now=now)

        self.do(where, act, which)

    @rule(where=WHERE, which=WHICH, what=st.integers(0, 8), text=TEXT)
    def writes(self, where: int, which: int, what: int, text: str) -> None:
        acts: list[Callable[[Store, str, datetime], Made]] = [
            lambda store, one, now: set_values(store, one, {"cause": text}, now=now),
            lambda store, one, now: tick(store, one, text, on=which % 3 > 0, now=now),
            lambda store, one, now: call_in(store, one, name=text, now=now),
            lambda store, one, now: move_staff(store, one, text, now=now),
            lambda store, one, now: assign(store, one, Post.COMMANDER, text, now=now, reason="代行"),
            lambda store, one, now: add_note(store, one, NoteKind.BULLETIN, text, now=now),
            lambda store, one, now: add_action(store, one, text, owner="赵", due=None, now=now),
            lambda store, one, now: set_level(store, one, IncidentLevel.MAJOR, reason="全部", now=now),
            lambda store, one, now: set_surge_level(store, one, SurgeLevel.LEVEL_2, now=now),
        ]
        self.do(where, acts[what], which)

    @rule(where=WHERE, which=WHICH, kind=st.sampled_from(list(AnnouncementType)), text=TEXT)
    def writes_notice(self, where: int, which: int, kind: AnnouncementType, text: str) -> None:
        values = {
            "text_zh": text,
            "affected": text,
            "since": "2027-12-31T14:00:00.000000Z",
            "spokesperson": "周",
        }
        told = {key: value for key, value in values.items() if kind == "statement" or key != "spokesperson"}
        self.do(where, lambda store, one, now: draft_announcement(store, one, kind, told, now=now)[1], which)

    @rule(where=WHERE, which=WHICH, what=st.integers(0, 2))
    def moves_notice(self, where: int, which: int, what: int) -> None:
        store = self.stores[where]
        held = announcements(store)
        if not held:
            return
        one, now = held[which % len(held)].id, self.tick(where)
        acts: list[Callable[[], Made]] = [
            lambda: approve(store, one, now=now, reason="代行"),
            lambda: publish(store, one, [PublishChannel.IVR], now=now),
            lambda: withdraw_announcement(store, one, reason="错了", now=now),
        ]
        with suppress(KnownError):
            self.made[where].append(acts[what]())

    @rule(where=WHERE, promised=st.booleans())
    def logs(self, where: int, promised: bool) -> None:
        call = {"kind": "enquiry", "phone": "13123450001", "summary": "水费"}
        due = {"callback_due": "2028-01-01T18:00:00"} if promised else {}
        log_record(self.stores[where], call | due, now=self.tick(where))

    @rule(where=WHERE, which=WHICH)
    def undoes(self, where: int, which: int) -> None:
        """Take back one of the last things done here: it, and nothing else."""
        store, made = self.stores[where], self.made[where]
        if not made:
            return
        one = made[max(len(made) - 1 - which, 0)]
        taken = {entry for _, entry in one.entries}
        before = self.said(store)
        try:
            undo(store, one, now=self.tick(where))
        except KnownError:
            assert self.said(store) == before
            return
        after = self.said(store)
        assert before - after == {said for said in before if said[-1] in taken}
        # What it had written over holds again; nothing that nobody wrote does.
        assert all(said[1] in ("field", "joins") for said in after - before)

    @rule(giver=WHERE, taker=WHERE)
    def gives(self, giver: int, taker: int) -> None:
        give(self.stores[giver], self.stores[taker])

    @rule(minutes=st.integers(1, 90))
    def waits(self, minutes: int) -> None:
        self.now += timedelta(minutes=minutes)

    @invariant()
    def numbers_are_given_once(self) -> None:
        for store in getattr(self, "stores", ()):
            with store.read() as view:
                for kind, name in (
                    (SubjectKind.INCIDENT, "incident_no"),
                    (SubjectKind.ANNOUNCEMENT, "announcement_no"),
                ):
                    given = [text for one in view.states(kind) if (text := one.text(name))]
                    assert len(given) == len(set(given)), given

    @invariant()
    def every_start_has_its_clock(self) -> None:
        """Whatever began a clock, by anybody's word in any report, is due, ahead, done, or was ended."""
        for store in getattr(self, "stores", ()):
            for row in incidents(store):
                seen = incident(store, row.head)
                codes = {item["code"] for one in seen.members for item in _items(one, "events")}
                begun = {one.ladder.key for one in standing(PACK.ladders, facts_of(seen), self.now)}
                for ladder in PACK.ladders:
                    if not ladder.types and ladder.starts_on in codes:
                        assert ladder.key in begun, (ladder.key, codes, seen.events)

    def said(self, store: Store) -> set[tuple[str, str, str, str, str]]:
        """Everything that subjects say, with the entry that says it."""
        kinds = (SubjectKind.INCIDENT, SubjectKind.NOTIFICATION, SubjectKind.ANNOUNCEMENT)
        with store.read() as view:
            return {
                (one.subject.id, kind, name, repr(held.value), held.entry_id)
                for each in kinds
                for one in view.states(each)
                for kind, holds in (("field", one.fields), ("list", one.lists))
                for name, candidates in holds.items()
                for held in candidates
            }

    def meet(self) -> None:
        """Let all have everything; then all say the same."""
        for giver, taker in itertools.permutations(self.stores, 2):
            give(giver, taker)
        for giver, taker in itertools.permutations(reversed(self.stores), 2):
            give(giver, taker)
        told = [self.pages(store) for store in self.stores]
        assert told[0] == told[1] == told[2]
        for store in self.stores:
            assert broken(store) == []

    def pages(self, store: Store) -> list[object]:
        with store.read() as view:
            found: list[object] = [examine(view).state_hash]
        shown = incidents(store)
        found += [shown, current_incident(store), announcements(store), due_list(store, PACK, now=self.now)]
        found += [sorted((one.entry_id, one.code) for one in to_confirm(store))]
        for row in shown:
            seen = incident(store, row.head)
            left = what_is_left(store, row.head, now=self.now)
            found += [seen, recovery_list(seen), role_board(seen), left.promises, left.notice]
            clocks = standing(PACK.ladders, facts_of(seen), self.now)
            assert len({one.key for one in clocks}) == len(clocks)
            assert all(one.done_at is not None for one in clocks if one.stage is Stage.DONE)
        return found


def _items(state: object, name: str) -> list[dict[str, str]]:
    return [item.value for item in state.lists.get(name, ())]  # type: ignore[attr-defined]


def play(examples: int, steps: int) -> None:
    run_state_machine_as_test(
        Floor,
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            deadline=None,
            phases=[Phase.explicit, Phase.generate],
            suppress_health_check=list(HealthCheck),
        ),
    )


def test_a_few_days_of_outages() -> None:
    play(2, 25)


@pytest.mark.soak
@pytest.mark.timeout(7200)
def test_many_days_of_outages() -> None:
    play(int(os.environ.get("FALLBACK_DESK_OUTAGES", "150")), 50)
