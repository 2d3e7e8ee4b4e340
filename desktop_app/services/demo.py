"""One outage day with planted truth, played through the real services and judged (INTERFACES, demo)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from desktop_app.domain.errors import KnownError
from desktop_app.domain.reconciliation import Reconciliation
from desktop_app.domain.roles import Role
from desktop_app.exchange.record_files import write_records
from desktop_app.services import reconcile, stores
from desktop_app.services.demo_day.files import write_crm, write_json, write_log
from desktop_app.services.demo_day.judge import Judgement, Verdict, judge
from desktop_app.services.demo_day.plan import Plan
from desktop_app.services.demo_day.world import Day, day_of
from desktop_app.services.export import export_records
from desktop_app.services.reconcile_reading import Request
from desktop_app.services.records import log_record, template_rows
from desktop_app.storage.pins import one_time_pin
from desktop_app.storage.store import Store
from desktop_app.words import Words

MOST_CALLS, MOST_STATIONS = 5000, 40
AGENTS = ("李娜", "王芳", "张敏", "刘洋", "陈静", "杨帆", "赵磊", "黄丽", "周杰", "吴霞")
Progress = Callable[[str], None]
"""Called with the name of each step as it begins: stores, records, files, reconcile."""


@dataclass(frozen=True, slots=True)
class Played:
    """A played day: what was found, how it was judged, and the JSON of INTERFACES."""

    plan: Plan
    pin: str
    found: Reconciliation
    judgement: Judgement
    json: dict[str, object]


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
        stations = list(_stations(folder, plan, pin, opened))
        progress("records")
        numbers = _log(day, stations)
        progress("files")
        records = _hand_over(folder, plan, stations)
    after = day.aftermath(numbers)
    write_crm(folder / "crm.csv", after.rows)
    write_log(folder / "calls.csv", folder / "queue_log", day.log)
    progress("reconcile")
    finding = reconcile.reconcile_files(
        Request(
            records=tuple(records),
            crm=(folder / "crm.csv",),
            calls=(folder / "calls.csv",),
            queue_logs=(folder / "queue_log",),
            window=(plan.start.isoformat(), plan.end.isoformat()),
        ),
        now=now,
    )
    reconcile.hand_over(finding, words, out=folder / "workbook.xlsx")
    judgement = judge(finding.found, after.truth)
    told: dict[str, object] = {
        "seed": plan.seed,
        "window": [plan.start.isoformat(), plan.end.isoformat()],
        "truth": after.truth.as_json(),
        "found": found_json(judgement),
    }
    write_json(folder / "truth.json", told)
    return Played(plan, pin, finding.found, judgement, told)


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


def _stations(folder: Path, plan: Plan, pin: str, opened: ExitStack) -> Iterator[Store]:
    for index in range(plan.stations):
        name = AGENTS[index % len(AGENTS)]
        created = stores.create(
            folder / "stores" / plan.station(index),
            station=plan.station(index),
            owner=stores.Person(plan.staff_number(index), name, Role.AGENT),
            pin=pin,
            data_folder=folder / "data",
            now=plan.start - timedelta(days=1),
        )
        yield opened.enter_context(created.store)


def _log(day: Day, stations: list[Store]) -> dict[int, str]:
    """Write every record at its station, at the moment the agent did; return the numbers minted."""
    return {
        note.key: str(log_record(stations[note.station], note.values(), now=note.written_at).number)
        for note in day.notes
    }


def _hand_over(folder: Path, plan: Plan, stations: list[Store]) -> list[Path]:
    """Export each station's store, and all of them in one table."""
    (folder / "records").mkdir()
    english = Words("en")
    rows = []
    paths = []
    for index, store in enumerate(stations):
        paths.append(folder / "records" / f"{plan.station(index)}.csv")
        export_records(store, paths[-1], english)
        rows += template_rows(store)
    write_records(folder / "records.csv", rows, english)
    return paths
