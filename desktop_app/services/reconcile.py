"""Reconciliation as a person asks for it: files or a store in, a finding with its origins out (DESIGN §5)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from desktop_app import version
from desktop_app.domain.errors import KnownError
from desktop_app.domain.ladders import Ladder
from desktop_app.domain.reconciliation import Decision, Reason, Reconciliation
from desktop_app.domain.times import zone_of
from desktop_app.exchange import reconciliation_json
from desktop_app.exchange.call_log import CallsRead
from desktop_app.exchange.crm_export import CrmRead
from desktop_app.exchange.hand_records import RecordsRead
from desktop_app.exchange.handover import check_place
from desktop_app.exchange.workbook import write_workbook
from desktop_app.exchange.worksheets.about import About, FileRead, ProfileUsed, Side
from desktop_app.exchange.worksheets.journal import JournalParts
from desktop_app.matching import pipeline
from desktop_app.services.decisions import decisions_of
from desktop_app.services.progress import Progress
from desktop_app.services.reconcile_reading import Inputs, Request, read_files, read_store
from desktop_app.services.reconcile_spans import spans_apart
from desktop_app.services.reconcile_store import journal_parts
from desktop_app.storage.store import Store
from desktop_app.words import Words


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found, where it comes from, and what a store adds to the workbook."""

    found: Reconciliation
    about: About
    journal: JournalParts | None = None


def reconcile_files(request: Request, *, now: datetime, progress: Progress | None = None) -> Finding:
    """Compare tables of hand records with CRM exports and call logs.

    ``progress`` is told of each step and stops the work. Raises KnownError ``reading.*`` for a file that
    cannot be read, ``reconcile.*`` for a window that is none.
    """
    progress = progress or Progress()
    return compare(read_files(request, progress), now=now, progress=progress)


def reconcile_store(
    request: Request,
    store: Store,
    *,
    now: datetime,
    progress: Progress | None = None,
    ladders: Sequence[Ladder] = (),
) -> Finding:
    """Compare a store's records with CRM exports and call logs; promises and audit come along.

    What was decided on them before holds. Times without an offset are in the store's zone. Raises KnownError
    as ``reconcile_files`` does.
    """
    progress = progress or Progress()
    inputs = read_store(request, store, progress)
    decisions = decisions_of(store, inputs.rows_of, inputs.ids)
    finding = compare(inputs, decisions, now=now, progress=progress)
    return with_store(finding, store, ladders, now=now)


def with_store(
    finding: Finding, store: Store, ladders: Sequence[Ladder] = (), *, now: datetime | None = None
) -> Finding:
    """Return the finding with what the store adds to the workbook: numbers, promises, clocks, audit."""
    about = replace(finding.about, store=store.folder.name)
    return Finding(finding.found, about, journal_parts(store, ladders, now=now))


def compare(
    inputs: Inputs,
    decisions: Mapping[str, Decision] | None = None,
    *,
    now: datetime,
    progress: Progress,
) -> Finding:
    """Compare what was read, a person's decisions going before what is found."""
    zone, crm, calls = zone_of(inputs.zone), inputs.crm, inputs.calls
    found = pipeline.reconcile(
        inputs.records,
        crm.rows if crm else (),
        calls.calls if calls else (),
        crm_read=crm is not None,
        calls_read=calls is not None,
        window=inputs.window,
        decisions=decisions,
        category_words=crm.category_words if crm else {},
        crm_zone_fixed=inputs.zone_told or (crm is not None and crm.zone_fixed),
        calls_zone_fixed=inputs.zone_told or (calls is not None and calls.zone_fixed),
        progress=progress.tell,
    )
    progress.check()
    if not inputs.window_told:
        found = replace(found, warnings=(*found.warnings, *spans_apart(found, zone)))
    return Finding(found, _about(inputs.zone, now, inputs.read, crm, calls))


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
