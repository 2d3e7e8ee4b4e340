"""Entries beyond a role are listed, by the grants known now."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from desktop_app.domain.entries import Action
from desktop_app.domain.identity import Subject, SubjectKind, user_id
from desktop_app.domain.roles import Role
from desktop_app.domain.users import Grant
from desktop_app.services.beyond_role import beyond_role
from desktop_app.storage.store import Store
from tests.hearsay import Hearsay, identity

NOW = datetime(2026, 12, 28, 4, 0, tzinfo=UTC)
SEVEN = identity("07")


def grant(store: Store, staff_number: str, name: str, role: Role, station: str = "") -> None:
    subject = Subject(SubjectKind.USER, user_id(staff_number))
    with store.change() as unit:
        unit.change(subject, {"staff_number": staff_number, "name": name}, at=NOW)
        unit.append(subject, Action.ADD, Grant(role, station, "init").payload(), at=NOW)


def test_nobody_is_listed_for_what_he_may(store: Store) -> None:
    grant(store, "8031", "王芳", Role.LEAD)
    Hearsay(store).writes(SEVEN, [1, 2])
    Hearsay(store).writes(SEVEN, [3], role=Role.LEAD)
    assert beyond_role(store) == []


@pytest.mark.parametrize("station", ["", "08"])
def test_a_step_above_ones_role_is_listed_with_its_record(store: Store, station: str) -> None:
    grant(store, "8031", "王芳", Role.LEAD if station else Role.AGENT, station)
    Hearsay(store).writes(SEVEN, [1])
    Hearsay(store).writes(SEVEN, [2], role=Role.LEAD)
    (found,) = beyond_role(store)
    assert (found.station, found.name, found.role, found.number) == ("07", "王芳", Role.LEAD, "07-00002-4")
    assert found.kind is SubjectKind.RECORD


def test_an_auditor_writes_nothing_not_even_as_an_agent(store: Store) -> None:
    grant(store, "8090", "审计员", Role.AUDITOR)
    Hearsay(store).writes(SEVEN, [1], actor="8090")
    assert [(one.name, one.role) for one in beyond_role(store)] == [("审计员", Role.AGENT)]


def test_somebody_nobody_knows_is_an_agent(store: Store) -> None:
    Hearsay(store).writes(SEVEN, [1], actor="9999")
    Hearsay(store).writes(SEVEN, [2], actor="9999", role=Role.CENTRE_MANAGER)
    assert [(one.name, one.role) for one in beyond_role(store)] == [("", Role.CENTRE_MANAGER)]
