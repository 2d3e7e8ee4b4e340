"""The log of an incident: who did what when, in the order in which it happened (A§2.9, 3.6).

One source for the team lead's log, the papers and the debriefing: the entries of the journal. What was undone
is left out; what was written late stands where it happened, and says so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from desktop_app.domain.entries import Action, Sealed
from desktop_app.domain.folding import State, revoked_ids
from desktop_app.domain.identity import SubjectKind
from desktop_app.domain.incident_steps import COMMAND, DECIDED, ROLES, IncidentState
from desktop_app.domain.joined_incidents import EVENTS, JOINED_WITH
from desktop_app.domain.roles import Role
from desktop_app.domain.times import parse_iso
from desktop_app.storage.incidents import histories_of
from desktop_app.storage.unit_of_work import View

LATE = timedelta(minutes=1)
"""What was written down more than this after it happened says so."""

_OF_A_LIST = {
    "reports": "reported_again",
    DECIDED: "decided",
    "ticks": "ticked",
    "called_in": "called_in",
    "came": "came",
    "staffing_moves": "staffing",
    "waived_stations": "station_waived",
    "present_stations": "station_present",
    "actions": "action",
    COMMAND: "post",
    ROLES: "post",
    "bulletin": "bulletin",
    "feedback": "feedback",
    "own_items": "own_item",
    JOINED_WITH: "joined",
    "confirmed": "stood",
}
_BESIDE_THE_STEP = frozenset(
    {"state", "incident_no", "noticed_by", "noticed_seat", "manual_from", "manual_to", "plan_version"}
)
_TOLD_BY_THE_STEP = frozenset({"recovered_at"})
_TIMES = ("at", "told_at")


@dataclass(frozen=True, slots=True)
class LogLine:
    """One line: ``code`` says what, ``details`` in which words; times are UTC.

    ``code`` is that of an event (``reported``, ``manual`` …), of a list (``decided``, ``ticked``,
    ``called_in``, ``came``, ``staffing``, ``reported_again``, ``station_waived``, ``station_present``,
    ``action``, ``own_item``, ``joined``, ``stood``, ``left``, ``post``, ``bulletin``, ``feedback``),
    ``told``, ``level``, ``surge_level``, ``changed`` or ``taken_back``.
    """

    at: datetime
    written_at: datetime
    name: str
    role: Role
    code: str
    details: Mapping[str, Any]
    reason: str
    entry: str
    struck: bool = False
    """Whether it was taken off its list again; the line that says so comes later."""

    @property
    def late(self) -> bool:
        """Whether it was written down well after it happened."""
        return self.written_at - self.at > LATE


def log_of(
    view: View, members: Sequence[State], notified: Iterable[State], name: Callable[[str], str]
) -> tuple[LogLine, ...]:
    """Return the lines about some incidents and the evidence that hangs on them."""
    about = [one.subject.id for one in (*members, *notified)]
    lines = [told for made in histories_of(view.connection, about) for told in _lines(made, name)]
    return tuple(line for _, line in sorted(lines, key=lambda told: (told[1].at, told[0])))


def _lines(made: list[Sealed], name: Callable[[str], str]) -> Iterator[tuple[tuple[int, str, int], LogLine]]:
    """Yield the lines of one subject, each with the place of its entry among all entries."""
    revoked, by_id = revoked_ids(made), {sealed.entry.id: sealed for sealed in made}
    struck_off = {
        sealed.payload.target
        for sealed in made
        if sealed.payload is not None
        and sealed.entry.action is Action.STRIKE
        and sealed.entry.id not in revoked
    }
    for sealed in made:
        entry, payload = sealed.entry, sealed.payload
        if payload is None or entry.id in revoked or entry.action in (Action.REVOKE, Action.PURGE):
            continue
        changes: dict[str, Any] = {key: change.value for key, change in payload.changes.items()}
        if entry.action is Action.STRIKE:
            struck = by_id.get(payload.target)
            before = struck.payload.changes if struck is not None and struck.payload is not None else {}
            told = [("taken_back", {key: change.value for key, change in before.items()})]
        elif entry.action is Action.ADD:
            told = [_item(key, value) for key, value in changes.items()]
        elif entry.subject.kind is SubjectKind.NOTIFICATION:
            told = [("told", changes)]
        else:
            told = list(_fields(changes))
        for code, details in told:
            at = next((at for key in _TIMES if (at := parse_iso(str(details.get(key) or ""), UTC))), entry.at)
            reason = payload.reason or str(details.get("reason") or "")
            who, off = name(entry.actor), entry.id in struck_off
            line = LogLine(at, entry.at, who, entry.role, code, details, reason, entry.id, off)
            yield entry.order, line


def _item(key: str, value: Any) -> tuple[str, dict[str, Any]]:
    details = value if isinstance(value, dict) else {"text": value}
    if key == EVENTS:
        return str(details.get("code") or ""), details
    return _OF_A_LIST.get(key, key), details


def _fields(changes: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield what an entry that sets fields says; a step itself is told by its event."""
    if changes.get("state") == IncidentState.SUSPECTED:
        return
    hidden = _BESIDE_THE_STEP | (_TOLD_BY_THE_STEP if "state" in changes else frozenset())
    rest = {key: value for key, value in changes.items() if key not in hidden}
    for level in ("incident_level", "surge_level"):
        if level in rest:
            yield level.removeprefix("incident_"), {"value": rest.pop(level)}
    if rest:
        yield "changed", rest
