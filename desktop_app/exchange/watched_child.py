"""A child process that is killed once it takes too long or nobody waits for it any more."""

from __future__ import annotations

import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

Check = Callable[[], None]
"""Asked now and then while a child works; raises to stop, whatever it raises ends the child."""
_BETWEEN_CHECKS = 0.1


def go_on() -> None:
    """Nobody stops the child."""


@contextmanager
def watched(child: subprocess.Popen[bytes], check: Check, seconds: float) -> Iterator[threading.Event]:
    """Watch a child meanwhile; the event says afterwards that it was killed for taking longer than that.

    Its pipes break then, and whoever waits at them goes on. That ``check`` raised is for them to ask again.
    """
    slow, over = threading.Event(), threading.Event()
    watcher = threading.Thread(target=_watch, args=(child, check, seconds, slow, over), daemon=True)
    watcher.start()
    try:
        yield slow
    finally:
        over.set()
        watcher.join()


def _watch(
    child: subprocess.Popen[bytes],
    check: Check,
    seconds: float,
    slow: threading.Event,
    over: threading.Event,
) -> None:
    deadline = time.monotonic() + seconds
    while not over.wait(_BETWEEN_CHECKS):
        try:
            check()
        except Exception:  # the thread that waits asks again and raises it
            child.kill()
            return
        if time.monotonic() > deadline:
            slow.set()
            child.kill()
            return
