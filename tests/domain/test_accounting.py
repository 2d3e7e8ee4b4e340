"""Every issued number is accounted for once, or named."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.domain.accounting import MOST_UNACCOUNTED, Account, Held, account

NUMBERS = st.sets(st.integers(1, 40), max_size=20)
SPANS = st.lists(
    st.tuples(st.integers(1, 40), st.integers(0, 6)).map(lambda s: (s[0], s[0] + s[1])), max_size=3
)


def test_a_whole_day() -> None:
    found = account(
        Held(
            highest=12,
            records=[1, 2, 3, 8],
            voids=[4],
            drafts=[5],
            reserved=[(8, 9)],
            skipped=[(11, 11)],
            waived=[6, 3],
        )
    )
    assert found == Account(
        issued=11, records=4, void=1, drafts=1, reserved=1, unaccounted=(6, 7, 10, 12), waived=(6,), twice=()
    )
    assert found.adds_up
    assert not found.settled


@pytest.mark.parametrize(
    ("held", "unaccounted", "settled"),
    [
        (Held(0), (), True),
        (Held(1), (1,), False),
        (Held(1, waived=[1]), (1,), True),
        (Held(1, records=[1], waived=[1]), (), True),  # it turned up: the waiver is void
        (Held(0, records=[3]), (), True),  # above a mark that is behind
        (Held(4, records=[1, 3], skipped=[(2, 4)]), (), True),  # one of the skipped turned up
        (Held(1, records=[1, 1]), (), False),  # given twice
        (Held(1, records=[1], drafts=[1]), (), False),
        (Held(1, records=[1], voids=[1]), (), False),
    ],
)
def test_what_is_left_to_a_person(held: Held, unaccounted: tuple[int, ...], settled: bool) -> None:
    found = account(held)
    assert (found.unaccounted, found.settled) == (unaccounted, settled)
    assert found.adds_up


def test_a_number_counts_in_its_first_class_only() -> None:
    found = account(Held(2, records=[1], voids=[1, 2], drafts=[2], reserved=[(1, 2)]))
    assert (found.records, found.void, found.drafts, found.reserved, found.twice) == (1, 1, 0, 0, (1, 2))


@given(st.integers(0, 45), NUMBERS, NUMBERS, NUMBERS, SPANS, SPANS, NUMBERS)
def test_it_always_adds_up_and_names_everything(
    highest: int,
    records: set[int],
    voids: set[int],
    drafts: set[int],
    reserved: list[tuple[int, int]],
    skipped: list[tuple[int, int]],
    waived: set[int],
) -> None:
    found = account(Held(highest, records, voids, drafts, reserved, skipped, waived))
    assert found.adds_up
    for sequence in range(1, highest + 1):
        inside = any(first <= sequence <= last for first, last in [*reserved, *skipped])
        held = sequence in records | voids | drafts or inside
        assert (sequence in found.unaccounted) is not held
    assert set(found.waived) == set(found.unaccounted) & waived


def test_an_equation_that_does_not_add_up_says_so() -> None:
    assert not Account(2, 1, 0, 0, 0, (), (), ()).adds_up


def test_what_came_back_of_a_block_was_never_issued() -> None:
    found = account(Held(6, records=[2], reserved=[(1, 6)], skipped=[(3, 6)]))
    assert (found.issued, found.records, found.reserved, found.unaccounted) == (2, 1, 1, ())


def test_a_station_that_says_it_gave_a_thousand_million_numbers_costs_nothing() -> None:
    whole = (1, 999_999_999)
    found = account(Held(whole[1], records=[1, 500_000_000], reserved=[(10, 900_000_000)], waived=[2]))
    assert (found.records, found.reserved, found.adds_up) == (2, 899_999_990, True)
    assert len(found.unaccounted) == MOST_UNACCOUNTED
    assert (found.unaccounted[0], found.waived) == (2, (2,))
    assert account(Held(whole[1], skipped=[whole])).issued == 0
