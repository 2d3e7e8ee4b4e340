"""A lead waives numbers nothing accounts for, with a reason, and takes it back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from desktop_app.domain.errors import KnownError
from desktop_app.domain.numbers import Number
from desktop_app.domain.roles import Role
from desktop_app.services import decisions
from desktop_app.services.progress import Progress
from desktop_app.services.stations_board import board
from desktop_app.services.waive_numbers import waive_numbers
from desktop_app.storage.stations import make_identity
from desktop_app.storage.store import Store
from tests.hearsay import NOW, Hearsay, hex_of, identity
from tests.stores import author, new_store

SEVEN = identity("07")
LOST = [Number("07", 3), Number("07", 4)]


@pytest.fixture
def lead(tmp_path: Path) -> Iterator[Store]:
    opened = replace(new_store(tmp_path / "own", station="01"), author=author(role=Role.LEAD))
    with opened.database.change() as connection:
        make_identity(connection, "李娜", Role.LEAD)
    floor = Hearsay(opened)
    floor.knows(SEVEN)
    floor.writes(SEVEN, [1, 2])
    floor.hears(SEVEN, highest=4)
    yield opened
    opened.close()


def standing(store: Store) -> tuple[object, object]:
    (found,) = (row for row in board(store, now=NOW).rows if row.station == "07")
    return found.missing, found.waived


def test_waived_and_undone_and_waived_again(lead: Store) -> None:
    made = waive_numbers(lead, LOST, "座席电脑损坏，无法取回", now=NOW)
    assert standing(lead) == ((), ((3, 4),))
    assert board(lead, now=NOW).unaccounted == 0
    decisions.undo(lead, made, now=NOW)
    assert standing(lead) == (((3, 4),), ())
    waive_numbers(lead, LOST[:1], "漏号", now=NOW)
    assert standing(lead) == (((4, 4),), ((3, 3),))


def test_a_record_that_turns_up_cancels_the_waiver(lead: Store) -> None:
    waive_numbers(lead, LOST, "漏号", now=NOW)
    Hearsay(lead).writes(SEVEN, [3])
    assert standing(lead) == ((), ((4, 4),))


@pytest.mark.parametrize(
    ("numbers", "reason", "code"),
    [
        (LOST, "  ", "stations.reason_needed"),
        ([LOST[0], Number("07", 2)], "漏号", "stations.not_missing"),
        ([Number("09", 1)], "漏号", "stations.not_missing"),
    ],
)
def test_what_is_refused_writes_nothing(lead: Store, numbers: list[Number], reason: str, code: str) -> None:
    with pytest.raises(KnownError) as refused:
        waive_numbers(lead, numbers, reason, now=NOW)
    assert refused.value.code == code
    assert standing(lead) == (((3, 4),), ())


def test_an_agent_waives_nothing(lead: Store) -> None:
    with pytest.raises(KnownError) as refused:
        waive_numbers(replace(lead, author=author()), LOST, "漏号", now=NOW)
    assert refused.value.code == "stations.leads_only"


def test_what_is_stopped_half_way_keeps_what_it_wrote(lead: Store) -> None:
    Hearsay(lead, {hex_of(f"life {SEVEN.store}"): 1}).hears(SEVEN, highest=100)
    progress = Progress(lambda step, done, of: progress.stop() if done else None)
    numbers = [Number("07", sequence) for sequence in range(3, 101)]
    made = waive_numbers(lead, numbers, "整机丢失", now=NOW, progress=progress)
    assert 0 < len(made.entries) < len(numbers)
    assert standing(lead)[1] == ((3, 2 + len(made.entries)),)
