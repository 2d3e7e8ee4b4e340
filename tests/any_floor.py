"""A floor whose bundles come in any order, again and again, or not at all, and what it has to end in."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from contextlib import suppress
from copy import deepcopy
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

import pytest

from desktop_app.domain.bundles import SUFFIX, Result
from desktop_app.exchange.bundles import read_header
from desktop_app.services.handin import clean_up, hand_in
from desktop_app.services.merge import Merged, merge_bundles, merge_quarantined
from desktop_app.services.merge_standing import standing
from desktop_app.services.pairing import accept, own
from desktop_app.services.progress import Cancelled, Progress
from desktop_app.storage import merging
from desktop_app.storage.stations import Standing, own_keys, own_writers, station_of
from tests.bundles import read_bundle
from tests.ledger import Ledger, ids_held
from tests.people import People
from tests.places import LEADS, STRANGER, Place, Template, make_template

COPY = "-copy"
ROUNDS = 8
"""Rounds after which everybody has heard everything, at the latest."""
MOST = 8
"""Places at once, copies among them."""


@dataclass
class AnyFloor(People):
    """A floor with a box that carries its bundles.

    ``used`` are the places at which something was done, ``restored`` those where an older copy is.
    """

    used: set[str] = field(default_factory=lambda: set(LEADS))
    restored: set[str] = field(default_factory=set)
    drill: Path = Path()

    @classmethod
    def begin(cls, warm: Warm, root: Path) -> AnyFloor:
        """Go on where the warm floor stands, with stores of one's own."""
        floor = cls(
            root, warm.template.copy(root), warm.now, deepcopy(warm.ledger), drill=warm.template.drill
        )
        floor.box.mkdir()
        return floor

    def at(self, name: str) -> Place:
        """Return a place, at which something is done now; the store itself where there is no such copy."""
        name = name if name in self.places else name.removesuffix(COPY)
        self.used.add(name)
        return self.places[name]

    @property
    def box(self) -> Path:
        return self.root / "box"

    def bundles(self) -> list[Path]:
        """Return what lies in the box, by when it was put there."""
        found = self.box.glob(f"*{SUFFIX}")
        return sorted(found, key=lambda one: (one.stat().st_mtime_ns, one.name))

    # How it gets to others.

    def hand_in(self, place: Place, *, everything: bool) -> Sequence[Path]:
        return hand_in(place.store, self.box, now=self.tick(), everything=everything).files

    def clean_up(self, place: Place) -> None:
        clean_up(place.store, self.box)

    def merge(self, place: Place, files: Sequence[Path], progress: Progress | None = None) -> Merged:
        """Merge files at a place: each is taken that may be, and only those."""
        meant = [self._outcomes(place, file) for file in files]
        merged = merge_bundles(place.store, files, now=self.tick(), progress=progress)
        for outcomes, one in zip(meant, merged.bundles, strict=True):
            assert one.result in outcomes, (place.name, one)
        return merged

    def stop(self, place: Place, files: Sequence[Path], after: int) -> None:
        """Merge in tiny batches, and stop after so many of them."""
        progress = _Stopped(after)
        with pytest.MonkeyPatch.context() as patch, suppress(Cancelled):
            patch.setattr(merging, "_FIRST_BATCH", 2)
            patch.setattr(merging, "_SMALLEST", 2)
            self.merge(place, files, progress)

    def spoil(self, place: Place, file: Path, at: int, *, cutting: bool) -> None:
        """Merge a bundle that was cut or altered: it is refused, and nothing has changed."""
        content = bytearray(file.read_bytes())
        at %= len(content)
        if cutting:
            del content[at:]
        else:
            content[at] ^= 1 + at % 255
        spoilt = self.root / f"spoilt{SUFFIX}"
        spoilt.write_bytes(content)
        with place.store.read() as view:
            before = ids_held(view), standing(place.store).state_hash
        merged = merge_bundles(place.store, [spoilt], now=self.tick())
        assert merged.bundles[0].result is Result.REFUSED, (at, cutting)
        with place.store.read() as view:
            assert (ids_held(view), merged.state_hash) == before

    def meet(self, lead: Place) -> None:
        """Let a lead accept the stranger, and merge what waited."""
        stranger = own(self.places[STRANGER].store)
        if accept(lead.store, stranger, now=self.tick()):
            merge_quarantined(lead.store, stranger.store, now=self.now)

    def back_up(self, place: Place) -> None:
        place.save(self.root / f"saved-{place.name}-{self.next()}")

    def put_back(self, place: Place, which: int) -> None:
        if place.saved:
            place.put_back(place.saved[which % len(place.saved)], self.tick())
            self.restored.add(place.name)
            self.ledger.restored(place)
            self.screens.pop(place.name, None)
            self.logged.pop(place.name, None)

    def copy(self, place: Place) -> None:
        """Begin to use a copy of a store beside it."""
        name = f"{place.code}{COPY}"
        if len(self.places) < MOST and name not in self.places:
            self.places[name] = place.copied(name, self.tick())

    # How it ends.

    def heal(self) -> None:
        """Let everybody hand in and merge everything, until nothing is new."""
        leads = [self.places[code] for code in LEADS]
        for lead in leads:
            self.meet(lead)
        names = {*self.used, STRANGER}
        if self.restored & set(LEADS):
            names |= self.places.keys()  # only a station itself can tell a lead again of its drafts
        used = [self.places[name] for name in sorted(names)]
        for place in used:
            self.log(
                place, promised=False
            )  # so that everybody has something to hand in, and to say of drafts
        whole = self.expected(used)
        stations = [place for place in used if not place.is_lead]
        for place in stations:
            self.hand_in(place, everything=True)
        taken: dict[str, set[Path]] = {name: set() for name in self.places}
        for _ in range(ROUNDS):
            new = sum([self.take_all(lead, taken[lead.name]) for lead in leads])
            for lead in leads:
                self.hand_in(lead, everything=True)
            if not new:
                # A lead who was restored may lack what a station was told had arrived.
                new = self.restored & set(LEADS) and self._answers(stations, taken)
            if not new:
                break
        else:
            raise AssertionError("it never ends")
        for place in stations:
            self.take_all(place, taken[place.name])
        for place in used:
            self.ledger.check_place(place)
        numbers = {number: self.places[name] for number, name in self.ledger.shown.items()}
        self.ledger.check_end(leads, whole, numbers)
        for place in used:
            found = self.ledger.problems(place)
            assert found <= self._planned(place), (place.name, found)

    def _answers(self, stations: Sequence[Place], taken: dict[str, set[Path]]) -> int:
        """Let stations hear the leads and hand in what those lack; returns how many bundles that took."""
        for place in stations:
            self.take_all(place, taken[place.name])
        return sum(len(self.hand_in(place, everything=True)) for place in stations)

    def take_all(self, place: Place, taken: set[Path] | None = None) -> int:
        """Merge everything in the box that is for a place, less what was ``taken``; returns what was new."""
        me, taken = own(place.store).store, set() if taken is None else taken
        fresh = [file for file in self.bundles() if file not in taken]
        ours = [file for file in fresh if me in read_header(file).recipients]
        taken.update(fresh)
        merged = self.merge(place, ours) if ours else None
        return sum(one.new for one in merged.bundles) if merged else 0

    def expected(self, used: Sequence[Place]) -> frozenset[str]:
        """Return the entries that both leads will have: all that anybody has, or that are on the way."""
        found: set[str] = set()
        for place in used:
            with place.store.read() as view:
                held = ids_held(view, payload=not place.is_lead)
                own_lives = tuple(own_writers(view.connection))
            # A station hands in what it wrote itself; of what leads lost it has no more than they showed it.
            found |= {one for one in held if place.is_lead or one.startswith(own_lives)}
        with self.places[LEADS[0]].store.read() as view:
            keys = own_keys(view.connection)
        assert keys is not None
        for file in self.bundles():
            if own(self.places[LEADS[0]].store).store in read_header(file).recipients:
                found |= {
                    stored.entry.id
                    for run in read_bundle(file, keys).runs
                    for stored in run.entries
                    if not stored.withheld
                }
        return frozenset(found)

    def close(self) -> None:
        for place in self.places.values():
            place.close()
        shutil.rmtree(self.root)

    def _planned(self, place: Place) -> set[str]:
        """Return what a look at a store may find: what it lost, and that others use its mark."""
        planned = {"doctor.unaccounted"} if place.name in self.restored else set()
        if any(one.code == place.code and one is not place for one in self.places.values()):
            planned |= {"doctor.unaccounted", "doctor.mark_other_writer", "doctor.mark_behind"}
        return planned

    def _outcomes(self, place: Place, file: Path) -> set[Result]:
        header, me = read_header(file), own(place.store).store
        if me not in header.recipients or header.drill:
            return {Result.REFUSED}
        with place.store.read() as view:
            known = station_of(view.connection, header.store)
        if known is None or known.standing is not Standing.ACCEPTED:
            return {Result.QUARANTINED}
        return {Result.MERGED, Result.KNOWN}


@dataclass(frozen=True)
class Warm:
    """Stores that have begun to work, what they wrote, and when."""

    template: Template
    ledger: Ledger
    now: datetime


def warm(folder: Path, now: datetime) -> Warm:
    """Make the stores, and let stations hand in their first records to leads who answer."""
    template = make_template(folder, now)
    floor = AnyFloor(folder, template.places(), now)
    floor.box.mkdir()
    first, second, lead = (floor.places[code] for code in ("07", "12", "01"))
    floor.log(first, promised=True)
    for place in floor.places.values():
        floor.back_up(place)
    floor.log(first, promised=False)
    floor.log(second, promised=True)
    floor.start(second)
    for place in (first, second):
        floor.hand_in(place, everything=False)
    for code in LEADS:
        floor.take_all(floor.places[code])
    floor.hand_in(lead, everything=False)
    floor.take_all(first)
    saved = {code: place.saved[0] for code, place in floor.places.items()}
    for place in floor.places.values():
        place.store.database.checkpoint()
        place.close()
    return Warm(replace(template, saved=saved), floor.ledger, floor.now)


class _Stopped(Progress):
    """Stops itself after so many steps."""

    def __init__(self, after: int) -> None:
        super().__init__()
        self._left = after

    def tell(self, step: str, done: int = 0, of: int = 0) -> None:
        super().tell(step, done, of)
        self._left -= 1
        if self._left <= 0:
            self.stop()
