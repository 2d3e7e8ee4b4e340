"""Levels, fields and ticks of an incident, and the events that a field begins."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from desktop_app.domain.entries import moment_text
from desktop_app.domain.errors import GuardRefused, KnownError
from desktop_app.domain.incident_types import Alarm, IncidentType, OwnField, OwnFieldKind
from desktop_app.domain.outage_options import IncidentLevel, SurgeLevel
from desktop_app.domain.roles import Role
from desktop_app.domain.site_text import Bilingual, Version
from desktop_app.services.incident_acts import undo
from desktop_app.services.incident_values import (
    add_action,
    set_level,
    set_surge_level,
    set_values,
    tick,
    waive_station,
)
from desktop_app.services.incidents import incident, report_fault
from desktop_app.services.to_confirm import to_confirm
from desktop_app.storage.store import Store
from tests.stores import author

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
POWER = IncidentType(
    "power",
    Version("GZ-03", "1.0"),
    Bilingual("停电"),
    fields=(
        OwnField("generator_at", OwnFieldKind.MOMENT, Bilingual("发电机启动"), begins="generator_started"),
        OwnField("ill", OwnFieldKind.NUMBER, Bilingual("不适人数"), alarm=Alarm(2, "two_ill")),
    ),
)


def minutes(count: float) -> datetime:
    return NOW + timedelta(minutes=count)


@pytest.fixture
def one(lead: Store) -> str:
    return report_fault(lead, symptom="停电", now=NOW).incident


def codes(lead: Store, one: str) -> list[tuple[str, datetime]]:
    return [(event.code, event.at) for event in incident(lead, one).events][1:]


def test_a_level_is_the_supervisors_and_a_lead_acts_for_one(lead: Store, one: str) -> None:
    with pytest.raises(GuardRefused, match=r"guard\.acting_reason"):
        set_level(lead, one, IncidentLevel.MAJOR, reason=" ", now=NOW)
    assert incident(lead, one).level == "general"
    made = set_level(lead, one, IncidentLevel.MAJOR, reason="主管联系不上", now=minutes(1))
    seen = incident(lead, one)
    assert (seen.level, seen.log[-1].code, seen.log[-1].reason) == ("major", "level", "主管联系不上")
    (listed,) = to_confirm(lead)
    assert (listed.number, listed.code, listed.reason) == (seen.number, "", "主管联系不上")
    undo(lead, made, now=minutes(2))
    assert incident(lead, one).level == "general"
    assert to_confirm(lead) == ()
    senior = replace(lead, author=author("5001", Role.SUPERVISOR))
    set_level(senior, one, IncidentLevel.MAJOR, reason="占线 30 分钟", now=minutes(3))
    assert to_confirm(lead) == ()


def test_a_surge_has_levels_and_an_end(lead: Store, one: str) -> None:
    set_surge_level(lead, one, SurgeLevel.LEVEL_2, now=minutes(30))
    assert incident(lead, one).text("surge_level") == "level_2"
    set_surge_level(lead, one, None, now=minutes(50))
    assert incident(lead, one).text("surge_level") == ""


def test_fields_are_kept_with_identity_numbers_masked(lead: Store, one: str) -> None:
    made = set_values(lead, one, {"cause": "机房 11010519491231002X 拉闸", "seats_hit": 40}, now=minutes(1))
    seen = incident(lead, one)
    assert seen.values["seats_hit"] == 40
    assert "11010519491231002X" not in seen.text("cause")
    undo(lead, made, now=minutes(2))
    assert "cause" not in incident(lead, one).values
    with pytest.raises(ValueError, match="state"):
        set_values(lead, one, {"state": "closed"}, now=minutes(3))


def test_what_came_between_stays_as_a_conflict(lead: Store, one: str) -> None:
    before = incident(lead, one)
    set_values(lead, one, {"cause": "跳闸"}, now=minutes(1))
    set_values(lead, one, {"cause": "断缆"}, now=minutes(2), seen={"cause": before.seen("cause")})
    seen = incident(lead, one)
    assert seen.conflicts == {"cause": ("跳闸", "断缆")}
    set_values(lead, one, {"cause": "断缆"}, now=minutes(3), seen={"cause": seen.seen("cause")})
    assert incident(lead, one).conflicts == {}


def test_a_moment_of_the_type_begins_its_clock_and_moves_with_it(lead: Store, one: str) -> None:
    def generator(at: float | None, now: float) -> None:
        value = moment_text(minutes(at)) if at is not None else None
        set_values(lead, one, {"generator_at": value}, now=minutes(now), of_type=POWER)

    generator(8, 9)
    assert codes(lead, one) == [("generator_started", minutes(8))]
    generator(7, 10)
    assert codes(lead, one) == [("generator_started", minutes(7))]
    generator(None, 11)
    assert codes(lead, one) == []


def test_a_number_that_reaches_its_alarm_is_an_event_until_it_falls(lead: Store, one: str) -> None:
    for place, (count, alarms) in enumerate([(1, 0), (2, 1), ("3", 1), (1, 0), ("viele", 0)]):
        set_values(lead, one, {"ill": count}, now=minutes(place), of_type=POWER)
        assert [code for code, _ in codes(lead, one)] == ["two_ill"] * alarms


def test_ticks_have_time_and_name_and_come_off(lead: Store, one: str) -> None:
    tick(lead, one, "fridge", now=minutes(1))
    assert tick(lead, one, "fridge", now=minutes(2)).entries == ()
    (ticked,) = incident(lead, one).ticks
    assert (ticked.item, ticked.at) == ("fridge", minutes(1))
    off = tick(lead, one, "fridge", on=False, now=minutes(3))
    assert incident(lead, one).ticks == ()
    undo(lead, off, now=minutes(4))
    assert incident(lead, one).ticks == (ticked,)


def test_stations_are_waived_and_actions_owned(lead: Store, one: str) -> None:
    with pytest.raises(KnownError, match=r"incidents\.reason_needed"):
        waive_station(lead, one, "12", reason=" ", now=NOW)
    with pytest.raises(KnownError, match=r"incidents\.owner_needed"):
        add_action(lead, one, "换 UPS", owner="", due=None, now=NOW)
    waive_station(lead, one, "12", reason="烧毁", now=NOW)
    add_action(lead, one, "换 UPS", owner="赵运维", due=minutes(9000), now=NOW)
    seen = incident(lead, one)
    assert [item.text("station") for item in seen.items("waived_stations")] == ["12"]
    (action,) = seen.items("actions")
    assert (action.text("owner"), action.at("due")) == ("赵运维", minutes(9000))
