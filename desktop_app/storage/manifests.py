"""What other stores said last of themselves, one manifest for each of their writers (JOURNAL, bundles)."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, Row, func, or_, select
from sqlalchemy.dialects.sqlite import insert

from desktop_app.domain.bundles import Manifest
from desktop_app.domain.entries import moment_of, moment_text
from desktop_app.domain.errors import Damaged
from desktop_app.domain.manifests import manifest_json, manifest_of
from desktop_app.storage.tables import manifests, writers


@dataclass(frozen=True, slots=True)
class Heard:
    """A manifest, when it came in by this PC's clock, and by what: ``folder``, ``stick`` or ``command``."""

    manifest: Manifest
    at: datetime
    by: str

    @property
    def writer(self) -> str:
        """The life of its store that wrote it."""
        return self.manifest.lives[-1]


def put_manifest(connection: Connection, manifest: Manifest, *, at: datetime, by: str) -> None:
    """Keep a manifest as the last of its writer, unless a newer one is there.

    One made later counts even where its serial is lower: a machine that was set back as a whole, its mark
    too, counts from an old serial on, and no longer has what it said to have.
    """
    row = {
        "writer": manifest.lives[-1],
        "store": manifest.identity.store,
        "serial": manifest.serial,
        "made_at": moment_text(manifest.made_at),
        "heard_at": moment_text(at),
        "heard_by": by,
        "body": json.dumps(manifest_json(manifest), ensure_ascii=False, separators=(",", ":")),
    }
    upsert = insert(manifests).values(row)
    newer = or_(manifests.c.serial < upsert.excluded.serial, manifests.c.made_at < upsert.excluded.made_at)
    connection.execute(upsert.on_conflict_do_update(set_=row, where=newer))


def heard_manifests(connection: Connection) -> list[Heard]:
    """Return the last manifest of every writer, those of one store together, its latest life last.

    That is one that no other life names as before it; of several the one made last: where an older backup
    was put back than the time before, its life knows fewer lives. Raises Damaged ``bundles.manifest``.
    """
    rows = connection.execute(select(manifests).order_by(manifests.c.store, manifests.c.made_at))
    found = [_heard(row) for row in rows]
    before = {(one.manifest.identity.store, writer) for one in found for writer in one.manifest.lives[:-1]}

    def place(one: Heard) -> tuple[str, bool]:
        store = one.manifest.identity.store
        return store, (store, one.writer) not in before

    return sorted(found, key=place)


def _heard(row: Row[str, str, int, str, str, str, str]) -> Heard:
    try:
        told = json.loads(row.body)
    except ValueError as problem:
        raise Damaged("bundles.manifest") from problem
    return Heard(manifest_of(told), moment_of(row.heard_at), row.heard_by)


def stores_of_lives(connection: Connection, lives: Sequence[str]) -> dict[str, str]:
    """Return the store of each of these writers of which there is an entry or a manifest here."""
    found: dict[str, str] = {}
    for table in (manifests, writers):
        for row in connection.execute(select(table.c.writer, table.c.store).where(table.c.writer.in_(lives))):
            found[row.writer] = row.store
    return found


def is_latest(connection: Connection, manifest: Manifest) -> bool:
    """Whether nothing here that the manifest's store said was made later."""
    last = select(func.max(manifests.c.made_at)).where(manifests.c.store == manifest.identity.store)
    made = connection.execute(last).scalar()
    return made is None or made <= moment_text(manifest.made_at)
