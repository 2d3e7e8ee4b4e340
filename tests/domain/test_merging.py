from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.domain.bundles import Run, SignedHead
from desktop_app.domain.entries import GENESIS, Head, Stored
from desktop_app.domain.errors import KnownError
from desktop_app.domain.identities import Identity
from desktop_app.domain.merging import HeldChain, Judged, Owner, check_source, covered, cut, judge_run
from desktop_app.domain.roles import Role
from tests.domain.journals import Station

OWNER = Owner("s" * 32, "07", False)


def chain(count: int, text: str = "王小明") -> tuple[Stored, ...]:
    station = Station("w")
    for index in range(count):
        station.change(caller_name=f"{text}{index}")
    return tuple(Stored(entry, salt, payload) for entry, salt, payload in station.chain)


CHAIN, OTHER = chain(8), chain(8, "李娜")


def run(first: int, last: int, entries: tuple[Stored, ...] = CHAIN) -> Run:
    link = bytes.fromhex(entries[first - 2].entry.hash) if first > 1 else GENESIS
    return Run("w", OWNER.store, OWNER.station, OWNER.drill, link, entries[first - 1 : last])


def held(*seqs: int, hollow: tuple[int, ...] = (), signed: Head | None = None) -> HeldChain:
    """What a store holds of the chain that has just these entries of it."""
    return HeldChain(
        OWNER if seqs else None,
        {seq: CHAIN[seq - 1].entry.hash for seq in seqs},
        hollow,
        {seq: run(seq, seq).link for seq in seqs if seq > 1 and seq - 1 not in seqs},
        GENESIS if 1 in seqs else None,
        signed,
    )


def seqs(stored: tuple[Stored, ...]) -> list[int]:
    return [one.entry.seq for one in stored]


def test_the_first_entries_of_an_unknown_writer_are_new_and_tell_where_it_began() -> None:
    assert judge_run(run(1, 3), held()) == Judged(new=CHAIN[:3], link=GENESIS)


def test_entries_behind_a_hole_begin_a_break() -> None:
    judged = judge_run(run(5, 6), held(1, 2))
    assert seqs(judged.new) == [5, 6]
    assert judged.opened == (5, run(5, 6).link)
    assert judged.link is None


def test_filling_a_hole_ends_the_break_behind_it() -> None:
    judged = judge_run(run(3, 4), held(1, 2, 5, 6))
    assert judged.opened is None
    assert judged.closed == (5,)


def test_filling_a_part_of_a_hole_moves_the_break() -> None:
    judged = judge_run(run(4, 4), held(1, 5))
    assert judged.opened == (4, run(4, 4).link)
    assert judged.closed == (5,)


def test_a_run_over_several_holes_ends_them_all() -> None:
    judged = judge_run(run(2, 7), held(3, 5, 8))
    assert seqs(judged.new) == [2, 4, 6, 7]
    assert judged.closed == (3, 5, 8)
    assert judged.opened == (2, run(2, 7).link)


def test_a_known_run_brings_nothing_even_where_it_begins_at_a_break() -> None:
    assert judge_run(run(5, 6), held(1, 5, 6)) == Judged()


def test_an_entry_that_was_held_without_its_payload_is_filled() -> None:
    assert seqs(judge_run(run(1, 3), held(1, 2, 3, hollow=(2,))).filled) == [2]


def test_an_entry_without_payload_fills_nothing() -> None:
    bare = replace(run(2, 2), entries=(replace(CHAIN[1], salt=None, payload=None, withheld=True),))
    assert judge_run(bare, held(1, 2, hollow=(2,))) == Judged()
    assert judge_run(bare, held(1, 2)) == Judged()


@pytest.mark.parametrize(
    ("arriving", "known", "seq"),
    [
        pytest.param(run(1, 3, OTHER), held(1, 2), 1, id="same seq, other hash"),
        pytest.param(run(3, 4, OTHER), held(1, 2), 3, id="predecessor that does not fit"),
        pytest.param(run(2, 3, OTHER), held(4), 4, id="successor that does not fit"),
        pytest.param(run(5, 6, OTHER), held(1, 5), 5, id="link of a known break"),
        pytest.param(run(1, 3, OTHER), held(signed=Head("w", 2, CHAIN[1].entry.hash)), 2, id="signed head"),
    ],
)
def test_what_cannot_both_be_true_is_refused_at_its_place(arriving: Run, known: HeldChain, seq: int) -> None:
    with pytest.raises(KnownError) as refused:
        judge_run(arriving, known)
    assert refused.value.code == "merge.altered"
    assert refused.value.details == {"station": "07", "writer": "w", "seq": seq}


@pytest.mark.parametrize("other", [{"store": "t" * 32}, {"station": "08"}, {"drill": True}])
def test_a_writer_never_changes_its_owner(other: dict[str, object]) -> None:
    with pytest.raises(KnownError, match=r"merge\.bound"):
        judge_run(replace(run(2, 2), **other), held(1))


def test_a_run_without_entries_brings_nothing() -> None:
    assert judge_run(replace(run(1, 1), entries=()), held(1)) == Judged()


@given(st.lists(st.tuples(st.integers(1, 8), st.integers(1, 8)), min_size=1, max_size=12))
def test_whatever_the_order_the_same_is_held(spans: list[tuple[int, int]]) -> None:
    """Runs are taken in one by one; breaks are exactly the held entries without a predecessor."""
    have: set[int] = set()
    broken: dict[int, bytes] = {}
    for first, last in (sorted(span) for span in spans):
        judged = judge_run(run(first, last), held(*have))
        assert set(seqs(judged.new)) == set(range(first, last + 1)) - have
        have |= set(range(first, last + 1))
        broken = {seq: link for seq, link in broken.items() if seq not in judged.closed}
        broken |= dict([judged.opened]) if judged.opened else {}
        assert broken == held(*have).breaks


@given(st.integers(0, 9), st.integers(1, 8))
def test_a_cut_run_is_two_runs_that_follow(count: int, first: int) -> None:
    whole = run(first, 8)
    begin, rest = cut(whole, count)
    assert begin.entries + rest.entries == whole.entries
    if rest.entries:
        assert rest == run(rest.entries[0].entry.seq, 8)


SENDER = Identity("t" * 32, "12", "李娜", Role.AGENT, "0" * 64, "age1", False)


def test_a_store_brings_its_own_writers_and_others_only_where_somebody_vouches() -> None:
    check_source(run(1, 2), replace(SENDER, store=OWNER.store), vouched=False)
    check_source(run(1, 2), SENDER, vouched=True)
    with pytest.raises(KnownError, match=r"merge\.not_theirs"):
        check_source(run(1, 2), SENDER, vouched=False)


def test_a_signed_head_speaks_for_a_run_that_it_ends() -> None:
    def signed(seq: int, hash_of: Stored) -> Run:
        return replace(run(1, 3), signed=SignedHead(Head("w", seq, hash_of.entry.hash), "00"))

    assert covered(signed(3, CHAIN[2]))
    assert not covered(signed(2, CHAIN[1]))
    assert not covered(signed(3, OTHER[2]))
    assert not covered(run(1, 3))
