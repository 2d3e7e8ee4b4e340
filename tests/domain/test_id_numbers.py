"""Identity numbers in running text; every number here is invented, place codes included."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.domain.id_numbers import find_id_numbers, mask_id_numbers

TODAY = date(2026, 3, 20)


def id_number(first17: str) -> str:
    """Return a number with its check digit, by the remainder rule rather than by a table of weights."""
    total = 0
    for digit in first17:
        total = (total + int(digit)) * 2
    return first17 + "0123456789X"[(12 - total % 11) % 11]


ONE = id_number("33010619900307123")


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        (f"身份证{ONE}，已核对", f"身份证330106**********{ONE[-2:]}，已核对"),
        (f"{ONE} {ONE}", f"330106**********{ONE[-2:]} 330106**********{ONE[-2:]}"),
        (f"13123450001 {ONE}", f"13123450001 330106**********{ONE[-2:]}"),
        (f"{ONE[:6]} {ONE[6:14]} {ONE[14:]}", f"330106 ******** **{ONE[-2:]}"),
        ("旧证330106900307123。", "旧证330106*******23。"),
        (ONE.translate({48 + n: 0xFF10 + n for n in range(10)}), None),
        (id_number("11010119491001002").lower(), None),
    ],
)
def test_a_number_is_found_and_masked(text: str, masked: str | None) -> None:
    assert find_id_numbers(text, TODAY)
    found = mask_id_numbers(text, TODAY)
    assert len(found) == len(text)
    assert "*" * 3 in found
    assert masked is None or found == masked
    assert not find_id_numbers(found, TODAY)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "131 2345 0001 转 801",
        ONE[:-1] + ("1" if ONE[-1] != "1" else "2"),  # another check digit
        id_number("33010619901307123"),  # a thirteenth month
        id_number("33010620270307123"),  # born next year
        id_number("20010619900307123"),  # no such place
        f"A{ONE}",
        f"{ONE}0",
        f"1{ONE}",
        "3301069013071234",
        "330106901307123",
        "工单 202603200001234567",
        "电表 330106900307123",
        "凭证号 330106900307123",
        "Ticket 310115261122001, valid until Friday",
        f"工单 {id_number('33010620260319001')}",
    ],
)
def test_other_numbers_are_left_alone(text: str) -> None:
    assert mask_id_numbers(text, TODAY) == text


@pytest.mark.parametrize("card", ["身份证", "旧证", "证件号", "ID No. ", "identity card "])
@pytest.mark.parametrize("number", ["330106900307123", id_number("33010620260319001")])
def test_what_other_systems_number_alike_is_masked_where_a_card_is_spoken_of(card: str, number: str) -> None:
    assert find_id_numbers(f"{card}{number}", TODAY)
    assert not find_id_numbers(f"编号 {number}", TODAY)


@given(st.text(alphabet="0123456789Xx -，号①²３", max_size=60))
def test_any_text_keeps_its_length_and_loses_digits_only(text: str) -> None:
    masked = mask_id_numbers(text, TODAY)
    assert len(masked) == len(text)
    assert all(one == two or two == "*" for one, two in zip(text, masked, strict=True))


@given(st.dates(date(1900, 1, 1), TODAY), st.integers(0, 999))
def test_every_birthday_is_one(born: date, order: int) -> None:
    assert len(find_id_numbers(f"证 {id_number(f'440304{born:%Y%m%d}{order:03}')}", TODAY)) == 1
