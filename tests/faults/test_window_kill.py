"""``kill -9`` of the window while somebody types and saves: nothing acknowledged is lost, nothing typed older
than a second, and no number is given twice.
"""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from desktop_app.services.drafts import list_drafts, resume_draft
from desktop_app.services.logs import last_lines
from desktop_app.services.records import template_rows
from desktop_app.storage.store import Store
from tests.faults.desk import ROOT, Desk, broken

FEW = 2
MANY = int(os.environ.get("FALLBACK_DESK_WINDOW_KILLS", "100"))
PROMISED_SECONDS = 1.0
BUSY_SECONDS = 4.0
"""What the short run grants a machine that is busy with other tests; the long one holds the promise."""
LONGEST_START = 60.0

Texts = dict[str, str]
Typed = tuple[float, str, Texts]
"""When a key was pressed, the number the window showed then, and the texts of the form with it."""


@dataclass
class Told:
    """What the killed windows told: texts by form, each with its time, and the numbers they acknowledged."""

    typed: dict[str, list[Typed]] = field(default_factory=dict)
    saved: dict[str, str] = field(default_factory=dict)
    rounds: int = 0
    keys: int = 0
    gone: float = 0.0
    """The most seconds of typing before a kill that the store did not have."""

    def hear(self, line: bytes) -> None:
        told = json.loads(line)
        if "typed" in told:
            self.keys += 1
            self.typed.setdefault(told["form"], []).append((told["at"], told["number"], told["typed"]))
        elif "saved" in told:
            self.saved[told["saved"]] = told["form"]


def kill_one(desk: Desk, chance: random.Random, told: Told) -> float:
    """Run the window, kill it at a random moment, and hear all it said; returns when it was killed."""
    told.rounds += 1
    with subprocess.Popen(
        [sys.executable, "-m", "tests.faults.window_desk", str(desk.folder), f"r{told.rounds}"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=desk.environment() | {"QT_QPA_PLATFORM": "offscreen"},
        cwd=ROOT,
        bufsize=0,
    ) as window:
        assert window.stdout is not None
        assert window.stderr is not None
        too_slow = threading.Timer(LONGEST_START, window.kill)
        too_slow.start()
        first = window.stdout.readline()
        too_slow.cancel()
        assert b"ready" in first, window.stderr.read().decode()
        with pytest.raises(subprocess.TimeoutExpired):
            window.communicate(timeout=chance.uniform(0.05, 3.0))
        killed_at = time.time()
        window.send_signal(signal.SIGKILL)
        out, err = window.communicate()
        assert b"Traceback" not in err, err.decode()
    for line in out.splitlines(keepends=True):
        if line.endswith(b"\n"):
            told.hear(line)
    assert [line for line in last_lines(desk.data) if " ERROR " in line] == []
    return killed_at


def texts_in(store: Store) -> dict[str, Texts]:
    """The texts of every record and every draft by number; a number given twice fails."""
    found = [(row["number"], row) for row in template_rows(store)]
    found += [
        (str(draft.number), resume_draft(store, draft.subject_id).values) for draft in list_drafts(store)
    ]
    assert [number for number, times in Counter(number for number, _ in found).items() if times > 1] == []
    return {
        number: {key: str(texts.get(key) or "") for key in ("phone", "caller_name", "detail")}
        for number, texts in found
    }


def is_held(held: dict[str, Texts], typed: Typed) -> bool:
    """Whether what stood in the form then is in the store, perhaps typed on since."""
    _, number, texts = typed
    places = [held[number]] if number in held else [] if number else held.values()
    return any(all(place[key].startswith(text.rstrip()) for key, text in texts.items()) for place in places)


def check(desk: Desk, told: Told, killed_at: float, most: float) -> None:
    """Compare the reopened store with what the window said before it was killed."""
    with desk.unlock(writing=False) as store:
        records = {row["number"]: row["detail"] for row in template_rows(store)}
        held = texts_in(store)
        assert broken(store) == []
    for number, form in told.saved.items():
        assert number in records, f"{number} was acknowledged"
        if form:
            assert records[number] == told.typed[form][-1][2]["detail"].rstrip()
    for form, states in told.typed.items():
        kept = max((state[0] for state in states if is_held(held, state)), default=0.0)
        gone = [state for state in states if state[0] > kept]
        if gone:
            told.gone = max(told.gone, killed_at - gone[0][0])
            assert told.gone < most, f"{form}: {gone[0]}"
    # Of a form that lost its last keys to the kill nothing more can be asked.
    told.typed = {form: states[-1:] for form, states in told.typed.items() if is_held(held, states[-1])}


def run(desk: Desk, chance: random.Random, rounds: int, most: float) -> Told:
    told = Told()
    for _ in range(rounds):
        check(desk, told, kill_one(desk, chance, told), most)
    assert told.keys > 10 * rounds
    return told


def test_a_killed_window_loses_nothing_acknowledged_and_a_second_of_typing_at_most(tmp_path: Path) -> None:
    run(Desk(tmp_path).create(), random.Random(7), FEW, BUSY_SECONDS)


@pytest.mark.soak
@pytest.mark.timeout(7200)
def test_many_kills_of_the_window(tmp_path: Path) -> None:
    """The long run; says what it counted."""
    seed = random.SystemRandom().randrange(1_000_000)
    print(f"seed {seed}")
    told = run(Desk(tmp_path).create(), random.Random(seed), MANY, PROMISED_SECONDS)
    print(
        f"{told.rounds} kills of the window, {told.keys} keys, {len(told.saved)} records acknowledged: "
        f"0 lost, 0 numbers given twice, at most {told.gone:.2f} s of typing gone"
    )
