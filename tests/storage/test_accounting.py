"""The equation of issued numbers out of the tables of a real store."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from desktop_app.domain.accounting import Account
from desktop_app.domain.identity import Subject, SubjectKind, number_waiver_id
from desktop_app.domain.numbers import Number
from desktop_app.storage.accounting import FIRST_NUMBER, Station, account_numbers
from desktop_app.storage.going_on import KNOWN_NUMBER, keep_setting
from desktop_app.storage.store import Store

NOW = datetime(2026, 7, 1, 1, 0, tzinfo=UTC)


def write(store: Store, *numbers: Number, kind: SubjectKind = SubjectKind.RECORD) -> None:
    with store.change() as unit:
        for number in numbers:
            told = {"number": str(number), "state": "recorded"}
            unit.change(unit.new_subject(kind, NOW), told, at=NOW)


def accounts(store: Store, marked: int = 0) -> dict[Station, Account]:
    with store.read() as view:
        return account_numbers(view, marked)


def test_a_new_store_has_issued_nothing(store: Store) -> None:
    (told,) = accounts(store).values()
    assert (told.issued, told.adds_up, told.settled) == (0, True, True)


@pytest.mark.parametrize(
    ("settings", "unaccounted"),
    [
        ({}, tuple(range(1, 43))),
        ({FIRST_NUMBER: "41"}, (41, 42)),
        ({FIRST_NUMBER: "43", KNOWN_NUMBER: "42"}, ()),
        ({KNOWN_NUMBER: "45"}, (*range(1, 43), 44, 45)),
    ],
)
def test_what_the_store_knows_of_numbers_before_its_time(
    store: Store, settings: dict[str, str], unaccounted: tuple[int, ...]
) -> None:
    write(store, Number("07", 43))
    with store.database.change() as connection:
        for name, value in settings.items():
            keep_setting(connection, name, value)
    (told,) = accounts(store).values()
    assert (told.records, told.unaccounted, told.adds_up) == (1, unaccounted, True)


def test_every_station_counts_for_itself_and_a_drill_too(store: Store) -> None:
    write(store, Number("07", 2), Number("08", 3), Number("07", 1, drill=True))
    found = {station: told.unaccounted for station, told in accounts(store, marked=4).items()}
    assert found == {("07", False): (1, 3, 4), ("07", True): (), ("08", False): (1, 2)}


def test_a_waiver_names_a_number_until_its_record_turns_up(store: Store) -> None:
    waived = str(Number("07", 1))
    write(store, Number("07", 2))
    with store.change() as unit:
        subject = Subject(SubjectKind.NUMBER_WAIVER, number_waiver_id(waived))
        unit.change(subject, {"number": waived}, at=NOW, reason="lost")
    (told,) = accounts(store).values()
    assert (told.unaccounted, told.waived, told.settled) == ((1,), (1,), True)
    write(store, Number("07", 1))
    (told,) = accounts(store).values()
    assert (told.unaccounted, told.waived) == ((), ())


def test_a_number_held_by_two_records_is_named(store: Store) -> None:
    write(store, Number("07", 1), Number("07", 1))
    (told,) = accounts(store).values()
    assert (told.twice, told.records, told.settled) == ((1,), 1, False)
