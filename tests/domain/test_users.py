"""Roles are a set of grants: they never conflict, and a role taken or not held is listed."""

from __future__ import annotations

import pytest

from desktop_app.domain.entries import Action
from desktop_app.domain.errors import GuardRefused
from desktop_app.domain.folding import State
from desktop_app.domain.identity import Subject, SubjectKind, user_id
from desktop_app.domain.roles import Role
from desktop_app.domain.users import FROM_INIT, Grant, check_grant, grants, roles, roles_taken, unheld
from tests.domain.journals import Station

LI, WU = user_id("8021"), user_id("8022")


def user(one: str = LI) -> Subject:
    return Subject(SubjectKind.USER, one)


def give(station: Station, grant: Grant, to: str = LI) -> None:
    station.write(Action.ADD, grant.payload(), subject=user(to))


def test_grants_made_apart_are_a_set() -> None:
    a, b = Station("a"), Station("b")
    give(a, Grant(Role.LEAD, "07", FROM_INIT))
    give(b, Grant(Role.SUPERVISOR, "", WU, "deputy"))
    a.take(b)
    state = a.state(user())
    assert state.conflicts() == []
    assert grants(state) == [Grant(Role.LEAD, "07", FROM_INIT), Grant(Role.SUPERVISOR, "", WU, "deputy")]
    assert roles(state, "07") == {Role.AGENT, Role.LEAD, Role.SUPERVISOR}
    assert roles(state, "08") == {Role.AGENT, Role.SUPERVISOR}


def test_a_grant_struck_out_is_gone() -> None:
    station = Station("a")
    given = station.write(Action.ADD, Grant(Role.LEAD, "", FROM_INIT).payload(), subject=user())
    station.strike(given, "left")
    assert roles(station.state(user()), "07") == {Role.AGENT}


def test_an_auditor_only_reads() -> None:
    station = Station("a")
    give(station, Grant(Role.AUDITOR, "", FROM_INIT))
    assert roles(station.state(user()), "07") == {Role.AUDITOR}


def test_items_that_are_no_grants_are_passed_over() -> None:
    station = Station("a")
    for item in ("lead", {"role": "emperor"}, {}, {"role": ["lead"]}):
        station.add("grants", item, user())
    station.add("grants", {"role": "lead"}, user())
    assert grants(station.state(user())) == [Grant(Role.LEAD, "", "")]


@pytest.mark.parametrize(
    ("grant", "actor", "role", "code"),
    [
        (Grant(Role.LEAD, "", WU), WU, Role.LEAD, ""),
        (Grant(Role.LEAD, "", WU), WU, Role.ADMIN, ""),
        (Grant(Role.LEAD, "", WU), WU, Role.AGENT, "guard.role"),
        (Grant(Role.LEAD, "", WU), WU, Role.IT, "guard.role"),
        (Grant(Role.AGENT, "", WU), WU, Role.AGENT, ""),
        (Grant(Role.AGENT, "", WU), WU, Role.AUDITOR, "guard.role"),
        (Grant(Role.LEAD, "", FROM_INIT), WU, Role.LEAD, "guard.grant_by_other"),
        (Grant(Role.LEAD, "", LI), LI, Role.AGENT, "guard.reason"),
        (Grant(Role.LEAD, "", LI, " "), LI, Role.LEAD, "guard.reason"),
        (Grant(Role.LEAD, "", LI, "nobody reachable"), LI, Role.AGENT, ""),
        (Grant(Role.LEAD, "", LI, "x"), LI, Role.AUDITOR, "guard.role"),
    ],
)
def test_who_may_give_a_role(grant: Grant, actor: str, role: Role, code: str) -> None:
    found = ""
    try:
        check_grant(grant, user=LI, actor=actor, role=role)
    except GuardRefused as refused:
        found = refused.code
    assert found == code


def test_roles_taken_are_listed() -> None:
    station = Station("a")
    give(station, Grant(Role.LEAD, "", WU))
    give(station, Grant(Role.SUPERVISOR, "", LI, "nobody reachable"))
    give(station, Grant(Role.AGENT, "", LI))
    taken = [(found.user, found.grant.role) for found in roles_taken([station.state(user())])]
    assert taken == [(LI, Role.SUPERVISOR)]


def test_entries_in_a_role_nobody_gave_are_listed() -> None:
    station, subject = Station("a"), Subject(SubjectKind.RECORD, "r")
    give(station, Grant(Role.LEAD, "07", FROM_INIT))
    users: dict[str, State] = {LI: station.state(user())}
    entries = [
        station.write(Action.ADD, Grant(Role.LEAD, "", LI).payload(), subject=subject, actor=who, role=role)
        for who, role in (
            (LI, Role.LEAD),
            (LI, Role.AGENT),
            (LI, Role.SUPERVISOR),
            (WU, Role.AGENT),
            (WU, Role.LEAD),
            (LI, Role.AUDITOR),
        )
    ]
    named = unheld([sealed.entry for sealed in entries], users, {"a": "07"})
    assert [(entry.actor, entry.role) for entry in named] == [
        (LI, Role.SUPERVISOR),
        (WU, Role.LEAD),
        (LI, Role.AUDITOR),
    ]
    assert [entry.role for entry in unheld([entries[0].entry], users, {"a": "08"})] == [Role.LEAD]
    assert unheld([entries[0].entry], users, {}) == [entries[0].entry]
    auditor = Station("b")
    give(auditor, Grant(Role.AUDITOR, "", FROM_INIT))
    assert unheld([entries[5].entry], {LI: auditor.state(user())}, {"a": "07"}) == [entries[5].entry]
