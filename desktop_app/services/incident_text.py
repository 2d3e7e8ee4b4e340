"""An incident in the words of the papers, the log and the debriefing: no Qt, one wording for all of them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from desktop_app.domain.clocks import RungStanding, Stage
from desktop_app.domain.contacts import role_name
from desktop_app.domain.fields import FIELDS
from desktop_app.domain.form_fields import Field, FieldType
from desktop_app.domain.incident_steps import IncidentState
from desktop_app.domain.incident_types import UNNAMED, CheckItem, IncidentType, OwnField, check_list_of
from desktop_app.domain.ladders import Rung, RungKind
from desktop_app.domain.site_pack import SitePack
from desktop_app.domain.site_text import Bilingual
from desktop_app.domain.times import parse_iso, zone_of
from desktop_app.services.drafts import person_name
from desktop_app.services.incident_view import IncidentView
from desktop_app.services.record_form import words_section
from desktop_app.storage.store import Store
from desktop_app.words import Words

_LONG_DAYS = 2


class IncidentText:
    """Says in one language what an incident holds; times are those of the site's zone."""

    def __init__(self, store: Store, pack: SitePack, words: Words, view: IncidentView) -> None:
        self._words, self._pack, self._view = words, pack, view
        self._zone = zone_of(store.settings.zone)
        self._store, self._names = store, dict[str, str]()
        self.type = next((one for one in pack.incident_types if one.key == (view.category or UNNAMED)), None)

    @property
    def check_list(self) -> tuple[CheckItem, ...]:
        """Everything to tick of this incident, by its type and its levels."""
        view = self._view
        return check_list_of(self.type, self._pack.level_lists, (view.level, view.text("surge_level")))

    def say(self, code: str, **details: object) -> str:
        """Return the words of ``paper.<code>``."""
        return self._words.say(f"paper.{code}", **details)

    def joined(self, by: str, *parts: str) -> str:
        """Return the parts that say something, with ``paper.<by>`` between them."""
        return self.say(by).join(part for part in parts if part)

    def either(self, zh: str, en: str) -> str:
        """Return the text in this language; the other where it is missing."""
        return Bilingual(zh, en).told(self._words.language)

    def state(self, state: IncidentState) -> str:
        """Return what the state of the incident is called."""
        if self._view.beside and state is IncidentState.RECOVERED:
            return self.say("over_beside")  # no system recovers from a fire
        return self._words.say(f"incident_state.{state}")

    def asked(self, ladder: str, rung: str, code: str, told: Mapping[str, Any]) -> list[str]:
        """Return what was told of a decision besides its reason, such as the vendor, as it was asked."""
        step = self.rung(ladder, rung)
        asks = [ask for one in step.choices if one.code == code for ask in one.asks] if step else []
        keys = dict.fromkeys([*asks, *told])
        return [f"{self._name_of(key)} {told[key]}" for key in keys if told.get(key)]

    def _name_of(self, asked: str) -> str:
        return self._words.say(f"asks.{asked}") if self._words.has(f"asks.{asked}") else asked

    def named(self, role: str, name: str) -> str:
        """Return somebody with the role they were told in, once where the name begins with it."""
        shown = self.role(role)
        return name if name.startswith(shown) else self.say("log.named", role=shown, name=name)

    def moment(self, at: datetime | None) -> str:
        """Return a moment with its date."""
        return f"{at.astimezone(self._zone):%Y-%m-%d %H:%M}" if at is not None else ""

    def time(self, at: datetime | None) -> str:
        """Return a moment; without its date where it is on the day on which the incident began."""
        if at is None:
            return ""
        local, since = at.astimezone(self._zone), self._view.since
        same = since is not None and local.date() == since.astimezone(self._zone).date()
        return f"{local:%H:%M}" if same else f"{local:%m-%d %H:%M}"

    def exact(self, at: datetime) -> str:
        """Return a moment to the second."""
        return f"{at.astimezone(self._zone):%m-%d %H:%M:%S}"

    def length(self, length: timedelta) -> str:
        """Return a length of time as clocks count it: minutes and seconds, hours and days where needed."""
        seconds = max(0, int(length.total_seconds()))
        hours, rest = divmod(seconds, 3600)
        if hours >= 24 * _LONG_DAYS:
            return self.say("days", days=hours // 24, hours=hours % 24)
        shown = f"{rest // 60:02}:{rest % 60:02}"
        return f"{hours}:{shown}" if hours else shown

    def person(self, told: object) -> str:
        """Return the name of a person by id, or as it was typed."""
        text = str(told or "")
        if text and text not in self._names:
            with self._store.read() as view:
                self._names[text] = person_name(view, text) or text
        return self._names.get(text, "")

    def category(self, key: str) -> str:
        """Return what the site's pack calls a type of incident."""
        found = next((one for one in self._pack.incident_types if one.key == key), None)
        return self._title(found) if found is not None else key

    def role(self, role: str) -> str:
        """Return how people call a role, of the program or of the contacts."""
        code = f"role.{role}"
        if self._words.has(code):
            return self._words.say(code)
        return role_name(self._pack, role).told(self._words.language)

    def option(self, name: str, code: str) -> str:
        """Return the words of a choice; the code itself where a newer program wrote it."""
        key = f"option.{name}.{code}"
        return self._words.say(key) if self._words.has(key) else code

    def label(self, name: str) -> str:
        """Return what a field is called: one of form 3.6, or the type's own."""
        own = self._own(name)
        if own is not None:
            return own.title.told(self._words.language)
        base, _, option = name.partition(".")
        key = f"field.{base}"
        return self._words.say(key) if self._words.has(key) else self.option(base, option) or name

    def value(self, name: str, value: object) -> str:
        """Return a field's value as it is read; empty where it has none."""
        own, field = self._own(name), FIELDS.get(name)
        if value is None or value == "":
            return ""
        if isinstance(value, bool):
            return self.say("yes" if value else "no")
        if name == "incident_category":
            return self.category(str(value))
        if own is not None and (told := _option(own, str(value), self._words.language)):
            return told
        moment = parse_iso(str(value), UTC) if isinstance(value, str) else None
        if moment is not None and (field is None or field.type is FieldType.MOMENT) and _is_moment(own):
            return self.moment(moment)
        if field is not None and field.type in (FieldType.REFERENCE, FieldType.SIGNATURE):
            return self.person(value)
        if field is not None and field.type is FieldType.CHOICE:
            return self.option(_section(field), str(value))
        return str(value)

    def choices(self, name: str) -> str:
        """Return the chosen members of a multi-choice, each of which is a yes/no field of its own."""
        begin = f"{name}."
        chosen = [
            key.removeprefix(begin)
            for key, value in self._view.values.items()
            if key.startswith(begin) and value is True
        ]
        return self.joined("comma", *(self.ticked(name, code, True) for code in chosen))

    def rung(self, ladder: str, rung: str) -> Rung | None:
        """Return a step of a ladder of the pack; None where the pack has it no more."""
        return next(
            (
                step
                for one in self._pack.ladders
                if one.key == ladder
                for step in one.rungs
                if step.key == rung
            ),
            None,
        )

    def rung_title(self, ladder: str, rung: str) -> str:
        """Return what a step of a ladder is called."""
        found = self.rung(ladder, rung)
        return found.title.told(self._words.language) if found is not None else rung

    def choice(self, ladder: str, rung: str, code: str) -> str:
        """Return what was chosen; empty where there was nothing to choose."""
        found = self.rung(ladder, rung)
        if found is None or found.does is not RungKind.DECIDE:
            return ""
        return next((one.title.told(self._words.language) for one in found.choices if one.code == code), code)

    def is_late(self, one: RungStanding) -> bool:
        """Whether a clock that was due was not met; nobody is quicker than the minute it is noticed in."""
        return one.late > (timedelta() if one.rung.minutes else timedelta(minutes=1))

    def clock_result(self, one: RungStanding) -> str:
        """Return whether a clock was met, or by how much it was not."""
        if one.stage is Stage.NOT_NEEDED:
            return self.say("clock.not_needed")
        if one.stage is Stage.AHEAD:
            return self.say("clock.ahead")
        if one.stage is Stage.DUE:
            return self.say("clock.open", late=self.length(one.late))
        return (
            self.say("clock.late", late=self.length(one.late)) if self.is_late(one) else self.say("clock.met")
        )

    def item(self, key: str) -> str:
        """Return what a line of the check-list says."""
        every = (*self.check_list, *(one for kind in self._pack.incident_types for one in kind.check_list))
        return next((one.title.told(self._words.language) for one in every if one.key == key), key)

    def event(self, code: str) -> str:
        """Return what happened; an event of the pack has the name of the field that begins it."""
        beside = self._view.beside and code == IncidentState.RECOVERED
        key = f"paper.event.{'over_beside' if beside else code}"
        if self._words.has(key):
            return self._words.say(key)
        fields = (one for kind in self._pack.incident_types for one in kind.fields)
        named = (one for one in fields if code in (one.begins, one.alarm.event if one.alarm else ""))
        return next((one.title.told(self._words.language) for one in named), code)

    def ticked(self, name: str, option: str, value: object) -> str:
        """Return one member of a multi-choice, and whether it was taken out."""
        own = self._own(name)
        field = FIELDS.get(name)
        if own is not None:
            text = _option(own, option, self._words.language)
        else:
            text = self.option(_section(field) if field is not None else name, option)
        return text if value is True else self.say("log.not", text=text)

    def _own(self, name: str) -> OwnField | None:
        fields = self.type.fields if self.type is not None else ()
        return next((one for one in fields if one.key == name), None)

    def _title(self, kind: IncidentType) -> str:
        return kind.title.told(self._words.language)


def _section(field: Field) -> str:
    return words_section(field.options).removeprefix("option.") if field.options is not None else field.key


def _is_moment(own: OwnField | None) -> bool:
    """Whether a text that reads as a time is one: an own field that is no moment only looks so."""
    return own is None or own.kind in ("moment", "stamp")


def _option(own: OwnField, code: str, language: str) -> str:
    return next((one.title.told(language) for one in own.options if one.code == code), "")
