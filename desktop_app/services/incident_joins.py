"""Reports of one fault that became incidents of their own are made one, and taken apart again.

Leads and those above them do; ``incident_acts.undo`` takes it back.
"""

from __future__ import annotations

from datetime import datetime

from desktop_app.domain.entries import Action, Payload
from desktop_app.domain.errors import KnownError
from desktop_app.domain.joined_incidents import JOINED_WITH
from desktop_app.domain.joins import groups, head, links
from desktop_app.services.decisions import Made, check_person
from desktop_app.services.incident_writing import add, members_in
from desktop_app.storage.store import Store


def join(store: Store, incident_id: str, other: str, *, now: datetime) -> Made:
    """Say that two incidents are one; those joined to either come with it.

    Raises KnownError ``decisions.leads_only``, ``incidents.none`` and ``incidents.joined_already``.
    """
    check_person(store)
    with store.change() as unit:
        ids, members = members_in(unit, incident_id)
        others, _ = members_in(unit, other)
        if ids == others:
            raise KnownError("incidents.joined_already")
        return Made(tuple(add(unit, members[0].subject.id, JOINED_WITH, others[0], now)))


def part(store: Store, incident_id: str, *, now: datetime) -> Made:
    """Say that one of the joined reports is an incident of its own after all; the others stay one.

    Raises KnownError ``decisions.leads_only``, ``incidents.none`` and ``incidents.not_joined``.
    """
    check_person(store)
    with store.change() as unit:
        _, members = members_in(unit, incident_id)
        struck = [
            (one.subject, item.entry_id)
            for one in members
            for item in one.lists.get(JOINED_WITH, ())
            if incident_id in (one.subject.id, item.value)
        ]
        if not struck:
            raise KnownError("incidents.not_joined")
        made = [
            (subject, unit.append(subject, Action.STRIKE, Payload(target=entry), at=now).id)
            for subject, entry in struck
        ]
        # Those that hung together by it alone are joined to each other.
        left = groups(links((unit.state(one.subject) for one in members), JOINED_WITH))
        rest = (one.subject.id for one in members if one.subject.id != incident_id)
        heads = sorted({head(one, left) for one in rest})
        for other in heads[1:]:
            made += add(unit, heads[0], JOINED_WITH, other, now)
        return Made(tuple(made))
