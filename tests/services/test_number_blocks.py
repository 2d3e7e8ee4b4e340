"""Blocks of numbers: out, coming back, given back; the equation holds at each step."""

from datetime import UTC, datetime

import pytest

from desktop_app.domain.accounting import Account
from desktop_app.domain.errors import KnownError
from desktop_app.services.number_blocks import MOST_NUMBERS, blocks, give_back, reserve, take_back
from desktop_app.services.records import log_record, start_draft
from desktop_app.storage.accounting import account_numbers
from desktop_app.storage.store import Store

NOW = datetime(2026, 11, 22, 1, 0, tzinfo=UTC)
CALL = {"kind": "enquiry", "phone": "13123450001", "detail": "停水"}


def equation(store: Store) -> Account:
    with store.read() as view:
        found = account_numbers(view, store.marks.highest())["07", False]
    assert found.adds_up
    return found


def test_a_block_goes_out_comes_back_and_what_is_left_is_given_back(store: Store) -> None:
    first, second, *_ = reserve(store, 5, for_whom=" 前台 ", now=NOW)
    log_record(store, CALL, now=NOW)
    (block,) = blocks(store)
    assert (block.for_whom, block.purpose, block.reserved_by) == ("前台", "spreadsheet", "8021")
    assert (block.count, block.used, block.skipped, block.out) == (5, 0, 0, 5)
    assert equation(store).reserved == 5
    log_record(store, {**CALL, "number": str(second)}, now=NOW)
    assert (blocks(store)[0].used, blocks(store)[0].out) == (1, 4)

    made = give_back(store, block.id, reason="表格已交回", now=NOW)
    assert len(made) == 2  # 1, and 3 to 5
    found = equation(store)
    assert (found.issued, found.records, found.reserved, found.unaccounted) == (2, 2, 0, ())
    assert (blocks(store)[0].skipped, blocks(store)[0].out) == (4, 0)
    with pytest.raises(KnownError) as refused:
        give_back(store, block.id, reason="再交一次", now=NOW)
    assert refused.value.code == "blocks.nothing_out"

    # A row that turns up all the same is taken, and its number counts as a record.
    log_record(store, {**CALL, "number": str(first)}, now=NOW)
    assert (equation(store).records, blocks(store)[0].skipped) == (3, 3)


def test_giving_back_can_be_taken_back(store: Store) -> None:
    reserve(store, 3, for_whom="", now=NOW)
    made = give_back(store, blocks(store)[0].id, reason="交回", now=NOW)
    assert equation(store).issued == 0
    take_back(store, made, now=NOW)
    assert (equation(store).reserved, blocks(store)[0].out) == (3, 3)
    # A number once out is never minted again.
    assert start_draft(store, {}, now=NOW).number.sequence == 4


def test_a_count_or_a_reason_that_cannot_be(store: Store) -> None:
    for count in (0, -1, MOST_NUMBERS + 1):
        with pytest.raises(KnownError) as refused:
            reserve(store, count, for_whom="", now=NOW)
        assert refused.value.code == "blocks.count"
    assert blocks(store) == []
    reserve(store, 1, for_whom="", now=NOW)
    with pytest.raises(KnownError) as refused:
        give_back(store, blocks(store)[0].id, reason="  ", now=NOW)
    assert refused.value.code == "log.reason_needed"


def test_the_newest_block_comes_first(store: Store) -> None:
    for whom in ("一", "二", "三"):
        reserve(store, 2, for_whom=whom, now=NOW)
    assert [block.for_whom for block in blocks(store)] == ["三", "二", "一"]
