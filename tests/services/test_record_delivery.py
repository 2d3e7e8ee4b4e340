"""Handed in or not, and by whose receipt received: told for each record, apart from the CRM."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from desktop_app.domain.roles import Role
from desktop_app.services.my_records import ShowRecords, page, tally
from desktop_app.services.receipts import Delivery
from desktop_app.services.record_changes import correct
from desktop_app.services.record_delivery import Delivered, delivered, delivery_of, not_handed_in
from desktop_app.services.watching import standing
from tests.rounds import Rounds


@pytest.fixture
def rounds(tmp_path: Path) -> Iterator[Rounds]:
    made = Rounds(tmp_path)
    made.add("07")
    made.add("01", Role.LEAD)
    made.pair()
    yield made
    made.close()


def states(rounds: Rounds) -> list[Delivery | None]:
    return [row.delivery for row in page(rounds.stores["07"]).rows]


def test_a_record_goes_from_hand_to_hand(rounds: Rounds) -> None:
    store = rounds.stores["07"]
    first = rounds.log("07", caller_name="王芳").subject_id
    assert states(rounds) == [Delivery.NOT_HANDED_IN]
    assert not_handed_in(store) == {first}
    rounds.hand_in("07")
    assert states(rounds) == [Delivery.HANDED_IN]
    assert not_handed_in(store) == frozenset()
    assert delivered(store, first) == Delivered(Delivery.HANDED_IN)
    rounds.merge("01")
    rounds.hand_in("01")
    assert states(rounds) == [Delivery.HANDED_IN], "the receipt is not here yet"
    rounds.merge("07")
    assert states(rounds) == [Delivery.RECEIVED]
    told = delivered(store, first)
    assert told is not None
    assert (told.state, told.lead, told.at) == (Delivery.RECEIVED, "陈静", rounds.now)


def test_what_was_changed_since_is_not_handed_in(rounds: Rounds) -> None:
    store = rounds.stores["07"]
    first, second = (rounds.log("07", caller_name=name).subject_id for name in ("王芳", "李娜"))
    rounds.hand_in("07")
    correct(store, first, {"caller_name": "王方"}, seen={}, reason="听错", now=rounds.tick())
    assert not_handed_in(store) == {first}
    assert delivery_of(store, [first, second]) == {
        first: Delivery.NOT_HANDED_IN,
        second: Delivery.HANDED_IN,
    }


def test_a_list_of_what_is_not_handed_in(rounds: Rounds) -> None:
    store = rounds.stores["07"]
    rounds.log("07", caller_name="王芳")
    rounds.hand_in("07")
    later = rounds.log("07", caller_name="李娜").subject_id
    shown = page(store, show=ShowRecords.NOT_HANDED_IN, station=True).rows
    assert [row.subject_id for row in shown] == [later]
    assert page(store, show=ShowRecords.NOT_HANDED_IN, station=True, filter_text="王").rows == ()
    counted = tally(store, now=rounds.now, station=True, delivery=True).shown
    assert counted[ShowRecords.NOT_HANDED_IN] == 1
    colleague = replace(store, author=rounds.stores["01"].author)
    assert tally(colleague, now=rounds.now, delivery=True).shown[ShowRecords.NOT_HANDED_IN] == 0


def test_at_a_leads_store_nothing_is_handed_in(rounds: Rounds) -> None:
    lead = rounds.stores["01"]
    rounds.log("01", caller_name="王芳")
    assert [row.delivery for row in page(lead).rows] == [None]
    assert not_handed_in(lead) is None
    assert ShowRecords.NOT_HANDED_IN not in tally(lead, now=rounds.now, delivery=True).shown


def test_without_a_lead_everything_waits(tmp_path: Path) -> None:
    alone = Rounds(tmp_path)
    alone.add("07")
    record = alone.log("07", caller_name="王芳").subject_id
    assert delivery_of(alone.stores["07"], [record]) == {record: Delivery.NOT_HANDED_IN}
    alone.close()


def test_a_receipt_is_noticed_where_no_record_changed(rounds: Rounds) -> None:
    store = rounds.stores["07"]
    rounds.log("07", caller_name="王芳")
    marks = [standing(store, now=rounds.now).delivery]
    rounds.hand_in("07")
    marks.append(standing(store, now=rounds.now).delivery)
    rounds.merge("01")
    rounds.hand_in("01")
    rounds.merge("07")
    marks.append(standing(store, now=rounds.now).delivery)
    assert len(set(marks)) == 3
