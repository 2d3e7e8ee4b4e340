"""A log in words, on screen and on paper: what somebody keeps, when it happened, what late (3.6, A§2.9)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from desktop_app.domain.paper import Grid, Paper, Section
from desktop_app.domain.site_pack import SitePack
from desktop_app.services.incident_log import LogLine
from desktop_app.services.incident_log_text import LogFor, LogText, log_for
from desktop_app.services.incident_text import IncidentText
from desktop_app.services.incident_view import IncidentView
from desktop_app.services.incidents import incident
from desktop_app.services.printed import on_paper
from desktop_app.storage.store import Store
from desktop_app.words import Words


@dataclass(frozen=True, slots=True)
class LogRow:
    """A line of the log with its words: when, who, what, and when it was written where that was late."""

    line: LogLine
    time: str
    who: str
    what: str
    late: str


def log_rows(
    store: Store, pack: SitePack, words: Words, view: IncidentView, whose: LogFor
) -> tuple[LogRow, ...]:
    """Return somebody's log of an incident in words; it reads the store for names."""
    text = IncidentText(store, pack, words, view)
    log = LogText(text, view)
    return tuple(
        LogRow(
            line,
            text.exact(line.at),
            line.name,
            log.line(line),
            text.say("log.written", time=text.exact(line.written_at)) if line.late else "",
        )
        for line in log_for(view, whose)
    )


def log_paper(
    store: Store, pack: SitePack, words: Words, incident_id: str, whose: LogFor, *, now: datetime
) -> Paper:
    """Return somebody's log of an incident; raises KnownError ``incidents.none``."""
    view = incident(store, incident_id)
    rows = log_rows(store, pack, words, view, whose)
    head = tuple(words.say(f"paper.log.column.{code}") for code in ("time", "what", "who", "late"))
    title = words.say("paper.log.title", whose=words.say(f"paper.log_for.{whose}"))
    cells = tuple((row.time, row.what, row.who, row.late) for row in rows)
    section = Section("", (Grid(head, cells, (14, 54, 12, 20), words.say("paper.log.nothing")),))
    symptom = view.text("symptom")
    return on_paper(store, words, title, (section,), now=now, number=view.number, subtitle=symptom)
