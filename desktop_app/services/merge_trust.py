"""Whether a bundle is taken: what is known of who sent it and of what it says (JOURNAL, keys and bundles)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from desktop_app.domain.bundles import Bundle, Run, SignedHead
from desktop_app.domain.errors import KnownError
from desktop_app.domain.identities import Identity
from desktop_app.domain.merging import Judged, altered, check_reach, check_source, covered
from desktop_app.exchange.signing import is_head_signed
from desktop_app.storage import journal
from desktop_app.storage.manifests import stores_of_lives
from desktop_app.storage.merging import judge_runs
from desktop_app.storage.stations import Standing, Station, own_identity, station_of
from desktop_app.storage.unit_of_work import View


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a bundle that may be taken brings.

    ``runs`` are those with something new, ``heads`` the ends that their own stores have signed, ``stations``
    other stores as they become known by it. ``lead``: a lead's store sent it. ``own``: it holds entries of
    this store's earlier lives; ``ahead``: even of the current one, as where a copy was put back together with
    its mark.
    """

    runs: tuple[Run, ...]
    heads: tuple[SignedHead, ...]
    stations: tuple[Station, ...]
    lead: bool
    own: bool
    ahead: bool


def judge_bundle(view: View, bundle: Bundle, *, at: datetime) -> Judgement | None:
    """Return what a bundle brings; None where nobody has accepted its sender yet, so that it has to wait.

    The bundle was read: it is sound in itself. Raises KnownError ``merge.*`` where it is refused.
    """
    return _Judge(view, bundle, at).judgement()


class _Judge:
    def __init__(self, view: View, bundle: Bundle, at: datetime) -> None:
        self._view, self._connection = view, view.connection
        self._bundle, self._at = bundle, at
        self._sender = bundle.manifest.identity
        self._own = own_identity(view.connection)
        self._lead = False
        self._keys: dict[str, str | None] = {}

    def judgement(self) -> Judgement | None:
        if not self._is_accepted():
            return None
        runs = self._bundle.runs
        for run in runs:
            check_source(run, self._sender, vouched=self._lead or self._signed_by_owner(run))
        self._check_lives()
        judged = judge_runs(self._connection, runs)
        self._check_new(judged)
        bringing = [run for run, one in zip(runs, judged, strict=True) if one.new or one.filled]
        heads = tuple(self._heads())
        self._check_heads(heads)
        life = self._view.life
        return Judgement(
            tuple(bringing),
            heads,
            tuple(self._become_known()) if self._lead else (),
            self._lead,
            any(run.store == life.store for run in bringing),
            any(one.new and run.writer == life.writer for run, one in zip(runs, judged, strict=True)),
        )

    def _is_accepted(self) -> bool:
        sender, life = self._sender, self._view.life
        if sender.drill != life.drill:
            raise KnownError("merge.drill" if sender.drill else "merge.real", station=sender.station)
        if sender.store == life.store:
            if self._own is None or self._own.sign != sender.sign:
                raise KnownError("merge.other_key", station=sender.station, name=sender.name)
            self._lead = self._own.leads
            return True
        known = station_of(self._connection, sender.store)
        if known is None or known.standing is Standing.FORGOTTEN:
            return False
        if not _same_keys(known.identity, sender):
            raise KnownError("merge.other_key", station=known.identity.station, name=known.identity.name)
        # What the person's role is now is not for the store itself to say.
        self._lead = known.standing is Standing.ACCEPTED and known.identity.leads
        return known.standing is Standing.ACCEPTED

    def _check_lives(self) -> None:
        lives = self._bundle.manifest.lives
        for writer, store in stores_of_lives(self._connection, lives).items():
            if store != self._sender.store:
                raise KnownError("merge.bound", station=self._sender.station, writer=writer[:8])

    def _check_new(self, judged: Sequence[Judged]) -> None:
        """Refuse what one station alone must not do to everybody: erase, and use up the counters."""
        if self._lead:
            return
        top = journal.top_lamport(self._connection)
        for run, one in zip(self._bundle.runs, judged, strict=True):
            check_reach(one.new, top, self._sender, may_purge=self._is_of_lead(run))

    def _is_of_lead(self, run: Run) -> bool:
        known = station_of(self._connection, run.store)
        return known is not None and known.standing is Standing.ACCEPTED and known.identity.leads

    def _heads(self) -> Iterator[SignedHead]:
        yield from self._bundle.manifest.heads
        for run in self._bundle.runs:
            key = self._key_of(run)
            if run.signed is not None and key is not None and is_head_signed(key, run.signed):
                yield run.signed

    def _check_heads(self, heads: tuple[SignedHead, ...]) -> None:
        """Refuse what goes another way than an end its store has signed."""
        brought = {
            (one.entry.writer, one.entry.seq): one.entry.hash
            for run in self._bundle.runs
            for one in run.entries
        }
        for head in (signed.head for signed in heads):
            held = journal.hash_at(self._connection, head.writer, head.seq)
            found = {held, brought.get((head.writer, head.seq))} - {None}
            if found - {head.hash}:
                raise altered(self._sender.station, head.writer, head.seq)

    def _signed_by_owner(self, run: Run) -> bool:
        key = self._key_of(run)
        return key is not None and run.signed is not None and covered(run) and is_head_signed(key, run.signed)

    def _key_of(self, run: Run) -> str | None:
        """Return the key that signs for a run's store; of a store nobody knows only a lead can tell."""
        if run.store not in self._keys:
            known = station_of(self._connection, run.store)
            if run.store == self._sender.store:
                key: str | None = self._sender.sign
            elif self._own is not None and run.store == self._own.store:
                key = self._own.sign
            elif known is not None and known.standing is not Standing.FORGOTTEN:
                key = known.identity.sign
            else:
                key = run.owner.sign if self._lead and run.owner is not None else None
            self._keys[run.store] = key
        return self._keys[run.store]

    def _become_known(self) -> Iterator[Station]:
        """Yield the leads that a lead has accepted, and the stores whose entries it passes on."""
        own = self._view.life.store
        told: dict[str, Station] = {}
        for lead in self._bundle.manifest.leads:
            known = station_of(self._connection, lead.store)
            # Who was forgotten here is accepted again by a person only.
            fits = known is None or (
                known.standing is not Standing.FORGOTTEN and _same_keys(known.identity, lead)
            )
            is_news = known is None or known.standing is not Standing.ACCEPTED or not known.identity.leads
            if lead.store != own and lead.leads and lead.drill == self._sender.drill and fits and is_news:
                told[lead.store] = self._vouched(lead, Standing.ACCEPTED)
        for owner in (run.owner for run in self._bundle.runs):
            if owner is None or owner.store in (own, self._sender.store) or owner.store in told:
                continue
            if station_of(self._connection, owner.store) is None:
                told[owner.store] = self._vouched(owner, Standing.KNOWN)
        yield from told.values()

    def _vouched(self, identity: Identity, standing: Standing) -> Station:
        return Station(identity, standing, self._at, self._sender.store)


def updated(known: Station, told: Identity) -> Station:
    """Return a store with the name and role that it tells of itself; nobody becomes a lead that way."""
    role = known.identity.role if told.leads and not known.identity.leads else told.role
    return replace(known, identity=replace(known.identity, name=told.name, role=role))


def _same_keys(one: Identity, other: Identity) -> bool:
    return (one.sign, one.receive) == (other.sign, other.receive)
