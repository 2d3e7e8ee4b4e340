"""What must hold of a floor whatever happened on it, kept beside the program: who wrote what, seeing what."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field

from sqlalchemy import select

from desktop_app.domain.entries import Action, Sealed
from desktop_app.domain.fields import RESTRICTED
from desktop_app.domain.identity import Subject, SubjectKind
from desktop_app.domain.numbers import Number
from desktop_app.storage import journal
from desktop_app.storage.absent import absent
from desktop_app.storage.accounting import account_numbers, held_numbers
from desktop_app.storage.checks import check_everything
from desktop_app.storage.rebuild import examine
from desktop_app.storage.store import StoreMarks
from desktop_app.storage.tables import entries, payloads
from desktop_app.storage.unit_of_work import View
from tests.places import Place

KINDS = (SubjectKind.RECORD, SubjectKind.PROMISE)
Seen = Mapping[tuple[Subject, str], tuple[str, ...]]
"""The candidates that a person saw, by subject and field."""


@dataclass(frozen=True)
class Written:
    """One acknowledged entry: what it says, and by field which candidates its author had on the screen."""

    sealed: Sealed
    seen: Mapping[str, tuple[str, ...]]

    @property
    def id(self) -> str:
        return self.sealed.entry.id


@dataclass
class Ledger:
    """``shown`` are the numbers people were told, with the place; ``purged`` what each purge erased there."""

    written: dict[str, Written] = field(default_factory=dict)
    by_subject: dict[Subject, list[Written]] = field(default_factory=lambda: defaultdict(list))
    shown: dict[Number, str] = field(default_factory=dict)
    purged: dict[str, frozenset[str]] = field(default_factory=dict)
    _counts: dict[str, int] = field(default_factory=dict)

    def show(self, number: Number, place: Place) -> None:
        """A person is told a number: nobody else ever was."""
        assert number not in self.shown, f"{number} was given to {self.shown[number]} and {place.name}"
        self.shown[number] = place.name

    @contextmanager
    def acknowledging(self, place: Place, told: Seen | None = None) -> Iterator[None]:
        """Note the entries that what is done inside writes; ``told`` are candidates of an older screen."""
        with place.store.read() as view:
            writer, before = view.life.writer, journal.head(view.connection, view.life.writer)[0]
            on_screen = {
                (state.subject, name): state.seen(name)
                for state in view.states(*KINDS)
                for name in state.fields
            }
        yield
        screen = {**on_screen, **(told or {})}
        with place.store.read() as view:
            fresh = [stored.sealed() for stored in journal.chain(view.connection, writer, before)]
            for sealed in fresh:
                subject, seen = sealed.entry.subject, {}
                for name in sealed.payload.changes if sealed.payload else ():
                    seen[name] = screen.get((subject, name), ())
                    screen[subject, name] = (sealed.entry.id,)
                self._note(Written(sealed, seen))
                if sealed.entry.action is Action.PURGE:
                    gone = {
                        one.id
                        for one in self.by_subject[subject]
                        if one.sealed.entry.action is not Action.PURGE
                    }
                    self.purged[sealed.entry.id] = frozenset(gone & ids_held(view))

    def _note(self, written: Written) -> None:
        self.written[written.id] = written
        self.by_subject[written.sealed.entry.subject].append(written)

    def check_place(self, place: Place) -> None:
        """What must hold of any store at any time."""
        with place.store.read() as view:
            held, readable = ids_held(view), ids_held(view, payload=True)
            assert len(held) >= self._counts.get(place.name, 0), f"{place.name} has lost entries"
            self._counts[place.name] = len(held)
            for subject, written in self.by_subject.items():
                if subject.kind in KINDS and any(one.id in held for one in written):
                    self._check_subject(view, place, subject, [one for one in written if one.id in readable])
            if not place.is_lead:
                secret = {one for one in readable if self._is_restricted(one)}
                assert not secret, f"{place.name} can read {secret}"
            for purge, gone in self.purged.items():
                if purge in readable and not self._revoked(purge, readable):
                    assert not gone & readable, f"{place.name} holds what {purge} erased"
            accounts = account_numbers(view, place.store.marks.highest())
            for station, account in accounts.items():
                assert account.twice == (), (place.name, station, account)
                assert account.adds_up, (place.name, station, account)

    def restored(self, place: Place) -> None:
        """A store may hold less than before."""
        self._counts.pop(place.name, None)

    def _is_restricted(self, entry: str) -> bool:
        payload = self.written[entry].sealed.payload if entry in self.written else None
        return payload is not None and bool(payload.changes.keys() & RESTRICTED)

    def _revoked(self, entry: str, readable: frozenset[str]) -> bool:
        by = [
            one.id
            for one in self.by_subject[self.written[entry].sealed.entry.subject]
            if one.sealed.entry.action is Action.REVOKE
            and one.sealed.payload is not None
            and one.sealed.payload.target == entry
            and one.id in readable
        ]
        return any(not self._revoked(one, readable) for one in by)

    def _check_subject(self, view: View, place: Place, subject: Subject, written: list[Written]) -> None:
        """Compare a folded subject with what its authors saw: nothing goes that nobody had on the screen."""
        readable = frozenset(one.id for one in written)
        standing = [one for one in written if not self._revoked(one.id, readable)]
        state = view.state(subject)
        if any(one.sealed.entry.action is Action.PURGE for one in standing):
            assert state.tombstone is not None, (place.name, subject)
            return
        assert state.tombstone is None, (place.name, subject)
        expected: dict[str, set[str]] = defaultdict(set)
        for one in standing:
            if one.sealed.entry.action is Action.CHANGE and one.sealed.payload is not None:
                for name in one.sealed.payload.changes:
                    expected[name].add(one.id)
        for one in standing:
            for name, ids in one.seen.items():
                expected[name] -= set(ids)
        found = {name: set(state.seen(name)) for name in state.fields}
        for name in {*expected, *found}:
            assert found.get(name, set()) == expected.get(name, set()), (place.name, subject, name)

    def check_end(
        self, places: list[Place], expected: frozenset[str], numbers: Mapping[Number, Place]
    ) -> None:
        """After everybody heard everybody: both leads say the same, and it is all of it."""
        leads = [place for place in places if place.is_lead]
        hashes = {}
        for place in leads:
            with place.store.read() as view:
                found = examine(view)
                assert found.differing == (), (place.name, found.differing)
                hashes[place.name] = found.state_hash
                self._check_lead(view, place, expected, numbers)
        assert len(set(hashes.values())) == 1, hashes

    def _check_lead(
        self, view: View, place: Place, expected: frozenset[str], numbers: Mapping[Number, Place]
    ) -> None:
        held, readable = ids_held(view), ids_held(view, payload=True)
        assert expected <= held, (place.name, "lacks", sorted(expected - held))
        erased = frozenset().union(*(gone for purge, gone in self.purged.items() if purge in readable))
        assert expected - erased <= readable, (
            place.name,
            "cannot read",
            sorted(expected - erased - readable),
        )
        ends: dict[str, int] = {}
        for one in held:
            writer, seq = one.rsplit("-", 1)
            ends[writer] = max(ends.get(writer, 0), int(seq))
        named = {
            f"{one.writer}-{seq}"
            for one in absent(view.connection)
            for first, last in one.spans
            for seq in range(first, last + 1)
        }
        for lost in self.written.keys() - held:
            writer, seq = lost.rsplit("-", 1)
            assert lost in named or int(seq) > ends.get(writer, 0), (place.name, "does not name", lost)
        self._check_numbers(view, place, numbers)

    def _check_numbers(self, view: View, place: Place, numbers: Mapping[Number, Place]) -> None:
        sequences = held_numbers(view, place.store.marks.highest())
        accounts = account_numbers(view, place.store.marks.highest())
        for number in numbers:
            told = sequences[number.station, number.drill]
            account = accounts[number.station, number.drill]
            known = number.sequence in {*told.records, *told.voids, *told.drafts}
            lost = number.sequence in account.unaccounted
            assert known != lost, (place.name, number, "is nowhere")

    def problems(self, place: Place) -> set[str]:
        """Return the codes of everything that a whole look at a store finds."""
        store = place.store
        assert isinstance(store.marks, StoreMarks)
        marked = store.marks.file.read()
        return {one.code for one in check_everything(store.database, place.key, marked).problems}


def ids_held(view: View, *, payload: bool = False) -> frozenset[str]:
    """Return the ids of the entries a store has, of those it can read where asked."""
    query = select(entries.c.writer, entries.c.seq)
    if payload:
        query = select(payloads.c.writer, payloads.c.seq).where(payloads.c.status == "held")
    return frozenset(f"{writer}-{seq}" for writer, seq in view.connection.execute(query))
