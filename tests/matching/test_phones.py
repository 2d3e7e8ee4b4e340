import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.matching.phones import NEAR, PhoneLevel, compare_phones, deletions

L = PhoneLevel
PHONE = st.from_regex(r"1312345[0-9]{4}", fullmatch=True)


@pytest.mark.parametrize(
    ("one", "other", "level"),
    [
        ("13123450001", "13123450001", L.SAME),
        ("01055501000", "55501000", L.SAME),
        ("13123450001", "13123450010", L.SWAPPED),
        ("13123450001", "13123450007", L.ONE_DIGIT),
        ("13123450001", "1312345001", L.ONE_MISSING),
        ("13123450001", "131234500011", L.ONE_MISSING),
        ("13123450001", "13123450077", L.TWO_DIGITS),
        ("13123450001", "0001", L.TAIL),
        ("13123451234", "57155501234", L.TAIL),
        ("13123450001", "13123459876", L.DIFFERENT),
        ("8021", "8022", L.DIFFERENT),
        ("", "13123450001", L.MISSING),
    ],
)
def test_slips_of_the_ear_and_of_the_hand(one: str, other: str, level: PhoneLevel) -> None:
    assert compare_phones(one, other) is level
    assert compare_phones(other, one) is level


@given(PHONE, st.integers(0, 9), st.integers(0, 10), st.sampled_from(["wrong", "swap", "lost", "added"]))
def test_one_slip_is_near_and_shares_a_block(phone: str, digit: int, place: int, kind: str) -> None:
    rest = phone[place + 1 :]
    slipped = {
        "wrong": phone[:place] + str(digit) + rest,
        "swap": phone[:place] + rest[:1] + phone[place] + rest[1:],
        "lost": phone[:place] + rest,
        "added": phone[: place + 1] + str(digit) + rest,
    }[kind]
    assert compare_phones(phone, slipped) in NEAR | {L.SAME}
    assert (deletions(phone) | {phone}) & (deletions(slipped) | {slipped})
