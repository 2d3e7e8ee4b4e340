"""Reconciliation as a person asks for it: files or a store in, a finding with its origins out (DESIGN §5)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, tzinfo
from pathlib import Path

from desktop_app import version
from desktop_app.domain.errors import KnownError
from desktop_app.domain.reconciliation import HandRecord, Reason, Reconciliation, Window
from desktop_app.domain.times import parse_iso, zone_of
from desktop_app.exchange import reconciliation_json
from desktop_app.exchange.call_log import CallsRead, read_calls
from desktop_app.exchange.crm_export import CrmRead, read_crm
from desktop_app.exchange.hand_records import RecordsRead, read_records
from desktop_app.exchange.handover import check_place
from desktop_app.exchange.workbook import write_workbook
from desktop_app.exchange.worksheets.about import About, FileRead, ProfileUsed, Side
from desktop_app.exchange.worksheets.journal import JournalParts
from desktop_app.matching import pipeline
from desktop_app.policy import DEFAULT_ZONE
from desktop_app.services.reconcile_spans import spans_apart
from desktop_app.services.reconcile_store import hand_records, journal_parts
from desktop_app.storage.store import Store
from desktop_app.words import Words

Progress = Callable[[str], None]
"""Called with the name of each step as it begins: records, crm, calls, matching, workbook."""


@dataclass(frozen=True, slots=True)
class Request:
    """What to compare, and how to read it where a person says so.

    ``zone`` is an IANA name or an offset; ``window`` are two ISO moments, without an offset in the zone.
    """

    records: tuple[Path, ...] = ()
    crm: tuple[Path, ...] = ()
    calls: tuple[Path, ...] = ()
    queue_logs: tuple[Path, ...] = ()
    records_profile: str | None = None
    crm_profile: str | None = None
    calls_profile: str | None = None
    zone: str | None = None
    window: tuple[str, str] | None = None

    @property
    def files(self) -> tuple[Path, ...]:
        """Every file that will be read."""
        return (*self.records, *self.crm, *self.calls, *self.queue_logs)


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found, where it comes from, and what a store adds to the workbook."""

    found: Reconciliation
    about: About
    journal: JournalParts | None = None


def reconcile_files(request: Request, *, now: datetime, progress: Progress = lambda step: None) -> Finding:
    """Compare tables of hand records with CRM exports and call logs.

    Raises KnownError ``reading.*`` for a file that cannot be read, ``reconcile.*`` for a window that is none.
    """
    name = DEFAULT_ZONE if request.zone is None else request.zone
    zone = zone_of(name)
    window = window_of(request.window, zone)
    progress("records")
    read = read_records(request.records, request.records_profile, zone)
    return _compare(request, read.records, read, name, window, now, progress)


def reconcile_store(
    request: Request, store: Store, *, now: datetime, progress: Progress = lambda step: None
) -> Finding:
    """Compare a store's records with CRM exports and call logs; promises and audit come along.

    Times without an offset are in the store's zone. Raises KnownError as ``reconcile_files`` does.
    """
    name = store.settings.zone if request.zone is None else request.zone
    window = window_of(request.window, zone_of(name))
    progress("records")
    records = hand_records(store)
    finding = _compare(request, records, None, name, window, now, progress)
    about = replace(finding.about, store=store.folder.name)
    return Finding(finding.found, about, journal_parts(store))


def check_outputs(request: Request, out: Path, json: Path | None) -> None:
    """Raise KnownError ``writing.*`` where an output cannot be written or is one of the inputs."""
    if out.suffix.lower() != ".xlsx":
        raise KnownError("writing.not_xlsx", file=out.name)
    if json is not None and json.resolve() == out.resolve():
        raise KnownError("writing.same_output", file=out.name)
    taken = {path.resolve() for path in request.files}
    for path in (out, json):
        if path is None:
            continue
        if path.resolve() in taken:
            raise KnownError("writing.is_input", file=path.name)
        check_place(path)


def hand_over(
    finding: Finding, words: Words, *, out: Path, json: Path | None = None, password: str | None = None
) -> None:
    """Write the workbook and, where asked for, the JSON file; raises KnownError ``writing.*``."""
    write_workbook(out, finding.found, finding.about, words, journal=finding.journal, password=password)
    if json is not None:
        reconciliation_json.write_json(json, finding.found, words)


def json_text(finding: Finding, words: Words) -> str:
    """Return the finding as the JSON that ``hand_over`` writes."""
    return reconciliation_json.json_text(finding.found, words)


def window_of(told: tuple[str, str] | None, zone: tzinfo) -> Window:
    """Return the span of two ISO moments, open where none is told; raises KnownError ``reconcile.*``."""
    if told is None:
        return Window()
    moments = []
    for text in told:
        moment = parse_iso(text, zone)
        if moment is None:
            raise KnownError("reconcile.window_text", text=text)
        moments.append(moment)
    if moments[0] > moments[1]:
        raise KnownError("reconcile.window_order", start=told[0], end=told[1])
    return Window(moments[0], moments[1])


def _compare(
    request: Request,
    records: Sequence[HandRecord],
    read: RecordsRead | None,
    name: str,
    window: Window,
    now: datetime,
    progress: Progress,
) -> Finding:
    zone = zone_of(name)
    progress("crm")
    crm = read_crm(request.crm, request.crm_profile, zone) if request.crm else None
    progress("calls")
    logs = bool(request.calls or request.queue_logs)
    calls = read_calls(request.calls, request.queue_logs, request.calls_profile, zone) if logs else None
    progress("matching")
    found = pipeline.reconcile(
        records,
        crm.rows if crm else (),
        calls.calls if calls else (),
        crm_read=crm is not None,
        calls_read=calls is not None,
        window=window,
        category_words=crm.category_words if crm else {},
        crm_zone_fixed=bool(request.zone) or (crm is not None and crm.zone_fixed),
        calls_zone_fixed=bool(request.zone) or (calls is not None and calls.zone_fixed),
    )
    if request.window is None:
        found = replace(found, warnings=(*found.warnings, *spans_apart(found, zone)))
    return Finding(found, _about(name, now, read, crm, calls))


def _about(
    zone: str, now: datetime, records: RecordsRead | None, crm: CrmRead | None, calls: CallsRead | None
) -> About:
    sides: Iterable[tuple[Side, RecordsRead | CrmRead | CallsRead | None]] = (
        (Side.RECORDS, records),
        (Side.CRM, crm),
        (Side.CALLS, calls),
    )
    read = [(side, one) for side, one in sides if one is not None]
    return About(
        version=version.VERSION,
        made_at=now,
        zone=zone,
        files=tuple(
            FileRead(side, file.name, file.sha256, file.rows) for side, one in read for file in one.files
        ),
        profiles=tuple(
            ProfileUsed(side, one.profile, one.guessed, proven=one.status == "run")
            for side, one in read
            if one.files
        ),
        notes=tuple((side, Reason(note.code, 0.0, note.details)) for side, one in read for note in one.notes),
    )
