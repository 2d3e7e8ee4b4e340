import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.matching.addresses import AddressLevel, address_of, compare_addresses, same_door

L = AddressLevel


@pytest.mark.parametrize(
    ("one", "other", "level", "door"),
    [
        ("3-2-1602", "三幢二单元1602", L.SAME, True),
        ("3-2-1602", "3号楼2单元1602室", L.SAME, True),
        ("3-2-1602", "３－２－１６０２", L.SAME, True),
        ("3-2-1602", "Building 3, Unit 2, Room 1602", L.SAME, True),
        ("3号楼二单元一六零二", "3-2-1602", L.SAME, True),
        ("阳光花园3-2-1602", "3-2-1602", L.PART, True),
        ("阳光花园小区3幢", "杭州市西湖区阳光花园3-2-1602", L.PART, False),
        ("A座1203", "a栋1203室", L.SAME, True),
        ("花园路12弄3号501室", "花园路十二弄3号501", L.SAME, True),
        ("文一路88号", "文一路八十八号", L.SAME, False),
        ("3-2-1602", "3-2-1502", L.DIFFERENT, False),
        ("3-2-1602", "3-1-1602", L.DIFFERENT, False),
        ("阳光花园3-2-1602", "月光花园3-2-1602", L.DIFFERENT, False),
        ("文一路88号", "文一路86号", L.DIFFERENT, False),
        ("阳光花园", "", L.MISSING, False),
    ],
)
def test_addresses_are_compared_by_meaning(one: str, other: str, level: AddressLevel, door: bool) -> None:
    first, second = address_of(one), address_of(other)
    assert compare_addresses(first, second) is level
    assert compare_addresses(second, first) is level
    assert same_door(first, second) is door


@given(st.integers(1, 40), st.integers(1, 9), st.integers(1, 33), st.integers(1, 9))
def test_every_door_has_one_meaning_in_all_spellings(building: int, unit: int, floor: int, flat: int) -> None:
    room = f"{floor}{flat:02d}"
    spellings = [
        f"{building}-{unit}-{room}",
        f"{building}幢{unit}单元{room}室",
        f"{building}号楼{unit}单元{room}",
        f"{building}栋 {unit}单元 {room}",
    ]
    first = address_of(spellings[0])
    assert all(same_door(first, address_of(spelling)) for spelling in spellings)
    assert not same_door(first, address_of(f"{building}-{unit}-{floor}{flat % 9 + 1:02d}9"))


@given(st.text(max_size=40))
def test_any_text_is_an_address_or_none(text: str) -> None:
    address = address_of(text)
    level = compare_addresses(address, address)
    assert level in ((L.SAME,) if address else (L.MISSING,))
