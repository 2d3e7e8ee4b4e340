"""A centre for journeys: one real store, the shipped pack, and incidents told as given, when and then.

Times are minutes and seconds since the report: ``"5:00"``. A step of a clock is ``rung:role`` where somebody
is told, else ``rung``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import pytest

from desktop_app.domain.clocks import RungStanding, Stage, standing
from desktop_app.domain.entries import Value, moment_text
from desktop_app.domain.incident_steps import IncidentState
from desktop_app.domain.incident_types import IncidentType, OwnFieldKind, check_list_of
from desktop_app.domain.outage_options import IncidentLevel, SurgeLevel
from desktop_app.domain.own_fields import is_asked, missing
from desktop_app.domain.own_fields import told as told_of
from desktop_app.domain.roles import Role
from desktop_app.domain.site_pack import SitePack
from desktop_app.services.incident_acts import decide, note_event, note_rung, take_step, tell
from desktop_app.services.incident_facts import facts_of
from desktop_app.services.incident_values import set_level, set_surge_level, set_values, tick
from desktop_app.services.incident_view import IncidentView, recovery_list
from desktop_app.services.incidents import incident, report_fault
from desktop_app.services.site_pack import load_pack
from desktop_app.storage.store import Store
from tests.stores import author, new_store

MORNING = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
"""Nine o'clock at the site, when the first of the incidents is reported."""
APART = timedelta(days=40)
"""Between two incidents, so that no clock of one is due in another."""
PAPER: Mapping[str, Value] = {"course": "经过", "measures": "措施", "result": "结果", "filled_by": "陈静"}


@dataclass
class Centre:
    """A lead and a supervisor at one store."""

    lead: Store
    pack: SitePack
    next_at: datetime = MORNING

    @property
    def supervisor(self) -> Store:
        return replace(self.lead, author=author("5001", Role.SUPERVISOR))


@dataclass(frozen=True)
class Case:
    """One incident of the centre."""

    centre: Centre
    id: str
    began: datetime
    type: IncidentType

    def at(self, time: str) -> datetime:
        minutes, _, seconds = time.partition(":")
        return self.began + timedelta(minutes=int(minutes), seconds=int(seconds or 0))

    @property
    def view(self) -> IncidentView:
        return incident(self.centre.lead, self.id)

    def standings(self, time: str) -> tuple[RungStanding, ...]:
        return standing(self.centre.pack.ladders, facts_of(self.view), self.at(time))

    def ladder_of(self, step: str, time: str) -> str:
        """The clock that asks for a step: the one that is longest open."""
        found = [one for one in self.standings(time) if name(one) == step and one.stage is not Stage.DONE]
        assert found, f"no clock asks for {step}: {[name(one) for one in self.standings(time)]}"
        return min(found, key=lambda one: one.due).ladder.key

    def value(self, key: str, said: Value) -> dict[str, Value]:
        """What the journal is told of a field: a time is one of the incident's own minutes."""
        field = next(one for one in self.type.fields if one.key == key)
        if field.kind in (OwnFieldKind.MOMENT, OwnFieldKind.STAMP) and isinstance(said, str):
            return told_of(field, moment_text(self.at(said)))
        return told_of(field, said)


@pytest.fixture(scope="module")
def centre(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Centre]:
    """One for all tests of a module: its incidents lie forty days apart."""
    folder = tmp_path_factory.mktemp("centre")
    opened = new_store(folder / "store")
    yield Centre(replace(opened, author=author("6001", Role.LEAD)), load_pack(folder / "data").pack)
    opened.close()


def name(one: RungStanding) -> str:
    return f"{one.rung.key}:{one.role}" if one.role else one.rung.key


def given(centre: Centre, category: str, symptom: str = "现象", seat: str = "A12") -> Case:
    """A fault of this type was just reported."""
    began = centre.next_at
    centre.next_at += APART
    kind = next(one for one in centre.pack.incident_types if one.key == category)
    made = report_fault(
        centre.lead,
        symptom=symptom,
        seat=seat,
        category=category,
        outage=kind.outage,
        now=began,
        new=True,
    )
    return Case(centre, made.incident, began, kind)


def when(
    case: Case,
    time: str,
    *,
    told: str = "",
    unreached: str = "",
    decided: tuple[str, str, str] | None = None,
    happened: str = "",
    filled: Mapping[str, Value] | None = None,
    ticked: str = "",
    level: str = "",
    surge: str = "",
    step: str = "",
    typed: str = "",
    **step_values: Value,
) -> None:
    """Something is done at a time, and written down then or, with ``typed``, later."""
    lead, at, now = case.centre.lead, case.at(time), case.at(typed or time)
    for who, reached in [(one, True) for one in told.split()] + [(one, False) for one in unreached.split()]:
        rung, _, role = who.partition(":")
        tell(
            lead,
            case.id,
            ladder=case.ladder_of(who, time),
            rung=rung,
            role=role,
            told_to=f"某{role}",
            channel="phone",
            told_at=at,
            reached=reached,
            now=now,
        )
    if decided is not None:
        rung, code, reason = decided
        ladder = case.ladder_of(rung, time)
        if code in ("found", "seen"):
            note_rung(lead, case.id, ladder=ladder, rung=rung, found=reason, at=at, now=now)
        else:
            senior = case.centre.supervisor
            decide(senior, case.id, ladder=ladder, rung=rung, code=code, reason=reason, at=at, now=now)
    if happened:
        note_event(lead, case.id, happened, at=at, now=now)
    if filled:
        values = {key: value for one, said in filled.items() for key, value in case.value(one, said).items()}
        set_values(lead, case.id, values, of_type=case.type, now=now)
    for item in ticked.split():
        tick(lead, case.id, item, now=now)
    if level:
        set_level(case.centre.supervisor, case.id, IncidentLevel(level), reason="按预案", now=now)
    if surge:
        set_surge_level(lead, case.id, SurgeLevel(surge), reason="没有缓解", now=now)
    if step:
        take_step(lead, case.id, IncidentState(step), at=at, now=now, values=step_values, reason="主管不在")


def then(
    case: Case,
    time: str = "0:00",
    *,
    due: str | None = None,
    done: str = "",
    late: Mapping[str, str] | None = None,
    not_needed: str = "",
    asked: str = "",
    not_asked: str = "",
    lacks: str | None = None,
    proposed: str | None = None,
    to_tick: str = "",
    state: str = "",
) -> None:
    """What is so at a time: ``due`` and ``lacks`` are everything that is, the others some of it."""
    view, found = case.view, case.standings(time)
    by_stage = {stage: sorted(name(one) for one in found if one.stage is stage) for stage in Stage}
    if due is not None:
        assert by_stage[Stage.DUE] == sorted(due.split())
    assert set(done.split()) <= set(by_stage[Stage.DONE])
    assert set(not_needed.split()) <= set(by_stage[Stage.NOT_NEEDED])
    for step, by in (late or {}).items():
        assert [one.late for one in found if name(one) == step] == [case.at(by) - case.began]
    now_asked = {field.key for field in case.type.fields if is_asked(field, view.values)}
    assert set(asked.split()) <= now_asked
    assert now_asked.isdisjoint(not_asked.split())
    if lacks is not None:
        assert sorted(one.key for one in missing(case.type.fields, view.values)) == sorted(lacks.split())
    if proposed is not None:
        come = [one for one in found if one.due <= case.at(time) and one.stage is not Stage.NOT_NEEDED]
        assert sorted(one.rung.suggests for one in come if one.rung.suggests) == sorted(proposed.split())
    ticked = {one.item for one in view.ticks}
    lists = check_list_of(case.type, case.centre.pack.level_lists, (view.level, view.text("surge_level")))
    assert set(to_tick.split()) <= {one.key for one in lists} - ticked
    if state:
        assert view.state == state


def led_to_its_end(case: Case, confirmed: str, recovered: str) -> None:
    """Everything that is left is done by the book: everybody told hears that it is over, papers, closing."""
    when(case, confirmed, step="confirmed", scope="all", incident_category=case.type.key)
    if case.type.outage:
        when(case, confirmed, step="manual")
    when(case, recovered, step="recovered", recovery_confirmed_by="赵运维")
    lead, end = case.centre.lead, case.at(recovered) + timedelta(minutes=5)
    for who in recovery_list(case.view):
        tell(lead, case.id, told_to=who.name, role=who.role, channel="phone", purpose="recovery", now=end)
    assert all(who.told_at for who in recovery_list(case.view))
    if case.type.outage:
        take_step(lead, case.id, IncidentState.RECONCILING, now=end)
    take_step(lead, case.id, IncidentState.REVIEW, now=end)
    set_values(lead, case.id, PAPER, now=end)
    manager = replace(lead, author=author("3001", Role.CENTRE_MANAGER))
    take_step(manager, case.id, IncidentState.CLOSED, now=end)
    assert case.view.state is IncidentState.CLOSED
