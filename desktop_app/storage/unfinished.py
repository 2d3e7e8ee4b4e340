"""Corrections that are being typed: like drafts no entries, one a person and record, gone once saved.

They lie among the store's own settings, so that a lock or a crash loses at most the last second of them.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select

from desktop_app.domain.entries import moment_of, moment_text
from desktop_app.storage.tables import settings

_NAME = "correction/"


@dataclass(frozen=True, slots=True)
class Unfinished:
    """A correction as it was last kept: whose, the texts touched by field, and the reason so far."""

    record: str
    actor: str
    kept_at: datetime
    texts: Mapping[str, str]
    seen: Mapping[str, tuple[str, ...]]
    reason: str


def put_unfinished(connection: Connection, unfinished: Unfinished) -> None:
    """Write a correction over its older self; a colleague's of the same record stays."""
    forget_unfinished(connection, unfinished.record, unfinished.actor)
    body = {
        "actor": unfinished.actor,
        "kept_at": moment_text(unfinished.kept_at),
        "texts": dict(unfinished.texts),
        "seen": {name: list(ids) for name, ids in unfinished.seen.items()},
        "reason": unfinished.reason,
    }
    connection.execute(
        settings.insert(),
        {"name": _name(unfinished.record, unfinished.actor), "value": json.dumps(body, ensure_ascii=False)},
    )


def forget_unfinished(connection: Connection, record: str, actor: str | None = None) -> None:
    """Take one person's correction of a record away, if there is one; without ``actor`` everybody's."""
    if actor is None:
        of_record = settings.c.name.startswith(_name(record, ""), autoescape=True)
    else:
        of_record = settings.c.name == _name(record, actor)
    connection.execute(settings.delete().where(of_record))


def all_unfinished(connection: Connection) -> list[Unfinished]:
    """Return every correction that is being typed, the one kept last first."""
    found = connection.execute(select(settings).where(settings.c.name.startswith(_NAME, autoescape=True)))
    every = [_read(name.split("/")[1], json.loads(value)) for name, value in found]
    return sorted(every, key=lambda one: one.kept_at, reverse=True)


def _name(record: str, actor: str) -> str:
    return f"{_NAME}{record}/{actor}"


def _read(record: str, body: dict[str, Any]) -> Unfinished:
    return Unfinished(
        record,
        body["actor"],
        moment_of(body["kept_at"]),
        body["texts"],
        {name: tuple(ids) for name, ids in body["seen"].items()},
        body["reason"],
    )
