"""``kill -9`` while records are logged: what was acknowledged is there, and no number is given twice."""

from __future__ import annotations

import os
import random
import shutil
from pathlib import Path

import pytest

from desktop_app.domain.numbers import parse_number
from desktop_app.storage.accounting import account_numbers
from tests.faults.desk import Desk, problems, rows_by_number

FEW = 8
MANY = int(os.environ.get("FALLBACK_DESK_KILLS", "200"))


def check(desk: Desk, thrown_away: dict[str, str]) -> None:
    """Everything acknowledged is in the store; what only a thrown-away copy had is named as unaccounted."""
    with desk.unlock(writing=False) as store:
        held = rows_by_number(store)
        assert problems(store) == []
        with store.read() as view:
            found = account_numbers(view, desk.highest_mark())["07", False]
    lost = {number: marker for number, marker in desk.acknowledged.items() if held.get(number) != marker}
    assert lost == thrown_away
    assert not lost.keys() & held.keys()
    assert (desk.twice, found.twice, found.adds_up) == ([], (), True)
    parsed = [parse_number(number) for number in lost]
    assert {number.sequence for number in parsed if number} <= set(found.unaccounted)


def put_back(copy: Path, desk: Desk) -> None:
    """An old copy takes the place of the store's folder; the data folder with the mark stays."""
    shutil.rmtree(desk.folder)
    shutil.copytree(copy, desk.folder)


def test_a_killed_log_loses_nothing_it_acknowledged(tmp_path: Path) -> None:
    desk, chance = Desk(tmp_path).create(), random.Random(11)
    printed = sum(desk.log_and_kill(chance, f"round{index}") for index in range(FEW))
    check(desk, {})
    assert printed > FEW


def test_an_old_copy_put_back_gives_no_number_twice(tmp_path: Path) -> None:
    desk, chance = Desk(tmp_path).create(), random.Random(12)
    desk.log_and_kill(chance, "before")
    in_copy = dict(desk.acknowledged)
    shutil.copytree(desk.folder, tmp_path / "copy")
    desk.log_and_kill(chance, "thrown")
    put_back(tmp_path / "copy", desk)
    thrown_away = {n: m for n, m in desk.acknowledged.items() if n not in in_copy}
    assert thrown_away
    desk.log_and_kill(chance, "after")
    check(desk, thrown_away)


@pytest.mark.soak
@pytest.mark.timeout(7200)
def test_kills_with_old_copies_put_back(tmp_path: Path) -> None:
    """The long run, in which an old copy is put back now and then; says what it counted."""
    seed = random.SystemRandom().randrange(1_000_000)
    print(f"seed {seed}")
    desk, chance = Desk(tmp_path).create(), random.Random(seed)
    copy, in_copy = tmp_path / "copy", dict[str, str]()
    thrown_away: dict[str, str] = {}
    copies = 0
    shutil.copytree(desk.folder, copy)
    for index in range(MANY):
        desk.log_and_kill(chance, f"round{index}")
        if chance.random() < 0.1:
            check(desk, thrown_away)
            shutil.rmtree(copy)
            shutil.copytree(desk.folder, copy)
            in_copy = {n: m for n, m in desk.acknowledged.items() if n not in thrown_away}
        elif chance.random() < 0.1:
            check(desk, thrown_away)
            put_back(copy, desk)
            thrown_away = {n: m for n, m in desk.acknowledged.items() if n not in in_copy}
            copies += 1
    check(desk, thrown_away)
    print(
        f"{MANY} kills, {len(desk.acknowledged)} records acknowledged, {copies} old copies put back: "
        f"0 lost, {len(thrown_away)} of thrown-away copies named as unaccounted, 0 numbers given twice"
    )
