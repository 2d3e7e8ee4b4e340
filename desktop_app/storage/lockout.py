"""Waiting after wrong PINs: five free tries, then 30 s, doubling up to an hour (safety.md §4).

Elapsed time is counted by the clock that runs since the PC started and cannot be set. After a restart it
begins again, so a wait can only be longer than told, never shorter, whatever the wall clock says.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from desktop_app.domain.errors import KnownError
from desktop_app.storage.atomic_file import write_atomic
from desktop_app.storage.lock import file_lock

ATTEMPTS_FILE = "attempts.json"
FREE_TRIES = 5
FIRST_WAIT = 30.0
LONGEST_WAIT = 3600.0


def wait_after(failures: int) -> float:
    """Return the seconds to wait after so many wrong PINs in a row."""
    if failures < FREE_TRIES:
        return 0.0
    return min(LONGEST_WAIT, FIRST_WAIT * 2.0 ** min(failures - FREE_TRIES, 16))


def still_to_wait(failures: int, at: float, now: float) -> float:
    """Return the seconds still to wait at ``now``, both read from the monotonic clock.

    A clock below the last one means the PC was restarted: all of ``now`` has passed since then, at least.
    """
    passed = now - at if now >= at else now
    return max(0.0, wait_after(failures) - passed)


def wait_left(folder: Path, staff_number: str, clock: Callable[[], float]) -> float:
    """Return the seconds the person has to wait before the next try, 0 where none."""
    failures, at = _read(folder).get(staff_number, (0, 0.0))
    return still_to_wait(failures, at, clock())


@contextmanager
def counted_try(folder: Path, staff_number: str, clock: Callable[[], float]) -> Iterator[None]:
    """Allow one try at a PIN: counted as failed before it is made, forgotten when the block succeeds.

    Raises KnownError while the person has to wait. A process killed during the try has used it up.
    """
    with file_lock(folder / f"{ATTEMPTS_FILE}.lock"):
        attempts = _read(folder)
        failures, at = attempts.get(staff_number, (0, 0.0))
        wait = still_to_wait(failures, at, clock())
        if wait > 0:
            raise KnownError("keys.locked_out", seconds=math.ceil(wait))
        _write(folder, attempts | {staff_number: (failures + 1, clock())})
    yield
    with file_lock(folder / f"{ATTEMPTS_FILE}.lock"):
        _write(folder, {person: held for person, held in _read(folder).items() if person != staff_number})


def _read(folder: Path) -> dict[str, tuple[int, float]]:
    try:
        held = json.loads((folder / ATTEMPTS_FILE).read_bytes())
        return {str(person): (int(failures), float(at)) for person, (failures, at) in held.items()}
    except (FileNotFoundError, ValueError, TypeError, AttributeError):
        return {}


def _write(folder: Path, attempts: dict[str, tuple[int, float]]) -> None:
    write_atomic(folder / ATTEMPTS_FILE, json.dumps(attempts).encode())
