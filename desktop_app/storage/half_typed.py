"""What stands half typed outside the log's form: like drafts no entries, one a person and place.

It lies among the store's own settings, so that a lock or a crash loses at most the last second of it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Connection, select

from desktop_app.domain.entries import moment_of, moment_text
from desktop_app.storage.tables import settings

_NAME = "half_typed/"
CORRECTION = "correction/"
"""So begins the place of a record's correction; the records' own page tells of it, and it does not lapse."""


@dataclass(frozen=True, slots=True)
class HalfTyped:
    """Texts as they were last kept, by field.

    ``place`` tells the dialog, and what it is about, from every other; ``title`` is what people call it.
    ``left`` says that the person closed it without finishing; ``seen`` which candidates of a field were on
    the screen, where it is one of the journal.
    """

    place: str
    actor: str
    kept_at: datetime
    title: str
    texts: Mapping[str, str]
    left: bool = False
    seen: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def put_half_typed(connection: Connection, one: HalfTyped) -> None:
    """Write it over its older self."""
    forget_half_typed(connection, one.place, one.actor)
    body = {
        "kept_at": moment_text(one.kept_at),
        "title": one.title,
        "texts": dict(one.texts),
        "left": one.left,
        "seen": {name: list(ids) for name, ids in one.seen.items()},
    }
    connection.execute(
        settings.insert(),
        {"name": _name(one.place, one.actor), "value": json.dumps(body, ensure_ascii=False)},
    )


def forget_half_typed(connection: Connection, place: str, actor: str) -> None:
    """Take it away, if there is any."""
    connection.execute(settings.delete().where(settings.c.name == _name(place, actor)))


def forget_about(connection: Connection, subject: str) -> None:
    """Take away whatever anybody has half typed about a subject."""
    connection.execute(
        settings.delete().where(
            settings.c.name.startswith(_NAME, autoescape=True),
            settings.c.name.contains(f"/{subject}", autoescape=True),
        )
    )


def half_typed_of(connection: Connection, actor: str) -> list[HalfTyped]:
    """Return everything that a person left half typed, the latest first."""
    start = _name("", actor)
    found = connection.execute(select(settings).where(settings.c.name.startswith(start, autoescape=True)))
    every = [_read(name.removeprefix(start), actor, value) for name, value in found]
    return sorted(every, key=lambda one: one.kept_at, reverse=True)


def _name(place: str, actor: str) -> str:
    return f"{_NAME}{actor}/{place}"


def _read(place: str, actor: str, value: str) -> HalfTyped:
    body = json.loads(value)
    seen = {name: tuple(ids) for name, ids in body.get("seen", {}).items()}
    left = body["left"] is True
    return HalfTyped(place, actor, moment_of(body["kept_at"]), body["title"], body["texts"], left, seen)
