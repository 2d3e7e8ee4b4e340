"""Types of incident as data: what is asked, ticked and shown for each category of the plans (fields 3.6)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from desktop_app.domain.site_text import Bilingual, Version

KEPT_BY_PROGRAM = frozenset(
    {"joined_with", "events", "decided", "outage", "ticks", "called_in", "came", "reports"}
    | {"waived_stations", "actions", "left", "command", "roles", "bulletin", "feedback"}
)
"""Names under which the program keeps something on an incident besides form 3.6; no own field has one."""
UNNAMED = "application"
"""The type an incident is taken for until somebody names one: a fault of the system (A§2.1)."""


class OwnFieldKind(StrEnum):
    """What a type's own field holds. ``STAMP`` is a moment entered by one key ("evacuated")."""

    TEXT = "text"
    LONG_TEXT = "long_text"
    NUMBER = "number"
    MONEY = "money"
    MOMENT = "moment"
    STAMP = "stamp"
    YES_NO = "yes_no"
    TICK = "tick"
    CHOICE = "choice"
    CHOICES = "choices"


@dataclass(frozen=True, slots=True)
class Option:
    """One choice of an own field."""

    code: str
    title: Bilingual


@dataclass(frozen=True, slots=True)
class Asked:
    """When an own field is asked: always, or once another holds one of ``codes`` or more than ``over``.

    ``either`` is a second condition, of which each is enough: the police are asked about where they were to
    be called, and where the loss is more than 5000 yuan (2§4.1).
    """

    field: str = ""
    codes: tuple[str, ...] = ()
    over: float | None = None
    either: Asked | None = None


@dataclass(frozen=True, slots=True)
class Alarm:
    """The event that a number begins from ``at_least`` on: two ill people tell the centre manager (A§6)."""

    at_least: float
    event: str


@dataclass(frozen=True, slots=True)
class OwnField:
    """A field that only incidents of this type have; ``key`` is its name in the journal, never changed.

    ``begins`` is the event that a moment or stamp is ("generator_started"), "" for none.
    """

    key: str
    kind: OwnFieldKind
    title: Bilingual
    needed: bool = False
    asked: Asked = Asked()
    options: tuple[Option, ...] = ()
    alarm: Alarm | None = None
    begins: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class CheckItem:
    """One line of a type's check-list, ticked with time and name; ``say`` is a sentence to say with it."""

    key: str
    title: Bilingual
    say: Bilingual = Bilingual()
    ring: str = ""


@dataclass(frozen=True, slots=True)
class IncidentType:
    """What an incident can be.

    Attributes:
        key: what ``incident_category`` of an incident holds.
        category: the number or letter of the category in its plan (``A§5.1``), for the papers.
        symptoms: short texts offered when a fault is reported; they also name a record's symptom.
        numbers: roles of contacts whose numbers stand on the card, the first largest.
        note: what is to be known before anybody rings: why 119 where the plan says 110.
        card: a one-screen card is shown for it: fire, theft, accident, threat, media.
        check_list: what to do; empty where a source gives only a title, for the centre to fill.
        fields: what is asked of this type alone.
        affected: codes of systems that are proposed as hit.
        outage: the floor may have to write by hand; such an incident can go to manual mode.
    """

    key: str
    version: Version
    title: Bilingual
    category: str = ""
    symptoms: tuple[Bilingual, ...] = ()
    numbers: tuple[str, ...] = ()
    note: Bilingual = Bilingual()
    card: bool = False
    check_list: tuple[CheckItem, ...] = ()
    fields: tuple[OwnField, ...] = ()
    affected: tuple[str, ...] = ()
    outage: bool = False


@dataclass(frozen=True, slots=True)
class LevelList:
    """What is to be done, whatever the type, once an incident has a level (B§4, A§8).

    ``level`` is a code of ``IncidentLevel`` or ``SurgeLevel``; no item has the key of one of a type.
    """

    level: str
    version: Version
    title: Bilingual
    check_list: tuple[CheckItem, ...]


def check_list_of(
    incident_type: IncidentType | None, lists: Iterable[LevelList], levels: Iterable[str]
) -> tuple[CheckItem, ...]:
    """Return everything to tick for an incident: what its type asks, then what each of its levels asks."""
    at = frozenset(levels)
    own = incident_type.check_list if incident_type is not None else ()
    return (*own, *(item for one in lists if one.level in at for item in one.check_list))
