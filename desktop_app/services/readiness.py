"""Looks at what has to be ready before an outage (1.4.1-4); the judging is ``domain/readiness``."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from desktop_app.domain.paper_forms import PaperForm, form_version
from desktop_app.domain.pc_versions import PcVersion
from desktop_app.domain.readiness import Check, Found, Limits, checks
from desktop_app.domain.site_text import Version
from desktop_app.domain.times import zone_of
from desktop_app.services.backup import last_backup
from desktop_app.services.clock_behind import told_if_behind
from desktop_app.services.contacts import contact_book
from desktop_app.services.customers import standing
from desktop_app.services.delivery import hand_in_standing
from desktop_app.services.pc_versions import pc_versions
from desktop_app.services.roster import duty
from desktop_app.services.site_pack import PackSource, pack_in_use
from desktop_app.services.steady_time import seconds_counted
from desktop_app.services.stores import OpenStore
from desktop_app.storage.canary import canary_at
from desktop_app.storage.journal import oldest_at
from desktop_app.version import VERSION


@dataclass(frozen=True, slots=True)
class ThisPc:
    """What only the window knows of this PC: where backups were put, which printers there are."""

    data_folder: Path
    backups: tuple[Path, ...] = ()
    printers: tuple[str, ...] = ()
    clock_apart: timedelta = timedelta()
    seconds_since_start: float | None = None


@dataclass(frozen=True, slots=True)
class Readiness:
    """Every check as it stood, the program and site pack of every PC, and how the site numbers the paper."""

    checks: tuple[Check, ...]
    pcs: tuple[PcVersion, ...] = ()
    form: Version | None = None


def readiness(store: OpenStore, pc: ThisPc, *, now: datetime) -> Readiness:
    """Return everything as it stands now; reads folders, so never for a thread that draws."""
    zone, settings = zone_of(store.settings.zone), store.settings
    today = now.astimezone(zone).date()
    limits = Limits(
        settings.customers_max_age_days,
        settings.backup_max_age_days,
        settings.contact_max_age_days,
        settings.training_max_age_days,
    )
    customers = standing(store)
    loaded = pack_in_use(pc.data_folder, store, now=now)
    book = contact_book(store, loaded.pack)
    on_duty = duty(store, now=now)
    given = hand_in_standing(store)
    stale = tuple(one.contact.name for one in book if one.stale(today, limits.contacts))
    with store.read() as view:
        used_since = oldest_at(view.connection, view.life.writer)
    since_start = seconds_counted() if pc.seconds_since_start is None else pc.seconds_since_start
    found = Found(
        version=VERSION,
        customers=customers.snapshot.customers if customers.snapshot is not None else 0,
        customers_as_of=customers.snapshot.as_of if customers.snapshot is not None else None,
        customers_bad=customers.problem is not None,
        backup_at=last_backup(store, pc.backups),
        free=_free(store.folder),
        started_at=now - timedelta(seconds=since_start),
        canary_at=canary_at(pc.data_folder, now),
        used_since=used_since,
        clock_apart=pc.clock_apart,
        clock_behind=told_if_behind(store, now=now) is not None,
        contacts=len(book),
        stale=stale,
        roster_days=None if on_duty.empty else on_duty.cover.days,
        roster_gaps=on_duty.cover.gaps,
        untrained=tuple(one.name for one in on_duty.untrained),
        pack=str(loaded.pack.version),
        pack_own=loaded.source is not PackSource.SHIPPED,
        pack_filled=bool(loaded.filled),
        pack_problem=loaded.problem is not None,
        pack_from=loaded.pack.effective,
        leads=given.leads,
        to_confirm=given.to_confirm,
        handed_in_at=given.receipt_at,
        waiting=given.waiting,
        lying=given.lying,
        printers=pc.printers,
        pcs=pc_versions(store, str(loaded.pack.version)),
    )
    form = form_version(loaded.pack.forms, PaperForm.READINESS)
    return Readiness(checks(found, now=now, today=today, limits=limits), found.pcs, form)


def _free(folder: Path) -> int | None:
    try:
        return shutil.disk_usage(folder).free
    except OSError:
        return None
