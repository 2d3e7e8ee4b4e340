"""What is due at which minute after the report, of every type that ships, reported in a real store."""

from __future__ import annotations

import pytest

from tests.centre import Centre, given, then
from tests.centre import centre as centre

FAULT = {
    "0": "operations:sysops",
    "5": "supervisor:supervisor",
    "10": "managers:operations_manager managers:centre_manager",
    "30": "customers",
    "60": "decision",
}


CLOCKS: dict[str, dict[str, str]] = {
    "seat_fault": {"0": "operations:sysops"},
    "application": FAULT,
    "power": {
        "0": "operations:sysops manager:centre_manager",
        "5": FAULT["5"],
        "7": "expected",
        "10": f"{FAULT['10']} warning",
        "30": FAULT["30"],
        "60": FAULT["60"],
    },
    "air_conditioning": {"0": "managers:supervisor managers:centre_manager"},
    "fire": {"5": "managers:supervisor managers:centre_manager"},
    "theft": {"5": "managers:supervisor managers:centre_manager", "43200": "day_30"},
    "accident": {"10": "connect_rate"},
    "network": FAULT,
    "surge": {"0": "level_1", "30": "level_2", "60": "level_3"},
    "complaint_burst": {},
    "abnormal_call": {"0": "supervisor:supervisor"},
    "escalated_call": {},
    "urgent_order": {},
    "media": {"0": "manager:centre_manager"},
    "website": {"0": "department:web_team"},
    "hotline_down": FAULT | {"0": "operations:sysops head:group_head head:information_centre"},
    "login_failure": FAULT | {"0": "operations:sysops major"},
    "mass_disconnect": FAULT | {"0": "operations:sysops major"},
    "back_office": FAULT,
    "data_loss": FAULT | {"0": "operations:sysops major"},
    "top_up": {},
    "cheating": {},
    "maintenance": FAULT | {"0": "operations:sysops general"},
    "emotional": {},
    "personal_safety": {"0": "function_head:function_head"},
    "property_loss": {"43200": "day_30"},
    "property_lost": {},
    "counter_system": FAULT,
    "office_power_cut": FAULT | {"0": "operations:sysops call_centre:call_centre"},
    "fall": {},
    "illness": {},
    "death": {},
    "disturbance": {},
    "threat": {},
    "fight": {},
    "robbery": {},
    "loiterers": {},
    "electrical": {},
}
"""What is due at which minute after the report, of every type that ships."""


def test_every_type_that_ships_has_its_clocks_here(centre: Centre) -> None:
    assert {one.key for one in centre.pack.incident_types} == set(CLOCKS)


@pytest.mark.parametrize("category", CLOCKS)
def test_clocks_are_due_at_their_minute(centre: Centre, category: str) -> None:
    case, due = given(centre, category), ""
    for minute, steps in CLOCKS[category].items():
        if minute != "0":
            then(case, f"{int(minute) - 1}:59", due=due)
        due = f"{due} {steps}"
        then(case, minute, due=due)
    then(case, str(60 * 24 * 31), due=due)
