"""The site pack in use: what a lead sent last, else the centre's own on this PC, else the shipped one."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from functools import cache
from pathlib import Path

from desktop_app.domain.contact_book import with_book
from desktop_app.domain.errors import KnownError
from desktop_app.domain.manifests import LONGEST_PACK
from desktop_app.domain.site_pack import SitePack
from desktop_app.domain.times import zone_of
from desktop_app.exchange.pack_files import outside_of
from desktop_app.exchange.pack_seal import Seal
from desktop_app.exchange.site_pack import FOLDERS, MOST_ARTICLES, read_pack
from desktop_app.paths import resources
from desktop_app.services.contacts import contact_book
from desktop_app.services.knowledge import ArticleIndex, index_of
from desktop_app.services.sent_packs import sent_pack_for
from desktop_app.storage.site_packs import note_pack, noted_pack, site_pack_at
from desktop_app.storage.store import Store

OWN_FOLDER = "site-pack"
"""The folder inside the data folder in which a centre keeps its own pack."""
_YOUNGER = (("incident_types", "ladders", "level_lists"), ("announcements",))
"""Parts that packs made for older programs do not have; those of a group belong together."""


class PackSource(StrEnum):
    """Where the pack in use comes from, the one that counts most first."""

    SENT = "sent"
    OWN = "own"
    SHIPPED = "shipped"


@dataclass(frozen=True, slots=True)
class LoadedPack:
    """A pack with its articles ready to be searched.

    Attributes:
        problem: why one that would count more is not used.
        seal: who sent it, where a lead did.
        filled: parts that it has not and that are those of the shipped one (``pack_changes.PARTS``).
        of: when a lead last sent a pack, and the day; while they are the same it need not be read again.
        lies: how the centre's own folder looked from outside when it was read (``looks``).
    """

    pack: SitePack
    articles: ArticleIndex
    problem: KnownError | None = None
    source: PackSource = PackSource.SHIPPED
    seal: Seal | None = None
    filled: tuple[str, ...] = ()
    of: tuple[str, date | None] = ("", None)
    lies: int = 0


def looks(data_folder: Path) -> int:
    """Return what the centre's own folder looks like from outside: another number, another content."""
    return outside_of(data_folder / OWN_FOLDER, FOLDERS, MOST_ARTICLES)


def pack_in_use(
    data_folder: Path, store: Store, *, now: datetime, known: LoadedPack | None = None, anew: bool = False
) -> LoadedPack:
    """Return the pack in use, contacts as its files have them.

    ``known`` is what was loaded before; it is read again only where a lead sent another one since, another
    day began, or ``anew``: somebody changed the folder of this PC. Where that broke it, the one that was read
    before goes on, with the problem.
    """
    day = now.astimezone(zone_of(store.settings.zone)).date()
    with store.read() as view:
        of = (site_pack_at(view.connection), day)
    if known is not None and known.of == of and not anew:
        return known
    lies = looks(data_folder)
    found = load_pack(data_folder, store, day)
    if known is not None and known.source is PackSource.OWN and found.source is PackSource.SHIPPED:
        # Broken since, not taken away: people go on with what they had.
        found = replace(known, problem=found.problem) if found.problem is not None else found
    return replace(found, of=of, lies=lies)


def note_in_use(store: Store, pack: SitePack) -> None:
    """Keep which pack people at this store have, so that every bundle says it."""
    told = "".join(letter for letter in str(pack.version) if letter.isprintable())[:LONGEST_PACK]
    with store.read() as view:
        if noted_pack(view.connection) == told:
            return
    with store.change() as unit:
        note_pack(unit.connection, told)


def with_contacts(store: Store, pack: SitePack) -> SitePack:
    """Return a pack with the contact book as it stands (``services.contacts``)."""
    return with_book(pack, contact_book(store, pack))


def load_pack(data_folder: Path, store: Store | None = None, day: date | None = None) -> LoadedPack:
    """Return the pack in use: what a lead sent last, else the centre's own on this PC, else the shipped one.

    Each counts as a whole. One that cannot be read is no reason to have none: the next one comes with the
    problem.
    """
    problem = None
    if store is not None and day is not None:
        sent, pack, problem = sent_pack_for(store, day)
        if sent is not None and pack is not None:
            return replace(_loaded(pack, PackSource.SENT), problem=problem, seal=sent.seal)
    own = data_folder / OWN_FOLDER
    if os.path.lexists(own):
        try:
            return replace(_loaded(read_pack(own), PackSource.OWN), problem=problem)
        except KnownError as found:
            problem = problem or found
    return replace(_shipped(), problem=problem)


@cache
def _shipped() -> LoadedPack:
    """Return the pack that comes with the program, which does not change while it runs."""
    pack = read_pack(resources() / "site")
    return LoadedPack(pack, index_of(pack))


def as_used(pack: SitePack) -> SitePack:
    """Return a pack as it would be in use: with what the shipped one lends to older packs."""
    return _loaded(pack, PackSource.SENT).pack


def _loaded(pack: SitePack, source: PackSource) -> LoadedPack:
    """Return a pack; what packs did not have yet when it was made is that of the shipped one."""
    filled: list[str] = []
    for parts in _YOUNGER:
        if not any(getattr(pack, part) for part in parts):
            filled += parts
    other = _shipped().pack
    pack = replace(pack, **{part: getattr(other, part) for part in filled})
    return LoadedPack(pack, index_of(pack), source=source, filled=tuple(filled))
