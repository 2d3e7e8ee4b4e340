"""``kill -9`` of the window while chips, phrases, steps, quick records and looked-up people fill its forms.

What the form said after each key is held against the store: the text of every number is one that stood in
the form, none older than a second before the kill, and nobody's number but its own.
"""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import pytest

from desktop_app.domain.folding import State
from desktop_app.domain.identity import SubjectKind
from desktop_app.domain.typed import item_text
from desktop_app.services.logs import last_lines
from desktop_app.storage.drafts import all_drafts
from desktop_app.storage.store import Store
from tests.faults.busy_desk import WATCHED
from tests.faults.desk import ROOT, Desk, broken
from tests.faults.test_window_kill import BUSY_SECONDS, LONGEST_START, PROMISED_SECONDS
from tests.known_customers import know_customers

FEW = 1
MANY = int(os.environ.get("FALLBACK_DESK_BUSY_KILLS", "50"))

Texts = dict[str, str]


@dataclass
class Round:
    """What one window told before it was killed."""

    killed_at: float
    states: list[tuple[float, str, Texts]] = field(default_factory=list)
    saved: list[str] = field(default_factory=list)
    undone: bool = False


@dataclass
class Ledger:
    """What was found in the store after the round before, and what was counted over all rounds."""

    held: dict[str, Texts] = field(default_factory=dict)
    records: set[str] = field(default_factory=set)
    keys: int = 0
    rounds: int = 0
    gone: float = 0.0
    used: Counter[str] = field(default_factory=Counter)


def plain(texts: Iterable[object]) -> str:
    """One text however it is stored: a record has a list of what is lines in a draft."""
    return " | ".join(sorted(" ".join(line.split()) for text in texts for line in str(text).splitlines()))


def kill_one(desk: Desk, chance: random.Random, tag: str) -> Round:
    """Run the window, kill it at a random moment, and hear all it said."""
    with subprocess.Popen(
        [sys.executable, "-m", "tests.faults.busy_desk", str(desk.folder), tag],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=desk.environment() | {"QT_QPA_PLATFORM": "offscreen"},
        cwd=ROOT,
    ) as window:
        assert window.stdout is not None
        first = window.stdout.readline()
        assert b"ready" in first, window.communicate(timeout=LONGEST_START)[1].decode()
        with pytest.raises(subprocess.TimeoutExpired):
            window.communicate(timeout=chance.uniform(0.3, 4.0))
        killed = Round(time.time())
        window.send_signal(signal.SIGKILL)
        out, err = window.communicate()
    assert b"Traceback" not in err, err.decode()
    assert [line for line in last_lines(desk.data) if " ERROR " in line] == []
    forms: dict[str, str] = {}
    for line in out.splitlines(keepends=True):
        if not line.endswith(b"\n"):
            continue
        told = json.loads(line)
        if "typed" in told:
            # A form has its number a moment after its first key.
            forms[told["form"]] = told["number"] or forms.get(told["form"], "")
            killed.states.append((told["at"], told["form"], told["typed"]))
        elif "saved" in told:
            killed.saved.append(told["saved"])
        elif "undoing" in told:
            killed.undone = True
    killed.states = [
        (at, forms[form], {key: plain([text]) for key, text in texts.items()})
        for at, form, texts in killed.states
    ]
    return killed


def texts_of(state: State, key: str) -> list[object]:
    return [*(item_text(item.value) for item in state.lists.get(key, ())), *filter(None, state.values(key))]


def held_in(store: Store) -> tuple[set[str], dict[str, Texts]]:
    """The numbers of records, and the texts of every record and draft by number."""
    with store.read() as view:
        found = [
            (state.text("number"), {key: plain(texts_of(state, key)) for key in WATCHED})
            for state in view.states(SubjectKind.RECORD)
            if state.text("number")  # of a save that was undone nothing is left but that it was
        ]
        records = {number for number, _ in found}
        found += [
            (str(one.number), {key: plain([one.values.get(key) or ""]) for key in WATCHED})
            for one in all_drafts(view)
        ]
    assert [number for number, times in Counter(number for number, _ in found).items() if times > 1] == []
    return records, dict(found)


def check(desk: Desk, ledger: Ledger, told: Round, most: float) -> None:
    with desk.unlock(writing=False) as store:
        records, held = held_in(store)
        assert broken(store) == []
    missing = (ledger.records | set(told.saved)) - (held.keys() if told.undone else records)
    assert missing == set()
    touched: dict[str, list[tuple[float, Texts]]] = {}
    for at, number, texts in told.states:
        touched.setdefault(number, []).append((at, texts))
    for number, texts in ledger.held.items():
        assert number in held
        if number not in touched:
            assert held[number] == texts
    for number, states in touched.items():
        before = [(0.0, ledger.held[number])] if number in ledger.held else []
        stands = [held[number]] if number in held else [] if number else list(held.values())
        kept = max((at for at, texts in [*before, *states] if texts in stands), default=-1.0)
        if number in held:
            assert kept >= 0.0, (number, held[number], states[-1])
        lost = [at for at, _ in states if at > kept]
        if lost:
            ledger.gone = max(ledger.gone, told.killed_at - lost[0])
            assert ledger.gone < most, (number, stands, [one for one in states if one[0] > kept])
    ledger.held, ledger.records = held, records
    ledger.keys += len(told.states)
    for texts in held.values():
        ledger.used.update(key for key, text in texts.items() if text)


def run(desk: Desk, seed: int, rounds: int, most: float) -> Ledger:
    ledger, chance = Ledger(), random.Random(seed)
    with desk.unlock() as store:
        know_customers(store, as_of=datetime.now(UTC))
    for ledger.rounds in range(1, rounds + 1):
        check(desk, ledger, kill_one(desk, chance, f"{seed}-{ledger.rounds}"), most)
        print(f"{ledger.rounds} kills, {ledger.keys} keys, {ledger.gone:.2f} s", flush=True)
    return ledger


def test_a_killed_window_keeps_what_was_written_by_other_means_than_letters(tmp_path: Path) -> None:
    ledger = run(Desk(tmp_path).create(), 11, FEW, BUSY_SECONDS)
    assert ledger.keys


@pytest.mark.soak
@pytest.mark.timeout(7200)
def test_many_kills(tmp_path: Path) -> None:
    """The long run; says what it counted."""
    seed = random.SystemRandom().randrange(1_000_000)
    print(f"seed {seed}")
    ledger = run(Desk(tmp_path).create(), seed, MANY, PROMISED_SECONDS)
    assert {"steps_done", "phrases_used", "customer_no"} <= ledger.used.keys()
    print(
        f"{ledger.rounds} kills, {ledger.keys} keys, {len(ledger.records)} records and "
        f"{len(ledger.held) - len(ledger.records)} drafts in the store, {dict(ledger.used)}: 0 lost, no "
        f"number given twice, at most {ledger.gone:.2f} s of typing gone"
    )
