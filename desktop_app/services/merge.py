"""Merging what other stations handed in: each bundle judged alone, in any order, as often as one likes.

A bundle is read and checked whole before anything of it is written; then its entries go in by short batches,
so that a save beside it waits for no more than one. What was kept when a merge is stopped stays, and merging
the same bundle again brings the rest (JOURNAL, bundles).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from desktop_app.domain.bundles import Bundle, Manifest, Result
from desktop_app.domain.errors import KnownError
from desktop_app.domain.numbers import Number
from desktop_app.exchange.bundle_file import Header
from desktop_app.exchange.kept_bundles import keep_bundle
from desktop_app.services.merge_standing import Standing, standing
from desktop_app.services.merge_trust import Judgement, judge_bundle, updated
from desktop_app.services.pairing import keep_claim, own
from desktop_app.services.progress import Progress
from desktop_app.services.sent_packs import keep_carried
from desktop_app.services.unfolding import Unfolded, Unfolding
from desktop_app.storage.absent import Absent
from desktop_app.storage.claims import drop_claims
from desktop_app.storage.going_on import go_on
from desktop_app.storage.manifests import is_latest, put_manifest
from desktop_app.storage.merging import put_in_batches
from desktop_app.storage.stations import Standing as Trust
from desktop_app.storage.stations import known_stations, own_keys, put_station, station_of
from desktop_app.storage.store import Store, StoreMarks
from desktop_app.storage.taking import (
    Held,
    drop_older_numbers,
    drop_quarantined,
    drop_saved_drafts,
    list_is_newer,
    put_numbers,
    put_quarantined,
    put_signed_head,
    put_taken,
    quarantined,
)
from desktop_app.storage.unit_of_work import View

_REFUSING = ("bundles.", "sharing.", "merge.")
"""What ails a bundle; whatever else is known ails this store."""
QUARANTINE = "quarantine"
"""The folder inside a store's own where hand-ins of unknown stores wait."""
_NUMBERS_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class BundleResult:
    """What became of one file.

    ``station`` and ``writer`` are its sender's, as far as they can be told; ``new`` counts entries that are
    new or whose payload is. ``reason`` says why it was refused, or what a person should know of it.
    """

    file: Path
    station: str
    writer: str
    result: Result
    new: int = 0
    reason: KnownError | None = None
    digest: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of each bundle."""

    bundles: tuple[BundleResult, ...]

    @property
    def altered(self) -> tuple[Mapping[str, object], ...]:
        """Station, writer and seq of each entry that refused bundles contradict."""
        return tuple(
            one.reason.details for one in self.bundles if one.reason and one.reason.code == "merge.altered"
        )


@dataclass(frozen=True, slots=True)
class Merged(Taken):
    """What became of each bundle, and where the store stands afterwards; see ``merge_standing.Standing``."""

    standing: Standing

    @property
    def missing(self) -> Mapping[str, tuple[Number, ...]]:
        """Numbers that nothing accounts for, by station."""
        return self.standing.missing

    @property
    def conflicts(self) -> tuple[tuple[str, str], ...]:
        """Record number and field of every conflict."""
        return self.standing.conflicts

    @property
    def state_hash(self) -> str:
        """The hash over everything shared."""
        return self.standing.state_hash

    @property
    def absent(self) -> tuple[Absent, ...]:
        """Entries that must exist and are not here."""
        return self.standing.absent

    @property
    def unknown(self) -> tuple[str, ...]:
        """Codes of stations that nobody has accepted."""
        return self.standing.unknown


def merge_bundles(
    store: Store,
    files: Sequence[Path],
    *,
    now: datetime,
    by: str = "command",
    progress: Progress | None = None,
) -> Merged:
    """Merge bundles that lie in files and look at the whole store afterwards; see ``take_bundles``."""
    taken = take_bundles(store, files, now=now, by=by, progress=progress)
    return Merged(taken.bundles, standing(store))


def take_bundles(
    store: Store, files: Sequence[Path], *, now: datetime, by: str, progress: Progress | None = None
) -> Taken:
    """Merge bundles that lie in files; one that is refused keeps no other from being merged.

    ``by`` is what brought them: ``folder``, ``stick`` or ``command``. Raises Cancelled where ``progress`` was
    stopped, and KnownError for what ails this store; what was kept until then stays.
    """
    with _Work(store, now, by, progress or Progress(), files) as work:
        results = work.take_all()
        # A bundle may have waited for another one of these, in which a lead vouches for its sender.
        released = {one.digest: one for one in work.release()}
    found = (
        replace(released[one.digest], file=one.file) if one.digest in released else one for one in results
    )
    return Taken(tuple(found))


def merge_quarantined(
    store: Store, sender_store: str, *, now: datetime, progress: Progress | None = None
) -> Merged:
    """Merge what an accepted store handed in before it was accepted; see ``merge_bundles``."""
    with _Work(store, now, "folder", progress or Progress()) as work:
        released = tuple(work.release(sender_store))
    return Merged(released, standing(store))


class _Work:
    """One call: several bundles into one store."""

    def __init__(
        self, store: Store, now: datetime, by: str, progress: Progress, files: Sequence[Path] = ()
    ) -> None:
        self._store, self._now, self._by, self._progress, self._files = store, now, by, progress, files
        own(store)  # makes the keys of an older program's store
        with store.read() as view:
            keys = own_keys(view.connection)
        if keys is None:
            raise AssertionError("keys were made just now")
        self._unfolding = Unfolding(keys, files, progress.check)

    def __enter__(self) -> _Work:
        self._unfolding.__enter__()
        return self

    def __exit__(self, *raised: Any) -> None:
        self._unfolding.__exit__(*raised)

    def take_all(self) -> list[BundleResult]:
        """Take the files one after the other and return what became of each."""
        results = []
        for place, file in enumerate(self._files):
            self._progress.tell("merging", place, len(self._files))
            results.append(self._take(file, *self._files[place + 1 : place + 2]))
        return results

    def _take(self, file: Path, following: Path | None = None) -> BundleResult:
        """Take one bundle and return what became of it."""
        try:
            header = self._unfolding.header(file)
        except KnownError as problem:
            return BundleResult(file, "", "", Result.REFUSED, reason=problem)
        try:
            return self._judged(file, header, self._unfolding.unfold(file, following))
        except KnownError as problem:
            if problem.code.startswith(_REFUSING):
                return self._refused(file, header, problem)
            raise

    def release(self, sender: str | None = None) -> Iterator[BundleResult]:
        """Take what waited in quarantine and whose sender is accepted by now, of one store where named."""
        while waiting := self._accepted(sender):
            for held in waiting:
                file = self._store.folder / held.file
                self._progress.tell("merging")
                yield self._take(file)
                with self._store.database.change() as connection:
                    drop_quarantined(connection, held.bundle)
                file.unlink(missing_ok=True)

    def _accepted(self, sender: str | None) -> list[Held]:
        with self._store.read() as view:
            accepted = {one.identity.store for one in known_stations(view.connection, Trust.ACCEPTED)}
            return [one for one in quarantined(view.connection, sender) if one.store in accepted]

    def _judged(self, file: Path, header: Header, unfolded: Unfolded) -> BundleResult:
        bundle = unfolded.bundle
        with self._store.read() as view:
            judgement = judge_bundle(view, bundle, at=self._now)
        if judgement is None:
            return self._held_back(file, header, bundle)
        if judgement.ahead and isinstance(self._store.marks, StoreMarks):
            # What this store writes next must not take the place of entries that it has lost.
            go_on(self._store, self._store.marks, self._now, restored=True)
        if judgement.lead:
            self._put_numbers(bundle.manifest)
        count = put_in_batches(
            self._store.database,
            judgement.runs,
            fresh=unfolded.fresh,
            last=lambda view, count: self._put_rest(view, header, bundle, judgement, count),
            step=lambda done: self._step(done, bundle.entry_count),
        )
        return BundleResult(
            file,
            bundle.manifest.identity.station,
            bundle.manifest.lives[-1],
            Result.MERGED if count else Result.KNOWN,
            count,
            KnownError("merge.own_ahead") if judgement.ahead else None,
            header.digest,
        )

    def _step(self, done: int, of: int) -> None:
        self._progress.tell("merging_entries", done, of)
        self._progress.check()

    def _put_rest(self, view: View, header: Header, bundle: Bundle, judgement: Judgement, count: int) -> None:
        manifest, sender, connection = bundle.manifest, bundle.manifest.identity, view.connection
        known = station_of(connection, sender.store)
        if known is not None and is_latest(connection, manifest):
            put_station(connection, updated(known, sender))
            if sender.leads and not known.identity.leads:
                keep_claim(view, sender, at=self._now)
        put_manifest(connection, manifest, at=self._now, by=self._by)
        if judgement.lead and manifest.site_pack:
            keep_carried(view, manifest.site_pack)
        for signed in judgement.heads:
            put_signed_head(connection, signed)
        for station in judgement.stations:
            put_station(connection, station)
            if station.standing is Trust.ACCEPTED:
                drop_claims(connection, station.identity.store)
        if judgement.own:
            drop_saved_drafts(connection)
        result = Result.MERGED if count else Result.KNOWN
        put_taken(connection, header.digest, result, sender.store, self._now)

    def _put_numbers(self, manifest: Manifest) -> None:
        lead, at, listed = manifest.identity.store, manifest.made_at, manifest.numbers
        with self._store.read() as view:
            if not listed or not list_is_newer(view.connection, lead, at):
                return
        for start in range(0, len(listed), _NUMBERS_AT_ONCE):
            self._progress.tell("merging_numbers", start, len(listed))
            with self._store.database.change() as connection:
                put_numbers(connection, listed[start : start + _NUMBERS_AT_ONCE], lead, at)
        with self._store.database.change() as connection:
            drop_older_numbers(connection, lead, at)

    def _held_back(self, file: Path, header: Header, bundle: Bundle) -> BundleResult:
        sender = bundle.manifest.identity
        kept = keep_bundle(file, header.digest, self._store.folder / QUARANTINE)
        held = Held(header.digest, sender.store, f"{QUARANTINE}/{kept.name}")
        with self._store.database.change() as connection:
            put_quarantined(connection, held, sender, bundle.entry_count, self._now)
            put_taken(connection, header.digest, Result.QUARANTINED, sender.store, self._now)
        return BundleResult(
            file, sender.station, bundle.manifest.lives[-1], Result.QUARANTINED, digest=header.digest
        )

    def _refused(self, file: Path, header: Header, problem: KnownError) -> BundleResult:
        with self._store.database.change() as connection:
            known = station_of(connection, header.store)
            put_taken(connection, header.digest, Result.REFUSED, header.store, self._now, problem.code)
        station = known.identity.station if known is not None else ""
        return BundleResult(file, station, "", Result.REFUSED, reason=problem, digest=header.digest)
