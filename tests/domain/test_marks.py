"""A store judged by its mark: when a new life begins and where numbers go on."""

import pytest

from desktop_app.domain.errors import Damaged
from desktop_app.domain.marks import Finding, Mark, judge, unmarked

CHAIN = {seq: f"hash-{seq}" for seq in range(1, 21)}


def at(seq: int, highest: int, *, store: str = "s", writer: str = "w") -> Mark:
    return Mark(store, writer, seq, CHAIN.get(seq, ""), highest)


@pytest.mark.parametrize(
    ("mark", "held", "finding", "next_number"),
    [
        (at(10, 7), at(10, 7), Finding.SAME_LIFE, 8),
        (at(0, 0), at(0, 0), Finding.SAME_LIFE, 1),
        (at(10, 7), at(12, 7), Finding.SAME_LIFE, 8),  # killed between COMMIT and mark
        (at(10, 7), at(10, 8), Finding.SAME_LIFE, 9),  # the same, while minting
        (at(10, 7), at(9, 7), Finding.BEHIND, 8),  # an older backup was put back
        (at(10, 9), at(10, 7), Finding.BEHIND, 10),  # the same, only drafts were made since
        (at(10, 7, writer="v"), at(10, 7), Finding.OTHER_WRITER, 8),  # the copy went on first
        (at(10, 7, store="t"), at(10, 7), Finding.OTHER_STORE, 8),
        (at(3, 900, store="t"), at(10, 7), Finding.OTHER_STORE, 901),
        (Mark("s", "w", 10, "forked", 7), at(12, 7), Finding.HASH_DIFFERS, 8),
    ],
)
def test_finding(mark: Mark, held: Mark, finding: Finding, next_number: int) -> None:
    judgement = judge(mark, held, CHAIN.get)
    assert (judgement.finding, judgement.next_number, judgement.skipped) == (finding, next_number, None)
    assert judgement.new_life is (finding is not Finding.SAME_LIFE)


def test_numbers_go_on_above_what_others_know() -> None:
    assert judge(at(10, 7), at(10, 7), CHAIN.get, known_elsewhere=31).next_number == 32
    assert judge(None, at(10, 7), CHAIN.get, known_elsewhere=31).next_number == 1031


def test_no_mark_skips_a_thousand_and_names_them() -> None:
    judgement = judge(None, at(10, 42), CHAIN.get)
    assert judgement == unmarked(42)
    assert (judgement.finding, judgement.new_life) == (Finding.NO_MARK, True)
    assert (judgement.next_number, judgement.skipped) == (1042, (43, 1041))


def test_text_round_trip() -> None:
    assert Mark.from_text(at(10, 7).to_text()) == at(10, 7)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        "null",
        '{"store":"s"}',
        at(10, 7).to_text()[:-4],
        at(10, 7).to_text().replace("10", '"10"'),
        at(10, 7).to_text().replace("10", "true"),
        at(10, 7).to_text().replace("10", "-1"),
        at(10, 7).to_text().replace('"w"', "1"),
        at(10, 7).to_text().replace("{", '{"more":1,'),
    ],
)
def test_damaged_text_is_refused(text: str) -> None:
    with pytest.raises(Damaged):
        Mark.from_text(text)
