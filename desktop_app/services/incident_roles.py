"""Who has which post in an incident, taken over and handed on (B§1-2, A§2.7).

What is returned as ``Made`` is undone by ``incident_acts.undo``.
"""

from __future__ import annotations

from datetime import datetime

from desktop_app.domain.entries import Value, moment_text
from desktop_app.domain.errors import KnownError
from desktop_app.domain.incident_roles import Held, Post, roles_of
from desktop_app.domain.incident_steps import COMMAND, ROLES
from desktop_app.services.decisions import Made
from desktop_app.services.incident_view import IncidentView
from desktop_app.services.incident_writing import add, happened_at, members_in, said
from desktop_app.storage.store import Store


def role_board(view: IncidentView) -> tuple[Held, ...]:
    """Return every post of an incident as it was held, by post and time."""
    return roles_of((*view.items(COMMAND), *view.items(ROLES)))


def assign(
    store: Store,
    incident_id: str,
    post: Post,
    name: str,
    *,
    now: datetime,
    at: datetime | None = None,
    area: str = "",
    contact: str = "",
    acting: bool = False,
    reason: str = "",
) -> Made:
    """Write down who has a post from ``at`` on; whoever had it handed it over then.

    The supervisor says who commands: a lead who does is 代行 with a reason, and the supervisor confirms it
    later. Raises KnownError ``incidents.holder_needed``, ``incidents.area_needed`` for a specialist of
    nothing, ``incidents.reason_needed`` for somebody who stands in, and GuardRefused.
    """
    told: dict[str, Value] = {"name": said(store, name, now, "incidents.holder_needed")}
    return _write(store, incident_id, post, told, now, at, area, contact, acting, reason)


def leave(
    store: Store,
    incident_id: str,
    post: Post,
    *,
    now: datetime,
    at: datetime | None = None,
    area: str = "",
    reason: str = "",
) -> Made:
    """Write down that a post is left and nobody has taken it over; raises as ``assign``."""
    return _write(store, incident_id, post, {}, now, at, area, "", False, reason)


def _write(
    store: Store,
    incident_id: str,
    post: Post,
    told: dict[str, Value],
    now: datetime,
    at: datetime | None,
    area: str,
    contact: str,
    acting: bool,
    reason: str,
) -> Made:
    why = said(store, reason, now, "incidents.reason_needed" if acting else "")
    field = said(store, area, now) if post is Post.SPECIALIST else ""
    if post is Post.SPECIALIST and not field:
        raise KnownError("incidents.area_needed")
    item: dict[str, Value] = {
        "post": post.value,
        "area": field,
        **told,
        "contact": contact,
        "reason": why,
        "at": moment_text(happened_at(at, now)),
    }
    if acting:
        item["acting"] = True
    with store.change() as unit:
        _, members = members_in(unit, incident_id)
        item["by"] = unit.author.actor
        kept: Value = {key: value for key, value in item.items() if value != ""}
        name = COMMAND if post is Post.COMMANDER else ROLES
        return Made(tuple(add(unit, members[0].subject.id, name, kept, now, why)))
