"""A result that is asked for on standard output: ``--json -``."""

from __future__ import annotations

import sys
from pathlib import Path


def is_stdout(path: Path | None) -> bool:
    """Whether a path given as an output means standard output."""
    return str(path) in ("-", "/dev/stdout")


def write_stdout(text: str) -> None:
    """Write ``text`` as UTF-8, whatever the console's encoding; a lone surrogate becomes an escape."""
    sys.stdout.flush()
    sys.stdout.buffer.write(text.encode("utf-8", "backslashreplace") + b"\n")
    sys.stdout.buffer.flush()
