"""``python -m tests.bench [NAME...]``: every figure of the design beside its yardstick, taken in turn."""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Callable
from pathlib import Path

from tests.bench.figures import Figure, Waits
from tests.bench.listing import measure as listing
from tests.bench.looking_up import Looks
from tests.bench.looking_up import measure as looking_up
from tests.bench.merging import measure as merging
from tests.bench.saving import measure as saving
from tests.bench.searching import measure as searching
from tests.bench.starting import measure as starting
from tests.bench.typing_calls import measure as typing_calls

Told = Figure | Waits | Looks
BENCHES: dict[str, Callable[[Path, int], Told | tuple[Told, ...]]] = {
    "start": starting,
    "merge": merging,
    "save-beside-merge": saving,
    "look-up": looking_up,
    "search": searching,
    "table": listing,
    "ui": typing_calls,
}


def main() -> int:
    """Measure, print a line a figure, and exit 0 whether a target was reached or not: a figure is no test."""
    parser = argparse.ArgumentParser(prog="bench")
    parser.add_argument("names", nargs="*", default=list(BENCHES), choices=[*BENCHES, []], metavar="NAME")
    parser.add_argument("--rounds", type=int, default=7)
    options = parser.parse_args()
    for name in options.names:
        with tempfile.TemporaryDirectory(prefix="bench-") as folder:
            told = BENCHES[name](Path(folder), options.rounds)
            for one in told if isinstance(told, tuple) else (told,):
                print(one.told(), flush=True)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
