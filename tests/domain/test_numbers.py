"""The number read to a caller: unique, read back without a slip, found in free text."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.domain.numbers import Number, check_digit, numbers_in, parse_number, valid_station

NUMBERS = st.builds(
    Number,
    st.from_regex(r"[0-9]{2,4}", fullmatch=True).filter(str.isascii),
    st.integers(1, 999_999_999),
    st.booleans(),
)


def test_the_damm_table_by_its_published_example() -> None:
    assert check_digit("572") == 4
    assert check_digit("5724") == 0


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (Number("07", 42), "07-00042-9"),
        (Number("07", 42, drill=True), "D07-00042-9"),
        (Number("0007", 99_999), "0007-99999-3"),
        (Number("07", 123_456), "07-123456-8"),
    ],
)
def test_spelling(number: Number, text: str) -> None:
    assert str(number) == text
    digits = str(number).removeprefix("D").replace("-", "")
    assert check_digit(digits) == 0


@given(NUMBERS)
def test_round_trip(number: Number) -> None:
    assert parse_number(str(number)) == number
    assert parse_number(f" {str(number).lower()} ") == number


def test_full_width_digits_are_read() -> None:
    assert parse_number("Ｄ０７－０００４２－" + str(Number("07", 42))[-1]) == Number("07", 42, drill=True)


@given(NUMBERS)
def test_every_wrong_digit_is_rejected(number: Number) -> None:
    text = str(number)
    for place, digit in enumerate(text):
        for other in "0123456789" if digit.isdigit() else "":
            if other != digit:
                assert parse_number(text[:place] + other + text[place + 1 :]) is None


@given(NUMBERS)
def test_every_swap_of_neighbours_is_rejected(number: Number) -> None:
    text = str(number)
    places = [place for place, digit in enumerate(text) if digit.isdigit()]
    for one, other in pairwise(places):
        swapped = list(text)
        swapped[one], swapped[other] = text[other], text[one]
        if swapped != list(text):
            assert parse_number("".join(swapped)) is None


def test_forty_stations_with_five_thousand_numbers_each_give_none_twice() -> None:
    told = {str(Number(f"{code:02d}", number)) for code in range(40) for number in range(1, 5001)}
    assert len(told) == 40 * 5000


@pytest.mark.parametrize(
    "text",
    [
        "",
        "07",
        "07-00042",
        "7-00042-1",
        "07-42-5",
        "07-00000-7",
        "070-000042-5",
        "X07-00042-5",
        "07-000042-0",
    ],
)
def test_what_is_no_number(text: str) -> None:
    assert parse_number(text) is None


def test_a_sequence_has_one_spelling() -> None:
    """An extra leading zero would make two texts of one number."""
    assert all(parse_number(f"07-000042-{digit}") is None for digit in range(10))
    assert all(parse_number(f"07-00000-{digit}") is None for digit in range(10))


def test_numbers_in_free_text() -> None:
    one, other = Number("07", 42), Number("12", 7, drill=True)
    text = f"客户报号{one},另有({other})；电话0571-55501000，错号07-00042-{(int(str(one)[-1]) + 1) % 10}"
    assert numbers_in(text) == [one, other]
    assert numbers_in(f"A{one} {one}7") == []


@pytest.mark.parametrize(
    ("code", "valid"),
    [
        ("07", True),
        ("0007", True),
        ("7", False),
        ("00007", False),
        ("a7", False),
        ("０７", False),
        ("07\n", False),
    ],
)
def test_station_codes(code: str, valid: bool) -> None:
    assert valid_station(code) is valid
