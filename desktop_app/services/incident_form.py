"""系统故障情况处理表 (form 3.6, A§2.9) filled from the journal: fields, who was told, clocks.

What nobody said is a line to write on. People are called by name as the form asks for them; callers are not
named in it.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from desktop_app.domain.clocks import standing
from desktop_app.domain.incident_types import OwnField, OwnFieldKind
from desktop_app.domain.joined_incidents import items_in
from desktop_app.domain.paper import Entries, Entry, Grid, Paper, Section
from desktop_app.domain.paper_forms import PaperForm, form_version
from desktop_app.domain.site_pack import SitePack
from desktop_app.services.announcements import announcements
from desktop_app.services.incident_counts import counts_of
from desktop_app.services.incident_facts import facts_of
from desktop_app.services.incident_log_text import SYSOPS
from desktop_app.services.incident_tables import (
    Known,
    called_in_table,
    clock_table,
    found_table,
    notice_table,
    recovery_table,
    ticks_table,
    told_table,
)
from desktop_app.services.incident_text import IncidentText
from desktop_app.services.incident_view import ACTIONS, RECOVERY, STAFFING, IncidentView
from desktop_app.services.incidents import incident
from desktop_app.services.printed import on_paper
from desktop_app.storage.store import Store
from desktop_app.words import Words

_HOUR = 60
_CUSTOMERS = "customers_told"
"""The ladder that asks for telling customers (2§5.1)."""
_LONG = 3
"""Lines that are kept free for a text."""


def incident_form(store: Store, pack: SitePack, words: Words, incident_id: str, *, now: datetime) -> Paper:
    """Return the form of an incident in the language of ``words``, as its journal stands at ``now``.

    Raises KnownError ``incidents.none``.
    """
    view = incident(store, incident_id)
    known = known_of(store, pack, words, view, now)
    sections, title = tuple(_sections(store, known)), known.text.say("incident.title")
    form = form_version(pack.forms, PaperForm.INCIDENT)
    return on_paper(store, words, title, sections, now=now, number=view.number, form=form)


def known_of(store: Store, pack: SitePack, words: Words, view: IncidentView, now: datetime) -> Known:
    """Return what papers about an incident are made of."""
    clocks = standing(pack.ladders, facts_of(view), now)
    return Known(view, IncidentText(store, pack, words, view), clocks, announcements(store, view.head), now)


def _sections(store: Store, known: Known) -> Iterator[Section]:
    for code, parts in (
        ("noticed", _noticed(known)),
        ("told", _told(known)),
        ("decided", _decided(known)),
        ("manual", _manual(store, known)),
        ("own", _own(known)),
        ("notices", iter([notice_table(known)])),
        ("recovery", _recovery(known)),
        ("summary", _summary(known)),
        ("clocks", iter([clock_table(known)])),
        ("signed", _signed(known)),
    ):
        found = tuple(parts)
        if found:
            yield Section(known.text.say(f"incident.section.{code}"), found)


def _noticed(known: Known) -> Iterator[Entries]:
    view, text = known.view, known.text
    kind = text.category(view.category)
    if text.type is not None and kind and text.type.category:
        kind = text.say("incident.by_plan", kind=kind, place=text.type.category)
    level = text.joined(
        "comma", text.value("incident_level", view.level), text.value("surge_level", view.text("surge_level"))
    )
    seat = text.joined("dot", text.person(view.text("noticed_by")), view.text("noticed_seat"))
    reports = [
        text.say("incident.report", time=text.time(one.at), name=one.name, seat=one.seat, symptom=one.symptom)
        for one in view.reports[1:]
    ]
    yield Entries(
        (
            (
                _field(known, "incident_no"),
                _entry(known, "incident_category", kind),
            ),
            (
                _entry(known, "incident_level", level),
                Entry(text.say("incident.state"), text.state(view.state)),
            ),
            *(((_field(known, "plan_version"),),) if view.text("plan_version") else ()),
            (_field(known, "first_noticed_at"), Entry(text.say("incident.noticed_by"), seat)),
            (_field(known, "symptom"),),
            *(((Entry(text.say("incident.reports"), "\n".join(reports)),),) if reports else ()),
            (_entry(known, "systems", text.choices("systems")),),
            (_field(known, "seats_hit"), _field(known, "scope")),
        )
    )


def _told(known: Known) -> Iterator[Entries | Grid]:
    view, text = known.view, known.text
    mode = next((one.mode for one in view.told if one.mode), "")
    judged = text.joined(
        "dot",
        text.value("unrecoverable", view.values.get("unrecoverable")),
        text.value("unrecoverable_at", view.values.get("unrecoverable_at")),
        text.person(view.text("unrecoverable_by")),
    )
    repair = text.value("repair_mode", view.values.get("repair_mode") or mode)
    noted = next((one.at for one in view.decided if one.ladder == _CUSTOMERS), None)
    customers = text.value("customers_told_at", view.values.get("customers_told_at"))
    yield Entries(
        (
            (_told_one(known, "operations", SYSOPS), _entry(known, "repair_mode", repair)),
            (_told_one(known, "supervisor", "supervisor"), _entry(known, "unrecoverable", judged)),
            (
                _told_one(known, "operations_manager", "operations_manager"),
                _told_one(known, "centre_manager", "centre_manager"),
            ),
            (_entry(known, "customers_told_at", customers or text.moment(noted or known.customers_told())),),
        )
    )
    yield told_table(known)


def _decided(known: Known) -> Iterator[Entries | Grid]:
    view, text = known.view, known.text
    minutes = {
        one.entry: rung.minutes
        for one in view.decided
        if known.is_choice(one) and (rung := text.rung(one.ladder, one.rung)) is not None
    }
    hour = next((one for one in view.decided if minutes.get(one.entry, 0) >= _HOUR), None)
    details = text.asked(hour.ladder, hour.rung, hour.code, hour.details) if hour is not None else ()
    choice, at, reason = ("", "", "")
    if hour is not None:
        choice = text.choice(hour.ladder, hour.rung, hour.code)
        at, reason = text.joined("dot", text.moment(hour.at), hour.name), hour.reason
    yield Entries(
        (
            (_entry(known, "hour_decision", choice), _entry(known, "hour_decision_at", at)),
            (_entry(known, "hour_decision_reason", reason),),
            (_entry(known, "vendor", text.joined("semicolon", view.text("vendor"), *details)),),
        )
    )
    found = found_table(known, hour)
    if found.rows:
        yield found


def _manual(store: Store, known: Known) -> Iterator[Entries | Grid]:
    view, text = known.view, known.text
    counts = counts_of(store, view, now=known.now)
    spans = [
        text.say("span", since=text.time(since), until=text.time(until) or text.say("still"))
        for since, until in view.manual
    ]
    moves = "\n".join(
        text.joined("space", text.time(one.at()), one.text("text"))
        for one in items_in(view.members, STAFFING)
    )
    yield Entries(
        (
            (
                Entry(text.say("incident.manual"), text.joined("semicolon", *spans)),
                Entry(text.say("incident.relapses"), str(view.relapses)),
            ),
            (_entry(known, "staffing_moves", moves),),
            (
                _entry(known, "records_count", str(counts.records)),
                _entry(known, "backfilled_count", str(counts.backfilled)),
                _entry(known, "callbacks_open_count", str(counts.callbacks_open)),
            ),
        )
    )
    if view.called_in:
        yield called_in_table(known)


def _own(known: Known) -> Iterator[Entries | Grid]:
    fields = known.text.type.fields if known.text.type is not None else ()
    wide = [one for one in fields if one.kind in (OwnFieldKind.LONG_TEXT, OwnFieldKind.CHOICES)]
    short = [_own_entry(known, one) for one in fields if one not in wide]
    rows = [tuple(short[place : place + 2]) for place in range(0, len(short), 2)]
    rows += [(_own_entry(known, one),) for one in wide]
    if rows:
        yield Entries(tuple(rows))
    ticks = ticks_table(known)
    if ticks.rows:
        yield ticks


def _recovery(known: Known) -> Iterator[Entries | Grid]:
    yield Entries(((_field(known, "recovered_at"), _field(known, "recovery_confirmed_by")),))
    if known.view.moment("recovered_at") is not None:
        yield recovery_table(known)


def _summary(known: Known) -> Iterator[Entries | Grid]:
    text = known.text
    rows = [(_field(known, name, _LONG),) for name in ("cause", "course", "measures", "result")]
    yield Entries((*rows, (_field(known, "department"),)))
    actions = tuple(items_in(known.view.members, ACTIONS))
    if actions:
        yield Grid(
            tuple(text.say(f"incident.action.{code}") for code in ("text", "owner", "due")),
            tuple((one.text("text"), one.text("owner"), text.moment(one.at("due"))) for one in actions),
            (60, 20, 20),
        )


def _signed(known: Known) -> Iterator[Entries]:
    names = ("filled_by", "approved_by", "filled_on")
    yield Entries((tuple(_field(known, name, 2) for name in names),))


def _field(known: Known, name: str, room: int = 1) -> Entry:
    return _entry(known, name, known.text.value(name, known.view.values.get(name)), room)


def _entry(known: Known, name: str, shown: str, room: int = 1) -> Entry:
    return Entry(known.text.label(name), shown, room)


def _own_entry(known: Known, field: OwnField) -> Entry:
    if field.kind is OwnFieldKind.CHOICES:
        return _entry(known, field.key, known.text.choices(field.key))
    return _field(known, field.key, 2 if field.kind is OwnFieldKind.LONG_TEXT else 1)


def _told_one(known: Known, field: str, role: str) -> Entry:
    """Return what the form's own fields say of telling a role, else who of it was reached first."""
    view, text = known.view, known.text
    names = [f"{field}_told_{part}" for part in ("to", "at", "channel")]
    told = [text.value(name, view.values.get(name)) for name in names]
    if not any(told):
        reached = (one for one in view.told if one.role == role and one.reached and one.purpose != RECOVERY)
        if (first := next(reached, None)) is not None:
            told = [first.name, text.time(first.at), text.option("contact_channel", first.channel)]
    return Entry(text.say(f"incident.told.{field}"), text.joined("dot", *told))
