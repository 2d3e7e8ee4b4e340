"""What a row of the list says: words, icon and tone of each of its states."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, tzinfo

from desktop_app.domain.kinds import Kind
from desktop_app.domain.priorities import Priority
from desktop_app.domain.steps import RecordState
from desktop_app.services.my_records import Row
from desktop_app.services.receipts import Delivery
from desktop_app.ui.widgets.pill import Tone
from desktop_app.words import Words

_IN_CRM = frozenset({RecordState.BACKFILLED, RecordState.VERIFIED, RecordState.ARCHIVED})
_LEFT_OUT = 4
"""Missing fields that are named before the rest is only counted."""

DELIVERY_LOOKS: Mapping[Delivery, tuple[str, Tone]] = {
    Delivery.NOT_HANDED_IN: ("unsent", "quiet"),
    Delivery.HANDED_IN: ("sent", "info"),
    Delivery.RECEIVED: ("check", "ok"),
}
"""Icon and tone of how far a record has come; not yet handed in is no fault of anybody's."""


@dataclass(frozen=True, slots=True)
class State:
    """One state as icon, word and tone."""

    icon: str
    text: str
    tone: Tone


class RowWords:
    """Turns rows into words, at a moment and in the site's zone."""

    def __init__(self, words: Words, zone: tzinfo) -> None:
        self._words = words
        self._zone = zone

    def time(self, moment: datetime | None, now: datetime) -> str:
        """Return the time of day, with the date where it is another day's; of another year the date alone."""
        if moment is None:
            return "–"
        local, today = moment.astimezone(self._zone), now.astimezone(self._zone)
        if local.date() == today.date():
            return f"{local:%H:%M}"
        return f"{local:%m-%d %H:%M}" if local.year == today.year else f"{local:%Y-%m-%d}"

    def short(self, moment: datetime | None, now: datetime) -> str:
        """Return a time for a narrow column: of yesterday until tomorrow by the hour, else the date."""
        if moment is None:
            return "–"
        local, today = moment.astimezone(self._zone), now.astimezone(self._zone)
        hour, days = f"{local:%H:%M}", (local.date() - today.date()).days
        if days == 0:
            return hour
        if abs(days) == 1:
            return self._words.say(f"window.records.{'tomorrow' if days > 0 else 'yesterday'}", time=hour)
        return f"{local:%m-%d}" if local.year == today.year else f"{local:%Y-%m}"

    def since(self, moment: datetime, now: datetime) -> str:
        """Return the shortest that tells since when something is late: the hour, the date, the year."""
        local, today = moment.astimezone(self._zone), now.astimezone(self._zone)
        if local.date() == today.date():
            return f"{local:%H:%M}"
        return f"{local:%m-%d}" if local.year == today.year else f"{local:%Y}"

    def is_today(self, moment: datetime | None, now: datetime) -> bool:
        """Whether a moment is told by its hour alone."""
        if moment is None:
            return True
        return moment.astimezone(self._zone).date() == now.astimezone(self._zone).date()

    def full(self, moment: datetime | None) -> str:
        """Return date and time, for a tool tip; empty where there is none."""
        return f"{moment.astimezone(self._zone):%Y-%m-%d %H:%M}" if moment is not None else ""

    def kind(self, row: Row) -> str:
        """Return the word of the kind; a record can be without one. Some urgent ones are the most urgent."""
        if row.kind == Kind.URGENT and row.priority is Priority.TOP:
            return self._words.say("window.priority.top")
        known = row.kind in set(Kind)
        return self._words.say(f"window.records.kind.{row.kind if known else 'none'}")

    def pressing(self, priority: Priority) -> str:
        """Return the mark of what is more urgent than others, empty for the rest (1.4.5)."""
        if priority is Priority.NORMAL:
            return ""
        return f"〔{self._words.say(f'window.priority.{priority.value}')}〕"

    def who(self, row: Row) -> str:
        """Return the caller's name, else the masked number, else that nobody knows."""
        return row.caller_name or row.phone or self._words.say("window.records.nobody")

    def what(self, row: Row) -> str:
        """Return caller and content in one line."""
        told = f"{self.who(row)}　{row.content}" if row.content else self.who(row)
        if row.same_matter > 1:
            one = self._words.say("window.conflicts.same_matter", count=row.same_matter)
            return f"〔{one}〕{told}"
        return told

    def in_full(self, row: Row) -> str:
        """Return what signs beside caller and content say too: that it is important, that life is at risk."""
        flag = f"〔{self._words.say('window.records.important')}〕" if row.important else ""
        return flag + (self.pressing(row.priority) if row.priority is Priority.TOP else "") + self.what(row)

    def missing(self, row: Row) -> str:
        """Return which fields are still to be filled, the first few by name."""
        names = [self._words.say(f"field.{key}") for key in row.missing[:_LEFT_OUT]]
        told = self._words.say("window.records.list_comma").join(names)
        if len(row.missing) > _LEFT_OUT:
            told = self._words.say("window.records.and_more", names=told, count=len(row.missing))
        return self._words.say("window.records.missing_names", names=told)

    def filling(self, row: Row) -> State:
        """Return whether the record is filled in: void, in conflict, incomplete, complete."""
        if row.state == RecordState.VOID:
            return State("void", self._words.say("window.records.void"), "quiet")
        if row.in_conflict:
            return State("warning", self._words.say("window.records.in_conflict"), "warn")
        if row.missing:
            return State("edit", self._words.say("window.records.missing", count=len(row.missing)), "warn")
        return State("check", self._words.say("window.records.complete"), "ok")

    def delivery(self, row: Row) -> State | None:
        """Return how far the record has come to the lead; None where nothing is handed in."""
        if row.delivery is None:
            return None
        icon, tone = DELIVERY_LOOKS[row.delivery]
        return State(icon, self._words.say(f"window.records.delivery.{row.delivery.value}"), tone)

    def crm(self, row: Row) -> State | None:
        """Return whether the record is in the CRM; a void one need not be."""
        if row.state == RecordState.VOID:
            return None
        if row.crm_id or row.state in _IN_CRM:
            return State("check", self._words.say("window.records.in_crm"), "ok")
        return State("draft", self._words.say("window.records.to_backfill"), "quiet")

    def callback(self, row: Row, now: datetime) -> State | None:
        """Return when the caller is called back; None where nothing stands open."""
        if not row.callback_open:
            return None
        return self.due(row.callback_due, now)

    def due(self, moment: datetime | None, now: datetime) -> State:
        """Return when somebody is to be called back; None is a time nobody can read."""
        if moment is None:
            return State("phone", self._words.say("window.records.callback_unknown"), "warn")
        if moment < now:
            since = self._words.say("window.records.overdue", time=self.since(moment, now))
            return State("warning", since, "urgent")
        return State("clock", self.short(moment, now), "info")
