"""A store driven from outside, as scripts and a second process drive it."""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import threading
import time
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from desktop_app.domain.entries import check_chain
from desktop_app.domain.identity import SubjectKind
from desktop_app.domain.roles import Role
from desktop_app.services.records import template_rows
from desktop_app.services.stores import Person, create, unlock
from desktop_app.storage import journal
from desktop_app.storage.mark_files import MarkFile
from desktop_app.storage.opening import Credentials
from desktop_app.storage.rebuild import examine
from desktop_app.storage.store import Store

STAFF_NUMBER, PIN, STATION = "8021", "correct horse battery", "07"
ROOT = Path(__file__).resolve().parents[2]


def record(marker: str) -> dict[str, str]:
    return {
        "kind": "enquiry",
        "caller_name": "王芳",
        "phone": "13123450001",
        "summary": marker,
        "callback_due": "2026-03-02T18:00",
    }


@dataclass
class Desk:
    """One station in a folder of its own; ``acknowledged`` is every number ever printed, with its marker.

    Desks of one ``root`` share the data folder, as copies of a store on one PC do.
    """

    root: Path
    name: str = "store"
    acknowledged: dict[str, str] = field(default_factory=dict)
    twice: list[str] = field(default_factory=list)

    @property
    def folder(self) -> Path:
        return self.root / self.name

    @property
    def data(self) -> Path:
        return self.root / "data"

    def create(self, role: Role = Role.AGENT) -> Desk:
        self.data.mkdir(parents=True)
        owner = Person(STAFF_NUMBER, "李娜", role)
        create(
            self.folder,
            station=STATION,
            owner=owner,
            pin=PIN,
            data_folder=self.data,
            now=datetime.now(UTC),
        ).store.close()
        return self

    def copy(self, name: str) -> Desk:
        """Return a second desk beside this one that works on a copy of its folder, as it lies there now."""
        shutil.copytree(self.folder, self.root / name)
        return Desk(self.root, name)

    def unlock(self, *, writing: bool = True) -> Store:
        return unlock(
            self.folder,
            Credentials(STAFF_NUMBER, PIN),
            data_folder=self.data,
            now=datetime.now(UTC),
            writing=writing,
        )

    def environment(self) -> dict[str, str]:
        return os.environ | {
            "FALLBACK_DESK_DATA": str(self.data),
            "FALLBACK_DESK_USER": STAFF_NUMBER,
            "FALLBACK_DESK_PIN": PIN,
            "PYTHONPATH": str(ROOT),
            "PYTHONIOENCODING": "utf-8",
            "LANG": "en_US.UTF-8",
        }

    def start_log(
        self, environment: dict[str, str] | None = None, **options: object
    ) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            [sys.executable, "-m", "desktop_app", "log", "--store", str(self.folder)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=environment or self.environment(),
            cwd=self.root,
            **options,
        )

    def log(self, lines: bytes, **options: object) -> tuple[int, list[str], str]:
        """Run ``log`` to its end: exit code, lines printed, what was said on stderr."""
        with self.start_log(**options) as process:
            out, err = process.communicate(lines)
        return process.returncode, out.decode().splitlines(), err.decode()

    def log_and_kill(self, chance: random.Random, tag: str) -> int:
        """Run ``log`` on an endless supply and kill it at a random moment; returns how many it printed."""
        process = self.start_log()
        assert process.stdin is not None
        assert process.stdout is not None
        supply = threading.Thread(target=_feed, args=(process, tag))
        supply.start()
        printed = []
        if chance.random() < 0.1:
            time.sleep(chance.uniform(0, 0.8))  # while it opens the store
        else:
            printed = [process.stdout.readline() for _ in range(chance.randrange(25))]
            time.sleep(chance.uniform(0, 0.02))
        process.send_signal(signal.SIGKILL)
        out, err = process.stdout.read(), process.stderr.read() if process.stderr else b""
        process.wait()
        supply.join()
        for stream in (process.stdout, process.stderr):
            if stream is not None:
                stream.close()
        assert err == b""
        printed += out.splitlines(keepends=True)
        whole = [line.split()[0].decode() for line in printed if line.endswith(b"\n")]
        for index, number in enumerate(whole):
            self.acknowledge(number, f"{tag}-{index}")
        return len(whole)

    def acknowledge(self, number: str, marker: str) -> None:
        if number in self.acknowledged:
            self.twice.append(number)
        self.acknowledged[number] = marker

    def highest_mark(self) -> int:
        held = MarkFile(self.data, STATION, drill=False).read()
        return held.mark.highest if held else 0


def _feed(process: subprocess.Popen[bytes], tag: str) -> None:
    assert process.stdin is not None
    with suppress(OSError):
        for index in range(2000):
            process.stdin.write(json.dumps(record(f"{tag}-{index}")).encode() + b"\n")
            process.stdin.flush()
    with suppress(OSError):
        process.stdin.close()


def rows_by_number(store: Store) -> dict[str, str]:
    rows = template_rows(store)
    found = {row["number"]: row["summary"] for row in rows}
    assert len(found) == len(rows), "a number was given twice"
    return found


def broken(store: Store) -> list[object]:
    """Every break in a chain and every subject folded wrongly."""
    found: list[object] = []
    with store.read() as view:
        for writer in journal.writer_ids(view.connection):
            chained = journal.chain(view.connection, writer)
            triples = ((stored.entry, stored.salt, stored.payload) for stored in chained)
            found += check_chain(triples, journal.link(view.connection, writer))
        return [*found, *examine(view).differing]


def problems(store: Store) -> list[object]:
    """Every break in a chain, every subject folded wrongly, and any record saved without its promise."""
    with store.read() as view:
        saved = {state.subject.id for state in view.states(SubjectKind.RECORD)}
        promised = {state.text("record") for state in view.states(SubjectKind.PROMISE)}
    return broken(store) + sorted(saved ^ promised)
