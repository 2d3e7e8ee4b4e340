"""What a line of an incident's log says, in a sentence."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC
from typing import Any

from desktop_app.domain.incident_types import IncidentType
from desktop_app.domain.site_pack import SitePack
from desktop_app.domain.times import parse_iso
from desktop_app.services.incident_log import LogLine
from desktop_app.services.incident_view import RECOVERY
from desktop_app.ui.incident.incident_words import IncidentWords
from desktop_app.words import Words

_MOST_FIELDS = 4
_TOLD_BY_EVENTS = frozenset(
    {"outage", "at", "by", "unrecoverable", "unrecoverable_at", "unrecoverable_by", "approved_by"}
)
"""Fields that go with an event, which tells them."""
_LONGEST = 60


class LogWords:
    """Names of ladders, fields and choices come from the pack; a code that nobody knows stands as it is."""

    def __init__(self, words: Words, told: IncidentWords, pack: SitePack) -> None:
        self._words, self._told, self._pack = words, told, pack
        self.kind: IncidentType | None = None

    def tells(self, line: LogLine) -> bool:
        """Whether a line says more than the event it goes with."""
        return line.code != "changed" or bool(line.details.keys() - _TOLD_BY_EVENTS)

    def what(self, line: LogLine) -> str:
        """Return what somebody did."""
        say, details = self._told.say, line.details
        match line.code:
            case "told":
                return self._notified(details)
            case "decided":
                return say("log.decided", what=self._rung(details), choice=self._choice(details))
            case "ticked":
                return say("log.ticked", what=self._item(str(details.get("item") or "")))
            case "level" | "surge_level":
                name = "incident_level" if line.code == "level" else "surge_level"
                value = details.get("value")
                word = self._told.option(name, str(value)) if value else say("log.none")
                return say("log.set", field=self._words.say(f"field.{name}"), value=word)
            case "changed" | "taken_back":
                return say(f"log.{line.code}", what=self._fields(details))
            case "post":
                post = self._told.option("incident_post", str(details.get("post") or ""))
                return say(
                    "log.post",
                    post=" ".join([post, *filter(None, [details.get("area")])]),
                    text=details.get("name") or say("log.none"),
                )
            case "reported_again":
                return say("log.reported_again", text=details.get("symptom") or "")
            case (
                "called_in"
                | "came"
                | "staffing"
                | "station_waived"
                | "action"
                | "joined"
                | "stood"
                | "bulletin"
                | "feedback"
            ):
                text = details.get("name") or details.get("text") or details.get("station") or ""
                return say(f"log.{line.code}", text=text)
        text = str(details.get("text") or details.get("said_by") or "")
        code = f"window.incident.event.{line.code}"
        event = self._words.say(code) if self._words.has(code) else line.code
        return say("log.event", event=event, text=text) if text else event

    def _notified(self, details: Mapping[str, Any]) -> str:
        say = self._told.say
        role = self._told.role(self._pack, str(details["role"])) if details.get("role") else ""
        name = str(details.get("told_to") or "")
        who = name if not role or role == name else f"{role} {name}"
        channel = self._told.option("contact_channel", str(details.get("channel") or ""))
        if details.get("reached") is False:
            return say("log.missed", who=who, channel=channel)
        code = "log.over" if details.get("purpose") == RECOVERY else "log.told"
        return say(code, who=who, channel=channel)

    def _rung(self, details: Mapping[str, Any]) -> str:
        for ladder in self._pack.ladders:
            for rung in ladder.rungs:
                if (ladder.key, rung.key) == (details.get("ladder"), details.get("rung")):
                    return rung.title.told(self._told.language)
        return str(details.get("rung") or "")

    def _choice(self, details: Mapping[str, Any]) -> str:
        code = str(details.get("code") or "")
        for ladder in self._pack.ladders:
            for rung in ladder.rungs:
                if (ladder.key, rung.key) == (details.get("ladder"), details.get("rung")):
                    for choice in rung.choices:
                        if choice.code == code:
                            return choice.title.told(self._told.language)
        known = f"window.incident.log.done.{code}"
        return self._words.say(known) if self._words.has(known) else code

    def _item(self, key: str) -> str:
        lists = [*(self.kind.check_list if self.kind else ())]
        lists += [item for level in self._pack.level_lists for item in level.check_list]
        return next((one.title.told(self._told.language) for one in lists if one.key == key), key)

    def _fields(self, details: Mapping[str, Any]) -> str:
        told = [
            self._told.say(
                "log.field", field=self._told.field(name, self.kind), value=self._value(name, value)
            )
            for name, value in details.items()
            if name not in _TOLD_BY_EVENTS
        ]
        more = self._told.say("log.more", count=len(told) - _MOST_FIELDS) if len(told) > _MOST_FIELDS else ""
        return self._told.say("log.between").join([*told[:_MOST_FIELDS], *([more] if more else [])])

    def _value(self, name: str, value: Any) -> str:
        if value is None:
            return self._told.say("log.none")
        if isinstance(value, bool):
            return self._words.say("window.capture.yes" if value else "window.capture.no")
        if name == "incident_category":
            kinds = {one.key: one.title.told(self._told.language) for one in self._pack.incident_types}
            return kinds.get(str(value), str(value))
        at = parse_iso(str(value), UTC)
        if at is not None:
            return self._told.time(at)
        key = f"option.{name}.{value}"
        if isinstance(value, str) and self._words.has(key):
            return self._words.say(key)
        own = next((one for one in self.kind.fields if one.key == name), None) if self.kind else None
        for option in own.options if own is not None else ():
            if option.code == value:
                return option.title.told(self._told.language)
        text = " ".join(str(value).split())
        return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
