"""The lines of an incident's log in words, and which of them each role keeps: one source (3.6, A§2.9)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import StrEnum
from functools import partial
from typing import Any

from desktop_app.domain.incident_events import FactEvent, StateEvent
from desktop_app.domain.ladders import RungKind
from desktop_app.services.cards import own_items
from desktop_app.services.incident_log import LogLine
from desktop_app.services.incident_text import IncidentText
from desktop_app.services.incident_view import RECOVERY, IncidentView

SYSOPS = "sysops"
"""The role under which contacts and ladders know system operations."""
_STEPS = frozenset(one.value for one in StateEvent)
_OF_OPERATIONS = frozenset(
    {StateEvent.REPORTED, StateEvent.CONFIRMED, StateEvent.RECOVERED, StateEvent.RELAPSED, "reported_again"}
) | {FactEvent.UNRECOVERABLE}
_OF_MANAGEMENT = frozenset({"level", "surge_level", "decided", "post", FactEvent.UNRECOVERABLE}) | (
    _STEPS - {StateEvent.RECONCILING}
)
_OPERATIONS_FIELDS = frozenset(
    {
        "repair_mode",
        "systems",
        "cause",
        "vendor",
        "unrecoverable",
        "unrecoverable_at",
        "unrecoverable_by",
        "operations_told_to",
        "operations_told_at",
        "operations_told_channel",
        "recovery_confirmed_by",
    }
)
_SENIOR = frozenset({"supervisor", "operations_manager", "centre_manager"})
_NAMED = (
    "reported_again",
    "staffing",
    "station_waived",
    "station_present",
    "action",
    "own_item",
    "bulletin",
    "feedback",
    "joined",
    "stood",
)
"""Lines that say what they hold as it was written."""
_UNSAID = frozenset({"stood", "joined"})


class LogFor(StrEnum):
    """Whose log it is: everything, the team lead's, that of system operations, the management's (3.6)."""

    ALL = "all"
    LEAD = "lead"
    OPERATIONS = "operations"
    MANAGEMENT = "management"


def log_for(view: IncidentView, whose: LogFor) -> tuple[LogLine, ...]:
    """Return the lines that somebody keeps, in the order in which they happened."""
    return tuple(line for line in view.log if _KEEPS[whose](line) and not _is_echo(line))


def _is_echo(line: LogLine) -> bool:
    """Whether an event has said it already: what a judgement fills in by itself (A§2.4)."""
    return line.code == "changed" and all(name.startswith(FactEvent.UNRECOVERABLE) for name in line.details)


class LogText:
    """Says what the lines of one incident's log say, without time and name."""

    def __init__(self, text: IncidentText, view: IncidentView) -> None:
        self._text, self._view = text, view
        self._own = {one.key: one.title.zh for one in own_items(view)}
        self._lines: Mapping[str, Callable[[Mapping[str, Any]], str]] = {
            "told": self._told,
            "decided": self._decided,
            "came": self._came,
            "changed": self._changed,
            "taken_back": self._taken_back,
            "ticked": lambda told: text.say("log.ticked", item=self._item(_in(told, "item"))),
            "level": partial(self._level, "incident_level"),
            "surge_level": partial(self._level, "surge_level"),
            "called_in": self._called_in,
            "post": self._post,
            **{code: partial(self._plain, code) for code in _NAMED},
        }

    def line(self, line: LogLine) -> str:
        """Return what one line says, with its reason."""
        told = self._lines.get(line.code)
        text = told(line.details) if told is not None else self._event(line.code, line.details)
        if line.reason and line.reason not in text:
            text = self._text.say("log.because", text=text, reason=line.reason)
        return text

    def _event(self, code: str, told: Mapping[str, Any]) -> str:
        besides = (self._text.person(told.get("said_by")), _in(told, "text"))
        return self._text.joined("colon", self._text.event(code), *besides)

    def _told(self, told: Mapping[str, Any]) -> str:
        text = self._text
        over = "recovery_beside" if self._view.beside else "recovery"
        code = over if told.get("purpose") == RECOVERY else "told"
        said = text.say(
            "log.unreached" if told.get("reached") is False else f"log.{code}",
            name=text.named(_in(told, "role"), _in(told, "told_to")),
            channel=text.option("contact_channel", _in(told, "channel")),
        )
        mode = _in(told, "mode")
        besides = (text.option("repair_mode", mode) if mode else "", _in(told, "reply"))
        return text.joined("semicolon", said, *besides)

    def _decided(self, told: Mapping[str, Any]) -> str:
        text, ladder, rung = self._text, _in(told, "ladder"), _in(told, "rung")
        said = (text.choice(ladder, rung, _in(told, "code")), _in(told, "reason"))
        found = text.joined("semicolon", *said) or text.say(f"log.{self._unsaid(ladder, rung)}")
        return text.joined("colon", text.rung_title(ladder, rung), found)

    def _unsaid(self, ladder: str, rung: str) -> str:
        """Return what was done where nobody said more of it."""
        one = self._text.rung(ladder, rung)
        return "checked" if one is not None and one.does is RungKind.CHECK else "seen"

    def _called_in(self, told: Mapping[str, Any]) -> str:
        return self._plain("not_come" if told.get("reached") is False else "called_in", told)

    def _came(self, told: Mapping[str, Any]) -> str:
        names = {one.entry: one.name for one in self._view.called_in}
        return self._text.say("log.came", name=names.get(_in(told, "of"), ""))

    def _changed(self, told: Mapping[str, Any]) -> str:
        text = self._text
        said = []
        for name, value in told.items():
            base, _, option = name.partition(".")
            shown = text.ticked(base, option, value) if option else text.value(name, value)
            said.append(text.joined("colon", text.label(base), shown))
        return text.say("log.changed", fields=text.joined("semicolon", *said))

    def _taken_back(self, told: Mapping[str, Any]) -> str:
        name, value = next(iter(told.items()), ("", None))
        struck: Mapping[str, Any] = value if isinstance(value, dict) else {}
        if item := _in(struck, "item"):
            said = self._item(item)
        elif code := _in(struck, "code") if name == "events" else "":
            said = self._text.event(code)
        else:
            said = _in(struck, "text") or _in(struck, "name") or _in(struck, "station")
        return self._text.joined("colon", self._text.say("log.taken_back"), said)

    def _item(self, key: str) -> str:
        return self._own.get(key) or self._text.item(key)

    def _post(self, told: Mapping[str, Any]) -> str:
        say = self._text.say
        post, area, name = (
            self._text.option("incident_post", _in(told, "post")),
            _in(told, "area"),
            _in(told, "name"),
        )
        if area:
            post = say("log.post_of", post=post, area=area)
        if not name:
            return say("log.post_left", post=post)
        return say(
            "log.post", post=post, name=say("log.acting", name=name) if told.get("acting") is True else name
        )

    def _plain(self, code: str, told: Mapping[str, Any]) -> str:
        named = {name: _in(told, name) for name in ("name", "text", "owner", "station", "seat", "symptom")}
        return self._text.say(f"log.{code}", **named)

    def _level(self, name: str, told: Mapping[str, Any]) -> str:
        value = _in(told, "value")
        return self._text.say(
            f"log.{name}", value=self._text.option(name, value) if value else self._text.say("none")
        )


def _in(told: Mapping[str, Any], name: str) -> str:
    value = told.get(name)
    return value if isinstance(value, str) else ""


def _of_operations(line: LogLine) -> bool:
    if line.code == "told":
        return _in(line.details, "role") == SYSOPS or bool(_in(line.details, "mode"))
    if line.code == "changed":
        return not _OPERATIONS_FIELDS.isdisjoint(name.partition(".")[0] for name in line.details)
    return line.code in _OF_OPERATIONS


def _of_management(line: LogLine) -> bool:
    if line.code == "told":
        return _in(line.details, "role") in _SENIOR
    return line.code in _OF_MANAGEMENT


_KEEPS: Mapping[LogFor, Callable[[LogLine], bool]] = {
    LogFor.ALL: lambda line: True,
    LogFor.LEAD: lambda line: line.code not in _UNSAID,
    LogFor.OPERATIONS: _of_operations,
    LogFor.MANAGEMENT: _of_management,
}
