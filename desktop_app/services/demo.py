"""One outage day with planted truth, played through the real services and judged (INTERFACES, demo)."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from desktop_app.domain.errors import KnownError
from desktop_app.domain.reconciliation import Reconciliation
from desktop_app.domain.roles import Role
from desktop_app.services import reconcile, stores
from desktop_app.services.demo_day.customers import write_customers
from desktop_app.services.demo_day.files import write_crm, write_json, write_log
from desktop_app.services.demo_day.handing_in import Exchange, Reached, pair
from desktop_app.services.demo_day.judge import Judgement, Verdict, judge
from desktop_app.services.demo_day.plan import Plan
from desktop_app.services.demo_day.world import Day, day_of
from desktop_app.services.export import export_records
from desktop_app.services.reconcile_reading import Request
from desktop_app.services.records import Logged, log_record
from desktop_app.storage.pins import one_time_pin
from desktop_app.storage.store import Store
from desktop_app.words import Words

MOST_CALLS, MOST_STATIONS = 5000, 40
AGENTS = ("李娜", "王芳", "张敏", "刘洋", "陈静", "杨帆", "赵磊", "黄丽", "周杰", "吴霞")
LEADS = (stores.Person("8001", "陈静怡", Role.LEAD), stores.Person("8002", "孙志强", Role.SUPERVISOR))
Progress = Callable[[str], None]
"""Called with the name of each step as it begins: stores, records, files, reconcile."""


@dataclass(frozen=True, slots=True)
class Played:
    """A played day: what was found, how it was judged, and the JSON of INTERFACES."""

    plan: Plan
    pin: str
    found: Reconciliation
    judgement: Judgement
    reached: Reached
    json: dict[str, object]

    @property
    def passed(self) -> bool:
        """Whether what was found is what was planted."""
        return self.judgement.passed and self.reached.passed


def play(
    folder: Path,
    plan: Plan,
    words: Words,
    *,
    now: datetime,
    progress: Progress = lambda step: None,
) -> Played:
    """Play the day of ``plan`` into ``folder`` and judge what is found.

    The stores, their marks and their PIN are the folder's own: this PC's are untouched. Raises KnownError
    ``demo.*`` for a folder that holds anything and a size that cannot be.
    """
    _check(folder, plan)
    folder.mkdir(parents=True, exist_ok=True)
    day, pin = day_of(plan), one_time_pin()
    progress("stores")
    with ExitStack() as opened:
        stations = [_station(folder, plan, pin, index, opened) for index in range(plan.stations)]
        leads = [_lead(folder, plan, pin, place, opened) for place in range(len(LEADS))]
        pair(stations, leads, plan.start - timedelta(hours=1))
        exchange = Exchange(folder, plan, stations, leads)
        progress("records")
        numbers, reached = _work(day, stations, exchange)
        progress("files")
        export_records(leads[0], folder / "records.csv", Words("en"))
        after = day.aftermath(numbers)
        write_crm(folder / "crm.csv", after.rows)
        write_customers(folder / "customers.csv", plan)
        write_log(folder / "calls.csv", folder / "queue_log", day.log)
        progress("reconcile")
        finding = reconcile.reconcile_store(_request(folder, plan), leads[0], now=now)
    reconcile.hand_over(finding, words, out=folder / "workbook.xlsx")
    judgement = judge(finding.found, after.truth)
    told: dict[str, object] = {
        "seed": plan.seed,
        "window": [plan.start.isoformat(), plan.end.isoformat()],
        "truth": after.truth.as_json(),
        "found": {**found_json(judgement), "merge": reached.as_json()},
    }
    write_json(folder / "truth.json", told)
    return Played(plan, pin, finding.found, judgement, reached, told)


def found_json(judgement: Judgement) -> dict[str, object]:
    """Return what was found against what was planted, by status and by peculiarity."""
    return {
        "wrong": len(judgement.of(Verdict.WRONG)),
        "missed": len(judgement.of(Verdict.MISSED)),
        "person": len(judgement.of(Verdict.PERSON)),
        "person_share": round(judgement.person_share, 4),
        "planted": {name: counts["planted"] for name, counts in judgement.by_status().items()},
        "right": {name: counts["right"] for name, counts in judgement.by_status().items()},
        "classes": judgement.by_class(),
        "failures": [
            {
                "side": case.side,
                "id": case.id,
                "planted": case.planted,
                "found": case.found,
                "verdict": case.verdict.value,
                "tags": sorted(case.tags),
            }
            for case in (*judgement.of(Verdict.WRONG), *judgement.of(Verdict.MISSED))
        ],
    }


def _check(folder: Path, plan: Plan) -> None:
    if not 1 <= plan.calls <= MOST_CALLS:
        raise KnownError("demo.bad_calls", most=MOST_CALLS)
    if not 1 <= plan.stations <= MOST_STATIONS:
        raise KnownError("demo.bad_stations", most=MOST_STATIONS)
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise KnownError("demo.folder_used", folder=folder)


def _station(folder: Path, plan: Plan, pin: str, index: int, opened: ExitStack) -> Store:
    name = AGENTS[index % len(AGENTS)]
    agent = stores.Person(plan.staff_number(index), name, Role.AGENT)
    return _store(folder, plan, pin, plan.station(index), plan.station(index), agent, opened)


def _lead(folder: Path, plan: Plan, pin: str, place: int, opened: ExitStack) -> Store:
    """Make the store of a lead, at a station behind those of the agents."""
    return _store(
        folder, plan, pin, f"lead-{place + 1}", plan.station(plan.stations + place), LEADS[place], opened
    )


def _store(
    folder: Path, plan: Plan, pin: str, name: str, station: str, owner: stores.Person, opened: ExitStack
) -> Store:
    created = stores.create(
        folder / "stores" / name,
        station=station,
        owner=owner,
        pin=pin,
        data_folder=folder / "data",
        now=plan.start - timedelta(days=1),
    )
    return opened.enter_context(created.store)


def _work(day: Day, stations: list[Store], exchange: Exchange) -> tuple[dict[int, str], Reached]:
    """Write every record at its station, at the moment the agent did; halfway and in the end all hand in.

    Returns the numbers minted, and what reached the leads.
    """
    numbers: dict[int, str] = {}
    last: list[Logged] = []
    early = 0
    for place, note in enumerate(day.notes):
        if place == len(day.notes) // 2:
            exchange.hand_in(day.plan.start + day.plan.length / 2)
            early = len(last)
        logged = log_record(stations[note.station], note.values(), now=note.written_at)
        numbers[note.key] = str(logged.number)
        if note.station == len(stations) - 1:
            last.append(logged)
    exchange.hand_in(day.plan.end)
    apart = (last[-1].subject_id, str(last[-1].number)) if last else None
    return numbers, exchange.collect([str(one.number) for one in last[:early]], apart)


def _request(folder: Path, plan: Plan) -> Request:
    return Request(
        crm=(folder / "crm.csv",),
        calls=(folder / "calls.csv",),
        queue_logs=(folder / "queue_log",),
        window=(plan.start.isoformat(), plan.end.isoformat()),
    )
