"""One unit of work is one transaction: what a person did is in the store whole, or not at all.

The mark is written after the COMMIT and, where a number was minted, synced before ``change`` returns: a
number must be shown only after that, and a crash leaves the store level with its mark or ahead of it. From
minting until then the unit holds the mark, or a copy of the store at work beside it would read the mark in
between and give the same number. The transaction is always begun first, so the two locks cannot cross.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from types import MappingProxyType
from typing import Protocol

from sqlalchemy import Connection, Select, bindparam, func, select

from desktop_app.domain.entries import (
    SALT_BYTES,
    Action,
    Change,
    Entry,
    Payload,
    Stored,
    Value,
    chain_hash,
    payload_digest,
)
from desktop_app.domain.folding import State, canonical
from desktop_app.domain.identity import Subject, SubjectKind, uuid7
from desktop_app.domain.marks import Mark
from desktop_app.domain.numbers import Number
from desktop_app.domain.purging import Seen
from desktop_app.domain.roles import Role
from desktop_app.settings import Settings
from desktop_app.storage import folded, journal
from desktop_app.storage.database import Database
from desktop_app.storage.id_numbers import masked_payload, masked_value
from desktop_app.storage.lives import current_life
from desktop_app.storage.station_list import chains
from desktop_app.storage.tables import drafts, number_blocks, records

_FARTHEST_APART = 1_000_000
"""Numbers between one that was given and the next: what lies further above is somebody's invention."""
_TOPS = [
    select(func.max(column)).where(
        column.table.c.station == bindparam("station"),
        column.table.c.drill == bindparam("drill"),
        column <= bindparam("most"),
    )
    for column in (records.c.sequence, drafts.c.sequence, number_blocks.c.last)
]


@dataclass(frozen=True, slots=True)
class Author:
    """Who acts: the person's id (``identity.user_id``), staff number for the record's agent, and role."""

    actor: str
    staff_number: str
    role: Role


class Marks(Protocol):
    """The mark file of this station code (``mark_files.py``)."""

    def highest(self) -> int:
        """Return the highest sequence ever given, for a look; another may be given at any time."""

    def hold(self) -> AbstractContextManager[HeldMarks]:
        """Keep everybody else from giving numbers under this code meanwhile."""


class HeldMarks(Protocol):
    """The mark file while nobody else can use it."""

    def highest(self) -> int:
        """Return the highest sequence ever given under this station code on this PC, 0 where none."""

    def keep(self, mark: Mark, *, synced: bool) -> None:
        """Bring the file to ``mark``; its highest number and its writer's seq never go back."""


class View:
    """One unchanging view of the store."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.life = current_life(connection)

    def state(self, subject: Subject) -> State:
        """Return the state of a subject; an empty one where no entry is about it."""
        return folded.state_of(self.connection, subject)

    def states(self, *kinds: SubjectKind) -> Iterator[State]:
        """Yield the states of all subjects of these kinds, by id."""
        return folded.states_of(self.connection, kinds)

    def highest_number(self) -> int:
        """Return the highest sequence this station is known to have given, 0 where none.

        Any station can write a record under a number of this one: one far above all others does not count,
        or a single entry would use up all numbers there are.
        """
        known, found = -1, 0
        while found > known:
            own = {"station": self.life.station, "drill": int(self.life.drill)}
            known, most = found, {"most": found + _FARTHEST_APART}
            found = max(int(self.connection.execute(top, own | most).scalar() or 0) for top in _TOPS)
        return known

    def is_reserved(self, number: Number) -> bool:
        """Whether the number lies in a block that was reserved under this station code."""
        block = number_blocks.c
        return number.station == self.life.station and self._any(
            select(block.id).where(
                block.use == "reserved",
                block.station == number.station,
                block.drill == int(number.drill),
                block.first <= number.sequence,
                block.last >= number.sequence,
            )
        )

    def is_used(self, number: Number) -> bool:
        """Whether a record, void or purged ones too, or a draft has the number."""
        return any(
            self._any(
                select(table.c.id).where(
                    table.c.station == number.station,
                    table.c.drill == int(number.drill),
                    table.c.sequence == number.sequence,
                )
            )
            for table in (records, drafts)
        )

    def _any(self, query: Select[str]) -> bool:
        return self.connection.execute(query.limit(1)).first() is not None

    def heads(self) -> dict[str, Seen]:
        """Return which entries are held of every writer, as a purge names them."""
        return {
            chain.writer: chain.held[0][1] if chain.is_whole else chain.held
            for chain in chains(self.connection)
        }

    def mark(self) -> Mark:
        """Return what the store itself would write as its mark now."""
        seq, last_hash = journal.head(self.connection, self.life.writer)
        return Mark(self.life.store, self.life.writer, seq, last_hash.hex(), self.highest_number())


class UnitOfWork(View):
    """A view that can also write; see ``change``."""

    def __init__(
        self, connection: Connection, author: Author, marks: Marks, settings: Settings | None = None
    ) -> None:
        super().__init__(connection)
        self.author, self.settings = author, settings or Settings()
        self._marks, self._until_kept = marks, ExitStack()
        self._held: HeldMarks | None = None
        self._seq, self._hash = journal.head(connection, self.life.writer)
        self._lamport = journal.top_lamport(connection)
        self._first_seq, self._minted = self._seq, 0
        # While this unit lasts nobody else writes, so what it folded need not be read again.
        self._states: dict[Subject, State] = {}

    def state(self, subject: Subject) -> State:
        """Return the state of a subject as this unit has made it."""
        if subject not in self._states:
            self._states[subject] = super().state(subject)
        return self._states[subject]

    def append(
        self, subject: Subject, action: Action, payload: Payload, *, at: datetime, role: Role | None = None
    ) -> Entry:
        """Mask, seal, chain and fold one entry; ``role`` is the author's where not given."""
        payload = masked_payload(self.settings, payload, at)
        stored, salt = payload.to_bytes(), secrets.token_bytes(SALT_BYTES)
        bare = Entry(
            self.life.writer,
            self._seq + 1,
            self._lamport + 1,
            at,
            self.author.actor,
            role or self.author.role,
            subject,
            action,
            payload_digest(salt, stored),
        )
        entry = replace(bare, hash=chain_hash(self._hash, bare.envelope()))
        stored_entry = Stored(entry, salt, stored)
        self._states[subject] = journal.put(self.connection, stored_entry, self._states.get(subject))
        self._seq, self._hash, self._lamport = entry.seq, bytes.fromhex(entry.hash), entry.lamport
        return entry

    def change(
        self,
        subject: Subject,
        values: dict[str, Value],
        *,
        at: datetime,
        reason: str = "",
        seen: Mapping[str, tuple[str, ...]] = MappingProxyType({}),
        step: bool = False,
    ) -> Entry | None:
        """Append a change of the fields whose value is new; None where none is.

        ``seen`` names the candidates that were on the author's screen, those of now where it says nothing of
        a field. What came between stays beside the new value, as a conflict. ``step`` says that the state is
        told even where it stays, as who took the step counts.
        """
        state = self.state(subject)
        told = {name: masked_value(self.settings, name, value, at) for name, value in values.items()}
        changes = {
            name: Change(seen.get(name, state.seen(name)), value)
            for name, value in told.items()
            # Python takes True and 1 for equal; the journal does not.
            if (step and name == "state") or list(map(canonical, state.values(name))) != [canonical(value)]
        }
        if not changes:
            return None
        return self.append(subject, Action.CHANGE, Payload(changes, reason), at=at)

    def revoke(self, entry_id: str, subject: Subject, *, at: datetime, reason: str = "") -> Entry:
        """Append the entry that undoes one entry of the same subject; revoking it again redoes."""
        return self.append(subject, Action.REVOKE, Payload(reason=reason, target=entry_id), at=at)

    def mint_number(self) -> Number:
        """Return the next number of this station: above the highest of the store and of its mark.

        It has to be kept (as a draft, a record or a block) in this unit, and shown only after the unit ended.
        """
        return self.mint_block(1)

    def mint_block(self, count: int) -> Number:
        """Return the first of ``count`` following numbers; the rules of ``mint_number`` hold for all."""
        known = max(self.highest_number(), self._hold().highest(), self._minted)
        self._minted = known + count
        return Number(self.life.station, known + 1, self.life.drill)

    def new_subject(self, kind: SubjectKind, at: datetime) -> Subject:
        """Return a subject nobody knows yet."""
        subject = Subject(kind, uuid7(int(at.timestamp() * 1000), secrets.token_bytes(10)))
        self._states[subject] = State(subject)
        return subject

    def written(self) -> Mark | None:
        """Return the mark this unit leads to, None where it neither wrote an entry nor minted a number."""
        if self._seq == self._first_seq and not self._minted:
            return None
        return Mark(self.life.store, self.life.writer, self._seq, self._hash.hex(), self._minted)

    def keep_mark(self) -> None:
        """Write the mark, once the unit is committed; synced where a number of it is about to be shown."""
        mark = self.written()
        if mark is not None:
            self._hold().keep(mark, synced=self._minted > 0)

    def release(self) -> None:
        """Let others at the mark again; nothing is minted in this unit afterwards."""
        self._until_kept.close()

    def _hold(self) -> HeldMarks:
        if self._held is None:
            self._held = self._until_kept.enter_context(self._marks.hold())
        return self._held


@contextmanager
def change(
    database: Database, author: Author, marks: Marks, settings: Settings | None = None
) -> Iterator[UnitOfWork]:
    """Open a unit of work; commits and then writes the mark, or rolls back on any exception."""
    with ExitStack() as until_kept:
        with database.change() as connection:
            unit = UnitOfWork(connection, author, marks, settings)
            until_kept.callback(unit.release)
            yield unit
        unit.keep_mark()


@contextmanager
def read(database: Database) -> Iterator[View]:
    """Open one unchanging view; it never waits for a writer."""
    with database.read() as connection:
        yield View(connection)
