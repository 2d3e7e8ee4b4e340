"""The site pack as the program holds it: what a centre has prepared for its worst hour.

Playbooks, phrases, contacts, articles, greetings and quick records are a site's own words and numbers, never
code. A record keeps the version of what was used, so that a later pack does not change what was said.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType

from desktop_app.domain.incident_types import IncidentType, LevelList
from desktop_app.domain.kinds import Kind
from desktop_app.domain.ladders import Ladder
from desktop_app.domain.notice_templates import NoticeTemplate
from desktop_app.domain.paper_forms import NumberedForm
from desktop_app.domain.site_text import Bilingual, Span, Version

_NOTHING: Mapping[str, str] = MappingProxyType({})
_NO_TEXTS: Mapping[str, Bilingual] = MappingProxyType({})
When = Mapping[str, tuple[str, ...]]
"""What must hold of a record: field values, each one of several; *yes* and *no* for ticks."""
_ALWAYS: When = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a playbook.

    ``say`` is the sentence to say, with placeholders as a phrase has them (``phrases.filled``); ``ring`` is
    the role of the contact to ring (``Contact.role``), ``minutes`` how long it may take from the beginning
    of the call (0: no limit), ``stamps`` the time field of the record that "done" enters the time into (""
    for none).
    """

    key: str
    title: Bilingual
    say: Bilingual = Bilingual()
    ring: str = ""
    minutes: int = 0
    stamps: str = ""


@dataclass(frozen=True, slots=True)
class Playbook:
    """The steps for some kinds of record; of several that fit the one with the most of ``when`` is shown.

    ``when`` are field values of the record (``{"urgent_kind": ("lift",)}``) that must all hold. One without
    steps is an empty check-list that the centre has yet to write. ``by_hand``: never shown by itself, only
    when a person chooses it.
    """

    key: str
    version: Version
    kinds: tuple[Kind, ...]
    title: Bilingual
    steps: tuple[Step, ...]
    when: When = field(default_factory=lambda: _ALWAYS)
    span: Span = Span()
    by_hand: bool = False


@dataclass(frozen=True, slots=True)
class Contact:
    """Somebody to ring. ``serves`` are words of addresses it is responsible for, empty for all of them.

    ``department`` is whose they are and ``owns`` what they look after (1.5.1-5); ``told_by`` is the key of
    the contact who rings them in the contact tree (B§3); ``skills`` are those of somebody on standby (1.2.5).
    """

    key: str
    role: str
    name: Bilingual
    phone: str
    other_phone: str = ""
    hours: str = ""
    serves: tuple[str, ...] = ()
    verified_on: date | None = None
    department: Bilingual = Bilingual()
    owns: Bilingual = Bilingual()
    told_by: str = ""
    skills: tuple[str, ...] = ()
    external: bool = False


@dataclass(frozen=True, slots=True)
class Phrase:
    """A canned phrase, written by ``;code``. ``{name}``-like placeholders are fields of the record.

    ``situations`` are kinds and moods (``urgent``, ``angry``) for which it is offered first.
    """

    code: str
    title: Bilingual
    text: Bilingual
    situations: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Article:
    """A piece of knowledge: what may be answered to whom."""

    key: str
    version: Version
    title: Bilingual
    body: Bilingual
    category: str = ""
    span: Span = Span()


@dataclass(frozen=True, slots=True)
class Greeting:
    """An opening sentence for some days, or a promotion to mention on them."""

    key: str
    text: Bilingual
    span: Span = Span()


@dataclass(frozen=True, slots=True)
class QuickRecord:
    """A record begun by one choice: "call back after the meeting".

    ``values`` are codes of choices, *yes* and *no*; ``texts`` are what is written into text fields.
    ``weekdays`` (0 is Monday) and ``until`` ("10:30" of the site's zone) say when the call-back is due: the
    next such moment. Without them nothing is due.
    """

    key: str
    title: Bilingual
    kind: Kind
    values: Mapping[str, str] = field(default_factory=lambda: _NOTHING)
    texts: Mapping[str, Bilingual] = field(default_factory=lambda: _NO_TEXTS)
    weekdays: tuple[int, ...] = ()
    until: str = ""


@dataclass(frozen=True, slots=True)
class Chips:
    """Short texts for one press each ("2 人，1 老人，无伤"), offered where ``kind`` and ``when`` fit.

    ``fills`` is the text field they are written into.
    """

    kind: Kind
    texts: tuple[Bilingual, ...]
    when: When = field(default_factory=lambda: _ALWAYS)
    fills: str = "detail"


@dataclass(frozen=True, slots=True)
class SitePack:
    """Everything a pack holds, in the order its files have it."""

    name: Bilingual
    version: Version
    effective: date | None = None
    playbooks: tuple[Playbook, ...] = ()
    phrases: tuple[Phrase, ...] = ()
    contacts: tuple[Contact, ...] = ()
    articles: tuple[Article, ...] = ()
    greetings: tuple[Greeting, ...] = ()
    quick_records: tuple[QuickRecord, ...] = ()
    chips: tuple[Chips, ...] = ()
    ladders: tuple[Ladder, ...] = ()
    incident_types: tuple[IncidentType, ...] = ()
    level_lists: tuple[LevelList, ...] = ()
    announcements: tuple[NoticeTemplate, ...] = ()
    forms: tuple[NumberedForm, ...] = ()


EMPTY_PACK = SitePack(Bilingual(), Version("", ""))
"""What there is before a pack was read."""
