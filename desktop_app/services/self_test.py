"""Whether this installation can do its work: everything once, on an empty folder, with nothing of this PC's.

A check returns what it found and raises where something is missing. The window's half is ui/self_test.py.
"""

from __future__ import annotations

import secrets
import sys
import time
import traceback
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib import import_module
from importlib.metadata import entry_points
from pathlib import Path

from desktop_app.domain.roles import Role
from desktop_app.domain.times import zone_of
from desktop_app.exchange.parsing import parse
from desktop_app.policy import DEFAULT_ZONE
from desktop_app.services import backup, reconcile, stores
from desktop_app.services.export import export_records
from desktop_app.services.reconcile_reading import Request
from desktop_app.services.records import log_record, template_rows
from desktop_app.services.site_pack import load_pack
from desktop_app.storage.opening import Credentials
from desktop_app.words import LANGUAGES, Words

Work = Callable[[], str]
TYPED = {"kind": "enquiry", "caller_name": "王喆", "phone": "13123450001", "summary": "停水"}
_CRM = "工单号,创建时间,姓名,电话,内容\nT-1,{at},王喆,13123450001,停水\n"
_KEY_STORES = {"darwin": ("keyring.backends.macOS",), "win32": ("keyring.backends.Windows",)}
_LINUX_KEY_STORES = ("keyring.backends.SecretService", "secretstorage")


class Missing(Exception):
    """Something that this installation has to have is not there or does not work."""


@dataclass(frozen=True, slots=True)
class Check:
    """One thing tried: whether it went well, and what was found or where it failed."""

    name: str
    ok: bool
    detail: str
    seconds: float


def run(checks: Iterable[tuple[str, Work]]) -> Iterator[Check]:
    """Try each of ``checks``; one that fails stops none of the others."""
    for name, work in checks:
        started = time.perf_counter()
        try:
            detail, ok = work(), True
        except Missing as problem:
            detail, ok = str(problem), False
        except Exception as problem:  # whatever is broken is what is asked for
            place = traceback.extract_tb(problem.__traceback__)[-1]
            detail, ok = f"{problem!r} at {place.name}:{place.lineno}", False
        yield Check(name, ok, detail, round(time.perf_counter() - started, 3))


class StoreWork:
    """What is done with a store and with files, one step after the other, in an empty folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._data, self._store = folder / "data", folder / "store"
        self._pin = secrets.token_hex(16)
        self._number = ""

    def checks(self) -> list[tuple[str, Work]]:
        """Return the steps in the order in which they can be done."""
        return [
            ("words", self._words),
            ("time zones", self._time_zones),
            ("site pack", self._site_pack),
            ("key stores", self._key_stores),
            ("store", self._make_store),
            ("record", self._log_record),
            ("backup", self._back_up),
            ("restore", self._restore),
            ("export", self._export),
            ("foreign file", self._read_back),
            ("reconciliation", self._reconcile),
        ]

    def _words(self) -> str:
        return " · ".join(Words(language).say("window.name") for language in LANGUAGES)

    def _time_zones(self) -> str:
        return str(datetime.now(zone_of(DEFAULT_ZONE)).utcoffset())

    def _site_pack(self) -> str:
        pack = load_pack(self._data).pack
        must(bool(pack.playbooks and pack.articles), "no playbooks or articles")
        must(bool(pack.incident_types and pack.ladders), "no incident types or ladders")
        return (
            f"{pack.version}; {len(pack.playbooks)} playbooks, {len(pack.articles)} articles, "
            f"{len(pack.incident_types)} incident types, {len(pack.ladders)} ladders"
        )

    def _key_stores(self) -> str:
        modules = _KEY_STORES.get(sys.platform, _LINUX_KEY_STORES)
        for module in modules:
            import_module(module)
        found = entry_points(group="keyring.backends")
        must(bool(found), "no key store is registered")
        return f"{', '.join(modules)}; {len(found)} registered"

    def _make_store(self) -> str:
        created = stores.create(
            self._store,
            station="01",
            owner=stores.Person("8021", "李娜", Role.AGENT),
            pin=self._pin,
            data_folder=self._data,
            now=datetime.now(UTC),
        )
        created.store.close()
        return ", ".join(sorted(path.name for path in self._store.iterdir()))

    def _log_record(self) -> str:
        with self._unlocked() as store:
            self._number = str(log_record(store, TYPED, now=datetime.now(UTC)).number)
        with self._unlocked() as store:
            must([row["number"] for row in template_rows(store)] == [self._number], "the record is not there")
        readable = [path.name for path in self._store.iterdir() if _readable(path.read_bytes())]
        must(not readable, f"not encrypted: {readable}")
        return self._number

    def _back_up(self) -> str:
        with self._unlocked() as store:
            made = backup.back_up(store, self._folder / "backups", now=datetime.now(UTC))
        return f"{made.name}, {made.stat().st_size} bytes"

    def _restore(self) -> str:
        (made,) = (self._folder / "backups").iterdir()
        again, data = self._folder / "restored", self._folder / "restored-data"
        restored = backup.restore(again, made, self._credentials(), data_folder=data, now=datetime.now(UTC))
        return f"{restored.entries} entries"

    def _export(self) -> str:
        with self._unlocked() as store:
            count = export_records(store, self._folder / "records.xlsx", Words("zh"))
        return f"{count} record"

    def _read_back(self) -> str:
        parsed = parse(self._folder / "records.xlsx")
        cells = [cell for sheet in parsed.sheets for _, row in sheet.rows for cell in row]
        must(self._number in cells, "the child did not read back what was written")
        return f"{len(cells)} cells"

    def _reconcile(self) -> str:
        crm = self._folder / "crm.csv"
        moment = datetime.now(zone_of(DEFAULT_ZONE))
        crm.write_text(_CRM.format(at=f"{moment:%Y-%m-%d %H:%M:%S}"), "gb18030")
        out = self._folder / "workbook.xlsx"
        request = Request(records=(self._folder / "records.xlsx",), crm=(crm,))
        finding = reconcile.reconcile_files(request, now=datetime.now(UTC))
        reconcile.hand_over(finding, Words("zh"), out=out)
        return f"{finding.found.records[0].status.value}, {out.stat().st_size} bytes"

    def _credentials(self) -> Credentials:
        return Credentials(staff_number="8021", pin=self._pin)

    def _unlocked(self) -> stores.OpenStore:
        return stores.unlock(self._store, self._credentials(), data_folder=self._data, now=datetime.now(UTC))


def _readable(content: bytes) -> bool:
    return content.startswith(b"SQLite format 3") or TYPED["caller_name"].encode() in content


def must(right: bool, otherwise: str) -> None:
    """Raise Missing with the sentence ``otherwise`` where something is not right."""
    if not right:
        raise Missing(otherwise)
