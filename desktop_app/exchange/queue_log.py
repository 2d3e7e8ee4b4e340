"""Asterisk's queue_log: who waited, who talked, who gave up. It alone knows that an agent talked."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from desktop_app.domain.reconciliation import CallOutcome

_EPOCH = re.compile(r"\d{9,10}(?:\.\d+)?")
_FEWEST_FIELDS = 5
_TURNED_AWAY = frozenset({"EXITWITHTIMEOUT", "EXITEMPTY", "JOINUNAVAIL", "JOINEMPTY", "FULL"})
_GAVE_UP = frozenset({"ABANDON", "EXITWITHKEY"})
_TALKED = frozenset({"COMPLETEAGENT", "COMPLETECALLER", "TRANSFER", "BLINDTRANSFER", "ATTENDEDTRANSFER"})
_TECHNOLOGY = re.compile(r"(?:[A-Za-z]+[A-Za-z0-9]*)/([^@/;]+)(?:[@/;].*)?")


@dataclass(slots=True)
class Waiting:
    """What the queue log knows of one call. ``outcome`` is None while nothing ended it (a log cut short)."""

    id: str
    row: int
    entered_at: datetime
    file: str = ""
    caller: str = ""
    agent: str = ""
    answered_at: datetime | None = None
    ended_at: datetime | None = None
    talk_seconds: int = 0
    outcome: CallOutcome | None = None


def is_queue_log(rows: Iterable[list[str]]) -> bool:
    """Whether rows look like a queue log: a Unix time, an id, a queue, an agent, an event in capitals."""
    return any(_event(row) is not None for row in list(rows)[:5])


def read_queue_log(file: str, rows: Iterable[tuple[int, list[str]]]) -> tuple[dict[str, Waiting], int]:
    """Return what is known of each call by its id, and how many lines were not understood."""
    calls: dict[str, Waiting] = {}
    strange = 0
    for number, cells in rows:
        found = _event(cells)
        if found is None:
            strange += 1
            continue
        at, event = found
        call_id = cells[1].strip()
        if not call_id or call_id == "NONE":
            continue
        waiting = calls.setdefault(call_id, Waiting(call_id, number, at, file))
        _tell(waiting, event, at, cells)
    return calls, strange


def _event(cells: list[str]) -> tuple[datetime, str] | None:
    if len(cells) < _FEWEST_FIELDS or not _EPOCH.fullmatch(cells[0].strip()):
        return None
    event = cells[4].strip()
    if not event.isupper():
        return None
    return datetime.fromtimestamp(float(cells[0]), UTC), event


def _tell(waiting: Waiting, event: str, at: datetime, cells: list[str]) -> None:
    data = [*cells[5:], "", "", ""]
    if event == "ENTERQUEUE":
        waiting.caller = waiting.caller or data[1].strip()
    elif event == "CONNECT":
        # A call may wait in several queues; the first agent who took it answered it.
        waiting.answered_at = waiting.answered_at or at
        waiting.agent = waiting.agent or agent_name(cells[3])
        waiting.outcome = CallOutcome.ANSWERED
        waiting.ended_at = at
    elif event in _TALKED:
        waiting.ended_at = at
        if waiting.answered_at is not None:
            waiting.talk_seconds = round((at - waiting.answered_at).total_seconds())
    elif waiting.outcome is not CallOutcome.ANSWERED and event in _TURNED_AWAY | _GAVE_UP:
        waiting.outcome = CallOutcome.TURNED_AWAY if event in _TURNED_AWAY else CallOutcome.ABANDONED
        waiting.ended_at = at


def agent_name(text: str) -> str:
    """Return an agent as a person would name it: ``SIP/8002`` is ``8002``, ``坐席8002`` stays."""
    name = text.strip()
    found = _TECHNOLOGY.fullmatch(name)
    return found[1] if found else name
