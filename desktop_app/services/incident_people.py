"""Who was called in to help, who came and when, and who was moved where (A§2.7, A§8, B§4).

What is returned is undone by ``incident_acts.undo``.
"""

from __future__ import annotations

from datetime import datetime

from desktop_app.domain.entries import Value, moment_text
from desktop_app.services.decisions import Made
from desktop_app.services.incident_view import CALLED_IN, CAME, STAFFING
from desktop_app.services.incident_writing import add, happened_at, members_in, said
from desktop_app.storage.store import Store


def call_in(
    store: Store,
    incident_id: str,
    *,
    name: str,
    now: datetime,
    at: datetime | None = None,
    contact: str = "",
    level: str = "",
    reached: bool = True,
    reply: str = "",
    overtime: bool = False,
    agreed: bool | None = None,
) -> Made:
    """Write down that somebody was asked to come, for which surge level, and what they said.

    ``overtime`` is for the next shift (4), with their consent ``agreed``.

    Raises KnownError ``incidents.name_needed`` and ``incidents.ahead``. The entry of what is returned names
    the call for ``came``.
    """
    told: dict[str, Value] = {"contact": contact, "level": level, "reached": reached}
    if overtime:
        told["overtime"] = True
    if agreed is not None:
        told["agreed"] = agreed
    with store.change() as unit:
        _, members = members_in(unit, incident_id)
        told |= {
            "name": said(store, name, now, "incidents.name_needed"),
            "reply": said(store, reply, now),
            "at": moment_text(happened_at(at, now)),
            "by": unit.author.actor,
        }
        kept: Value = {key: value for key, value in told.items() if value != ""}
        return Made(tuple(add(unit, members[0].subject.id, CALLED_IN, kept, now)))


def came(store: Store, incident_id: str, call: str, *, now: datetime, at: datetime | None = None) -> Made:
    """Write down that somebody who was called in is there; ``call`` is the entry of the call."""
    when = happened_at(at, now)
    with store.change() as unit:
        _, members = members_in(unit, incident_id)
        told: Value = {"of": call, "at": moment_text(when), "by": unit.author.actor}
        return Made(tuple(add(unit, members[0].subject.id, CAME, told, now)))


def move_staff(
    store: Store, incident_id: str, text: str, *, now: datetime, at: datetime | None = None
) -> Made:
    """Write down who was moved where; raises KnownError ``incidents.text_needed`` and ``incidents.ahead``."""
    when = happened_at(at, now)
    with store.change() as unit:
        _, members = members_in(unit, incident_id)
        told: Value = {
            "text": said(store, text, now, "incidents.text_needed"),
            "at": moment_text(when),
            "by": unit.author.actor,
        }
        return Made(tuple(add(unit, members[0].subject.id, STAFFING, told, now)))
