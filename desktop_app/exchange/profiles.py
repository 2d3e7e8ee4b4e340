"""Profiles: data files that say how a system's export is to be read (DESIGN §5, INTERFACES, profiles)."""

from __future__ import annotations

import hashlib
import json
import re
import tomllib
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal

from desktop_app.domain.errors import KnownError
from desktop_app.domain.fields import TEMPLATE_COLUMNS
from desktop_app.domain.times import zone_of
from desktop_app.exchange.headers import plain_header
from desktop_app.paths import resources

What = Literal["records", "crm", "calls", "customers"]
WHATS: tuple[What, ...] = ("records", "crm", "calls")
"""What a reconciliation reads."""
SECTIONS: tuple[What, ...] = (*WHATS, "customers")
GENERIC = "generic"
FIELDS: Mapping[str, tuple[str, ...]] = {
    "records": (*TEMPLATE_COLUMNS, "received_date", "other"),
    "crm": (
        "id",
        "created_at",
        "occurred_at",
        "occurred_date",
        "number",
        "caller_name",
        "phone",
        "callback_phone",
        "customer_no",
        "address",
        "kind",
        "category",
        "summary",
        "detail",
        "agent",
        "amount",
        "other",
    ),
    "calls": (
        "id",
        "linked",
        "started_at",
        "started_date",
        "answered_at",
        "ended_at",
        "caller",
        "callee",
        "caller_name",
        "agent",
        "outcome",
        "direction",
        "talk_seconds",
        "duration",
        "recording",
        "other",
    ),
    "customers": (
        "customer_no",
        "name",
        "given_name",
        "phone",
        "other_phone",
        "address",
        "estate",
        "vip",
        "note",
        "as_of",
        "other",
    ),
}
_TEXTS = ("name", "based_on", "system", "status", "zone", "encoding", "date_order")
_LISTS = ("empty", "html", "signature", "order", "outgoing_contexts")
_TABLES = (*SECTIONS, "values", "options")
_LARGEST = 1_000_000


@dataclass(frozen=True, slots=True)
class Profile:
    """How one system's files are read.

    ``based_on`` is the shipped profile that was adapted for a site: words and markup come from there.
    ``columns`` maps for each kind of file a field to its headers, best first; ``values`` maps a field's words
    to codes, ``options`` a CRM's option words to ours. ``status`` is ``run`` (against the real system) or
    ``documentation`` (from documentation, untried). ``order`` names the fields of a log without a header.
    """

    name: str
    based_on: str = ""
    system: str = ""
    status: str = "documentation"
    zone: str = ""
    encoding: str = ""
    date_order: str = ""
    empty: frozenset[str] = frozenset()
    html: frozenset[str] = frozenset()
    signature: frozenset[str] = frozenset()
    order: tuple[str, ...] = ()
    outgoing_contexts: frozenset[str] = frozenset()
    columns: Mapping[str, Mapping[str, tuple[str, ...]]] = field(default_factory=dict)
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    options: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    @property
    def rows_of(self) -> str:
        """What a row's id is unique within: decisions on it hold for every profile of that system."""
        return self.based_on or self.name

    def knows(self, what: What, header: str) -> bool:
        """Whether a header of this kind of file is known to the profile."""
        return plain_header(header) in _known(self, what)

    def code(self, field_name: str, text: str) -> str:
        """Return the code that a word of a field stands for; the text itself where none is known."""
        return self.values.get(field_name, {}).get(plain_header(text), text)


def _known(profile: Profile, what: What) -> frozenset[str]:
    return frozenset(plain_header(name) for names in profile.columns.get(what, {}).values() for name in names)


def names() -> tuple[str, ...]:
    """Return the names of the shipped profiles."""
    return tuple(sorted(path.stem for path in _folder().glob("*.toml")))


def load(told: str, what: What) -> Profile:
    """Return a profile for one kind of file by its name or by the path of its TOML file.

    Raises KnownError ``reading.profile_*`` that names the file and the line or key that is wrong, and for a
    profile that tells nothing of that kind of file.
    """
    profile = _found(told)
    if what not in profile.columns and not (what == "calls" and profile.order):
        raise KnownError("reading.profile_lacks", profile=profile.name, section=what)
    return profile


def _found(told: str) -> Profile:
    if told in names():
        return shipped(told)
    path = Path(told)
    if path.suffix.lower() != ".toml" and not path.is_file():
        raise KnownError("reading.profile_unknown", profile=told, known=", ".join(names()))
    return _read(path)


def kept_in(folder: Path) -> tuple[Profile, ...]:
    """Return the profiles that were kept in a folder; one that cannot be read is left out."""
    found = []
    for path in sorted(folder.glob("*.toml")):
        with suppress(KnownError):
            found.append(_read(path))
    return tuple(found)


def keep(profile: Profile, what: What, folder: Path) -> Path:
    """Write an adapted profile for one kind of file, in place of the one kept for the same columns before.

    Raises OSError where the folder cannot be written to.
    """
    names = sorted(profile.signature)
    digest = hashlib.sha256("\n".join(names).encode()).hexdigest()[:8]
    lines = [
        f"name = {_quoted(f'{profile.name}-{what}-{digest}')}",
        f"based_on = {_quoted(profile.rows_of)}",
        *([f"zone = {_quoted(profile.zone)}"] if profile.zone else []),
        f"signature = {_quoted_list(names)}",
        "",
        f"[{what}]",
        *(f"{name} = {_quoted_list(columns)}" for name, columns in profile.columns[what].items()),
    ]
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{what}-{digest}.toml"
    temporary = path.with_suffix(".new")
    temporary.write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")
    temporary.replace(path)
    return path


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _quoted_list(texts: Iterable[str]) -> str:
    return f"[{', '.join(map(_quoted, texts))}]"


@cache
def shipped(name: str) -> Profile:
    """Return a profile that comes with the program."""
    return _read(_folder() / f"{name}.toml")


def _folder() -> Path:
    return resources() / "site" / "profiles"


def _read(path: Path) -> Profile:
    try:
        data = path.read_bytes()
        if len(data) > _LARGEST:
            raise KnownError("reading.too_big", file=path.name)
        table = tomllib.loads(data.decode("utf-8-sig"))
    except OSError:
        raise KnownError("reading.not_found", file=path.name) from None
    except UnicodeDecodeError:
        raise KnownError("reading.encoding", file=path.name) from None
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        at = re.search(r"line (\d+)", str(error))
        line = at[1] if at else "?"
        raise KnownError("reading.profile_syntax", file=path.name, line=line) from None
    return _profile(table, path)


def _profile(table: Mapping[str, Any], path: Path) -> Profile:
    for key in table:
        if key not in (*_TEXTS, *_LISTS, *_TABLES):
            raise KnownError("reading.profile_key", file=path.name, key=key)
    texts = {key: _text(table.get(key, ""), key, path) for key in _TEXTS}
    lists = {key: _list(table.get(key, []), key, path) for key in _LISTS}
    if texts["status"] not in ("", "run", "documentation"):
        raise KnownError("reading.profile_value", file=path.name, key="status")
    if texts["date_order"] not in ("", "day", "month"):
        raise KnownError("reading.profile_value", file=path.name, key="date_order")
    if texts["zone"]:
        try:
            zone_of(texts["zone"])
        except KnownError:
            raise KnownError("reading.profile_value", file=path.name, key="zone") from None
    if lists["order"] and not {"src", "start", "disposition"} <= set(lists["order"]):
        raise KnownError("reading.profile_value", file=path.name, key="order")
    columns: dict[str, Mapping[str, tuple[str, ...]]] = {
        what: _columns(table[what], what, path) for what in SECTIONS if what in table
    }
    if not columns and not lists["order"]:
        raise KnownError("reading.profile_empty", file=path.name)
    found = Profile(
        name=texts["name"] or path.stem,
        based_on=texts["based_on"],
        system=texts["system"],
        status=texts["status"] or "documentation",
        zone=texts["zone"],
        encoding=texts["encoding"],
        date_order=texts["date_order"],
        empty=frozenset(lists["empty"]),
        html=frozenset(lists["html"]),
        signature=frozenset(map(plain_header, lists["signature"])),
        order=lists["order"],
        outgoing_contexts=frozenset(lists["outgoing_contexts"]),
        columns=MappingProxyType(columns),
        values=MappingProxyType(_values(table.get("values", {}), path)),
        options=MappingProxyType(_options(table.get("options", {}), path)),
    )
    return _inheriting(found, path)


def _inheriting(found: Profile, path: Path) -> Profile:
    if not found.based_on:
        return found
    if found.based_on not in names():
        raise KnownError("reading.profile_value", file=path.name, key="based_on")
    base = shipped(found.based_on)
    return replace(
        found,
        system=found.system or base.system,
        empty=found.empty or base.empty,
        html=found.html or base.html,
        values=found.values or base.values,
        options=found.options or base.options,
    )


def _columns(table: object, what: str, path: Path) -> Mapping[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for key, value in _table(table, what, path).items():
        if key not in FIELDS[what]:
            raise KnownError("reading.profile_key", file=path.name, key=f"{what}.{key}")
        found[key] = _list([value] if isinstance(value, str) else value, f"{what}.{key}", path)
    return MappingProxyType(found)


def _values(table: object, path: Path) -> dict[str, Mapping[str, str]]:
    found: dict[str, Mapping[str, str]] = {}
    for name, codes in _table(table, "values", path).items():
        words: dict[str, str] = {}
        for code, told in _table(codes, f"values.{name}", path).items():
            key = f"values.{name}.{code}"
            words.update((plain_header(word), code) for word in (code, *_list(told, key, path)))
        found[name] = MappingProxyType(words)
    return found


def _options(table: object, path: Path) -> dict[str, Mapping[str, str]]:
    found: dict[str, Mapping[str, str]] = {}
    for name, words in _table(table, "options", path).items():
        told = _table(words, f"options.{name}", path)
        found[name] = MappingProxyType(
            {word: _text(ours, f"options.{name}.{word}", path) for word, ours in told.items()}
        )
    return found


def _table(value: object, key: str, path: Path) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise KnownError("reading.profile_value", file=path.name, key=key)
    return value


def _text(value: object, key: str, path: Path) -> str:
    if not isinstance(value, str):
        raise KnownError("reading.profile_value", file=path.name, key=key)
    return value


def _list(value: object, key: str, path: Path) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise KnownError("reading.profile_value", file=path.name, key=key)
    return tuple(value)
