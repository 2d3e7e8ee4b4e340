"""The tables of form 3.6: who was told, what was decided, ticked, posted, and how the clocks were met."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from desktop_app.domain.clocks import RungStanding, Stage
from desktop_app.domain.ladders import RungKind
from desktop_app.domain.outage_options import AnnouncementType
from desktop_app.domain.paper import Grid
from desktop_app.services.announcements import Notice
from desktop_app.services.incident_text import IncidentText
from desktop_app.services.incident_view import RECOVERY, Decision, IncidentView, Notified, recovery_list


@dataclass(frozen=True, slots=True)
class Known:
    """What a paper about one incident is made of; ``clocks`` and ``notices`` are those of the incident."""

    view: IncidentView
    text: IncidentText
    clocks: tuple[RungStanding, ...]
    notices: tuple[Notice, ...]
    now: datetime

    def is_choice(self, one: Decision) -> bool:
        """Whether it was decided, and not merely found or seen."""
        rung = self.text.rung(one.ladder, one.rung)
        return rung is not None and rung.does is RungKind.DECIDE

    def customers_told(self) -> datetime | None:
        """Return when a notice to customers was first posted."""
        out = [one for one in self.notices if one.type != AnnouncementType.STATEMENT]
        return min((one.posted_at for one in out if one.posted_at is not None), default=None)


def told_table(known: Known) -> Grid:
    """Return everybody who was told or could not be reached, but not who heard that it is over."""
    return Grid(
        _head(known, "told", "time", "whom", "about", "channel", "late", "by"),
        tuple(_told(known, one) for one in known.view.told if one.purpose != RECOVERY),
        (11, 23, 29, 13, 14, 10),
        known.text.say("incident.told.nobody"),
    )


def found_table(known: Known, besides: Decision | None) -> Grid:
    """Return what was decided, found and seen on the clocks, without what stands in boxes of its own."""
    text = known.text
    return Grid(
        _head(known, "decided", "time", "step", "found", "by"),
        tuple(
            (
                text.time(one.at),
                text.rung_title(one.ladder, one.rung),
                text.joined("semicolon", text.choice(one.ladder, one.rung, one.code), one.reason),
                one.name,
            )
            for one in known.view.decided
            if one is not besides
        ),
        (11, 37, 40, 12),
    )


def called_in_table(known: Known) -> Grid:
    """Return who was asked to come and help, and when they came."""
    text = known.text
    return Grid(
        _head(known, "called_in", "time", "name", "level", "reply", "came"),
        tuple(
            (
                text.time(one.at),
                one.name,
                text.value("surge_level", one.level),
                one.reply if one.reached else text.say("incident.unreached"),
                text.time(one.came_at),
            )
            for one in known.view.called_in
        ),
        (11, 23, 12, 42, 12),
    )


def ticks_table(known: Known) -> Grid:
    """Return the check-list with what was done of it, and what was ticked of a list that is another now."""
    text, ticked = known.text, {one.item: one for one in known.view.ticks}
    keys = dict.fromkeys([*(one.key for one in text.check_list), *ticked])
    return Grid(
        _head(known, "ticks", "item", "time", "name"),
        tuple(
            (
                text.item(key),
                text.time(ticked[key].at) if key in ticked else "",
                ticked[key].name if key in ticked else "",
            )
            for key in keys
        ),
        (70, 14, 16),
    )


def notice_table(known: Known) -> Grid:
    """Return the notices that were posted, with their words."""
    text = known.text
    return Grid(
        _head(known, "notice", "number", "type", "text", "channels", "posted"),
        tuple(
            (
                text.say("incident.notice.version", number=one.number, version=one.version),
                text.option("announcement_type", one.type),
                text.either(one.text("text_zh"), one.text("text_en")),
                text.joined("comma", *(text.option("publish_channel", each) for each in one.channels)),
                text.joined("dot", text.time(one.posted_at), one.posted_by),
            )
            for one in known.notices
            if one.posted_at is not None
        ),
        (19, 9, 40, 14, 18),
        text.say("incident.notice.none"),
    )


def recovery_table(known: Known) -> Grid:
    """Return those who have to hear that it is over, and when they did (A§2.8)."""
    text = known.text
    return Grid(
        _head(known, "recovery", "role", "name", "told"),
        tuple(
            (text.role(one.role), one.name, text.time(one.told_at) or text.say("incident.recovery.open"))
            for one in recovery_list(known.view)
        ),
        (35, 35, 30),
        text.say("incident.recovery.nobody"),
    )


def clock_table(known: Known) -> Grid:
    """Return every clock that was asked, when it was due and done, and whether it was met."""
    text = known.text
    return Grid(
        _head(known, "clock", "step", "due", "done", "result"),
        tuple(
            (step_title(known, one), text.time(one.due), text.time(one.done_at), text.clock_result(one))
            for one in known.clocks
            # What was over before it was to be looked at was never anybody's to do.
            if one.stage is not Stage.NOT_NEEDED or one.rung.does is not RungKind.REMIND
        ),
        (52, 14, 14, 20),
        text.say("incident.clock.none"),
    )


def _head(known: Known, table: str, *codes: str) -> tuple[str, ...]:
    return tuple(known.text.say(f"incident.{table}.{code}") for code in codes)


def _told(known: Known, one: Notified) -> tuple[str, ...]:
    text = known.text
    about = text.rung_title(one.ladder, one.rung) if one.rung else text.say("incident.told.besides")
    reached = "" if one.reached else text.say("incident.unreached")
    return (
        text.time(one.at),
        text.named(one.role, one.name),
        text.joined("semicolon", about, one.reply),
        text.joined("comma", text.option("contact_channel", one.channel), reached),
        _late(known, one),
        one.by,
    )


def _late(known: Known, told: Notified) -> str:
    """Return how the clock was met that this evidence ended; empty where another did, or none."""
    for one in known.clocks:
        same = (one.ladder.key, one.rung.key) == (told.ladder, told.rung) and one.role in ("", told.role)
        if same and told.reached and one.done_at is not None and one.done_at == told.at:
            return known.text.clock_result(one)
    return ""


def step_title(known: Known, one: RungStanding) -> str:
    """Return what a clock asks for: of whom where several are told, in which round where it came back."""
    text = known.text
    title = text.rung_title(one.ladder.key, one.rung.key)
    if one.role and len(one.rung.tells) > 1:
        title = text.say("incident.clock.role", title=title, role=text.role(one.role))
    return text.say("incident.clock.round", title=title, round=one.round) if one.round > 1 else title
