"""Corrections that are being typed: like drafts no entries, one a record, gone once saved or given up.

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
    """Write a correction over its older self."""
    forget_unfinished(connection, unfinished.record)
    body = {
        "actor": unfinished.actor,
        "kept_at": moment_text(unfinished.kept_at),
        "texts": dict(unfinished.texts),
        "seen": {name: list(ids) for name, ids in unfinished.seen.items()},
        "reason": unfinished.reason,
    }
    connection.execute(
        settings.insert(),
        {"name": _NAME + unfinished.record, "value": json.dumps(body, ensure_ascii=False)},
    )


def forget_unfinished(connection: Connection, record: str) -> None:
    """Take the correction of a record away, if there is one."""
    connection.execute(settings.delete().where(settings.c.name == _NAME + record))


def all_unfinished(connection: Connection) -> list[Unfinished]:
    """Return every correction that is being typed, the one kept last first."""
    found = connection.execute(select(settings).where(settings.c.name.startswith(_NAME, autoescape=True)))
    every = [_read(name.removeprefix(_NAME), json.loads(value)) for name, value in found]
    return sorted(every, key=lambda one: one.kept_at, reverse=True)


def _read(record: str, body: dict[str, Any]) -> Unfinished:
    return Unfinished(
        record,
        body["actor"],
        moment_of(body["kept_at"]),
        body["texts"],
        {name: tuple(ids) for name, ids in body["seen"].items()},
        body["reason"],
    )
