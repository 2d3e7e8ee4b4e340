"""A log on paper: the lines that somebody keeps, with their real times and what was written late (3.6, A§2.9)."""

from __future__ import annotations

from datetime import datetime

from desktop_app.domain.paper import Grid, Paper, Section
from desktop_app.domain.site_pack import SitePack
from desktop_app.services.incident_log_text import LogFor, LogText, log_for
from desktop_app.services.incident_text import IncidentText
from desktop_app.services.incidents import incident
from desktop_app.services.printed import on_paper
from desktop_app.storage.store import Store
from desktop_app.words import Words


def log_paper(
    store: Store, pack: SitePack, words: Words, incident_id: str, whose: LogFor, *, now: datetime
) -> Paper:
    """Return somebody's log of an incident; raises KnownError ``incidents.none``."""
    view = incident(store, incident_id)
    text = IncidentText(store, pack, words, view)
    log = LogText(text, view)
    rows = tuple(
        (
            text.exact(line.at),
            log.line(line),
            line.name,
            text.say("log.written", time=text.exact(line.written_at)) if line.late else "",
        )
        for line in log_for(view, whose)
    )
    head = tuple(text.say(f"log.column.{code}") for code in ("time", "what", "who", "late"))
    title = text.say("log.title", whose=text.say(f"log_for.{whose}"))
    section = Section("", (Grid(head, rows, (14, 56, 12, 18), text.say("log.nothing")),))
    return on_paper(
        store, words, title, (section,), now=now, number=view.number, subtitle=view.text("symptom")
    )
