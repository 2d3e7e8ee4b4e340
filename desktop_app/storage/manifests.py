"""What other stores said last of themselves, one manifest for each of their writers (JOURNAL, bundles)."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, Row, select
from sqlalchemy.dialects.sqlite import insert

from desktop_app.domain.bundles import Manifest
from desktop_app.domain.entries import moment_of, moment_text
from desktop_app.domain.errors import Damaged
from desktop_app.domain.manifests import manifest_json, manifest_of
from desktop_app.storage.tables import manifests


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
    """Keep a manifest as the last of its writer, unless a newer one is there."""
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
    connection.execute(
        upsert.on_conflict_do_update(set_=row, where=manifests.c.serial < upsert.excluded.serial)
    )


def heard_manifests(connection: Connection) -> list[Heard]:
    """Return the last manifest of every writer, those of one store together, its latest life last.

    A life that a later one names comes before it. Raises Damaged ``bundles.manifest``.
    """
    rows = connection.execute(select(manifests).order_by(manifests.c.store, manifests.c.made_at))
    found = [_heard(row) for row in rows]
    return sorted(found, key=lambda one: (one.manifest.identity.store, len(one.manifest.lives)))


def _heard(row: Row[str, str, int, str, str, str, str]) -> Heard:
    try:
        told = json.loads(row.body)
    except ValueError as problem:
        raise Damaged("bundles.manifest") from problem
    return Heard(manifest_of(told), moment_of(row.heard_at), row.heard_by)
