"""A number as it is heard and typed: what it may mean, and what it may have been before a slip."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.domain.numbers import Number
from desktop_app.domain.quoted_numbers import quoted

STATIONS = st.from_regex(r"\A[0-9]{2}\Z").filter(str.isascii)
NUMBERS = st.builds(Number, STATIONS, st.integers(1, 99_999))


def meant(text: str, station: str = "07", known: tuple[str, ...] = ("01", "12")) -> list[str]:
    return [str(number) for number in quoted(text, station=station, known=known).meant]


@pytest.mark.parametrize(
    "text",
    [
        "07-00042-9",
        "0700042-9",
        "07000429",
        "07 00042 9",
        "7-00042-9",
        "07-42-9",
        "7 42 9",
        "０７－０００４２－９",
        "编号：07-00042-9，谢谢",
        "07—00042—9",
    ],
)
def test_with_its_check_digit_a_number_is_certain(text: str) -> None:
    found = quoted(text, station="12", known=["07"])
    assert [str(number) for number in found.meant] == ["07-00042-9"]
    assert found.checked
    assert not found.slips


@pytest.mark.parametrize("text", ["07 42", "7-42", "07-00042", "0700042", "07 00 04 2", "０７　４２", "7/42"])
def test_without_its_check_digit_a_number_is_filled_in(text: str) -> None:
    assert meant(text)[0] == "07-00042-9"
    assert not quoted(text, station="07").checked


def test_without_a_station_ones_own_is_meant_first() -> None:
    assert meant("42") == ["07-00042-9", "01-00042-6", "12-00042-5"]
    assert meant("42", station="12") == ["12-00042-5", "01-00042-6"]
    assert meant("00042-9")[0] == "07-00042-9"
    assert meant("00042-5") == ["12-00042-5"], "the check digit tells the station"


def test_digits_that_can_be_cut_in_two_ways_are_read_in_both() -> None:
    assert meant("1242")[:2] == [str(Number("07", 1242)), "12-00042-5"]
    assert meant("0742")[:2] == ["07-00042-9", "07-00742-1"]


def test_a_code_of_three_digits() -> None:
    assert meant("7 42", station="007", known=()) == [str(Number("007", 42))]
    assert meant(str(Number("112", 42)).replace("-", ""), station="007") == [str(Number("112", 42))]


def test_a_drills_number_is_known_by_its_letter_or_by_the_drill() -> None:
    assert quoted("D07 42", station="07").meant == (Number("07", 42, drill=True),)
    assert quoted("d-07-00042-9", station="07").meant == (Number("07", 42, drill=True),)
    assert quoted("07 42", station="07", drill=True).meant == (Number("07", 42, drill=True),)
    assert quoted("ID07 42", station="07").meant == (Number("07", 42),)


@pytest.mark.parametrize("text", ["", "   ", "—", "张敏", "0", "00000", "07-00000-7", "1" * 15])
def test_what_means_no_number(text: str) -> None:
    assert quoted(text, station="07", known=["01"]).meant == ()


@given(NUMBERS, st.data())
def test_after_one_wrong_digit_the_right_number_is_offered(number: Number, data: st.DataObject) -> None:
    digits = str(number).replace("-", "")
    place = data.draw(st.integers(0, len(digits) - 1))
    wrong = data.draw(st.sampled_from([digit for digit in "0123456789" if digit != digits[place]]))
    heard = digits[:place] + wrong + digits[place + 1 :]
    for typed in (heard, f"{heard[:2]}-{heard[2:-1]}-{heard[-1]}"):
        found = quoted(typed, station="07")
        # Six digits before the check digit would be the other number that these can mean.
        assert number in found.slips or number in found.meant
        assert not found.checked


@given(NUMBERS)
def test_after_a_swap_of_neighbours_the_right_number_is_offered(number: Number) -> None:
    digits = str(number).replace("-", "")
    for place, (one, other) in enumerate(pairwise(digits)):
        if one != other:
            heard = digits[:place] + other + one + digits[place + 2 :]
            found = quoted(f"{heard[:2]}-{heard[2:-1]}-{heard[-1]}", station="07")
            assert number in found.slips
            assert len(found.slips) < 20


@given(NUMBERS)
def test_every_spelling_of_a_number_is_read(number: Number) -> None:
    text = str(number)
    for typed in (text, text.replace("-", ""), text.replace("-", " "), f"{number.station} {number.sequence}"):
        assert quoted(typed, station=number.station).meant[0] == number


@given(st.text(max_size=40), STATIONS, st.lists(STATIONS, max_size=3), st.booleans())
def test_any_text_means_numbers_of_the_drill_or_none(
    text: str, station: str, known: list[str], drill: bool
) -> None:
    found = quoted(text, station=station, drill=drill, known=known)
    assert all(number.sequence > 0 for number in (*found.meant, *found.slips))
    assert not drill or all(number.drill for number in (*found.meant, *found.slips))
    assert not set(found.meant) & set(found.slips)
