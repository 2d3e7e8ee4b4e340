"""A whole floor of stores that are made once and copied for each run: stations, two leads, a stranger."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from desktop_app.domain.entries import Action
from desktop_app.domain.identity import Subject, SubjectKind, user_id
from desktop_app.domain.roles import Role
from desktop_app.domain.users import FROM_INIT, Grant
from desktop_app.services.pairing import accept, own
from desktop_app.settings import Settings
from desktop_app.storage.database import Database
from desktop_app.storage.going_on import go_on
from desktop_app.storage.key_file import KEYS_FILE, sealed, write_keys
from desktop_app.storage.lying import STORE_FILE
from desktop_app.storage.mark_files import MarkFile
from desktop_app.storage.slots import RecoverySlot
from desktop_app.storage.store import Store, StoreMarks
from tests.floor import Desk
from tests.stores import author, new_store

STATIONS, LEADS, STRANGER = ("07", "12", "13"), ("01", "02"), "31"
CODES = (*STATIONS, *LEADS, STRANGER)
NAMES = {"01": "陈静", "02": "赵敏", "07": "王芳", "12": "李娜", "13": "周婷", "31": "孙丽"}
NO_CODE = RecoverySlot("00" * 16, "00" * 12, "00" * 48)


@dataclass
class Place:
    """One store at one place of a disk. A copy of it elsewhere is another place with the same mark."""

    name: str
    code: str
    folder: Path
    data: Path
    key: bytes
    saved: list[Path] = field(default_factory=list)
    _store: Store | None = None

    @property
    def is_lead(self) -> bool:
        return self.code in LEADS

    @property
    def store(self) -> Store:
        if self._store is None:
            role = Role.LEAD if self.is_lead else Role.AGENT
            marks = StoreMarks(MarkFile(self.data, self.code, drill=False), self.folder)
            database = Database(self.folder / STORE_FILE, self.key)
            key = bytearray(self.key)
            self._store = Store(self.folder, database, author(f"80{self.code}", role), marks, Settings(), key)
        return self._store

    @contextmanager
    def alone(self) -> Iterator[Store]:
        """Give the store as an administrator has it whom nobody else is beside."""
        yield replace(self.store, author=author("8000", Role.ADMIN), alone=True)

    def open(self, now: datetime) -> None:
        """Open it as for writing: judged by its mark."""
        store = self.store
        assert isinstance(store.marks, StoreMarks)
        go_on(store, store.marks, now)

    def close(self) -> None:
        if self._store is not None:
            self._store.close()
            self._store = None

    def save(self, file: Path) -> None:
        """Keep a copy of the store as it is."""
        self.store.database.checkpoint()
        shutil.copyfile(self.folder / STORE_FILE, file)
        self.saved.append(file)

    def put_back(self, file: Path, now: datetime) -> None:
        """Let an older copy take the store's place."""
        self.close()
        shutil.copyfile(file, self.folder / STORE_FILE)
        self.open(now)

    def copied(self, name: str, now: datetime) -> Place:
        """Return a copy of the store on the same PC, opened."""
        self.store.database.checkpoint()
        copy = Place(name, self.code, self.folder.parent / name, self.data, self.key)
        copy.folder.mkdir()
        for part in (STORE_FILE, KEYS_FILE):
            if (self.folder / part).exists():
                shutil.copyfile(self.folder / part, copy.folder / part)
        copy.open(now)
        return copy


@dataclass(frozen=True)
class Template:
    """The stores as every run begins with them, their keys, and a bundle that a drill handed in.

    ``saved`` are older copies of them by code.
    """

    folder: Path
    keys: dict[str, bytes]
    drill: Path
    saved: dict[str, Path] = field(default_factory=dict)

    def places(self) -> dict[str, Place]:
        """Return the stores themselves."""
        return {code: self._place(self.folder, code) for code in CODES}

    def copy(self, root: Path) -> dict[str, Place]:
        """Copy every store into ``root`` with its mark, as if it had been made there."""
        places = {}
        for code in CODES:
            shutil.copytree(self.folder / code / "store", root / code / "store")
            place = self._place(root, code)
            marked = MarkFile(self.folder / code / "data", code, drill=False).read()
            assert marked is not None
            MarkFile(place.data, code, drill=False).begin(marked.mark, place.folder)
            places[code] = place
        return places

    def _place(self, root: Path, code: str) -> Place:
        saved = [self.saved[code]] if code in self.saved else []
        return Place(code, code, root / code / "store", root / code / "data", self.keys[code], saved)


def make_template(folder: Path, now: datetime) -> Template:
    """Make the stores: everybody knows the leads, who know everybody but the stranger."""
    keys = {code: bytes([place + 1]) * 32 for place, code in enumerate(CODES)}
    stores = {code: _made(folder / code, code, keys[code], now) for code in CODES}
    for lead in LEADS:
        for code in CODES:
            if code not in (lead, STRANGER):
                accept(stores[lead], own(stores[code]), now=now)
            if code != lead:
                accept(stores[code], own(stores[lead]), now=now)
    drill = Desk(new_store(folder / "drill" / "store", drill=True), out=folder)
    own(drill.store)  # makes its keys
    drill.log()
    bundle = drill.hand_in(*(Desk(stores[lead]) for lead in LEADS))
    for store in (*stores.values(), drill.store):
        store.database.checkpoint()
        store.close()
    return Template(folder, keys, bundle)


def _made(folder: Path, code: str, key: bytes, now: datetime) -> Store:
    role, number = Role.LEAD if code in LEADS else Role.AGENT, f"80{code}"
    store = replace(new_store(folder / "store", station=code, key=key), author=author(number, role))
    person = Subject(SubjectKind.USER, user_id(number))
    with store.change() as unit:
        unit.change(person, {"staff_number": number, "name": NAMES[code]}, at=now)
        unit.append(person, Action.ADD, Grant(role, code, FROM_INIT).payload(), at=now)
    # What a purge puts into its backup; nobody unlocks by it.
    write_keys(store.folder / KEYS_FILE, sealed(own(store).store, (), NO_CODE, key))
    return store
