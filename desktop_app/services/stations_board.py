"""The stations board: what a lead looks at to know that the ledger is whole (DESIGN §4, flows).

Every store that was heard of, was accepted or has entries here has a row; what waits for a person stands
apart. Whether entries of others are absent only a lead's store can tell: the others never get them all.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import chain

from desktop_app.domain.accounting import Account, Held, account
from desktop_app.domain.folding import State
from desktop_app.domain.identities import Identity
from desktop_app.domain.identity import SubjectKind
from desktop_app.domain.numbers import Number
from desktop_app.domain.ranges import Range, ranges, without
from desktop_app.domain.roles import Role
from desktop_app.domain.skew import Sighting, estimate
from desktop_app.domain.station_clash import Claim, clashes
from desktop_app.domain.users import roles_taken
from desktop_app.services.decisions import may_decide
from desktop_app.services.pairing import POLICY, open_claims
from desktop_app.services.reconcile_sums import Sum
from desktop_app.services.station_rows import (
    Absent,
    Board,
    ClashTold,
    Life,
    StationRow,
    TakenRole,
    WaitingStation,
)
from desktop_app.storage.accounting import held_numbers, own_numbers
from desktop_app.storage.manifests import Heard, heard_manifests
from desktop_app.storage.station_list import (
    Chain,
    Refusal,
    chains,
    refusals,
    waiting,
)
from desktop_app.storage.stations import Standing, Station, known_stations, own_identity
from desktop_app.storage.store import Store
from desktop_app.storage.unit_of_work import View


def board(store: Store, *, now: datetime) -> Board:
    """Return the board as it stands ``now``; raises Damaged where a manifest of the store cannot be read."""
    with store.read() as view:
        return _Reader(view, store, now).board()


class _Reader:
    """One reading of everything the board needs; nothing of it outlives the view."""

    def __init__(self, view: View, store: Store, now: datetime) -> None:
        self._view, self._store, self._now = view, store, now
        connection = view.connection
        self._own = own_identity(connection)
        self._own_store = view.life.store
        self._stations = {station.identity.store: station for station in known_stations(connection)}
        self._heard: dict[str, list[Heard]] = defaultdict(list)
        every = heard_manifests(connection)
        for heard in every:
            self._heard[heard.manifest.identity.store].append(heard)
        self._chains: dict[str, list[Chain]] = defaultdict(list)
        for one in chains(connection):
            self._chains[one.store].append(one)
        self._held = held_numbers(view, store.marks.highest(), every)
        life = view.life
        # What is missing of others only a lead's store can tell: the others never get all of it.
        self._accounts = {
            station: account(held)
            for station, held in self._held.items()
            if self._leads() or station == (life.station, life.drill)
        }
        self._refused: dict[str, list[Refusal]] = defaultdict(list)
        for refusal in refusals(connection):
            self._refused[refusal.store].append(refusal)
        self._claims_by = {claim.store: claim for claim in self._claims()}
        self._clash = self._clashes()
        self._elsewhere = self._others_hold() if self._leads() else {}

    def board(self) -> Board:
        users = {state.subject.id: state for state in self._view.states(SubjectKind.USER)}
        stores = {
            *self._stations,
            *self._heard,
            *self._chains,
        }
        told, waits = self._accounts.items(), self._waiting()
        return Board(
            rows=tuple(sorted(map(self._row, stores), key=lambda row: (row.station, not row.own, row.store))),
            waiting=tuple(one for one in waits if not one.declined),
            declined=tuple(one for one in waits if one.declined),
            numbers=_floor(self._accounts.values()),
            unaccounted=sum(len(set(one.unaccounted) - set(one.waived)) for _, one in told),
            waived=sum(len(one.waived) for _, one in told),
            twice=tuple(
                str(Number(station, sequence, drill))
                for (station, drill), one in told
                for sequence in one.twice
            ),
            roles_taken=tuple(
                TakenRole(name_in(users, one.user), one.grant.role, one.grant.station, one.grant.reason)
                for one in roles_taken(users.values())
            ),
            leads=self._leads(),
            own=self._own,
            accepted_leads=sum(
                known.standing is Standing.ACCEPTED and known.identity.leads
                for known in self._stations.values()
            ),
            may_decide=may_decide(self._store),
        )

    def _leads(self) -> bool:
        return self._own is not None and self._own.leads

    def _claims(self) -> Iterator[Claim]:
        """Yield which numbers each store says are its own."""
        own = own_numbers(self._view, self._store.marks.highest())
        yield Claim(
            self._view.life.station, own.first, own.highest, self._own_store, self._who(self._own_store)[2]
        )
        for store, heard in self._heard.items():
            if store != self._own_store:
                last = heard[-1].manifest
                yield Claim(last.identity.station, last.first_number, last.highest, store, last.identity.name)

    def _clashes(self) -> Mapping[str, list[ClashTold]]:
        told: dict[str, list[ClashTold]] = defaultdict(list)
        for clash in clashes(self._claims_by.values()):
            for one, other in ((clash.one, clash.other), (clash.other, clash.one)):
                told[one.store].append(ClashTold(other.store, other.name, clash.overlap))
        return told

    def _others_hold(self) -> Mapping[str, list[Range]]:
        """Return by writer the entries that somebody says are there: signed ends, and what others hold."""
        found: dict[str, list[Range]] = defaultdict(list)
        for heard in chain.from_iterable(self._heard.values()):
            for signed in heard.manifest.heads:
                found[signed.head.writer].append((1, signed.head.seq))
            for spans in (heard.manifest.holds, heard.manifest.withheld):
                for writer, held in spans.items():
                    found[writer] += held
        for one in chain.from_iterable(self._chains.values()):
            found[one.writer] += [(1, one.signed), *((1, last) for _, last in one.held[-1:])]
        return found

    def _row(self, store: str) -> StationRow:
        station, drill, name, role = self._who(store)
        known, heard = self._stations.get(store), self._heard.get(store, [])
        latest = max(heard, key=lambda one: one.at, default=None)
        held = self._held.get((station, drill), Held(0))
        told = self._accounts.get((station, drill), account(Held(0)))
        first, last = self._span(store, station, held)
        lives = tuple(self._lives(store, heard))

        def within(sequences: Iterable[int]) -> list[int]:
            return sorted(one for one in set(sequences) if first <= one <= last)

        settled = {*held.records, *held.voids}
        return StationRow(
            store=store,
            station=station,
            drill=drill,
            name=name,
            role=role,
            own=store == self._own_store,
            standing=known.standing if known is not None else None,
            vouched_by=self._vouched(known),
            heard_at=latest.at if latest is not None else None,
            heard_by=latest.by if latest is not None else "",
            lives=lives,
            highest=self._claims_by[store].highest if store in self._claims_by else last,
            records=len(within(held.records)),
            voids=len(within(held.voids)),
            drafts=tuple(within(set(held.drafts) - settled)),
            missing=tuple(ranges(within(set(told.unaccounted) - set(told.waived)))),
            waived=tuple(ranges(within(told.waived))),
            absent=tuple(
                Absent(life.writer, place, life.absent) for place, life in enumerate(lives, 1) if life.absent
            ),
            refused=tuple(
                one for one in self._refused.get(store, ()) if latest is None or one.at > latest.at
            ),
            skew=estimate(self._sightings(heard)),
            clash=tuple(self._clash.get(store, ())),
            since=known.since if known is not None else None,
            reason=known.reason if known is not None else "",
            identity=known.identity if known is not None else None,
            counted=self._leads() or store == self._own_store,
        )

    def _span(self, store: str, station: str, held: Held) -> Range:
        """Return which numbers of its code are this store's: from its first up to where the next begins."""
        claims = [one for one in self._claims_by.values() if one.station == station]
        own = self._claims_by.get(store)
        if not claims:
            return 1, held.highest
        if own is None:
            return 1, 0
        first = own.first if own.first > min(one.first for one in claims) else 1
        following = [one.first for one in claims if one.first > own.first]
        if following:
            return first, min(following) - 1
        # What was seen beyond what anybody told belongs to whoever has come furthest.
        furthest = own.highest == max(one.highest for one in claims)
        return first, held.highest if furthest else own.highest

    def _lives(self, store: str, heard: Sequence[Heard]) -> Iterator[Life]:
        chains_of = {one.writer: one for one in self._chains.get(store, [])}
        told = heard[-1].manifest.lives if heard else ()
        for writer in (*(one for one in chains_of if one not in told), *told):
            spans = chains_of[writer].held if writer in chains_of else ()
            yield Life(writer, spans, tuple(without(self._elsewhere.get(writer, ()), spans)))

    def _sightings(self, heard: Iterable[Heard]) -> Iterator[Sighting]:
        for one in heard:
            yield Sighting(one.manifest.made_at, one.at, theirs=True)
            ours = one.manifest.heard.get(self._own_store)
            if ours is not None:
                yield Sighting(*ours, theirs=False)

    def _waiting(self) -> list[WaitingStation]:
        """Return what was handed in, then what only a key file says, and what was declined of both."""
        found = {
            one.identity.fingerprint: WaitingStation(one.identity, one.since, one.entries, one.bundles)
            for one in waiting(self._view.connection)
        }
        for claim in open_claims(self._view):
            one = found.get(claim.identity.fingerprint, WaitingStation(claim.identity, claim.since))
            found[claim.identity.fingerprint] = replace(one, identity=claim.identity, declined=claim.declined)
        open_ones = [one.identity for one in found.values() if not one.declined]
        return [
            one if one.declined else replace(one, rivals=_rivals(one.identity, open_ones))
            for one in found.values()
        ]

    def _who(self, store: str) -> tuple[str, bool, str, Role | None]:
        if store == self._own_store:
            life, own = self._view.life, self._own
            return life.station, life.drill, own.name if own else "", own.role if own else None
        known = self._stations.get(store)
        identity = known.identity if known is not None else None
        if identity is None and self._heard.get(store):
            identity = self._heard[store][-1].manifest.identity
        if identity is not None:
            return identity.station, identity.drill, identity.name, identity.role
        chain = self._chains[store][0]
        return chain.station, chain.drill, "", None

    def _vouched(self, known: Station | None) -> str:
        """Return which lead named the store, by station and name; the code of the policy where that did."""
        if known is None or known.vouched_by not in self._stations:
            return POLICY if known is not None and known.vouched_by == POLICY else ""
        station, _, name, _ = self._who(known.vouched_by)
        return f"{station} {name}"


def _rivals(one: Identity, others: Iterable[Identity]) -> tuple[str, ...]:
    """Return the codes of others that claim to be the same store with other keys."""
    return tuple(other.code for other in others if other.store == one.store and other != one)


def _floor(accounts: Iterable[Account]) -> Sum:
    told = list(accounts)
    parts = {
        "records": sum(one.records for one in told),
        "void": sum(one.void for one in told),
        "drafts": sum(one.drafts for one in told),
        "reserved": sum(one.reserved for one in told),
        "unaccounted": sum(len(one.unaccounted) for one in told),
    }
    return Sum("numbers", sum(one.issued for one in told), parts)


def name_in(users: Mapping[str, State], person: str) -> str:
    """Return a person's name, the staff number where no name is known, "" where nothing is."""
    state = users.get(person)
    return state.text("name") or state.text("staff_number") if state is not None else ""
