"""What was done of a playbook and said by it, as lines of a record: ``10:04:12 Ring the centre [lift/ring]``.

A line keeps the words of the day it was written, so a later pack does not change what was done; the part in
brackets finds the step again while the draft is open.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo

_LINE = re.compile(r"(\d\d:\d\d:\d\d) (.*) \[([^\s\[\]/]+)/([^\s\[\]/]+)\]")
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Done:
    """One step done or sentence used: ``at`` is the time of day in the site's zone.

    ``of`` is the key of the playbook and ``key`` that of its step.
    """

    at: str
    title: str
    of: str
    key: str

    def line(self) -> str:
        """Return it as the record keeps it."""
        return f"{self.at} {' '.join(self.title.split())} [{self.of}/{self.key}]"

    def after(self, since: datetime, zone: tzinfo) -> timedelta:
        """Return how long after the beginning of a call it was; a call may go on past midnight."""
        hours, minutes, seconds = (int(part) for part in self.at.split(":"))
        local = since.astimezone(zone)
        at = timedelta(hours=hours, minutes=minutes, seconds=seconds)
        return (at - timedelta(hours=local.hour, minutes=local.minute, seconds=local.second)) % _DAY


def done_now(title: str, of: str, key: str, now: datetime, zone: tzinfo) -> Done:
    """Return a step as done at a moment (UTC)."""
    return Done(f"{now.astimezone(zone):%H:%M:%S}", title, of, key)


def read_done(text: str) -> tuple[Done, ...]:
    """Return the lines of a record in their order; what is no such line is passed over."""
    found = (_LINE.fullmatch(line.strip()) for line in text.splitlines())
    return tuple(Done(*one.groups()) for one in found if one)


def as_text(done: Iterable[Done]) -> str:
    """Return what the record keeps, one a line."""
    return "\n".join(one.line() for one in done)
