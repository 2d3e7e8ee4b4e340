"""What an incident and its clocks say: words, icon and tone; times by hand, for no library tells them so."""

from __future__ import annotations

from datetime import datetime, timedelta, tzinfo

from desktop_app.domain.clocks import RungStanding, Stage
from desktop_app.domain.contacts import role_name
from desktop_app.domain.incident_steps import ENDED, IncidentState
from desktop_app.domain.incident_types import IncidentType
from desktop_app.domain.site_pack import SitePack
from desktop_app.domain.typed import moment_shown
from desktop_app.services.incident_view import IncidentView
from desktop_app.ui.records.row_words import State
from desktop_app.ui.widgets.pill import Tone
from desktop_app.words import Words

SOON = timedelta(minutes=2)
"""So long before it is due a clock is amber."""
GRACE = timedelta(minutes=2)
"""What is due at once is no alarm for so long: nobody can ring faster."""
_DAYS_FROM = 48
"""Hours from which on days are counted."""
_STATES: dict[IncidentState, State] = {
    IncidentState.SUSPECTED: State("warning", "", "warn"),
    IncidentState.CONFIRMED: State("warning", "", "warn"),
    IncidentState.MANUAL: State("edit", "", "warn"),
    IncidentState.RECOVERED: State("check", "", "ok"),
    IncidentState.RECONCILING: State("reconcile", "", "info"),
    IncidentState.REVIEW: State("file", "", "info"),
    IncidentState.CLOSED: State("check", "", "quiet"),
    IncidentState.FALSE_ALARM: State("void", "", "quiet"),
}


class IncidentWords:
    """Turns what is known of incidents into words, in the site's zone."""

    def __init__(self, words: Words, zone: tzinfo) -> None:
        self._words, self._zone = words, zone
        self.language = words.language

    def say(self, code: str, **details: object) -> str:
        """Return the words of ``window.incident.<code>``."""
        return self._words.say(f"window.incident.{code}", **details)

    def option(self, name: str, code: str) -> str:
        """Return the words of a choice; the code itself where a newer program wrote it."""
        key = f"option.{name}.{code}"
        return self._words.say(key) if self._words.has(key) else code

    def field(self, name: str, kind: IncidentType | None) -> str:
        """Return what a field of form 3.6 or of a type is called; of one of several choices, that too."""
        own = next((one for one in kind.fields if one.key == name.partition(".")[0]), None) if kind else None
        key, _, code = name.partition(".")
        if own is not None:
            option = next((one.title.told(self.language) for one in own.options if one.code == code), "")
            title = own.title.told(self.language)
        else:
            title = self._words.say(f"field.{key}") if self._words.has(f"field.{key}") else key
            option = self.option("affected_system", code) if code else ""
        return f"{title} {option}".rstrip()

    def state(self, state: IncidentState, *, beside: bool = False) -> State:
        """Return how the state of an incident looks; ``beside`` is one that keeps nobody from the CRM."""
        look = _STATES.get(state, State("info", "", "quiet"))
        word = self._words.say(f"incident_state.{state}") if state is not IncidentState.NONE else ""
        if beside and state is IncidentState.RECOVERED:
            word = self.say("over_beside")  # no system has to recover from a fire
        return State(look.icon, word, look.tone)

    def state_of(self, view: IncidentView) -> State:
        """Return how the state of this incident looks."""
        return self.state(view.state, beside=view.beside)

    def role(self, pack: SitePack, role: str) -> str:
        """Return how people call a role, of the program or of the site's contacts."""
        for code in (f"window.incident.role.{role}", f"role.{role}"):
            if self._words.has(code):
                return self._words.say(code)
        return role_name(pack, role).told(self.language)

    def time(self, at: datetime | None, now: datetime | None = None) -> str:
        """Return the hour of a moment, with the day where that is not today's."""
        if at is None:
            return ""
        local = at.astimezone(self._zone)
        today = now is None or local.date() == now.astimezone(self._zone).date()
        return f"{local:%H:%M}" if today else f"{local:%m-%d %H:%M}"

    def moment(self, at: datetime) -> str:
        """Return a moment as an input shows it."""
        return moment_shown(at.replace(second=0, microsecond=0), self._zone)

    def running(self, view: IncidentView, now: datetime) -> str:
        """Return how long it lasts, or lasted until it was over."""
        if view.since is None:
            return ""
        over = view.moment("recovered_at") if view.state is not IncidentState.MANUAL else None
        ended = view.state in ENDED or over is not None
        until = over or (max((one.at for one in view.events), default=now) if ended else now)
        return self.say("lasted" if ended else "lasts", time=self.span(until - view.since))

    def span(self, length: timedelta) -> str:
        """Return a length of time in words, to the minute."""
        minutes = max(0, int(length.total_seconds()) // 60)
        if minutes < 60:
            return self.say("minutes", minutes=minutes)
        return self.say("hours", hours=minutes // 60, minutes=f"{minutes % 60:02}")

    def counted(self, length: timedelta) -> str:
        """Return a length as clocks count: minutes and seconds, with hours from one on, later days."""
        seconds = max(0, int(length.total_seconds()))
        hours, rest = divmod(seconds, 3600)
        if hours >= _DAYS_FROM:
            return self.say("days", days=hours // 24, hours=hours % 24)
        shown = f"{rest // 60:02}:{rest % 60:02}"
        return f"{hours}:{shown}" if hours else shown

    def clock(self, one: RungStanding, now: datetime) -> State:
        """Return how a clock stands, to the second while it runs: icon, words and tone together."""
        if one.stage is Stage.DONE:
            if one.late > GRACE or (one.rung.minutes and one.late):
                return State("check", self.say("clock.done_late", late=self.counted(one.late)), "quiet")
            return State("check", self.say("clock.done"), "ok")
        if one.stage is Stage.NOT_NEEDED:
            return State("remove", self.say("clock.not_needed"), "quiet")
        left = one.due - now
        if left > timedelta(0):
            tone: Tone = "warn" if left <= SOON else "info"
            return State("clock", self.say("clock.left", time=self.counted(left)), tone)
        if is_at_once(one, now):
            return State("right", self.say("clock.at_once"), "warn")
        return State("warning", self.say("clock.late", time=self.counted(-left)), "urgent")

    def done_by(self, one: RungStanding, now: datetime) -> str:
        """Return who was told, or decided, and when; empty while nobody was."""
        if one.evidence is None or one.done_at is None:
            return ""
        return self.say("clock.by", name=one.evidence.name, time=self.time(one.done_at, now))


def is_at_once(one: RungStanding, now: datetime) -> bool:
    """Whether a clock is of what is to be done at once, and nobody is late with it yet."""
    return not one.rung.minutes and one.due <= now < one.due + GRACE
