"""Whom an agent is offered while typing, and what the store's own records say of them."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest

from desktop_app.domain.customers import MatchedBy
from desktop_app.services.offers import LIMIT, Offer, Offers, offers
from desktop_app.services.records import log_record
from desktop_app.storage.customers import CUSTOMERS_FILE
from desktop_app.storage.store import Store
from tests.known_customers import know_customers

NOW = datetime(2026, 3, 20, 2, 3, tzinfo=UTC)
AS_OF = NOW - timedelta(hours=11)


def save(store: Store, ago: timedelta, **values: str) -> str:
    at = NOW - ago
    told = {"kind": "enquiry", "received_at": at.isoformat(), "detail": "停水", **values}
    return str(log_record(store, told, now=at).number)


def ask(store: Store, text: str) -> Offers:
    return offers(store, text, now=NOW)


def only(found: Offers) -> Offer:
    (one,) = found.found
    return one


@pytest.fixture
def known(store: Store) -> Store:
    know_customers(store, as_of=AS_OF)
    return store


def test_the_number_shown_is_the_one_that_fits(known: Store) -> None:
    for text, phone in (
        ("1312345021", "13123450219"),
        ("0219", "13123450219"),
        ("0571", "0571-55501001"),
        ("cns", "13123450219"),
        ("K100", "13123450219"),
    ):
        assert only(ask(known, text)).phone == phone, text


def test_exact_is_one_person_with_the_whole_number(known: Store) -> None:
    assert ask(known, "131 2345 0219").exact
    assert ask(known, "0571 5550 1001").exact
    assert not ask(known, "1312345021").exact
    assert not ask(known, "0219").exact
    assert not ask(known, "陈女士").exact


def test_nobody_is_likeliest_by_a_name_as_it_stands_or_among_those_who_share_a_number(store: Store) -> None:
    shared = (
        ("K1", "陈一", ("057155501001",), "云栖里", "", ""),
        ("K2", "陈二", ("057155501001",), "", "", ""),
    )
    know_customers(store, as_of=AS_OF, people=shared)
    told = {
        text: ask(store, text).likeliest for text in ("0571555", "cy", "陈一", "云栖里", "057155501001", "x")
    }
    assert told == {
        "0571555": True,
        "cy": True,
        "陈一": False,
        "云栖里": False,
        "057155501001": False,
        "x": False,
    }


def test_each_is_told_with_the_calls_and_the_open_complaint_of_any_of_their_numbers(known: Store) -> None:
    complaint = save(known, timedelta(days=2), kind="complaint", phone="057155501001")
    last = save(known, timedelta(hours=1), phone="13123450219")
    save(known, timedelta(hours=1), phone="13123450043")
    glance = only(ask(known, "cns")).glance
    assert (glance.today, glance.last.number, glance.complaint.number) == (1, last, complaint)
    other = only(ask(known, "hxj")).glance
    assert (other.today, other.last, other.complaint) == (0, None, None)


def test_somebody_who_only_called_before_is_offered_by_the_whole_number(known: Store) -> None:
    save(known, timedelta(hours=2), phone="13123455555", caller_name="周先生", address="云栖里 1-101")
    save(known, timedelta(hours=1), phone="13123455555")
    found = ask(known, "1312345 5555")
    one = only(found)
    assert (one.customer.name, one.customer.address, one.as_of) == ("周先生", "云栖里 1-101", None)
    assert (one.by, one.matched, one.glance.today, found.exact) == (MatchedBy.PHONE, "13123455555", 2, True)
    assert ask(known, "131234555").found == ()
    # The snapshot knows better than what a caller said.
    save(known, timedelta(hours=1), phone="13123450219", caller_name="陈")
    assert [one.customer.name for one in ask(known, "13123450219").found] == ["陈女士"]


def test_without_a_snapshot_whoever_called_before_is_still_known(store: Store) -> None:
    save(store, timedelta(hours=2), phone="13123455555", caller_name="周先生")
    found = ask(store, "13123455555")
    assert (only(found).customer.name, found.snapshot, found.problem) == ("周先生", None, None)


def test_a_snapshot_that_cannot_be_read_says_so_and_stops_nobody(store: Store) -> None:
    (store.folder / CUSTOMERS_FILE).write_bytes(b"no database at all" * 1000)
    found = ask(store, "13123450219")
    assert (found.found, found.snapshot) == ((), None)
    assert found.problem.code == "customers.damaged"


def test_any_thread_may_ask(known: Store) -> None:
    """The window has several readers, and one snapshot is open for all."""
    readers = [ThreadPoolExecutor(1) for _ in range(3)]
    try:
        for turn in range(4):
            answer = readers[turn % 3].submit(ask, known, "0219").result()
            assert (only(answer).customer.name, answer.problem) == ("陈女士", None)
    finally:
        for reader in readers:
            reader.shutdown()


def test_never_more_than_fit_beside_a_ringing_phone(store: Store) -> None:
    many = tuple((f"K{n}", f"陈{n}", (f"1312345{n:04}",), "", "", "") for n in range(40))
    know_customers(store, as_of=AS_OF, people=many)
    assert len(ask(store, "1312345").found) == LIMIT
    assert ask(store, "1312345").snapshot.customers == 40


def test_an_internal_number_of_the_centre_chooses_nobody(known: Store) -> None:
    assert ask(known, "0219").likeliest
    assert not offers(known, "0219", now=NOW, internal={"0219"}).likeliest
    save(known, timedelta(hours=1), phone="0219")
    assert not ask(known, "0219").likeliest
    assert ask(known, "13123450219").likeliest
