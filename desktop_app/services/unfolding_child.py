"""The child's side of reading bundles ahead: check a bundle's content and fold it, without any store.

A question is a line ``[bytes, entries]`` and then that many bytes of decrypted content; the answer is a line
``[sound, chain hashes, lines]`` and then so many lines of folded subjects. It is written once all of it is
made: whoever asked writes the bundle before meanwhile, and listens only then.
"""

from __future__ import annotations

import json
from typing import BinaryIO

from desktop_app.domain.entries import Sealed
from desktop_app.domain.errors import Damaged
from desktop_app.domain.identity import Subject
from desktop_app.exchange.bundle_lines import read_lines
from desktop_app.storage.folded_lines import folded_line
from desktop_app.storage.folding_in import fold_fresh

_AT_ONCE = 100
"""Entries folded together: what is read of them is let go of then, and whoever asked reads them line by line,
stopping between two lines for others of its threads."""
MEMORY = 1_000_000_000
"""Bytes of address space: five times what the largest bundle takes. Whoever asked does without a child that
wants more."""
_MOST_BYTES = 64 * 1024 * 1024
"""Bytes of an answer; whoever asked folds the rest."""


def serve(asked: BinaryIO, out: BinaryIO) -> None:
    """Answer questions until there are no more."""
    while line := asked.readline():
        size, entries = json.loads(line)
        try:
            out.writelines(_answer(asked.read(size), entries))
            out.flush()
        except (BrokenPipeError, MemoryError):
            return


def _answer(content: bytes, entries: int) -> list[bytes]:
    unfolding = _Unfolding()
    try:
        bundle = read_lines(content, entries, (), unfolding.take)
    except Damaged:
        return [_line([False, [], 0])]
    unfolding.fold()
    hashes = [stored.entry.hash for run in bundle.runs for stored in run.entries]
    return [_line([True, hashes, len(unfolding.lines)]), *unfolding.lines]


class _Unfolding:
    """One bundle's entries folded as they are read."""

    def __init__(self) -> None:
        self.lines: list[bytes] = []
        self._waiting: list[Sealed] = []
        self._told: set[Subject] = set()
        self._size = 0

    def take(self, sealed: Sealed) -> None:
        """Take one more entry that is sound in itself."""
        self._waiting.append(sealed)
        if len(self._waiting) == _AT_ONCE:
            self.fold()

    def fold(self) -> None:
        """Fold what was taken, but for subjects that entries before it were about."""
        fresh = [sealed for sealed in self._waiting if sealed.entry.subject not in self._told]
        self._told.update(sealed.entry.subject for sealed in self._waiting)
        self._waiting.clear()
        if self._size < _MOST_BYTES:
            self.lines.append(folded_line(fold_fresh(fresh)))
            self._size += len(self.lines[-1])


def _line(told: object) -> bytes:
    return json.dumps(told).encode() + b"\n"
