"""What a look-up finds is what reading every customer finds."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from desktop_app.domain.customers import CustomerMatch, MatchedBy
from desktop_app.domain.phones import phone_of
from desktop_app.matching.sounds import name_sounds
from desktop_app.storage.customers_build import building
from desktop_app.storage.customers_look_up import look_up
from desktop_app.storage.customers_schema import NewCustomer
from desktop_app.storage.letter_pairs import folded
from desktop_app.storage.store import Store
from tests.storage.test_customers_build import TOLD, nobody_stops
from tests.stores import new_store

NAMES = (
    "王小明",
    "王晓明",
    "汪小敏",
    "王喆",
    "单小红",
    "欧阳锋",
    "Anna Wu",
    "吴安娜",
    "和平",
    "李",
    "物业公司A座",
)
PLACES = ("和平新村", "平和里", "丁香公寓", "River Road")
PEOPLE = [
    NewCustomer(
        f"K{at:03d}" if at % 3 else "",
        name,
        tuple(f"1312345{(at * 37 + more * 111) % 10_000:04d}" for more in range(1 + at % 3)),
        f"{PLACES[at % 4]}{at % 5 + 1}幢{at % 7 + 1}01室",
        PLACES[at % 4],
        "",
        "",
        name_sounds(name),
    )
    for at, name in enumerate(NAMES * 5)
]


@pytest.fixture(scope="module")
def known(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with new_store(tmp_path_factory.mktemp("known") / "store") as opened:
        with building(opened, nobody_stops) as new:
            new.add(PEOPLE)
            new.finish(TOLD, ())
        yield opened


def naive(text: str, by: MatchedBy) -> set[int]:
    """The places of all customers that fit a text in one way, by reading every one."""
    plain, digits = folded(text), phone_of(text).digits

    def fits(one: NewCustomer) -> bool:
        phones = [phone_of(phone).digits for phone in one.phones]
        match by:
            case MatchedBy.PHONE:
                # Half typed, 01 may be Peking or a mobile with a zero before it.
                told = (digits, digits[1:]) if digits.startswith("01") else (digits,)
                return any(phone.startswith(told) for phone in phones)
            case MatchedBy.LAST_DIGITS:
                return len(digits) >= 4 and any(phone.endswith(digits) for phone in phones)
            case MatchedBy.CUSTOMER_NO:
                return bool(one.customer_no) and folded(one.customer_no).startswith(plain)
            case MatchedBy.NAME:
                return plain in folded(one.name) if len(plain) > 1 else folded(one.name).startswith(plain)
            case MatchedBy.PINYIN:
                return "".join(one.sounds).startswith(plain)
            case MatchedBy.INITIALS:
                return "".join(sound[0] for sound in one.sounds).startswith(plain)
            case MatchedBy.ADDRESS:
                return len(plain) > 1 and (plain in folded(one.address) or plain in folded(one.estate))

    return {place for place, one in enumerate(PEOPLE, start=1) if fits(one)}


PARTS = st.sampled_from(
    sorted(
        {text for one in PEOPLE for text in (one.name, one.customer_no, one.estate, "".join(one.sounds))}
        | {"".join(sound[0] for sound in one.sounds) for one in PEOPLE}
        | {phone for one in PEOPLE for phone in one.phones}
    )
)


@settings(max_examples=150)
@given(PARTS, st.integers(0, 12), st.integers(1, 12))
@example("Anna Wu", 4, 3)
@example("物业公司A座", 3, 2)
@example("K010", 1, 2)
def test_every_part_finds_what_reading_all_finds(known: Store, whole: str, start: int, length: int) -> None:
    text = whole[start : start + length]
    if not folded(text):
        return
    found = look_up(known, text, 1_000)
    dialled = folded(text).isdigit()
    ways = (
        (MatchedBy.PHONE, MatchedBy.LAST_DIGITS, MatchedBy.CUSTOMER_NO)
        if dialled
        else (MatchedBy.CUSTOMER_NO, MatchedBy.NAME, MatchedBy.PINYIN, MatchedBy.INITIALS, MatchedBy.ADDRESS)
    )
    expected = {by: naive(text, by) for by in ways}
    assert {match.customer.place for match in found} == set().union(*expected.values())
    for match in found:
        assert match.customer.place in expected[match.by]
    check_order(found)
    few = look_up(known, text, 8)
    assert len(few) == min(8, len(found))
    check_order(few)


def check_order(found: tuple[CustomerMatch, ...]) -> None:
    order = list(MatchedBy)
    places = [order.index(match.by) for match in found]
    assert places == sorted(places)
    assert len({match.customer.place for match in found}) == len(found)


def test_the_very_number_comes_first(known: Store) -> None:
    phone = PEOPLE[4].phones[0]
    first, *_ = look_up(known, phone, 8)
    assert phone in first.customer.phones


def test_no_way_takes_all_places(known: Store) -> None:
    ways = [match.by for match in look_up(known, "wan", 8)]
    assert (ways.count(MatchedBy.PINYIN), ways.count(MatchedBy.INITIALS)) == (4, 4)
    ways = [match.by for match in look_up(known, "1312", 8)]
    assert ways.count(MatchedBy.PHONE) >= 4


@given(st.text(st.characters(exclude_categories=()), max_size=40), st.integers(-1, 9))
def test_any_text_finds_something_or_nothing(known: Store, text: str, limit: int) -> None:
    assert len(look_up(known, text, limit)) <= max(limit, 0)


@pytest.mark.parametrize(
    "text", ["9" * 10_000, "王" * 10_000, "a b " * 5_000, "1-" * 5_000, '"*(NEAR' * 2_000]
)
def test_a_text_without_end_is_bounded(known: Store, text: str) -> None:
    began = time.thread_time()
    look_up(known, text, 8)
    assert time.thread_time() - began < 0.2


def test_what_rare_terms_leave_open_is_asked_with_common_ones(tmp_path: Path) -> None:
    """Of 250 who live in house 9 the last six live in unit 4: behind more than are read one by one."""
    people = [
        NewCustomer("", f"李{at}", (), f"和平新村{house}幢{unit}单元{at}室", "", "", "", ())
        for at in range(4_000)
        for house in (at % 16 + 1,)
        for unit in (4 if house != 9 or at > 3_900 else 1,)
    ]
    with new_store(tmp_path / "store") as store:
        with building(store, nobody_stops) as new:
            new.add(people)
            new.finish(TOLD, ())
        found = [match.customer.address for match in look_up(store, "和平新村9幢4单元", 8)]
        assert {"新村", "4单"} <= store.snapshot.starts.common
        assert "9幢" not in store.snapshot.starts.common
    assert found == [f"和平新村9幢4单元{at}室" for at in range(3_912, 4_000, 16)]
