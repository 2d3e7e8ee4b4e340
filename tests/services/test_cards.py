"""Opening a card reports its incident or goes on with the one under way; own lines are ticked too."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from desktop_app.domain.errors import KnownError
from desktop_app.domain.incident_steps import IncidentState
from desktop_app.domain.incident_types import IncidentType
from desktop_app.domain.site_text import Bilingual, Version
from desktop_app.services.cards import GOES_ON, add_own_item, open_card, own_items
from desktop_app.services.incident_acts import take_step, undo
from desktop_app.services.incident_values import tick
from desktop_app.services.incidents import incident, incidents, report_fault
from desktop_app.storage.store import Store

NOW = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
FIRE = IncidentType("fire", Version("GZ-05", "1.0"), Bilingual("火情", "Fire"), card=True)


def _open(store: Store, *, at: datetime = NOW, new: bool = False) -> str:
    return open_card(store, FIRE, symptom="火情", now=at, new=new).incident


def test_a_card_reports_on_its_own_beside_a_fault_without_a_category(store: Store) -> None:
    fault = report_fault(store, symptom="CRM 打不开", now=NOW).incident
    card = open_card(store, FIRE, symptom="火情", now=NOW)
    assert card.incident != fault
    view = incident(store, card.incident)
    assert (view.category, view.text("symptom"), view.since) == ("fire", "火情", NOW)
    undo(store, card.made, now=NOW)
    assert [row.head for row in incidents(store)] == [fault]


def test_opened_again_it_goes_on_and_writes_nothing(store: Store) -> None:
    first = _open(store)
    again = open_card(store, FIRE, symptom="火情", now=NOW + timedelta(hours=1))
    assert (again.incident, again.made.entries) == (first, ())
    assert _open(store, new=True) != first
    assert len(incidents(store)) == 2


def test_what_is_over_or_long_ago_is_another_matter(store: Store) -> None:
    first = _open(store)
    late = NOW + GOES_ON + timedelta(minutes=1)
    second = _open(store, at=late)
    assert second != first
    take_step(store, second, IncidentState.FALSE_ALARM, now=late, reason="测试")
    assert _open(store, at=late) not in (first, second)


def test_lines_of_ones_own_are_ticked_and_taken_back(store: Store) -> None:
    head = _open(store)
    with pytest.raises(KnownError) as refused:
        add_own_item(store, head, "  ", now=NOW)
    assert refused.value.code == "incidents.item_needed"
    made = add_own_item(store, head, "请保安看后门", now=NOW)
    (item,) = own_items(incident(store, head))
    assert item.title.told("en") == "请保安看后门"
    tick(store, head, item.key, now=NOW)
    assert [one.item for one in incident(store, head).ticks] == [item.key]
    undo(store, made, now=NOW)
    assert own_items(incident(store, head)) == ()
