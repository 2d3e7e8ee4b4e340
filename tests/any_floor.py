"""What people do on a floor, one step at a time, each told to the ledger."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from desktop_app.domain.bundles import SUFFIX, Result
from desktop_app.domain.entries import Action
from desktop_app.domain.errors import GuardRefused, KnownError
from desktop_app.domain.identity import Subject, SubjectKind, user_id
from desktop_app.domain.numbers import Number
from desktop_app.domain.roles import Role
from desktop_app.domain.users import Grant
from desktop_app.exchange.bundles import read_bundle, read_header
from desktop_app.services import conflicts, late_payloads, record_changes, records
from desktop_app.services.handin import clean_up, hand_in
from desktop_app.services.merge import Merged, merge_bundles, merge_quarantined
from desktop_app.services.merge_standing import standing
from desktop_app.services.pairing import accept, own
from desktop_app.services.progress import Cancelled, Progress
from desktop_app.services.purging import purge_records
from desktop_app.services.twins import join
from desktop_app.services.waive_numbers import waive_numbers
from desktop_app.storage import merging
from desktop_app.storage.drafts import all_drafts
from desktop_app.storage.stations import Standing, own_keys, station_of
from tests.ledger import KINDS, Ledger, Seen, ids_held
from tests.places import LEADS, NAMES, STRANGER, Place, Template

ROUNDS = 8
"""Rounds after which everybody has heard everything, at the latest."""
MOST = 8
"""Places at once, copies among them."""


@dataclass
class AnyFloor:
    """The places at work, what lies in the box that carries their bundles, and the clock."""

    root: Path
    places: dict[str, Place]
    drill: Path
    now: datetime
    ledger: Ledger = field(default_factory=Ledger)
    accepted: set[str] = field(default_factory=set)
    logged: dict[str, list[records.Logged]] = field(default_factory=dict)
    screens: dict[str, tuple[str, Seen]] = field(default_factory=dict)
    copied: set[str] = field(default_factory=set)
    _files: int = 0

    @classmethod
    def begin(cls, template: Template, root: Path, now: datetime) -> AnyFloor:
        floor = cls(root, template.copy(root), template.drill, now)
        floor.box.mkdir()
        return floor

    @property
    def box(self) -> Path:
        return self.root / "box"

    def tick(self) -> datetime:
        self.now += timedelta(minutes=1)
        return self.now

    def bundles(self) -> list[Path]:
        """Return what lies in the box, by when it was put there."""
        found = self.box.glob(f"*{SUFFIX}")
        return sorted(found, key=lambda one: (one.stat().st_mtime_ns, one.name))

    def records_at(self, place: Place) -> list[Subject]:
        """Return the records a store knows, in the order in which anybody wrote them."""
        with place.store.read() as view:
            held = {state.subject for state in view.states(SubjectKind.RECORD)}
        return [one for one in self.ledger.by_subject if one in held]

    # What people write.

    def log(self, place: Place, *, promised: bool) -> None:
        values = {"kind": "enquiry", "summary": f"来电{self._next()}", "phone": "13123450001"}
        if promised:
            values["callback_due"] = "2026-12-30T10:00"
        with self.ledger.acknowledging(place):
            made = records.log_record(place.store, values, now=self.tick())
        self.ledger.show(made.number, place)
        self.logged.setdefault(place.name, []).append(made)

    def start(self, place: Place) -> None:
        draft = records.start_draft(place.store, {"summary": f"草稿{self._next()}"}, now=self.tick())
        self.ledger.show(draft.number, place)

    def finish(self, place: Place, which: int, how: str) -> None:
        """Save, keep or discard one of the drafts that lie at a place."""
        with place.store.read() as view:
            drafts = all_drafts(view)
        if not drafts:
            return
        draft = drafts[which % len(drafts)].subject.id
        values = {"summary": f"存了{self._next()}"}
        with self.ledger.acknowledging(place):
            if how == "save":
                self.logged.setdefault(place.name, []).append(
                    records.save_draft(place.store, draft, values, now=self.tick())
                )
            elif how == "keep":
                records.keep_draft(place.store, draft, values, now=self.tick())
            else:
                records.discard_draft(place.store, draft, reason="打错了", now=self.tick())

    def undo(self, place: Place, which: int) -> None:
        made = self.logged.get(place.name)
        if made:
            with self.ledger.acknowledging(place), suppress(KnownError):
                records.undo_save(place.store, made[which % len(made)], now=self.tick())

    def correct(self, place: Place, which: int, name: str) -> None:
        """Correct a field; where the record's older screen is still open, with what stood there."""
        known = self.records_at(place)
        if not known:
            return
        subject = known[which % len(known)]
        older = self.screens.pop(place.name, ("", {}))
        told = {key: seen for key, seen in older[1].items() if key == (subject, name)}
        with self.ledger.acknowledging(place, told), suppress(KnownError, GuardRefused):
            record_changes.correct(
                place.store,
                subject.id,
                {name: f"改{self._next()}"},
                reason="来电人更正",
                now=self.tick(),
                seen={key: seen for (_, key), seen in told.items()},
            )

    def look(self, place: Place, which: int) -> None:
        """Open a record's screen and leave it so."""
        known = self.records_at(place)
        if known:
            subject = known[which % len(known)]
            with place.store.read() as view:
                state = view.state(subject)
            self.screens[place.name] = (
                subject.id,
                {(subject, name): state.seen(name) for name in ("summary", "address")},
            )

    def void(self, place: Place, which: int) -> None:
        known = self.records_at(place)
        if known:
            with self.ledger.acknowledging(place), suppress(KnownError, GuardRefused):
                subject = known[which % len(known)].id
                record_changes.void(place.store, subject, reason="记了两遍", now=self.tick())

    def step(self, lead: Place, which: int, state: str) -> None:
        """Assign a promise to somebody, or withdraw it."""
        with lead.store.read() as view:
            held = {one.subject for one in view.states(SubjectKind.PROMISE)}
        known = [one for one in self.ledger.by_subject if one in held]
        if not known:
            return
        subject, code = known[which % len(known)], list(NAMES)[which % len(NAMES)]
        values = {
            "assigned": {"state": "assigned", "owner": user_id(f"80{code}")},
            "withdrawn": {"state": "withdrawn", "end_reason": "来电人不要了"},
        }[state]
        with self.ledger.acknowledging(lead), suppress(GuardRefused), lead.store.change() as unit:
            records.write(unit, subject, dict(values), self.tick(), "组长安排")

    def decide(self, lead: Place, which: int, *, taking_back: bool) -> None:
        """Decide one conflict by one of its candidates, or take the last choice back."""
        with self.ledger.acknowledging(lead), suppress(KnownError, GuardRefused):
            if taking_back:
                made = [one for one in conflicts.chosen(lead.store) if not one.undone]
                if made:
                    one = made[which % len(made)]
                    conflicts.undo(lead.store, [(one.subject, one.entry_id)], now=self.tick())
                return
            found = conflicts.conflicts(lead.store).conflicts
            if found:
                one = found[which % len(found)]
                candidate = one.candidates[which % len(one.candidates)]
                choice = conflicts.Choice(one.field, one.seen, candidate.entry_id)
                conflicts.decide(lead.store, one.subject, [choice], now=self.tick(), reason="问过来电人")

    def waive(self, lead: Place) -> None:
        with self.ledger.acknowledging(lead):
            missing = [one for its in standing(lead.store).missing.values() for one in its]
            waive_numbers(lead.store, missing[:3], "机器坏了", now=self.tick())

    def join(self, lead: Place, which: int) -> None:
        known = self.records_at(lead)
        if len(known) > 1:
            pair = [known[which % len(known)].id, known[(which + 1) % len(known)].id]
            with self.ledger.acknowledging(lead):
                join(lead.store, pair, now=self.tick())

    def add_person(self, lead: Place) -> None:
        number = f"90{self._next()}"
        person = Subject(SubjectKind.USER, user_id(number))
        with self.ledger.acknowledging(lead), lead.store.change() as unit:
            unit.change(person, {"staff_number": number, "name": "刘洋"}, at=self.tick())
            grant = Grant(Role.AGENT, "07", lead.store.author.actor)
            unit.append(person, Action.ADD, grant.payload(), at=self.now)

    def purge(self, lead: Place, which: int) -> None:
        """Purge a record a lead has, brought to the archive first."""
        known = self.records_at(lead)
        if not known:
            return
        subject = known[which % len(known)]
        with lead.store.read() as view:
            if view.state(subject).tombstone is not None or not view.state(subject).fields:
                return
        with self.ledger.acknowledging(lead), lead.store.change() as unit:
            for promise in list(unit.states(SubjectKind.PROMISE)):
                if subject.id in promise.values("record"):
                    unit.change(promise.subject, {"state": "done", "result": "已回电"}, at=self.tick())
            archived = {"state": "archived", "approved_by": user_id("8002")}
            unit.change(subject, dict(archived), at=self.tick())
        with self.ledger.acknowledging(lead), lead.alone() as store, suppress(GuardRefused):
            purge_records(
                store, [subject.id], backups=self.root / f"backups-{lead.name}", now=self.tick(), retention_days=0
            )

    def late(self, lead: Place, *, reopening: bool) -> None:
        """Purge what came late for a purged record, or open the record again."""
        for one in late_payloads.set_aside(lead.store)[:1]:
            with self.ledger.acknowledging(lead):
                if reopening:
                    late_payloads.reopen(lead.store, one.subject, now=self.tick())
                else:
                    late_payloads.purge_late(lead.store, one.subject, now=self.tick())

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
        self.accepted.add(lead.name)
        stranger = own(self.places[STRANGER].store)
        if accept(lead.store, stranger, now=self.tick()):
            merge_quarantined(lead.store, stranger.store, now=self.now)

    def back_up(self, place: Place) -> None:
        place.save(self.root / f"saved-{place.name}-{self._next()}")

    def put_back(self, place: Place, which: int) -> None:
        if place.saved:
            place.put_back(place.saved[which % len(place.saved)], self.tick())
            self.ledger.restored(place)
            self.screens.pop(place.name, None)
            self.logged.pop(place.name, None)

    def copy(self, place: Place) -> None:
        """Begin to use a copy of a store beside it."""
        name = f"{place.code}-copy"
        if len(self.places) < MOST and name not in self.places:
            self.places[name] = place.copied(name, self.tick())

    # How it ends.

    def heal(self) -> None:
        """Let everybody hand in and merge everything, until nothing is new."""
        leads = [self.places[code] for code in LEADS]
        for lead in leads:
            self.meet(lead)
        for place in self.places.values():
            self.log(place, promised=False)  # so that everybody has something to hand in, and to say of drafts
        whole = self.expected()
        taken: dict[str, set[Path]] = {name: set() for name in self.places}
        for _ in range(ROUNDS):
            for place in self.places.values():
                self.hand_in(place, everything=True)
            if not sum([self.take_all(place, taken[name]) for name, place in self.places.items()]):
                break
        else:
            raise AssertionError("it never ends")
        for place in self.places.values():
            self.ledger.check_place(place)
        numbers = {number: self.places[name] for number, name in self.ledger.shown.items()}
        self.ledger.check_end(list(self.places.values()), whole, numbers)
        for place in self.places.values():
            found = self.ledger.problems(place)
            assert found <= self._planned(place), (place.name, found)

    def take_all(self, place: Place, taken: set[Path] | None = None) -> int:
        """Merge everything in the box that is for a place, less what was ``taken``; returns what was new."""
        me, taken = own(place.store).store, set() if taken is None else taken
        fresh = [file for file in self.bundles() if file not in taken]
        ours = [file for file in fresh if me in read_header(file).recipients]
        taken.update(fresh)
        merged = self.merge(place, ours) if ours else None
        return sum(one.new for one in merged.bundles) if merged else 0

    def expected(self) -> frozenset[str]:
        """Return the entries that both leads will have: all that lie at anybody's, or on the way to a lead."""
        found: set[str] = set()
        for place in self.places.values():
            with place.store.read() as view:
                found |= ids_held(view, payload=not place.is_lead)
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
        planned = {"doctor.unaccounted"} if place.saved else set()
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

    def _next(self) -> int:
        self._files += 1
        return self._files


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
