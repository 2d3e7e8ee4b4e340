"""Which incidents there are, and what hangs on them: by index, without reading every subject."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from typing import NamedTuple

from sqlalchemy import Connection, func, or_, select, text

from desktop_app.domain.entries import Sealed
from desktop_app.domain.folding import State
from desktop_app.domain.identity import SubjectKind
from desktop_app.domain.joined_incidents import JOINED_WITH
from desktop_app.domain.joins import Pair, links
from desktop_app.storage import journal
from desktop_app.storage.folded import states_by_id, states_of
from desktop_app.storage.tables import entries, incidents, notifications, promises, records, subjects

_i = incidents.c
# The condition as text: with a parameter SQLite would not see that the partial index holds them all.
_OPEN = (
    select(_i.id, _i.state, _i.outage, _i.category, _i.noticed_at)
    .where(text("open = 1"))
    .order_by(_i.noticed_at, _i.id)
)


class OpenIncident(NamedTuple):
    """An incident that has not ended: the state's code, the category's key, when it was noticed."""

    id: str
    state: str
    outage: int
    category: str
    noticed_at: str


def open_incidents(connection: Connection) -> list[OpenIncident]:
    """Return the incidents that have not ended, the first noticed first."""
    return [OpenIncident(*row) for row in connection.execute(_OPEN)]


def incident_ids(connection: Connection) -> list[str]:
    """Return the ids of all incidents that somebody reported."""
    return list(connection.execute(select(_i.id).order_by(_i.id)).scalars())


def incidents_since(connection: Connection, moment: str) -> list[str]:
    """Return the ids of the open incidents, and of those noticed since a moment as the journal writes it."""
    query = select(_i.id).where(or_(_i.open == 1, _i.noticed_at >= moment)).order_by(_i.id)
    return list(connection.execute(query).scalars())


def joins(connection: Connection) -> list[Pair]:
    """Return which incidents are joined; few are."""
    maybe = func.instr(subjects.c.state, f'"{JOINED_WITH}"') > 0
    return list(links(states_of(connection, [SubjectKind.INCIDENT], maybe), JOINED_WITH))


def notifications_of(connection: Connection, ids: Collection[str]) -> list[State]:
    """Return who was told of any of these incidents, by when they were."""
    found = connection.execute(
        select(notifications.c.id)
        .where(notifications.c.incident.in_(ids))
        .order_by(notifications.c.told_at, notifications.c.id)
    ).scalars()
    ordered = list(found)
    states = states_by_id(connection, SubjectKind.NOTIFICATION, ordered)
    return [states[one] for one in ordered]


def promises_not_kept(connection: Connection) -> Iterator[State]:
    """Yield the promises that are not simply kept; all of them where one was merged into another."""
    merged = select(promises.c.id).where(promises.c.state == "merged").limit(1)
    query = select(promises.c.id)
    if connection.execute(merged).first() is None:
        query = query.where(promises.c.state != "done")
    ids = list(connection.execute(query).scalars())
    yield from states_by_id(connection, SubjectKind.PROMISE, ids).values()


def numbers_of(connection: Connection, prefix: str) -> list[str]:
    """Return the numbers of incidents that begin so."""
    told = func.instr(subjects.c.state, f'"{prefix}') > 0
    return [one.text("incident_no") for one in states_of(connection, [SubjectKind.INCIDENT], told)]


def not_in_crm(connection: Connection) -> dict[str, State]:
    """Return the states of the saved records without a CRM number, by id."""
    query = select(records.c.id).where(records.c.listed == 1, records.c.crm_id == "")
    return states_by_id(connection, SubjectKind.RECORD, list(connection.execute(query).scalars()))


def histories_of(connection: Connection, ids: Collection[str]) -> Iterator[list[Sealed]]:
    """Yield the history of each subject with one of these ids."""
    named = func.json_each(json.dumps(list(ids))).table_valued("value")
    for _, made in journal.every_history(connection, entries.c.subject.in_(select(named.c.value))):
        yield made
