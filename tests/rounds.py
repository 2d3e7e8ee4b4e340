"""Rounds of handing in and merging as the program does it: real stores that give through one folder.

``posts.py`` adds the courier's way there and back.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from desktop_app.domain.bundles import SUFFIX, Bundle, Result
from desktop_app.domain.entries import Action
from desktop_app.domain.identity import Subject, SubjectKind, user_id
from desktop_app.domain.roles import Role
from desktop_app.domain.users import FROM_INIT, Grant
from desktop_app.exchange.bundles import read_header
from desktop_app.services.handin import HandedIn, hand_in
from desktop_app.services.merge import merge_bundles
from desktop_app.services.pairing import accept, own
from desktop_app.services.records import Logged, log_record, write
from desktop_app.storage.site_packs import kept_pack, kept_packs
from desktop_app.storage.stations import own_keys, own_writers
from desktop_app.storage.store import Store
from desktop_app.storage.tables import metadata
from tests.bundles import read_bundle
from tests.stores import author, new_store

NOON = datetime(2026, 12, 28, 4, 0, tzinfo=UTC)
MARKERS = ("三号楼电梯停在四层不动", "13123450001", "周小雨", "坐席态度生硬")
NAMES = {"01": "陈静", "02": "赵敏", "07": "王芳", "12": "李娜"}


@dataclass
class Rounds:
    """Stores by station code around one folder; a clock that goes on a minute with every step."""

    place: Path
    stores: dict[str, Store] = field(default_factory=dict)
    now: datetime = NOON
    _open: ExitStack = field(default_factory=ExitStack)

    @property
    def share(self) -> Path:
        """The folder they hand in through."""
        folder = self.place / "share"
        folder.mkdir(exist_ok=True)
        return folder

    def tick(self) -> datetime:
        """Let a minute pass."""
        self.now += timedelta(minutes=1)
        return self.now

    def add(self, code: str, role: Role = Role.AGENT, place: str = "") -> Store:
        """Make a store of one person, with the person in its journal as ``init`` does."""
        number = f"80{code}"
        made = new_store(self.place / (place or code) / "store", station=code)
        store = replace(made, author=author(number, role))
        self._open.callback(store.close)
        person = Subject(SubjectKind.USER, user_id(number))
        with store.change() as unit:
            unit.change(person, {"staff_number": number, "name": NAMES[code]}, at=self.now)
            unit.append(person, Action.ADD, Grant(role, code, FROM_INIT).payload(), at=self.now)
        self.stores[code] = store
        return store

    def pair(self) -> None:
        """Let every store accept every lead, and every lead everybody."""
        for one in self.stores.values():
            for other in self.stores.values():
                if one is not other and (own(one).leads or own(other).leads):
                    accept(one, own(other), now=self.now)

    def log(self, code: str, **values: str) -> Logged:
        """Save a record at a station."""
        return log_record(self.stores[code], {"kind": "enquiry", **values}, now=self.tick())

    def hand_in(self, code: str, *, everything: bool = False) -> HandedIn:
        """Hand in at a station through the folder."""
        return hand_in(self.stores[code], self.share, now=self.tick(), everything=everything)

    def merge(self, code: str, files: Sequence[Path] | None = None) -> int:
        """Merge every bundle that lies there for a store; returns how many there are."""
        store = self.stores[code]
        me = own(store).store
        found = sorted(self.share.glob(f"*{SUFFIX}")) if files is None else files
        headers = [(file, read_header(file)) for file in found]
        ours = [file for file, header in headers if me in header.recipients and header.store != me]
        merged = merge_bundles(store, ours, now=self.tick(), by="folder")
        assert {one.result for one in merged.bundles} <= {Result.MERGED, Result.KNOWN}, merged.bundles
        return len(ours)

    def close(self) -> None:
        """Close every store."""
        self._open.close()


def round_(floor: Rounds) -> None:
    """Stations hand in, the lead merges and hands down, the stations merge."""
    for code in ("07", "12"):
        floor.hand_in(code)
    floor.merge("01")
    floor.hand_in("01")
    for code in ("07", "12"):
        floor.merge(code)


def own_bundles(floor: Rounds, code: str) -> list[Path]:
    with floor.stores[code].read() as view:
        names = tuple(writer[:8] for writer in own_writers(view.connection))
    return sorted(file for file in floor.share.iterdir() if file.name.startswith(names))


def opened(floor: Rounds, code: str, file: Path) -> Bundle:
    with floor.stores[code].read() as view:
        keys = own_keys(view.connection)
    assert keys is not None
    return read_bundle(file, keys)


def last_pack(store: Store) -> bytes:
    """The site pack that was sent last, as a store keeps it; b"" where there is none."""
    with store.read() as view:
        kept = kept_packs(view.connection, 1)
        return kept_pack(view.connection, kept[0]) if kept else b""


def correct(floor: Rounds, code: str, record: str, **values: str) -> None:
    store = floor.stores[code]
    with store.change() as unit:
        write(unit, Subject(SubjectKind.RECORD, record), dict(values), floor.tick(), "更正")


def everything_in(store: Store) -> str:
    """All that the decrypted tables hold."""
    with store.read() as view:
        return "\n".join(
            str(
                tuple(
                    bytes(cell).decode(errors="replace") if isinstance(cell, bytes) else cell for cell in row
                )
            )
            for table in metadata.tables.values()
            for row in view.connection.execute(select(table))
        )


def own_writers_of(store: Store) -> list[str]:
    with store.read() as view:
        return own_writers(view.connection)


def readable(floor: Rounds, code: str, file: Path) -> bool:
    return own(floor.stores[code]).store in file.read_bytes().split(b"\n")[0].decode()


@pytest.fixture
def floor(tmp_path: Path) -> Iterator[Rounds]:
    """A lead, 01, and two stations, 07 and 12, who know each other."""
    made = Rounds(tmp_path)
    made.add("01", Role.LEAD)
    made.add("07")
    made.add("12")
    made.pair()
    yield made
    made.close()
