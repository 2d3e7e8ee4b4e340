"""``kill -9`` while records are logged: what was acknowledged is there, and no number is given twice."""

from __future__ import annotations

import os
import random
import shutil
from pathlib import Path

import pytest

from desktop_app.domain.numbers import parse_number
from tests.faults.desk import Desk, problems, rows_by_number

FEW = 8
MANY = int(os.environ.get("FALLBACK_DESK_KILLS", "200"))


def check(desk: Desk, thrown_away: dict[str, str]) -> None:
    """Everything acknowledged is in the store, but for what an old copy has not and the mark still names."""
    with desk.unlock(writing=False) as store:
        held = rows_by_number(store)
        assert problems(store) == []
    lost = {number: marker for number, marker in desk.acknowledged.items() if held.get(number) != marker}
    assert lost == thrown_away
    assert desk.twice == []
    for number in lost:
        parsed = parse_number(number)
        assert parsed is not None
        assert parsed.sequence <= desk.highest_mark()
        assert number not in held


def test_a_killed_log_loses_nothing_it_acknowledged(tmp_path: Path) -> None:
    desk, chance = Desk(tmp_path).create(), random.Random(11)
    printed = sum(desk.log_and_kill(chance, f"round{index}") for index in range(FEW))
    check(desk, {})
    assert printed > FEW


@pytest.mark.soak
@pytest.mark.timeout(7200)
def test_kills_with_old_copies_put_back(tmp_path: Path) -> None:
    """Now and then an old copy of the store's folder takes its place; the data folder with the mark stays."""
    seed = random.SystemRandom().randrange(1_000_000)
    print(f"seed {seed}")
    desk, chance = Desk(tmp_path).create(), random.Random(seed)
    copy, in_copy = tmp_path / "copy", dict[str, str]()
    thrown_away: dict[str, str] = {}
    put_back = 0
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
            shutil.rmtree(desk.folder)
            shutil.copytree(copy, desk.folder)
            thrown_away = {n: m for n, m in desk.acknowledged.items() if n not in in_copy}
            put_back += 1
    check(desk, thrown_away)
    print(
        f"{MANY} kills, {len(desk.acknowledged)} records acknowledged, {put_back} old copies put back: "
        f"0 lost, {len(thrown_away)} numbers of thrown-away copies unaccounted for, 0 numbers printed twice"
    )
