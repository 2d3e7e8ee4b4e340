"""One visit to a shared folder or stick: files go there and come from there, the store is not touched.

What is to go lies in ``outgoing`` in the store's folder, what came waits in ``incoming`` beside it until it
is merged. So a share that blocks holds up nobody who works with the store, and a visit that is killed
leaves whole files only. ``outgoing`` is what ought to lie there: a share that was emptied is filled again,
a name in it that ends in ``.gone`` is one that ought to lie there no longer, one in ``.sent`` has lain there.
"""

from __future__ import annotations

import time
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from types import MappingProxyType

from desktop_app.domain.bundles import SUFFIX
from desktop_app.domain.errors import KnownError
from desktop_app.exchange.shared_folder import LARGEST, PART, Gone, Lying, SharedFolder, names_other

MOST_TAKEN = 50
"""Files taken in one visit, and the most that wait here: the rest follows once these are merged."""
MOST_BYTES_TAKEN = 128 << 20
MOST_OPENED = 300
"""Files opened in one visit to see whom they are for."""
SECONDS = 20.0
"""A visit ends after the file that takes it past this; the next one goes on."""
START_BYTES = 1 << 16
"""How much of a file is read to see whom it is for."""
GONE, SENT = ".gone", ".sent"
_HOUR = 3600.0
_HERE = ("store.disk_full", "delivery.no_room_here")

Seen = Mapping[str, tuple[int, int]]
"""By name the size and time of files that need not be looked at again."""


@dataclass(frozen=True, slots=True)
class Spool:
    """Where files wait on this PC, inside the store's folder."""

    outgoing: Path
    incoming: Path

    def make(self) -> None:
        """Make both folders where they are missing; raises KnownError ``delivery.no_room_here``."""
        try:
            for folder in (self.outgoing, self.incoming):
                folder.mkdir(mode=0o700, exist_ok=True)
        except OSError as problem:
            raise KnownError("delivery.no_room_here", folder=self.outgoing) from problem

    def waiting(self) -> list[Path]:
        """Return what has come and is not merged yet, in the order in which it came."""
        found = [file for file in self.incoming.iterdir() if file.suffix in LARGEST]
        return sorted(found, key=lambda file: (file.stat().st_mtime_ns, file.name))

    def leaving(self) -> list[Path]:
        """Return what ought to lie in the shared folder."""
        return sorted(file for file in self.outgoing.iterdir() if file.suffix in LARGEST)

    def give_up(self, names: Iterable[str]) -> None:
        """Say that own bundles need not lie there any more; raises OSError."""
        for name in names:
            (self.outgoing / f"{name}{GONE}").touch()
            (self.outgoing / f"{name}{SENT}").unlink(missing_ok=True)

    def given_up(self) -> list[Path]:
        """Return the marks that ``give_up`` left."""
        return sorted(file for file in self.outgoing.iterdir() if file.suffix == GONE)

    def empty(self) -> None:
        """Drop what was to leave; what is needed is written anew."""
        for file in self.leaving():
            file.unlink(missing_ok=True)
            (self.outgoing / f"{file.name}{SENT}").unlink(missing_ok=True)

    def mark_sent(self, names: Collection[str]) -> None:
        """Say that what ought to lie in the shared folder lies there under these names."""
        for file in self.leaving():
            if file.name in names:
                (self.outgoing / f"{file.name}{SENT}").touch()

    def unsent(self) -> frozenset[str]:
        """Return the names of what has been written here and has lain in no shared folder yet."""
        if not self.outgoing.is_dir():
            return frozenset()
        there = {file.name.removesuffix(SENT) for file in self.outgoing.iterdir() if file.suffix == SENT}
        return frozenset(file.name for file in self.leaving() if file.name not in there)

    def sweep(self, now: datetime) -> None:
        """Drop what killed visits left half copied, an hour later: none is under way that long."""
        for file in self.incoming.iterdir():
            if file.suffix == PART and now.timestamp() - file.stat().st_mtime > _HOUR:
                file.unlink(missing_ok=True)


def spool_of(folder: Path, *, stick: bool = False) -> Spool:
    """Return where files of the store in ``folder`` wait; those for and from a stick wait apart."""
    apart = "-stick" if stick else ""
    return Spool(folder / f"outgoing{apart}", folder / f"incoming{apart}")


def not_sent(folder: Path) -> frozenset[str]:
    """Return the names of bundles of the store in ``folder`` that only wait here, for share or stick."""
    return spool_of(folder).unsent() | spool_of(folder, stick=True).unsent()


@dataclass(frozen=True, slots=True)
class Errand:
    """What a visit has to do.

    store: this store's id; own: how the names of its bundles begin. seen: as the last visit to the same
    folder returned it.
    """

    spool: Spool
    store: str
    own: frozenset[str]
    seen: Seen = field(default_factory=lambda: MappingProxyType({}))


@dataclass(slots=True)
class Carried:
    """What a visit did, by names.

    more: there is more to put or take than one visit does. problems: what single files met with.
    """

    put: list[str] = field(default_factory=list)
    taken: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    seen: dict[str, tuple[int, int]] = field(default_factory=dict)
    more: bool = False
    problems: list[KnownError] = field(default_factory=list)


def carry(shared: SharedFolder, errand: Errand) -> Carried:
    """Put, take and remove what there is; safe to repeat, and to kill anywhere.

    Raises KnownError ``delivery.*`` where the folder is away, ``store.disk_full`` where this PC has no room.
    What can be done on a full stick or a share that is only read is done all the same, and told in
    ``problems``.
    """
    lying = shared.look()  # first of all: on a dead share nothing below has happened yet
    errand.spool.make()
    until = time.monotonic() + SECONDS
    carried = Carried()
    there = {one.name: one for one in lying}
    _remove(shared, errand, there, carried)
    _put(shared, errand, there, carried, until)
    errand.spool.mark_sent({*carried.put, *there})
    _take(shared, errand, lying, carried, until)
    return carried


def _remove(shared: SharedFolder, errand: Errand, there: Mapping[str, Lying], carried: Carried) -> None:
    """Remove first: it makes room on a full stick."""
    for mark in errand.spool.given_up():
        name = mark.name.removesuffix(GONE)
        if name in there and _is_own(name, errand):
            try:
                shared.remove(name)
            except KnownError as problem:
                if problem.code == "delivery.away":
                    raise
                carried.problems.append(problem)
                return
            carried.removed.append(name)
        mark.unlink(missing_ok=True)


def _put(
    shared: SharedFolder, errand: Errand, there: Mapping[str, Lying], carried: Carried, until: float
) -> None:
    lacking = [file for file in errand.spool.leaving() if not _lies_there(file, there.get(file.name))]
    if not lacking:
        return
    try:
        shared.sweep(errand.own)
        for file in lacking:
            if time.monotonic() > until:
                carried.more = True
                return
            try:
                shared.put(file)
            except Gone:
                continue  # cleaned up meanwhile
            carried.put.append(file.name)
    except KnownError as problem:
        if problem.code == "delivery.away":
            raise
        carried.problems.append(problem)  # full, or only read: the next file would fare no better


def _take(shared: SharedFolder, errand: Errand, lying: list[Lying], carried: Carried, until: float) -> None:
    room, space, opened = MOST_TAKEN - len(errand.spool.waiting()), MOST_BYTES_TAKEN, 0
    ours = {file.name for file in errand.spool.leaving()}
    for one in lying:
        known = (one.size, one.changed)
        if one.name in ours or _is_own(one.name, errand):
            continue
        if errand.seen.get(one.name) == known:
            carried.seen[one.name] = known
            continue
        if room <= 0 or space <= 0 or opened >= MOST_OPENED or time.monotonic() > until:
            carried.more = True
            continue
        opened += 1
        try:
            if _take_one(shared, errand, one, carried):
                room, space = room - 1, space - one.size
            carried.seen[one.name] = known
        except Gone:
            continue  # deleted or still being written: the next visit sees
        except KnownError as problem:
            if problem.code == "delivery.away" or problem.code in _HERE:
                raise
            carried.problems.append(problem)


def _take_one(shared: SharedFolder, errand: Errand, one: Lying, carried: Carried) -> bool:
    """Take a bundle where it is for us; a key file is for everybody."""
    suffix = Path(one.name).suffix
    if one.size > LARGEST[suffix]:
        carried.problems.append(KnownError("delivery.too_large", file=one.name))
        return False
    if suffix == SUFFIX and names_other(shared.start_of(one.name, START_BYTES), errand.store):
        return False
    shared.take(one, errand.spool.incoming)
    carried.taken.append(one.name)
    return True


def _is_own(name: str, errand: Errand) -> bool:
    return name.endswith(SUFFIX) and name[:8] in errand.own and name[8:9] == "-"


def _lies_there(file: Path, lying: Lying | None) -> bool:
    try:
        return lying is not None and lying.size == file.stat().st_size
    except FileNotFoundError:
        return True  # cleaned up meanwhile: nothing to put
