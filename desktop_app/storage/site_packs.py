"""Site packs as bytes that a lead signed: kept and carried on, not looked into (JOURNAL, keys)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, delete, func, select, tuple_
from sqlalchemy.dialects.sqlite import insert

from desktop_app.domain.entries import moment_text
from desktop_app.storage.going_on import keep_setting
from desktop_app.storage.tables import settings, site_packs

KEPT = 20
"""So many are kept, the latest; a pack may be as large as a bundle carries."""
_IN_USE = "pack_in_use"
"""Setting: number and version of the pack that people at this store had last."""


@dataclass(frozen=True, slots=True)
class KeptPack:
    """Where a pack that was sent is kept, and the beginning of its bytes."""

    said_by: str
    said_at: str
    beginning: bytes


def put_site_pack(connection: Connection, content: bytes, *, said_by: str, said_at: datetime) -> None:
    """Keep a pack that the lead's store ``said_by`` sent at a moment (UTC), and drop the oldest."""
    row = {"said_by": said_by, "said_at": moment_text(said_at), "content": content}
    connection.execute(insert(site_packs).values(row).on_conflict_do_nothing())
    c = site_packs.c
    old = select(c.said_by, c.said_at).order_by(c.said_at.desc(), c.said_by).offset(KEPT).limit(-1)
    if gone := [tuple(one) for one in connection.execute(old)]:
        connection.execute(delete(site_packs).where(tuple_(c.said_by, c.said_at).in_(gone)))


def site_pack_at(connection: Connection) -> str:
    """Return when a pack was sent last, "" where none was."""
    return str(connection.execute(select(func.max(site_packs.c.said_at))).scalar() or "")


def kept_packs(connection: Connection, beginning: int) -> list[KeptPack]:
    """Return the packs that are kept, the latest first, with the first ``beginning`` bytes of each."""
    c = site_packs.c
    query = select(c.said_by, c.said_at, func.substr(c.content, 1, beginning))
    found = connection.execute(query.order_by(c.said_at.desc(), c.said_by))
    return [KeptPack(by, at, bytes(begins)) for by, at, begins in found]


def kept_pack(connection: Connection, kept: KeptPack) -> bytes:
    """Return all bytes of a kept pack, b"" where it is not there any more."""
    c = site_packs.c
    query = select(c.content).where(c.said_by == kept.said_by, c.said_at == kept.said_at)
    return bytes(connection.execute(query).scalar() or b"")


def noted_pack(connection: Connection) -> str:
    """Return number and version of the pack that people had last, "" where none was noted."""
    return str(connection.execute(select(settings.c.value).where(settings.c.name == _IN_USE)).scalar() or "")


def note_pack(connection: Connection, version: str) -> None:
    """Note which pack people have now."""
    keep_setting(connection, _IN_USE, version)
