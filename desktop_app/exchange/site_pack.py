"""A folder of plain files read as a site pack (docs/site-pack.md): the whole of it, or one sentence why not.

A centre's own pack is written by hand, so every mistake names its file and place; it comes from anybody, so
nothing in it is run, and its size is bounded.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TypeVar

from desktop_app.domain.errors import KnownError
from desktop_app.domain.site_pack import Article, Playbook, SitePack
from desktop_app.domain.site_text import Bilingual, Version
from desktop_app.exchange import pack_parts as parts
from desktop_app.exchange.pack_files import (
    BoundedFiles,
    FolderFiles,
    PackFiles,
    article_file,
    files_in,
    toml_file,
)
from desktop_app.exchange.pack_incidents import incident_types, ladders, level_lists
from desktop_app.exchange.pack_notices import MOST_NOTICES, NOTICE_KEYS, notice_template
from desktop_app.exchange.pack_table import PackTable, tables_of, told_once

T = TypeVar("T")

PACK_FILE = "pack.toml"
FOLDERS = ("playbooks", "incident_types", "articles")
MOST_ARTICLES = 10_000
MOST_PLAYBOOKS = 300
MOST_PHRASES = 2_000
MOST_CONTACTS = 5_000
MOST_OTHERS = 300
"""Greetings, quick records, groups of chips."""
MOST_TEXT = 40_000_000
"""Characters of all articles together: what is searched at every key."""
_PACK_KEYS = ("name", "number", "version", "effective", "approved_by")


def read_pack(folder: Path) -> SitePack:
    """Return the pack in a folder; see ``read_files``."""
    return read_files(FolderFiles(folder))


def read_files(files: PackFiles) -> SitePack:
    """Return the pack that files are. Only ``pack.toml`` has to be there; what is missing is empty.

    Raises KnownError ``pack.…`` for the first mistake, naming file and place.
    """
    files = BoundedFiles(files)
    head = PackTable(toml_file(files, PACK_FILE), PACK_FILE, _PACK_KEYS)
    version = parts.version(head)
    name, effective = head.words("name", needed=True), head.day("effective")
    contacts = _listed(files, "contacts", parts.CONTACT_KEYS, MOST_CONTACTS, parts.contact, "key")
    roles = frozenset(one.role for one in contacts)
    types = incident_types(files, version, roles)
    return SitePack(
        name=name,
        version=version,
        effective=effective,
        playbooks=tuple(_playbooks(files, version, roles)),
        phrases=_listed(files, "phrases", parts.PHRASE_KEYS, MOST_PHRASES, parts.phrase, "code"),
        contacts=contacts,
        articles=tuple(_articles(files, version)),
        greetings=_listed(files, "greetings", parts.GREETING_KEYS, MOST_OTHERS, parts.greeting, "key"),
        quick_records=_listed(
            files, "quick_records", parts.QUICK_KEYS, MOST_OTHERS, parts.quick_record, "key"
        ),
        chips=_listed(files, "chips", parts.CHIPS_KEYS, MOST_OTHERS, parts.chips),
        ladders=ladders(files, version, roles, types),
        incident_types=types,
        level_lists=level_lists(files, version, roles, types),
        announcements=_listed(
            files,
            "announcements",
            NOTICE_KEYS,
            MOST_NOTICES,
            lambda table: notice_template(table, version, tuple(one.key for one in types)),
            "key",
        ),
        forms=_listed(
            files,
            "forms",
            parts.FORM_KEYS,
            MOST_OTHERS,
            lambda table: parts.numbered_form(table, version),
            "key",
        ),
    )


def _listed(
    files: PackFiles,
    noun: str,
    keys: tuple[str, ...],
    most: int,
    read: Callable[[PackTable], T],
    once: str = "",
) -> tuple[T, ...]:
    """Return the parts of ``<noun>.toml``, a list ``[[noun]]``; no two of them have the same ``once``."""
    found = [(table, read(table)) for table in tables_of(files, noun, keys, most)]
    if once:
        told_once((table, once, str(getattr(one, once))) for table, one in found)
    return tuple(one for _, one in found)


def _playbooks(files: PackFiles, version: Version, roles: frozenset[str]) -> Iterable[Playbook]:
    for path in files_in(files, "playbooks", ".toml", MOST_PLAYBOOKS):
        name = str(path)
        table = PackTable(toml_file(files, name), name, parts.PLAYBOOK_KEYS)
        playbook = parts.playbook(table, path.stem, version)
        steps = table.tables("steps", parts.STEP_KEYS, parts.MOST_STEPS)
        told_once((at, "key", step.key) for at, step in zip(steps, playbook.steps, strict=True))
        for at, step in zip(steps, playbook.steps, strict=True):
            if step.ring:
                parts.role(at, "ring", step.ring, roles)
        yield playbook


def _articles(files: PackFiles, version: Version) -> Iterable[Article]:
    letters = 0
    for path in files_in(files, "articles", ".md", MOST_ARTICLES):
        name = str(path)
        header, chinese, english = article_file(files, name)
        letters += len(chinese) + len(english)
        if letters > MOST_TEXT:
            raise KnownError("pack.too_big", file="articles", most=MOST_TEXT // 1000)
        table = PackTable(header, name, parts.ARTICLE_KEYS)
        yield parts.article(table, path, version, Bilingual(chinese, english))
