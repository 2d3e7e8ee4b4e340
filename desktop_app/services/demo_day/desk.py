"""One desk of a demo day: its store and the files of afterwards, for pictures and for trying the window."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

from desktop_app.domain.identity import user_id
from desktop_app.domain.roles import Role
from desktop_app.services.demo_day.customers import demo_customers
from desktop_app.services.demo_day.files import write_crm, write_log
from desktop_app.services.demo_day.floor import surround
from desktop_app.services.demo_day.plan import Plan
from desktop_app.services.demo_day.world import day_of
from desktop_app.services.record_changes import correct
from desktop_app.services.record_view import view_record
from desktop_app.services.records import log_record
from desktop_app.services.stores import OpenStore, Person, create
from desktop_app.storage.unit_of_work import Author

OWNER = Person("8021", "李娜", Role.LEAD)
COLLEAGUE = Person("8022", "王芳", Role.AGENT)
PIN = "314159265358"  # of invented people; long enough for a PC without a key store


@dataclass(frozen=True, slots=True)
class Desk:
    """Where everything of the desk lies, and the moment (UTC) at which the CRM is back.

    ``handins`` wait to be merged; ``agent`` is another desk's store with its data folder (``floor``).
    """

    store: Path
    crm: Path
    customers: Path
    calls: Path
    queue_log: Path
    back_at: datetime
    handins: tuple[Path, ...]
    agent: tuple[Path, Path]


def lay_out(folder: Path, data_folder: Path, *, calls: int = 40, seed: int = 5) -> Desk:
    """Make the store of one station with a day's records, knowing the CRM's customers; and the day's files.

    The desk is a lead's, with a floor of other stations around it. The people are invented;
    the owner's staff number is ``OWNER``'s and the PIN ``PIN``.
    """
    plan = Plan(calls=calls, stations=1, seed=seed)
    day, files = day_of(plan), folder / "files"
    files.mkdir(parents=True, exist_ok=True)
    created = create(
        folder / "store",
        station=plan.station(0),
        owner=OWNER,
        pin=PIN,
        data_folder=data_folder,
        now=plan.start - timedelta(days=1),
        others=(COLLEAGUE,),
    )
    with created.store as store:
        demo_customers(store, files / "customers.csv", plan)
        logged = {note.key: log_record(store, note.values(), now=note.written_at) for note in day.notes}
        numbers = {key: str(one.number) for key, one in logged.items()}
        _correct_apart(store, logged[day.notes[0].key].subject_id, plan.end)
        floor = surround(store, folder / "floor", plan.end, PIN)
    write_crm(files / "crm.csv", day.aftermath(numbers).rows)
    write_log(files / "calls.csv", files / "queue_log", day.log)
    return Desk(
        folder / "store",
        files / "crm.csv",
        files / "customers.csv",
        files / "calls.csv",
        files / "queue_log",
        plan.end,
        floor.handins,
        floor.agent,
    )


def _correct_apart(store: OpenStore, record: str, now: datetime) -> None:
    """Have two people correct one record without seeing each other, as at two stations."""
    seen = view_record(store, record).seen
    for place, (person, text) in enumerate(((OWNER, "已约下午三点回访"), (COLLEAGUE, "客户要求明早再联系"))):
        author = Author(user_id(person.staff_number), person.staff_number, person.role)
        correct(
            replace(store, author=author),
            record,
            {"summary": text},
            reason="客户又来电",
            now=now + timedelta(minutes=place),
            seen=seen,
        )
