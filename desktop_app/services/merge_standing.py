"""What a store can say of the whole after a merge: what is missing, absent or in conflict, and its hash."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from desktop_app.domain.folding import State
from desktop_app.domain.identity import Subject, SubjectKind
from desktop_app.domain.numbers import Number
from desktop_app.storage.absent import Absent, absent
from desktop_app.storage.accounting import account_numbers
from desktop_app.storage.conflicts import states_in_conflict
from desktop_app.storage.folded import whole_hash
from desktop_app.storage.stations import known_stations, own_identity
from desktop_app.storage.store import Store
from desktop_app.storage.tables import writers
from desktop_app.storage.taking import quarantined_stations
from desktop_app.storage.unit_of_work import View


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a store stands.

    ``missing`` are numbers that nothing accounts for and nobody has waived, by station;
    ``conflicts`` are (record number, field); ``absent`` entries that must exist and are not here; ``unknown``
    the codes of stations that nobody has accepted though something of theirs is here or waits. Only a lead's
    store can tell what is missing of others: stations never get all of each other.
    """

    missing: Mapping[str, tuple[Number, ...]]
    conflicts: tuple[tuple[str, str], ...]
    absent: tuple[Absent, ...]
    unknown: tuple[str, ...]
    state_hash: str


def standing(store: Store) -> Standing:
    """Return where the store stands now."""
    marked = store.marks.highest()
    with store.read() as view:
        own = own_identity(view.connection)
        of_all = own is not None and own.leads
        return Standing(
            _missing(view, marked, of_all=of_all),
            tuple(sorted(_conflicts(view))),
            tuple(one for one in absent(view.connection) if of_all or one.store == view.life.store),
            _unknown(view),
            whole_hash(view.connection),
        )


def _missing(view: View, marked: int, *, of_all: bool) -> dict[str, tuple[Number, ...]]:
    told = {}
    for (station, drill), account in account_numbers(view, marked).items():
        left = sorted(set(account.unaccounted) - set(account.waived))
        if left and (of_all or station == view.life.station):
            told[station] = tuple(Number(station, sequence, drill) for sequence in left)
    return told


def _conflicts(view: View) -> set[tuple[str, str]]:
    return {
        (_number(view, state), field)
        for state in states_in_conflict(view.connection, (SubjectKind.RECORD, SubjectKind.PROMISE))
        for field in state.conflicts()
    }


def _number(view: View, state: State) -> str:
    """Return the number of a record, or of the record that a promise was made for."""
    if state.subject.kind is SubjectKind.PROMISE:
        state = view.state(Subject(SubjectKind.RECORD, state.text("record")))
    return state.text("number")


def _unknown(view: View) -> tuple[str, ...]:
    known = {one.identity.store for one in known_stations(view.connection)} | {view.life.store}
    rows = view.connection.execute(writers.select()).all()
    codes = {row.station for row in rows if row.store not in known}
    return tuple(sorted(codes | quarantined_stations(view.connection)))
