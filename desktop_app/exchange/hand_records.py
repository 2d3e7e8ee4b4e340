"""Hand records out of our template or any table that people kept during the outage."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import time, tzinfo
from pathlib import Path

from desktop_app.domain.reconciliation import HandRecord
from desktop_app.exchange import profiles
from desktop_app.exchange.mapping import NONE_CHOSEN, FileRead, View, need, open_views
from desktop_app.exchange.notes import Note
from desktop_app.exchange.profiles import Profile
from desktop_app.exchange.tabular import Row
from desktop_app.exchange.watched_child import Check, go_on

_TELLING = ("number", "phone", "caller_name", "received_at", "summary", "detail")
_PLAIN = (
    "number",
    "caller_name",
    "phone",
    "callback_phone",
    "customer_no",
    "address",
    "summary",
    "detail",
    "agent",
    "station",
    "crm_id",
    "paper_serial",
)
_CODED = ("kind", "channel", "category")
_DAY_ENDS = time(23, 59)


@dataclass(frozen=True, slots=True)
class RecordsRead:
    """Hand records, how they were read, and what was not understood."""

    records: tuple[HandRecord, ...]
    profile: str
    guessed: bool
    status: str
    files: tuple[FileRead, ...]
    notes: tuple[Note, ...]
    zone_fixed: bool


def read_records(
    paths: Sequence[Path],
    profile: str | None,
    zone: tzinfo,
    *,
    chosen: Mapping[Path, Profile] = NONE_CHOSEN,
    check: Check = go_on,
) -> RecordsRead:
    """Read tables of hand records; times without an offset are in the profile's zone, else in ``zone``.

    A record's key is its number; ``file:row`` where it has none, ``number (file:row)`` for a number that was
    used before. Raises KnownError ``reading.*`` for a file that cannot be read or has no telling column.
    """
    told = profiles.load(profile, "records") if profile is not None else None
    generic = profiles.shipped(profiles.GENERIC)
    records: list[HandRecord] = []
    files: list[FileRead] = []
    notes: list[Note] = []
    used: list[Profile] = []
    keys: set[str] = set()
    for view in open_views(paths, "records", told, zone, notes, chosen, check):
        need(view, _TELLING)
        repeated = []
        for row in view.table.rows:
            record = _record(view, row, generic, keys)
            if record.number and record.key != record.number:
                repeated.append(record.number)
            keys.add(record.key)
            records.append(record)
        if repeated:
            view.notes.append(Note("repeated_number", {"numbers": ", ".join(dict.fromkeys(repeated))}))
        files.append(FileRead(view.table.file, view.table.sha256, len(view.table.rows)))
        notes.extend(view.finish())
        used.append(view.profile)
    main = used[0] if used else told or generic
    return RecordsRead(
        records=tuple(records),
        profile=main.name,
        guessed=told is None and not chosen.keys() & set(paths),
        status=main.status,
        files=tuple(files),
        notes=tuple(notes),
        zone_fixed=bool(main.zone),
    )


def _record(view: View, row: Row, generic: Profile, keys: set[str]) -> HandRecord:
    plain = {field: view.text(row, field) for field in _PLAIN}
    coded = {}
    for field in _CODED:
        word = view.text(row, field)
        code = view.profile.code(field, word)
        coded[field] = code if code != word else generic.code(field, word)
    number = plain["number"]
    key = number or str(row.source)
    while key in keys:
        key = f"{key} ({row.source})"
    return HandRecord(
        key=key,
        source=row.source,
        received_at=view.moment(row, "received_at", date_field="received_date"),
        ended_at=view.moment(row, "ended_at", date_field="received_date"),
        callback_due=view.moment(row, "callback_due", date_at=_DAY_ENDS),
        **plain,
        **coded,
    )
