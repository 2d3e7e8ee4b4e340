"""What the stations board says: words, icon and tone of what is known of each store."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta, tzinfo

from desktop_app.domain.identities import LEADS, Identity
from desktop_app.domain.ranges import Range, count
from desktop_app.domain.roles import Role
from desktop_app.domain.skew import Clock
from desktop_app.services.pairing import POLICY
from desktop_app.services.station_rows import StationRow, Trouble, WaitingStation
from desktop_app.ui.records.row_words import State
from desktop_app.ui.typing.keys import KEYS
from desktop_app.words import Words

_MOST_RANGES = 4
"""Ranges that are named before the rest is only counted."""
STATION_KEYS = {
    "merge": KEYS["add_files"],
    "accept": KEYS["match_yes"].split()[-1],
    "leave": KEYS["match_no"].split()[-1],
    "waive": KEYS["match_waive"],
    "decline": KEYS["match_take_back"],
    "forget": KEYS["match_take_back"],
    "undo_waive": KEYS["match_undo"],
    "back": KEYS["step_back"],
}
"""The keys of this room, each used by other rooms for the like."""
_ICONS = {
    Trouble.CLASH: "warning",
    Trouble.REFUSED: "warning",
    Trouble.ABSENT: "file",
    Trouble.MISSING: "search",
    Trouble.NEVER_HEARD: "clock",
    Trouble.SKEW: "clock",
}


class StationWords:
    """Turns what the board knows into words, in the site's zone."""

    def __init__(self, words: Words, zone: tzinfo) -> None:
        self._words, self._zone = words, zone

    def say(self, code: str, **details: object) -> str:
        """Return the words of ``window.stations.<code>``."""
        return self._words.say(f"window.stations.{code}", **details)

    def person(self, row: StationRow) -> str:
        """Return whose store it is."""
        name = row.name or self.say("nobody")
        return self.say("own", name=name) if row.own else name

    def role(self, role: Role | None) -> str:
        """Return the role of whom a store belongs to."""
        return self._words.say(f"role.{role.value}") if role is not None else ""

    def who(self, identity: Identity) -> str:
        """Return station, person and role of a store in one line."""
        role = self.role(identity.role)
        return self.say("who", station=identity.station, name=identity.name, role=role)

    def heard(self, row: StationRow, now: datetime) -> State:
        """Return when and by what the station was heard last."""
        if row.own:
            return State("check", self.say("here"), "quiet")
        if row.heard_at is None:
            if row.accepted or row.forgotten:
                return State("clock", self.say("never_heard"), "warn")
            return State("user", self.say("relayed", lead=self.voucher(row)), "quiet")
        if row.silent(now):
            return State("clock", self.say("silent", time=self.lasted(now - row.heard_at)), "warn")
        by = self.say(f"by.{row.heard_by}")
        return State("check", self.say("heard", ago=self.ago(now - row.heard_at), by=by), "ok")

    def state(self, row: StationRow) -> State:
        """Return the worst of what needs a person, with how much there is besides; else that all is here."""
        troubles = row.troubles()
        if row.forgotten:
            return State("shield", self.say("forgotten"), "warn")
        if not troubles and not row.counted:
            return State("info", self.say("not_counted"), "quiet")
        if not troubles:
            return State("check", self.say("whole"), "ok")
        text = self.trouble(row, troubles[0])
        if len(troubles) > 1:
            text = self.say("and_more", text=text, count=len(troubles) - 1)
        return State(_ICONS[troubles[0]], text, "warn")

    def trouble(self, row: StationRow, trouble: Trouble) -> str:
        """Return one trouble in a few words."""
        details: dict[str, object] = {}
        if trouble is Trouble.REFUSED:
            details = {"count": len(row.refused)}
        elif trouble is Trouble.ABSENT:
            details = {"count": sum(count(one.spans) for one in row.absent)}
        elif trouble is Trouble.MISSING:
            details = {"numbers": self.spans(row.missing)}
        elif trouble is Trouble.SKEW:
            details = {"clock": self.clock(row)}
        elif trouble is Trouble.CLASH:
            details = {"name": row.clash[0].name}
        return self.say(f"trouble.{trouble.value}", **details)

    def voucher(self, row: StationRow) -> str:
        """Return who named a store that nobody here has compared the code of."""
        if row.vouched_by == POLICY:
            return self.say("by_policy")
        return row.vouched_by or self.say("another_lead")

    def icon(self, trouble: Trouble) -> str:
        """Return the icon of a trouble."""
        return _ICONS[trouble]

    def leads(self, role: Role) -> bool:
        """Whether the store of who has this role can be a lead's."""
        return role in LEADS

    def keys(self, code: str) -> str:
        """Return the key of a button as people read it, "" where it has none."""
        return STATION_KEYS.get(code, "")

    def absent(self, row: StationRow) -> str:
        """Return which entries are not here: ranges, with the life where the store had several."""
        if len(row.lives) == 1:
            return self.spans(row.absent[0].spans)
        told = [self.say("life", place=one.place, spans=self.spans(one.spans)) for one in row.absent]
        return self.say("semicolon").join(told)

    def refusal(self, reason: str) -> str:
        """Return why a bundle was not taken, by the code that is kept of it."""
        try:
            return self._words.say(f"error.{reason}", file=self.say("a_bundle"))
        except KeyError:  # a newer program's code, or one whose details were not kept
            return self.say("refused_other", reason=reason)

    def clock(self, row: StationRow) -> str:
        """Return what is known of the station's clock."""
        clock = row.skew.clock
        if clock in (Clock.AHEAD, Clock.BEHIND):
            return self.say(f"clock.{clock.value}", time=self.exact(row.skew.off))
        return self.say(f"clock.{clock.value}")

    def spans(self, spans: Sequence[Range]) -> str:
        """Return ranges as people read them: ``31–33、40``."""
        told = [f"{first}" if first == last else f"{first}–{last}" for first, last in spans[:_MOST_RANGES]]
        text = self.say("comma").join(told)
        return self.say("more_ranges", text=text, count=len(spans)) if len(spans) > _MOST_RANGES else text

    def numbers(self, row: StationRow, spans: Sequence[Range]) -> str:
        """Return ranges of a station's numbers as they were read to callers."""
        told = [
            row.number(first)
            if first == last
            else self.say("from_to", first=row.number(first), last=row.number(last))
            for first, last in spans[:_MOST_RANGES]
        ]
        text = self.say("comma").join(told)
        return self.say("more_ranges", text=text, count=len(spans)) if len(spans) > _MOST_RANGES else text

    def waiting(self, one: WaitingStation) -> State:
        """Return what waits: a hand-in, or a key file; first that two claim to be the same store."""
        if one.rivals:
            return State("warning", self.say("waiting.rivals"), "warn")
        if one.declined:
            return State("shield", self.say("waiting.declined"), "quiet")
        if one.entries:
            return State("shield", self.say("waiting.handed_in", count=one.entries), "warn")
        return State("key", self.say("waiting.lead" if one.identity.role in LEADS else "waiting.key"), "warn")

    def moment(self, at: datetime, now: datetime) -> str:
        """Return a moment by the clock on the wall, with the date where it is another day's."""
        local, today = at.astimezone(self._zone), now.astimezone(self._zone)
        return f"{local:%H:%M}" if local.date() == today.date() else f"{local:%m-%d %H:%M}"

    def ago(self, span: timedelta) -> str:
        """Return how long something is past."""
        fresh = span < timedelta(minutes=1)
        return self.say("time.now") if fresh else self.say("time.ago", time=self.lasted(span))

    def lasted(self, span: timedelta) -> str:
        """Return a time span in its largest unit, from a minute up."""
        minutes = max(1, int(span.total_seconds() // 60))
        if minutes < 60:
            return self.say("time.minutes", count=minutes)
        if minutes < 48 * 60:
            return self.say("time.hours", count=minutes // 60)
        return self.say("time.days", count=minutes // (24 * 60))

    def exact(self, span: timedelta) -> str:
        """Return how far a clock is off: seconds below two minutes."""
        seconds = int(span.total_seconds())
        if seconds < 120:
            return self.say("time.seconds", count=seconds)
        return self.lasted(span)
