"""Stores to break, and a way to be somebody whom the disk refuses."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

from desktop_app.domain.identity import SubjectKind
from desktop_app.domain.roles import Role
from desktop_app.services.stores import Created, Person, create, unlock
from desktop_app.storage.mark_files import MarkFile
from desktop_app.storage.opening import Credentials
from desktop_app.storage.store import Store

NOW = datetime(2026, 7, 1, 1, 0, tzinfo=UTC)
PIN = "a long pass phrase"
MARKER = "十三号楼漏水张三丰"


@dataclass
class Home:
    """A store's folder, the data folder, and how to get in."""

    folder: Path
    data: Path
    recovery: str = ""

    def make(self, station: str = "07") -> Created:
        created = create(
            self.folder,
            station=station,
            owner=Person("8021", "李娜", Role.AGENT),
            pin=PIN,
            data_folder=self.data,
            now=NOW,
        )
        self.recovery = created.recovery
        return created

    def open(self, credentials: Credentials | None = None, **told) -> Store:
        return unlock(self.folder, credentials or self.quick, data_folder=self.data, now=NOW, **told)

    @property
    def quick(self) -> Credentials:
        """The recovery code, which costs no derivation; the PIN where it is not known here."""
        return Credentials("8021", PIN, self.recovery)

    @property
    def file(self) -> Path:
        return self.folder / "store.db"


def write_records(store: Store, count: int) -> list[str]:
    """Save records with a caller's text in them; returns their numbers."""
    numbers = []
    for _ in range(count):
        with store.change() as unit:
            number = str(unit.mint_number())
            subject = unit.new_subject(SubjectKind.RECORD, NOW)
            values = {"number": number, "state": "recorded", "summary": MARKER, "phone": "13123450001"}
            unit.change(subject, values, at=NOW)
        numbers.append(number)
    return numbers


def numbers_in(store: Store) -> list[str]:
    with store.read() as view:
        return sorted(state.text("number") for state in view.states(SubjectKind.RECORD))


RECORDS = 12


@pytest.fixture(scope="session")
def prototype(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """A store with twelve records, made once: what a test breaks is a copy of it."""
    root = tmp_path_factory.mktemp("prototype")
    home = Home(root / "07", root / "data")
    with home.make().store as store:
        write_records(store, RECORDS)
    return home


@pytest.fixture
def made(home: Home, prototype: Home) -> Home:
    shutil.copytree(prototype.folder, home.folder)
    shutil.copytree(prototype.data, home.data)
    kept = MarkFile(home.data, "07", drill=False)
    kept.keep(kept.read().mark, home.folder, synced=False)
    home.recovery = prototype.recovery
    return home


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "07", tmp_path / "data")


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that everybody can reach, unlike pytest's own."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    yield folder
    subprocess.run(["chmod", "-R", "u+rwX", folder], check=True)
    shutil.rmtree(folder)


@contextmanager
def nobody() -> Iterator[None]:
    """Be a person without rights inside this block, where the tests run as root."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 1 MiB; skipped where mounting one is not allowed."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", folder], capture_output=True, check=False
    )
    if mounted.returncode != 0:
        pytest.skip("no right to mount a small disk")
    yield folder
    subprocess.run(["umount", folder], check=True)
