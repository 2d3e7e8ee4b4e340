"""Customers at the desk: looked up while somebody types, imported from a list of the CRM.

What the snapshot says is offered, never taken for what the caller said. Without a snapshot nothing is found,
and the desk goes on.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, tzinfo
from enum import StrEnum
from itertools import islice
from pathlib import Path

from desktop_app.domain.customers import Customer, CustomerMatch, Snapshot
from desktop_app.domain.errors import KnownError
from desktop_app.exchange import customer_file
from desktop_app.exchange.customer_columns import CustomerRow
from desktop_app.exchange.customer_file import Look, Told
from desktop_app.exchange.notes import Note
from desktop_app.matching.sounds import name_sounds
from desktop_app.services.progress import Progress
from desktop_app.services.stores import OpenStore
from desktop_app.storage import customers as stored
from desktop_app.storage import customers_look_up
from desktop_app.storage.customers_build import Import, building, imports_in, remove_leftovers
from desktop_app.storage.customers_schema import NewCustomer

MOST_SHOWN = 8
ROWS_NAMED = 20
"""Row numbers that are kept of each reason: enough to find the fault in the file."""
_BATCH = 500


@dataclass(frozen=True, slots=True)
class Standing:
    """Whether there is a snapshot; ``problem`` says in a sentence why the one there is cannot be read."""

    snapshot: Snapshot | None
    problem: KnownError | None = None


def look_up(store: OpenStore, text: str, *, limit: int = MOST_SHOWN) -> tuple[CustomerMatch, ...]:
    """Return at most ``limit`` customers that ``text`` may mean: a number in any notation, its last four
    digits or more, a customer number, a name, its pinyin or initials, words of an address.

    Those with the very phone come first, then by how they were found (``MatchedBy``), then by name. Takes
    well under a millisecond; letters that an input method is still composing may be part of the text.
    """
    return customers_look_up.look_up(store, text, limit)


def customer(store: OpenStore, place: int) -> Customer | None:
    """Return a customer of this snapshot by its place, None where there is none (any more)."""
    found: Customer | None = None
    with store.customers() as connection:
        if connection is not None:
            found = next(map(stored.customer_of, stored.rows_at(connection, [place])), None)
    return found


def tidy(store: OpenStore) -> None:
    """Remove what an import that was killed left beside the store: customers nobody can look up."""
    remove_leftovers(store.folder)


def standing(store: OpenStore) -> Standing:
    """Return the snapshot with its age, or why there is none."""
    found: Snapshot | None = None
    with store.customers() as connection:
        if connection is not None:
            found = stored.snapshot_in(connection)
    return Standing(found, store.snapshot.problem)


def snapshot(store: OpenStore) -> Snapshot | None:
    """Return what is known of the snapshot, None where there is none that can be read."""
    return standing(store).snapshot


class Reason(StrEnum):
    """Why something of a list was not taken as it stands."""

    NOBODY = "nobody"
    """Rows without a name and without a phone: left out."""
    NO_PHONE = "no_phone"
    """Rows where something that is no phone stands in a phone's place: the row is kept without it."""
    REPEATED = "repeated"
    """Rows whose customer number comes again further down: the last one counts."""


@dataclass(frozen=True, slots=True)
class Rows:
    """How many rows of a list, and the numbers of the first of them."""

    count: int = 0
    first: tuple[int, ...] = ()

    def and_row(self, row: int) -> Rows:
        """Return these and one more."""
        return Rows(self.count + 1, (*self.first, row) if len(self.first) < ROWS_NAMED else self.first)


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import made of a list. ``skipped`` has no entry for a reason that no row gave."""

    snapshot: Snapshot
    skipped: Mapping[Reason, Rows] = field(default_factory=dict)
    notes: tuple[Note, ...] = ()

    @property
    def customers(self) -> int:
        """How many customers the snapshot holds now."""
        return self.snapshot.customers


def look_at(path: Path, zone: tzinfo, progress: Progress | None = None) -> Look:
    """Look at the first rows of a list of customers (CSV, XLSX, XLS, ODS) and guess what its columns are.

    Times without an offset are in ``zone``. Raises KnownError ``reading.*``.
    """
    return customer_file.look_at(path, zone, (progress or Progress()).check)


def choose(look: Look, mapping: Mapping[str, str]) -> Look:
    """Return the look with other fields for its columns (name of the column: field, "" for none)."""
    return customer_file.choose(look, mapping)


def import_customers(
    store: OpenStore, look: Look, *, as_of: datetime | None, now: datetime, progress: Progress
) -> Imported:
    """Make the snapshot anew from a whole list and put it in the old one's place.

    ``as_of`` (UTC) is of when the list is true, None for what the file tells of itself. Steps told:
    ``importing`` (rows, of about how many), ``indexing`` (indexes, of how many). Cancelling leaves the old
    snapshot, and so does every failure: KnownError ``customers.*``, ``reading.*`` or of the disk.
    """
    if look.lacks:
        raise KnownError("customers.no_columns", file=look.path.name)
    log: list[tuple[object, ...]] = []
    with store.customers() as connection:
        if connection is not None:
            log = imports_in(connection)
    told, skipped = Told(), dict[Reason, Rows]()
    places = array("L")  # the row of each customer that was added: a million of them are 8 MB
    with building(store, progress.tell) as new:
        rows = _kept(customer_file.rows_of(look, told, progress.check), skipped)
        while batch := list(islice(rows, _BATCH)):
            places.extend(row.row for row in batch)
            new.add(map(_new, batch))
            progress.tell("importing", new.count, max(look.rows, new.count))
        if not new.count:
            raise KnownError("customers.none", file=look.path.name)
        made = Import(look.path.name, told.sha256, as_of or look.as_of, now, store.author.staff_number)
        replaced = new.finish(made, log)
        customers = new.count - len(replaced)
    if replaced:
        first = tuple(places[place - 1] for place in replaced[:ROWS_NAMED])
        skipped[Reason.REPEATED] = Rows(len(replaced), first)
    found = Snapshot(made.file, customers, made.as_of, made.imported_at, made.imported_by)
    return Imported(found, skipped, tuple(told.notes))


def _kept(rows: Iterator[CustomerRow], skipped: dict[Reason, Rows]) -> Iterator[CustomerRow]:
    for row in rows:
        reason = Reason.NO_PHONE if row.is_somebody else Reason.NOBODY
        if row.no_phones or not row.is_somebody:
            skipped[reason] = skipped.get(reason, Rows()).and_row(row.row)
        if row.is_somebody:
            yield row


def _new(row: CustomerRow) -> NewCustomer:
    sounds = name_sounds(row.name)
    return NewCustomer(
        row.customer_no, row.name, row.phones, row.address, row.estate, row.vip, row.note, sounds
    )
