"""Whether the CRM answers, as somebody who knocks at it now and then finds out; off where no address is set.

A machine suggests and a person decides: nothing is reported or recovered by itself (DESIGN §4).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import StrEnum
from urllib.parse import urlsplit

from desktop_app.domain.errors import KnownError

FAILURES, SUCCESSES = 3, 2
"""So many in a row suggest an outage, and so many, while everybody writes by hand, that it is over."""
_LONGEST = 300
_HOST_AND_PORT = re.compile(r"(?:\[([^\s/@\[\]]+)\]|([^\s/@\[\]:]+)):(\d{1,5})")
_PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True, slots=True)
class Target:
    """What is knocked at: ``scheme`` is http, https or tcp; ``path`` what is asked of a web server."""

    scheme: str
    host: str
    port: int
    path: str = "/"

    @property
    def name(self) -> str:
        """What people call it."""
        return f"{self.host}:{self.port}"


class Suggestion(StrEnum):
    """What a look at the CRM comes to."""

    NOTHING = "nothing"
    OUTAGE = "outage"
    RECOVERY = "recovery"


@dataclass(frozen=True, slots=True)
class Probe:
    """What was found so far: answers in a row of one kind, and whether their suggestion was made."""

    failures: int = 0
    successes: int = 0
    by_hand: bool = False
    told: bool = False


def target_of(text: str) -> Target:
    """Read an address, ``https://crm.example/login`` or ``crm.example:8080``.

    Raises KnownError ``probe.address`` for anything else, and ``probe.no_names`` for one with a name or a
    password in it: what is set here is read by everybody.
    """
    plain = text.strip()
    if not plain or len(plain) > _LONGEST or not plain.isprintable() or " " in plain:
        raise KnownError("probe.address")
    if "://" in plain:
        try:
            parts = urlsplit(plain)
            port = parts.port
        except ValueError as problem:
            raise KnownError("probe.address") from problem
        if "@" in parts.netloc:
            raise KnownError("probe.no_names")
        if parts.scheme not in _PORTS or not parts.hostname:
            raise KnownError("probe.address")
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        return Target(parts.scheme, parts.hostname, port or _PORTS[parts.scheme], path)
    if "@" in plain:
        raise KnownError("probe.no_names")
    told = _HOST_AND_PORT.fullmatch(plain)
    if told is None or not 0 < int(told[3]) < 65_536:
        raise KnownError("probe.address")
    return Target("tcp", told[1] or told[2], int(told[3]))


def looked(probe: Probe, answers: bool, *, known: bool, by_hand: bool) -> tuple[Probe, Suggestion]:
    """Return what one more look comes to.

    ``known``: an incident is open, so that an outage is no news; ``by_hand``: everybody writes by hand, so
    that an answer may be. Each is suggested once, until the CRM does otherwise.
    """
    if by_hand != probe.by_hand:
        # What was seen before belongs to another time.
        probe = Probe(by_hand=by_hand)
    if answers:
        fresh = probe if probe.successes else Probe(by_hand=by_hand)
        fresh = replace(fresh, failures=0, successes=fresh.successes + 1)
        if by_hand and fresh.successes >= SUCCESSES and not fresh.told:
            return replace(fresh, told=True), Suggestion.RECOVERY
        return fresh, Suggestion.NOTHING
    fresh = probe if probe.failures else Probe(by_hand=by_hand)
    fresh = replace(fresh, successes=0, failures=fresh.failures + 1)
    if not known and fresh.failures >= FAILURES and not fresh.told:
        return replace(fresh, told=True), Suggestion.OUTAGE
    return fresh, Suggestion.NOTHING
