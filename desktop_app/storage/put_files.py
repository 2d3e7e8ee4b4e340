"""Which of this store's bundles lie in which folder, and what is in them for whom."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType

from sqlalchemy import Connection, delete, select

from desktop_app.domain.bundles import Spans
from desktop_app.domain.entries import moment_of, moment_text
from desktop_app.domain.ranges import Range
from desktop_app.storage.going_on import keep_setting
from desktop_app.storage.tables import put_files, put_there, settings

_CARRIER, _SERIAL = "carrier ", "bundle_serial"
"""Settings: what was told through a folder (its path follows), and how many bundles were made."""


@dataclass(frozen=True, slots=True)
class PutFile:
    """A bundle that was put into a folder.

    ``parts`` names what it carries besides entries and receipts. ``whole`` are its entries, ``withheld``
    those of them without what they say; all ``recipients`` can read all of it.
    """

    name: str
    made_at: datetime
    recipients: tuple[str, ...]
    whole: Spans = field(default_factory=lambda: MappingProxyType({}))
    withheld: Spans = field(default_factory=lambda: MappingProxyType({}))
    parts: frozenset[str] = frozenset()


def files_put(connection: Connection, carrier: str | None = None) -> list[PutFile]:
    """Return what was put into a folder, everywhere where none is named, the oldest first."""
    files = select(put_files).order_by(put_files.c.made_at, put_files.c.file)
    runs = select(put_there)
    if carrier is not None:
        files = files.where(put_files.c.carrier == carrier)
        runs = runs.where(put_there.c.carrier == carrier)
    whole: defaultdict[tuple[str, str], dict[str, tuple[Range, ...]]] = defaultdict(dict)
    withheld: defaultdict[tuple[str, str], dict[str, tuple[Range, ...]]] = defaultdict(dict)
    for row in connection.execute(runs):
        whole[row.carrier, row.file][row.writer] = _spans(row.spans)
        withheld[row.carrier, row.file][row.writer] = _spans(row.withheld)
    return [
        PutFile(
            row.file,
            moment_of(row.made_at),
            tuple(row.recipients.split()),
            MappingProxyType(whole[row.carrier, row.file]),
            MappingProxyType(withheld[row.carrier, row.file]),
            frozenset(row.parts.split()),
        )
        for row in connection.execute(files)
    ]


def keep_put_file(connection: Connection, carrier: str, put: PutFile) -> None:
    """Remember that a bundle was put into a folder."""
    place = {"carrier": carrier, "file": put.name}
    forget_put_files(connection, carrier, [put.name])
    told = {
        "made_at": moment_text(put.made_at),
        "recipients": " ".join(put.recipients),
        "parts": " ".join(put.parts),
    }
    connection.execute(put_files.insert(), place | told)
    for writer in {*put.whole, *put.withheld}:
        spans = {
            "spans": json.dumps(put.whole.get(writer, ())),
            "withheld": json.dumps(put.withheld.get(writer, ())),
        }
        connection.execute(put_there.insert(), place | {"writer": writer} | spans)


def forget_put_files(connection: Connection, carrier: str, names: Collection[str]) -> None:
    """Forget bundles that lie in a folder no more."""
    for name in names:
        for table in (put_there, put_files):
            connection.execute(delete(table).where(table.c.carrier == carrier, table.c.file == name))


@dataclass(frozen=True, slots=True)
class CarrierState:
    """What was told through a folder besides entries.

    ``news``: by kind of recipients what the last bundles for them said, as digests by part; ``answered``: by
    store the manifest whose gaps were filled last. ``stamp`` stands for all that the last hand-in looked at:
    while it is the same, nothing is new.
    """

    news: Mapping[str, Mapping[str, str]] = field(default_factory=lambda: MappingProxyType({}))
    answered: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    stamp: str = ""


def carrier_state(connection: Connection, carrier: str) -> CarrierState:
    """Return what was told through a folder so far."""
    query = select(settings.c.value).where(settings.c.name == _CARRIER + carrier)
    told = connection.execute(query).scalar()
    return CarrierState() if told is None else CarrierState(**json.loads(told))


def keep_carrier_state(connection: Connection, carrier: str, state: CarrierState) -> None:
    """Remember what was told through a folder."""
    news = {readers: dict(told) for readers, told in state.news.items()}
    told = {"news": news, "answered": dict(state.answered), "stamp": state.stamp}
    keep_setting(connection, _CARRIER + carrier, json.dumps(told, sort_keys=True))


def next_serial(connection: Connection) -> int:
    """Return the number of this store's next bundle, used up with the caller's transaction."""
    before = connection.execute(select(settings.c.value).where(settings.c.name == _SERIAL)).scalar()
    serial = int(before or 0) + 1
    keep_setting(connection, _SERIAL, str(serial))
    return serial


def _spans(text: str) -> tuple[Range, ...]:
    return tuple((first, last) for first, last in json.loads(text))
