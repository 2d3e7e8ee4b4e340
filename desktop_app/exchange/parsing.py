"""The parent's side of reading a foreign file: run the limited child and take what it hands over."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Generator, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

from desktop_app.domain.errors import KnownError
from desktop_app.exchange.limits import CUSTOMERS, USUAL, Limits
from desktop_app.exchange.notes import Note
from desktop_app.exchange.sheets import Sheet, Span
from desktop_app.exchange.watched_child import Check, go_on, watched

_LONGEST_LINE = 4_000_000
_BYTES_OF_A_CHARACTER = 6


@dataclass(slots=True)
class Parsed:
    """All sheets of one file as text. ``sha256`` is of the very bytes that were parsed."""

    file: str
    sheets: list[Sheet] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    encoding: str = ""
    sha256: str = ""


def labels(paths: Iterable[Path]) -> list[tuple[Path, str]]:
    """Return each path with the name it is told by: the file's, and a count where two have the same."""
    found: list[tuple[Path, str]] = []
    for path in paths:
        count = sum(other.name == path.name for other, _ in found)
        found.append((path, f"{path.name} ({count + 1})" if count else path.name))
    return found


def parse(path: Path, encoding: str | None = None, label: str = "", check: Check = go_on) -> Parsed:
    """Read a file in a child process with limits on memory and time; ``label`` names it in the run.

    The child is killed as soon as ``check`` raises. Raises KnownError ``reading.*`` with the file's name for
    whatever it cannot be read for.
    """
    # Closed here and now: a suspended generator would keep the child and its timer until it is collected.
    with closing(found_in(path, encoding, check)) as lines:
        return collect(lines, label or path.name)


def found_in(
    path: Path,
    encoding: str | None = None,
    check: Check = go_on,
    *,
    limits: Limits = USUAL,
    first: int | None = None,
) -> Generator[Any, None, None]:
    """Yield what the child finds in a file, line by line as ``parsing_child`` tells it; see ``parse``.

    ``first`` is how many rows of each sheet are wanted. Whoever stops early closes the generator.
    """
    check()
    if not path.exists():
        raise KnownError("reading.not_found", file=path.name)
    if not path.is_file():
        raise KnownError("reading.not_opened", file=path.name)
    yield from _lines_of_child(path, encoding, check, limits, first)


def collect(lines: Iterable[Any], file: str) -> Parsed:
    """Put together what the child wrote; raises the KnownError that it ended with."""
    parsed = Parsed(file)
    texts: dict[str, str] = {}
    for found in lines:
        if isinstance(found, list):
            number, cells = found
            parsed.sheets[-1].rows.append((number, [texts.setdefault(cell, cell) for cell in cells]))
        elif "sheet" in found:
            spans = [Span(*span) for span in found["merged"]]
            parsed.sheets.append(Sheet(found["sheet"], merged=spans))
            parsed.encoding = found.get("encoding", "")
        elif "note" in found:
            parsed.notes.append(Note(found["note"], found["details"]))
        elif "error" in found:
            raise KnownError(found["error"], **{**found["details"], "file": file})
        else:
            parsed.sha256 = found["end"]
    if not parsed.sha256:
        raise KnownError("reading.too_big", file=file)
    return parsed


def command() -> list[str]:
    """Return the command that starts this program again, from source and frozen alike."""
    return [sys.executable] if getattr(sys, "frozen", False) else [sys.executable, "-m", "desktop_app"]


def home() -> Path | None:
    """Return the folder that ``command`` has to be run in, None where any will do."""
    return None if getattr(sys, "frozen", False) else Path(__file__).resolve().parents[2]


def _lines_of_child(
    path: Path, encoding: str | None, check: Check, limits: Limits, first: int | None
) -> Generator[Any, None, None]:
    arguments = [*command(), "_parse", str(path.resolve())]
    if encoding:
        arguments += ["--encoding", encoding]
    if first is not None:
        arguments += ["--first", str(first)]
    if limits is CUSTOMERS:
        arguments.append("--customers")
    child = subprocess.Popen(  # noqa: S603  our own program with a path as one argument
        arguments,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=home(),
    )
    try:
        if child.stdout is None:
            raise AssertionError("the child's output is a pipe")
        with watched(child, check, limits.seconds) as slow:
            yield from _decoded(child.stdout, path, limits)
    except KnownError:
        # A line cut off by our own killing says nothing about the file.
        check()
        raise
    finally:
        if sys.exc_info()[0] is not None:
            child.kill()
        child.wait()
        if child.stdout is not None:
            child.stdout.close()
    check()
    if slow.is_set():
        raise KnownError("reading.too_slow", file=path.name, seconds=limits.seconds)
    if child.returncode > 0:
        raise KnownError("reading.reader_stopped", file=path.name)


def _decoded(stream: IO[bytes], path: Path, limits: Limits) -> Iterator[Any]:
    taken = rows = 0
    while line := stream.readline(_LONGEST_LINE):
        taken += len(line)
        rows += 1
        if not line.endswith(b"\n") or taken > _BYTES_OF_A_CHARACTER * limits.text or rows > 2 * limits.rows:
            raise KnownError("reading.too_big", file=path.name)
        yield json.loads(line)
