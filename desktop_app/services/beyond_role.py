"""Entries made in a role their author did not have: listed after a merge, never dropped (DESIGN §6)."""

from __future__ import annotations

from desktop_app.domain.identity import Subject, SubjectKind
from desktop_app.domain.roles import Role
from desktop_app.domain.users import grants, unheld
from desktop_app.services.station_rows import BeyondRole
from desktop_app.services.stations_board import name_in
from desktop_app.storage.folded import states_by_id
from desktop_app.storage.station_list import chains, entries_above_agent
from desktop_app.storage.store import Store

MOST_LISTED = 500
"""Whoever makes more is named by these already."""


def beyond_role(store: Store) -> list[BeyondRole]:
    """Return the entries made in a role that their author did not have, the newest first.

    The whole journal is looked at, so this is asked apart from the board.
    """
    with store.read() as view:
        users = {state.subject.id: state for state in view.states(SubjectKind.USER)}
        stations = {chain.writer: chain.station for chain in chains(view.connection)}
        auditors = [
            one for one, user in users.items() if any(grant.role is Role.AUDITOR for grant in grants(user))
        ]
        found = unheld(entries_above_agent(view.connection, *auditors), users, stations)
        told = found[: -MOST_LISTED - 1 : -1]
        records = [entry.subject.id for entry in told if entry.subject.kind is SubjectKind.RECORD]
        numbers = states_by_id(view.connection, SubjectKind.RECORD, records)

    def number(subject: Subject) -> str:
        return numbers[subject.id].text("number") if subject.id in numbers else ""

    return [
        BeyondRole(
            entry.at,
            stations.get(entry.writer, ""),
            name_in(users, entry.actor),
            entry.role,
            entry.subject.kind,
            number(entry.subject),
        )
        for entry in told
    ]
