"""What the panel below the fields says of a caller: which call it is, what stands open, the calls before."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, tzinfo

from desktop_app.domain.customers import Customer
from desktop_app.domain.kinds import Kind
from desktop_app.services.caller import Call, Caller
from desktop_app.ui.records.record_words import STATE_LOOKS
from desktop_app.ui.records.row_words import RowWords
from desktop_app.ui.tables.rows_model import Cell
from desktop_app.ui.widgets.pill import Tone, token_of
from desktop_app.words import Words


class CallerWords:
    """Turns what is known of a number into words, in the site's zone."""

    def __init__(self, words: Words, zone: tzinfo) -> None:
        self._words, self._rows = words, RowWords(words, zone)

    def headline(self, caller: Caller, customer: Customer | None, now: datetime) -> tuple[str, Tone]:
        """Return one line: what is most pressing first, and its tone."""
        parts: list[str] = []
        tone: Tone = "quiet"
        if caller.promises:
            parts.append(self._promised(caller, now))
        if caller.complaints:
            parts.append(self._complaints(caller.complaints))
        if customer is not None:
            parts += [one for one in (customer.vip, customer.note) if one]
        if caller.today:
            parts.append(self._say("nth", nth=caller.nth))
        elif caller.calls:
            parts.append(self._say("before", date=self._rows.time(caller.calls[0].received_at, now)))
        if any(one.overdue for one in caller.promises):
            tone = "urgent"
        elif caller.complaints:
            tone = "complaint"
        elif caller.promises or (customer is not None and (customer.vip or customer.note)):
            tone = "warn"
        return self._words.say("window.capture.dot").join(parts), tone

    def cells(self, call: Call, now: datetime) -> Sequence[Cell]:
        """Return a call as a row: when, kind, number, what it was about, how it stands."""
        kind = call.kind if call.kind in set(Kind) else ""
        word = self._words.say(f"window.records.kind.{kind or 'none'}")
        if call.open_complaint:
            stands = Cell(self._say("open"), "complaint", "urgent")
        else:
            tone, icon = STATE_LOOKS.get(call.state, ("ok", "check"))
            stands = Cell(self._words.say(f"window.records.state.{call.state}"), icon, token_of(tone))
        return (
            Cell(self._rows.time(call.received_at, now), tone="muted"),
            Cell(word, kind),
            Cell(call.number),
            Cell(call.summary),
            stands,
        )

    def _promised(self, caller: Caller, now: datetime) -> str:
        first = caller.promises[0]
        code = "overdue" if first.overdue else "promised" if first.due else "promised_some_time"
        return self._say(code, time=self._rows.time(first.due, now), count=len(caller.promises))

    def _complaints(self, complaints: Sequence[Call]) -> str:
        code = "complaint" if len(complaints) == 1 else "complaints"
        return self._say(code, number=complaints[0].number, count=len(complaints))

    def _say(self, code: str, **told: object) -> str:
        return self._words.say(f"window.capture.caller.{code}", **told)
