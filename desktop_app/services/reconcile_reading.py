"""What a reconciliation compares, read: a store's records or tables of them, CRM exports, call logs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import tzinfo
from pathlib import Path

from desktop_app.domain.errors import KnownError
from desktop_app.domain.reconciliation import HandRecord, Window
from desktop_app.domain.times import parse_iso, zone_of
from desktop_app.exchange.call_log import CallsRead, read_calls
from desktop_app.exchange.crm_export import CrmRead, read_crm
from desktop_app.exchange.hand_records import RecordsRead, read_records
from desktop_app.exchange.profiles import Profile
from desktop_app.policy import DEFAULT_ZONE
from desktop_app.services.progress import Progress
from desktop_app.services.reconcile_store import identified_records
from desktop_app.storage.store import Store


@dataclass(frozen=True, slots=True)
class Request:
    """What to compare, and how to read it where a person says so.

    ``zone`` is an IANA name or an offset; ``window`` are two ISO moments, without an offset in the zone.
    ``chosen`` are the mappings that a person looked at, by file; they go before a side's profile.
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
    chosen: Mapping[Path, Profile] = field(default_factory=dict)

    @property
    def files(self) -> tuple[Path, ...]:
        """Every file that will be read."""
        return (*self.records, *self.crm, *self.calls, *self.queue_logs)


@dataclass(frozen=True, slots=True)
class Inputs:
    """Everything read. ``ids`` are the store's record ids by key, ``read`` how tables of records were read.

    ``zone_told`` and ``window_told`` say whether a person gave them; ``rows_of`` names the CRM whose row ids
    these are, empty where no export was given.
    """

    records: tuple[HandRecord, ...]
    read: RecordsRead | None
    crm: CrmRead | None
    calls: CallsRead | None
    zone: str
    window: Window
    zone_told: bool = False
    window_told: bool = False
    ids: Mapping[str, str] = field(default_factory=dict)

    @property
    def rows_of(self) -> str:
        """What decisions about rows of this export are kept under."""
        return self.crm.rows_of if self.crm else ""


def read_files(request: Request, progress: Progress) -> Inputs:
    """Read tables of hand records, and all they are compared with; raises as ``reconcile_files`` does."""
    name = DEFAULT_ZONE if request.zone is None else request.zone
    window = window_of(request.window, zone_of(name))
    progress.tell("records", 0, len(request.files))
    read = read_records(
        request.records,
        request.records_profile,
        zone_of(name),
        chosen=request.chosen,
        check=progress.check,
    )
    return _others(request, read.records, read, name, window, progress, {})


def read_store(request: Request, store: Store, progress: Progress) -> Inputs:
    """Read the store's records, and all they are compared with; raises as ``reconcile_store`` does."""
    name = store.settings.zone if request.zone is None else request.zone
    window = window_of(request.window, zone_of(name))
    progress.tell("records", 0, len(request.files))
    records, ids = identified_records(store)
    return _others(request, records, None, name, window, progress, ids)


def store_again(inputs: Inputs, store: Store) -> Inputs:
    """Return the inputs with the store's records of now; the files are not read again."""
    records, ids = identified_records(store)
    return replace(inputs, records=records, ids=ids)


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


def _others(
    request: Request,
    records: tuple[HandRecord, ...],
    read: RecordsRead | None,
    name: str,
    window: Window,
    progress: Progress,
    ids: Mapping[str, str],
) -> Inputs:
    zone, of = zone_of(name), len(request.files)
    chosen, check = request.chosen, progress.check
    done = len(request.records)
    progress.tell("crm", done, of)
    crm = (
        read_crm(request.crm, request.crm_profile, zone, chosen=chosen, check=check) if request.crm else None
    )
    done += len(request.crm)
    progress.tell("calls", done, of)
    logs = bool(request.calls or request.queue_logs)
    calls = (
        read_calls(request.calls, request.queue_logs, request.calls_profile, zone, chosen=chosen, check=check)
        if logs
        else None
    )
    return Inputs(
        records,
        read,
        crm,
        calls,
        name,
        window,
        zone_told=bool(request.zone),
        window_told=request.window is not None,
        ids=ids,
    )
