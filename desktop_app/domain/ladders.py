"""Clock ladders as data: when who has to be told or to decide after something began (procedures, reading 1).

The procedures hold several independent clocks; a ladder is one of them, and a site's pack lists all of its
own. What they come to for an incident at a moment is for ``domain/clocks.py``.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from desktop_app.domain.site_text import Bilingual, Version


class RungKind(StrEnum):
    """What ends a rung's being due.

    ``TELL``: everybody in ``tells`` was told, each with name, time and channel. ``DECIDE``: somebody chose
    and gave a reason; it cannot be left blank (A§2.4). ``CHECK``: somebody ticked it, and may say what they
    found. ``REMIND``: it was seen.
    """

    TELL = "tell"
    DECIDE = "decide"
    CHECK = "check"
    REMIND = "remind"


class Asks(StrEnum):
    """What a decision may have to tell besides its reason; the words lie in ``asks.<code>``."""

    VENDOR = "vendor"
    CONTACT = "contact"
    TICKET = "ticket"
    PLACE = "place"
    UNTIL = "until"


@dataclass(frozen=True, slots=True)
class Choice:
    """What may be decided; ``asks`` are what has to be told of the decision besides the reason."""

    code: str
    title: Bilingual
    asks: tuple[Asks, ...] = ()


@dataclass(frozen=True, slots=True)
class Rung:
    """One step of a ladder.

    Attributes:
        key: by which evidence names it; one of its ladder.
        minutes: how long after the start it is due; 0 is at once.
        title: what to do.
        does: see ``RungKind``.
        tells: roles to tell, one piece of evidence each (A§2.4 tells two people apart).
        at_once_on: an event that makes it due at its moment, however early ("cannot recover", A§2.4).
        choices: what may be decided, of a ``DECIDE`` rung.
        suggests: what the program then proposes: ``level:major``, ``surge:level_2``, "" for nothing.
        source: where the procedures say so (``A§2.3``).
    """

    key: str
    minutes: int
    title: Bilingual
    does: RungKind = RungKind.TELL
    tells: tuple[str, ...] = ()
    at_once_on: str = ""
    choices: tuple[Choice, ...] = ()
    suggests: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Ladder:
    """One clock of the procedures.

    Attributes:
        starts_on: the event that starts it; each time that event happens again (a relapse) it starts anew.
        ends_on: events after which what was not yet due is not asked any more; what was due stays due.
        types: keys of the incident types it is for; empty for all.
    """

    key: str
    version: Version
    title: Bilingual
    starts_on: str
    rungs: tuple[Rung, ...]
    ends_on: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
