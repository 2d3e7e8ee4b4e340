"""The summary of an incident (经过, 措施, 结果; 1.6.5) as the log proposes it; people correct it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from desktop_app.domain.clocks import Stage
from desktop_app.domain.entries import Value
from desktop_app.domain.incident_events import FactEvent, StateEvent
from desktop_app.domain.outage_options import AnnouncementType
from desktop_app.domain.paper import Entries, Entry, Paper, Section
from desktop_app.domain.paper_forms import PaperForm, form_version
from desktop_app.domain.site_pack import SitePack
from desktop_app.services.decisions import Made
from desktop_app.services.incident_counts import counts_of
from desktop_app.services.incident_form import known_of
from desktop_app.services.incident_log import LogLine
from desktop_app.services.incident_log_text import LogText
from desktop_app.services.incident_notes import NoteKind, notes
from desktop_app.services.incident_tables import Known, step_title
from desktop_app.services.incident_values import set_values
from desktop_app.services.incident_view import RECOVERY, IncidentView
from desktop_app.services.incident_writing import LONGEST
from desktop_app.services.incidents import incident
from desktop_app.services.printed import on_paper
from desktop_app.storage.store import Store
from desktop_app.words import Words

PARTS = ("cause", "course", "measures", "result")
"""Fields of form 3.6 that are written at the end; the last three cannot be left out (4.5)."""
_COURSE = frozenset(StateEvent) | frozenset(FactEvent) | {"level", "surge_level", "reported_again"}
_NO_COURSE = frozenset({StateEvent.RECONCILING, StateEvent.REVIEW, StateEvent.CLOSED})
_MEASURES = frozenset({"told", "decided", "ticked", "staffing", "called_in", "came"})


@dataclass(frozen=True, slots=True)
class Proposed:
    """What the log has to say under each heading, a line for each thing."""

    course: str
    measures: str
    result: str


def proposed(store: Store, pack: SitePack, words: Words, incident_id: str, *, now: datetime) -> Proposed:
    """Return the summary that the log proposes; raises KnownError ``incidents.none``."""
    known = known_of(store, pack, words, incident(store, incident_id), now)
    return Proposed(
        "\n".join(_in_time(known, _lines(known, known.view.log, _is_course))),
        "\n".join(_in_time(known, (*_lines(known, known.view.log, _is_measure), *_notices(known)))),
        "\n".join(_result(store, known)),
    )


def write_proposed(
    store: Store, pack: SitePack, words: Words, incident_id: str, *, now: datetime, reason: str = ""
) -> Made:
    """Write what the log proposes into the fields of the summary that are empty; undone like any other."""
    view = incident(store, incident_id)
    found = proposed(store, pack, words, incident_id, now=now)
    told: dict[str, Value] = {
        name: _short(text) for name in PARTS if (text := getattr(found, name, "")) and not view.text(name)
    }
    return set_values(store, incident_id, told, now=now, reason=reason) if told else Made(())


def summary_paper(store: Store, pack: SitePack, words: Words, incident_id: str, *, now: datetime) -> Paper:
    """Return the summary on paper: what was written, and what the log proposes where nothing was.

    What people said after their duty stands below it (1.2.7).
    """
    view = incident(store, incident_id)
    known, found = known_of(store, pack, words, view, now), proposed(store, pack, words, incident_id, now=now)
    text = known.text
    rows = [(Entry(text.label(name), view.text(name) or getattr(found, name, ""), 3),) for name in PARTS]
    head = Entries(
        (
            (
                Entry(text.label("incident_no"), view.number),
                Entry(text.label("incident_category"), text.category(view.category)),
            ),
            (
                Entry(text.label("first_noticed_at"), text.moment(view.since)),
                Entry(text.label("recovered_at"), text.moment(view.moment("recovered_at"))),
            ),
        )
    )
    signed = Entries(
        (
            (
                _signed(known, view, "filled_by"),
                _signed(known, view, "approved_by"),
                _signed(known, view, "filled_on"),
            ),
        )
    )
    said = [text.joined("colon", one.name, one.text) for one in notes(store, view, NoteKind.FEEDBACK)]
    if said:
        rows.append((Entry(text.say("summary.feedback"), "\n".join(said), 2),))
    sections = (Section("", (head,)), Section("", (Entries(tuple(rows)),)), Section("", (signed,)))
    title, form = text.say("summary.title"), form_version(pack.forms, PaperForm.SUMMARY)
    return on_paper(store, words, title, sections, now=now, number=view.number, form=form)


def _signed(known: Known, view: IncidentView, name: str) -> Entry:
    return Entry(known.text.label(name), known.text.value(name, view.values.get(name)), 2)


def _short(text: str) -> str:
    """Return as many whole lines as a field takes."""
    lines = text.split("\n")
    while len("\n".join(lines).encode()) > LONGEST:
        lines.pop()
    return "\n".join(lines)


def _is_course(line: LogLine) -> bool:
    return line.code in _COURSE and line.code not in _NO_COURSE and not line.struck


def _is_measure(line: LogLine) -> bool:
    return line.code in _MEASURES and line.details.get("purpose") != RECOVERY and not line.struck


def _in_time(known: Known, told: Iterable[tuple[datetime, str]]) -> Iterator[str]:
    for at, text in sorted(told, key=lambda one: one[0]):
        yield f"{known.text.time(at)} {text}"


def _lines(
    known: Known, lines: Iterable[LogLine], wanted: Callable[[LogLine], bool]
) -> Iterator[tuple[datetime, str]]:
    log = LogText(known.text, known.view)
    for line in lines:
        if wanted(line):
            yield line.at, log.line(line)


def _notices(known: Known) -> Iterator[tuple[datetime, str]]:
    for one in known.notices:
        if one.posted_at is not None and one.type != AnnouncementType.STATEMENT:
            channels = known.text.joined(
                "comma", *(known.text.option("publish_channel", each) for each in one.channels)
            )
            kind = known.text.option("announcement_type", one.type)
            told = known.text.say("summary.notice", kind=kind, number=one.number, channels=channels)
            yield one.posted_at, told


def _result(store: Store, known: Known) -> Iterator[str]:
    view, text = known.view, known.text
    over = view.moment("recovered_at")
    if over is None:
        yield text.say("summary.open")
    else:
        length = text.length(over - view.since) if view.since is not None else ""
        by = text.value("recovery_confirmed_by", view.values.get("recovery_confirmed_by"))
        yield text.say("summary.over", time=text.moment(over), length=length, by=by or text.say("none"))
    if view.relapses:
        yield text.say("summary.relapses", count=view.relapses)
    if view.manual:
        counts = counts_of(store, view, now=known.now)
        yield text.say(
            "summary.counts",
            records=counts.records,
            backfilled=counts.backfilled,
            open=counts.callbacks_open,
        )
    asked = [one for one in known.clocks if one.stage in (Stage.DONE, Stage.DUE)]
    late = [one for one in asked if text.is_late(one)]
    if asked:
        yield text.say("summary.clocks", met=len(asked) - len(late), asked=len(asked))
    for one in late:
        title = step_title(known, one)
        yield text.say("summary.late", title=title, result=text.clock_result(one))
