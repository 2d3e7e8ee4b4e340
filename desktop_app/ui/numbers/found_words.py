"""What is said of a number a caller quotes: who holds it, what to tell the caller, whom to ask."""

from __future__ import annotations

from datetime import datetime, tzinfo

from desktop_app.domain.kinds import Kind
from desktop_app.domain.numbers import SEQUENCE_WIDTH
from desktop_app.domain.steps import RecordState
from desktop_app.services.number_search import Absent, Found, FoundNumber, Where
from desktop_app.words import Words

_IN_CRM = frozenset({RecordState.MATCHED, RecordState.BACKFILLED, RecordState.VERIFIED, RecordState.ARCHIVED})


class FoundWords:
    """Turns what was found into sentences, times in the site's zone."""

    def __init__(self, words: Words, zone: tzinfo) -> None:
        self._words, self._zone = words, zone

    def kind(self, one: FoundNumber) -> str:
        """Return the word of the kind; "" where it is unknown."""
        return self._words.say(f"window.records.kind.{one.kind}") if one.kind in set(Kind) else ""

    def state(self, one: FoundNumber) -> str:
        """Return the word of the state; "" where it is unknown, as from a newer program."""
        code = f"window.numbers.state.{one.state}"
        if not self._words.has(code):
            code = f"window.records.state.{one.state}"
        return self._words.say(code) if self._words.has(code) else ""

    def holder(self, one: FoundNumber) -> str:
        """Return at which station it is, who has it there, and since when."""
        say, station = self._words.say, one.number.station
        place = "own_station" if one.own_station else "station"
        told = [say(f"window.numbers.{place}", station=station)]
        told.append(one.holder or say("window.records.unknown_person"))
        if one.received_at is not None:
            told.append(self._moment(one.received_at))
        return say("window.numbers.dot").join(told)

    def caller(self, one: FoundNumber) -> str:
        """Return the caller's name and masked phone; of what is only listed, that it is not here."""
        if one.where is Where.LISTED:
            return self._words.say("window.numbers.not_here", station=one.number.station)
        return "　".join(part for part in (one.caller_name, one.phone) if part)

    def tell(self, one: FoundNumber) -> str:
        """Return the sentence to read to the caller, or what to do before telling anything."""
        say = self._words.say
        if one.state == RecordState.DRAFT:
            return say(
                "window.numbers.tell.draft" if one.own_station else "window.numbers.tell.draft_there",
                station=one.number.station,
            )
        if one.state in (RecordState.VOID, RecordState.PURGED):
            return say(f"window.numbers.tell.{one.state}")
        kind = self.kind(one) or say("window.numbers.unknown_kind")
        code = "in_crm" if one.state in _IN_CRM else "kept" if one.holder else "kept_by_nobody"
        return say(f"window.numbers.tell.{code}", kind=kind, number=one.number, name=one.holder)

    def heading(self, found: Found) -> str:
        """Return what stands above several numbers, or above those that only resemble what was typed."""
        if found.corrected:
            return self._words.say("window.numbers.corrected")
        if len(found.numbers) > 1:
            return self._words.say("window.numbers.several", count=len(found.numbers))
        return ""

    def absent(self, found: Found) -> str:
        """Return why nothing was found and whom to ask."""
        say, number = self._words.say, found.number
        if found.absent is None:
            return ""
        code = found.absent.value
        if found.absent is Absent.NOT_GIVEN and not found.highest:
            code = "none_given"
        if found.absent is Absent.BEYOND and found.heard_at is None:
            code = "beyond_list"
        told = say(
            f"window.numbers.absent.{code}",
            number=number or "",
            station=number.station if number else "",
            highest=f"{found.highest:0{SEQUENCE_WIDTH}d}",
            time=self._moment(found.heard_at) if found.heard_at else "",
        )
        if number is not None and not found.checked:
            told = "\n".join((told, say("window.numbers.ask_check_digit")))
        return told

    def _moment(self, at: datetime) -> str:
        return f"{at.astimezone(self._zone):%m-%d %H:%M}"
