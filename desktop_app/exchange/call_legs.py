"""Rows of a call detail log: legs, grouped into calls, and what their outcomes say together.

An ANSWERED row is not an agent: callers turned away by a full queue read ANSWERED too. A leg counts as an
agent's when it reached a channel and was not the PBX hanging up.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from desktop_app.domain.reconciliation import CallOutcome

_CHANNEL = re.compile(r"(?:[A-Za-z][A-Za-z0-9]*)/(.+?)(?:-[0-9a-f]{6,10})?(?:;[12])?$")
_EPOCH = re.compile(r"(?:^|-)(\d{9,10})\.\d+$")
_CALLER_CHOSE = frozenset(
    {"queue", "background", "playback", "waitexten", "read", "ivr", "voicemail", "musiconhold", "wait"}
)
_FAILED = frozenset({"BUSY", "FAILED", "CONGESTION"})
_LONGEST_EXTENSION = 5


@dataclass(frozen=True, slots=True)
class Leg:
    """One row. ``start``, ``answer`` and ``end`` are as written, without a zone."""

    row: int
    values: Mapping[str, str]
    start: datetime
    answer: datetime | None
    end: datetime | None

    def text(self, name: str) -> str:
        """Return a field as written, empty where the log has none."""
        return self.values.get(name, "")

    @property
    def group(self) -> str:
        """What joins the legs of one call."""
        return self.text("linkedid") or self.text("uniqueid")

    @property
    def disposition(self) -> str:
        """The log's word for how the leg ended, in capitals."""
        return self.text("disposition").strip().upper().replace("NOANSWER", "NO ANSWER")

    @property
    def seconds(self) -> int:
        """Billed seconds."""
        told = self.text("billsec").strip()
        return int(told) if told.isdecimal() and len(told) < 8 else 0

    @property
    def application(self) -> str:
        """The last application, in small letters."""
        return self.text("lastapp").strip().lower()

    @property
    def with_agent(self) -> bool:
        """Whether this leg is a talk with whoever was called."""
        reached = bool(self.text("dstchannel").strip()) and self.application != "hangup"
        return reached and self.disposition == "ANSWERED"


def peer(channel: str) -> str:
    """Return who is at a channel: ``SIP/8002-00000001`` is ``8002``, ``Local/8002@queue-1;2`` is ``8002``."""
    found = _CHANNEL.fullmatch(channel.strip())
    return found[1].split("@")[0] if found else channel.strip()


def epoch_in(unique_id: str) -> int | None:
    """Return the Unix second in which Asterisk made the channel; it is part of the unique id."""
    found = _EPOCH.search(unique_id)
    return int(found[1]) if found else None


def grouped(legs: Iterable[Leg]) -> dict[str, list[Leg]]:
    """Return the legs of each call in the order of their start; legs without any id stay alone."""
    calls: dict[str, list[Leg]] = {}
    for leg in legs:
        calls.setdefault(leg.group or f"row {leg.row}", []).append(leg)
    for members in calls.values():
        members.sort(key=lambda leg: (leg.start, leg.row))
    return calls


def extensions(legs: Iterable[Leg]) -> frozenset[str]:
    """Return the peers that queues and Dial reached: the centre's own extensions."""
    reached = (peer(leg.text("dstchannel")) for leg in legs if leg.application in ("queue", "dial"))
    return frozenset(name for name in reached if name.isdecimal() and len(name) <= _LONGEST_EXTENSION)


def is_outbound(legs: list[Leg], own: frozenset[str], contexts: frozenset[str]) -> bool:
    """Whether an agent placed the call: by its context, or an extension of the centre is the source."""
    first = legs[0]
    if first.text("dcontext").strip().lower() in contexts:
        return True
    source = first.text("src").strip()
    return source in own or (
        len(source) <= _LONGEST_EXTENSION and source == peer(first.text("channel")) != ""
    )


def outcome_of(legs: list[Leg]) -> CallOutcome:
    """Return how a call ended by its legs alone (a call the queue log does not know)."""
    if any(leg.with_agent for leg in legs):
        return CallOutcome.ANSWERED
    last = legs[-1]
    if last.application == "hangup":
        # The dial plan hung up and says why: nobody picked up (19), busy (17), not reachable (20), no room.
        return CallOutcome.ABANDONED if last.disposition == "NO ANSWER" else CallOutcome.TURNED_AWAY
    ends = {leg.disposition for leg in legs}
    if "NO ANSWER" in ends:
        return CallOutcome.ABANDONED
    if ends & _FAILED:
        return CallOutcome.TURNED_AWAY
    # The PBX picked up, nobody was reached. Leaving was the caller's doing only in a menu or a queue.
    return CallOutcome.ABANDONED if last.application in _CALLER_CHOSE else CallOutcome.TURNED_AWAY
