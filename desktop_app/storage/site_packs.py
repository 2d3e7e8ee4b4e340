"""The site pack as bytes that a lead signed: kept and carried on, not looked into (JOURNAL, keys)."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, func, select
from sqlalchemy.dialects.sqlite import insert

from desktop_app.domain.entries import moment_text
from desktop_app.storage.tables import site_packs


def put_site_pack(connection: Connection, content: bytes, *, said_by: str, said_at: datetime) -> None:
    """Keep the pack that an accepted lead's store ``said_by`` sent, unless a later one of it is here."""
    row = {"said_by": said_by, "said_at": moment_text(said_at), "content": content}
    upsert = insert(site_packs).values(row)
    connection.execute(
        upsert.on_conflict_do_update(set_=row, where=site_packs.c.said_at < upsert.excluded.said_at)
    )


def site_pack_at(connection: Connection) -> str:
    """Return when a pack was sent last, "" where none was."""
    return str(connection.execute(select(func.max(site_packs.c.said_at))).scalar() or "")


def site_pack(connection: Connection) -> bytes:
    """Return the pack that was sent last by any lead, b"" where none was."""
    c = site_packs.c
    found = connection.execute(select(c.content).order_by(c.said_at.desc(), c.said_by).limit(1)).scalar()
    return b"" if found is None else bytes(found)
