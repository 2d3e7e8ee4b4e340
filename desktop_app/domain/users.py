"""People and what they may act as.

A user is a subject with the id ``identity.user_id``; its roles are a set of grants, list items that never
conflict (JOURNAL, subjects and their ids). Above agent a role comes from ``init``, from a lead's entry, or is
taken as 代行 with a reason; every merge lists the roles taken and the entries their role did not permit
(DESIGN §6).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from desktop_app.domain.entries import Change, Entry, Payload
from desktop_app.domain.errors import GuardRefused
from desktop_app.domain.folding import State
from desktop_app.domain.roles import Role

GRANTS = "grants"
"""The list on a user that holds the grants."""

GRANTING = frozenset({Role.LEAD, Role.SUPERVISOR, Role.OPERATIONS_MANAGER, Role.CENTRE_MANAGER, Role.ADMIN})
"""Roles whose word gives a role to somebody else."""

FROM_INIT = "init"
"""In place of a giver: the role was given when the store was made."""


@dataclass(frozen=True, slots=True)
class Grant:
    """A role at a station (empty: everywhere), the id of the user who gave it, and why."""

    role: Role
    station: str
    by: str
    reason: str = ""

    def payload(self) -> Payload:
        """Return the payload of the entry that adds this grant to a user."""
        item = {"role": self.role.value, "station": self.station, "by": self.by, "reason": self.reason}
        return Payload({GRANTS: Change((), item)})


def grants(user: State) -> list[Grant]:
    """Return the grants a user has now; items that are none (from a newer program) are passed over."""
    found = []
    for item in user.lists.get(GRANTS, ()):
        told = item.value if isinstance(item.value, dict) else {}
        if told.get("role") in list(Role):
            texts = [str(told.get(name, "")) for name in ("station", "by", "reason")]
            found.append(Grant(Role(told["role"]), *texts))
    return found


def roles(user: State, station: str) -> frozenset[Role]:
    """Return what the user may act as at a station; everyone known is an agent, an auditor only reads."""
    held = {grant.role for grant in grants(user) if grant.station in ("", station)}
    return frozenset(held) if Role.AUDITOR in held else frozenset(held | {Role.AGENT})


def check_grant(grant: Grant, *, user: str, actor: str, role: Role) -> None:
    """Check a grant before it is made for ``user`` by ``actor`` acting as ``role``; raises GuardRefused.

    Nobody is named as its giver but who makes it. A role for oneself is taken, which needs a reason; an
    agent's role anyone may give ("add the next shift").
    """
    if grant.by != actor:
        raise GuardRefused("guard.grant_by_other")
    if role is Role.AUDITOR:
        raise GuardRefused("guard.role", role=role)
    if grant.role is Role.AGENT:
        return
    if user == actor:
        if not grant.reason.strip():
            raise GuardRefused("guard.reason")
    elif role not in GRANTING:
        raise GuardRefused("guard.role", role=role)


@dataclass(frozen=True, slots=True)
class RoleTaken:
    """A role that somebody took as 代行: listed for confirmation after every merge."""

    user: str
    grant: Grant


def roles_taken(users: Iterable[State]) -> Iterator[RoleTaken]:
    """Yield the roles people gave themselves."""
    for user in users:
        for grant in grants(user):
            if grant.by == user.subject.id and grant.role is not Role.AGENT:
                yield RoleTaken(user.subject.id, grant)


def unheld(entries: Iterable[Entry], users: Mapping[str, State], stations: Mapping[str, str]) -> list[Entry]:
    """Return the entries made in a role their author did not have, by the grants known now.

    ``users`` are states by actor id, ``stations`` the station of each writer. A grant a user takes is itself
    made in the role before, and an auditor makes no entries at all.
    """
    found = []
    for entry in entries:
        user = users.get(entry.actor)
        held = roles(user, stations.get(entry.writer, "")) if user is not None else {Role.AGENT}
        if entry.role is Role.AUDITOR or entry.role not in held:
            found.append(entry)
    return found
