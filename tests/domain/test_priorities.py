"""How urgent a record is, by what it says (1.4.5)."""

from __future__ import annotations

import pytest

from desktop_app.domain.priorities import AHEAD, Priority, priority_of


@pytest.mark.parametrize(
    ("record", "priority"),
    [
        ({"kind": "urgent", "urgent_kind": "lift"}, "top"),
        ({"kind": "urgent", "urgent_kind": "fire"}, "top"),
        ({"kind": "urgent", "urgent_kind": "water_cut", "people_hurt": "yes"}, "top"),
        ({"kind": "abnormal", "abnormal_kind": "threat"}, "top"),
        ({"kind": "urgent", "urgent_kind": "water_cut", "people_hurt": "no"}, "urgent"),
        ({"kind": "urgent"}, "urgent"),
        ({"kind": "complaint", "severity": "grave"}, "urgent"),
        ({"kind": "complaint", "severity": "important"}, "normal"),
        ({"kind": "abnormal", "abnormal_kind": "silence"}, "normal"),
        # What another kind of the same draft left behind says nothing.
        ({"kind": "enquiry", "urgent_kind": "lift", "people_hurt": "yes"}, "normal"),
        ({}, "normal"),
    ],
)
def test_life_comes_first(record: dict[str, str], priority: str) -> None:
    assert priority_of(lambda name: record.get(name, "")) == priority


def test_the_more_urgent_the_earlier_it_is_told_of() -> None:
    assert sorted(AHEAD, key=lambda one: AHEAD[one], reverse=True) == list(Priority)
