"""Bundles read, checked and folded in a child while the parent writes the one before.

A merge of many bundles takes as long in Python as in the database: a child lets a second processor do that
part, and keeps it out of the process that has the window. The keys stay here: the child is given decrypted
content and answers with hashes and folded rows, one bundle at a time. Without a child all is done here, as it
is for little that is not worth starting one, and where it has ended by itself.
"""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import TracebackType
from typing import IO

from desktop_app.domain.bundles import Bundle
from desktop_app.domain.errors import Damaged, KnownError
from desktop_app.domain.identities import Keys
from desktop_app.domain.identity import Subject
from desktop_app.exchange.bundle_file import Header, SealedBundle, read_sealed, unseal
from desktop_app.exchange.bundle_lines import read_checked, read_lines
from desktop_app.exchange.bundles import checked
from desktop_app.exchange.parsing import command, home
from desktop_app.exchange.watched_child import Check, go_on, watched
from desktop_app.storage.folded_lines import folded_of
from desktop_app.storage.folding_in import Folded

WORTH_A_CHILD = 1_000_000
"""Bytes of all files together from which on a child is started."""
PATIENCE_SECONDS = 120
"""How long a child may take over one bundle, many times what the largest takes; then it is done without."""


@dataclass(frozen=True, slots=True)
class Unfolded:
    """A bundle that is sound, and those of its subjects that were folded on the way (``fold_fresh``)."""

    bundle: Bundle
    fresh: Mapping[Subject, Folded] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Begun:
    """A file that is whole and signed; where ``asked``, the child has its content already."""

    file: Path
    sealed: SealedBundle
    content: bytes = field(default=b"", repr=False)
    asked: bool = False


@dataclass(frozen=True, slots=True)
class _Answer:
    """What the child says of content: whether it is sound, its chain hashes, and lines of folded subjects."""

    sound: bool
    hashes: Sequence[str]
    lines: Sequence[bytes]


class Unfolding:
    """Reads bundles one after the other; leaving it ends the child."""

    def __init__(
        self,
        keys: Keys,
        files: Iterable[Path],
        check: Check = go_on,
        *,
        patience: float = PATIENCE_SECONDS,
    ) -> None:
        """Read with these keys; the size of the ``files`` to come says whether a child is worth it.

        ``check`` raises to stop, also while a child is waited for, in whichever thread. ``patience``: seconds
        that a child is given for one bundle.
        """
        self._keys, self._check = keys, check
        self._begun: _Begun | None = None
        self._child: _Child | None = None
        if _size(files) >= WORTH_A_CHILD:
            # Whoever cannot start one does without.
            with suppress(OSError):
                self._child = _Child(check, patience)

    def __enter__(self) -> Unfolding:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._drop_child()

    def header(self, file: Path) -> Header:
        """Return what a file says of itself; raises KnownError like ``read_sealed``."""
        return self._of(file).sealed.header

    def unfold(self, file: Path, following: Path | None = None) -> Unfolded:
        """Return what is in a file; the child goes on with the ``following`` one meanwhile.

        Raises KnownError like ``read_sealed`` and ``open_bundle``, and what ``check`` raises.
        """
        begun = self._of(file)
        if not begun.asked:
            begun = self._asked(begun)
        self._begun = None
        answer = self._answer() if begun.asked else None
        if following is not None and self._child is not None:
            # What ails it is told when its turn comes.
            with suppress(KnownError):
                self._begun = self._asked(self._of(following))
        return _unfolded(begun, answer)

    def _of(self, file: Path) -> _Begun:
        if self._begun is None or self._begun.file != file:
            self._begun = _Begun(file, read_sealed(file))
        return self._begun

    def _asked(self, begun: _Begun) -> _Begun:
        """Decrypt a file and give it to the child, if there is one."""
        content = unseal(begun.sealed, self._keys, begun.file)
        asked = False
        if self._child is not None:
            try:
                self._child.ask(content, begun.sealed.header.entries)
                asked = True
            except OSError:
                self._drop_child()
                self._check()
        return replace(begun, content=content, asked=asked)

    def _answer(self) -> _Answer | None:
        """Return what the child says; None where it has ended by itself."""
        try:
            return self._child.answer() if self._child is not None else None
        except (OSError, ValueError):
            self._drop_child()
            self._check()
            return None

    def _drop_child(self) -> None:
        if self._child is not None:
            self._child.end()
            self._child = None


def _unfolded(begun: _Begun, answer: _Answer | None) -> Unfolded:
    header, content, file = begun.sealed.header, begun.content, begun.file
    if answer is None:
        whole = checked(begun.sealed, file, lambda: read_lines(content, header.entries, header.recipients))
        return Unfolded(whole)
    if not answer.sound:
        raise Damaged("bundles.content", file=file)
    hashes = answer.hashes
    told = checked(
        begun.sealed, file, lambda: read_checked(content, header.entries, header.recipients, hashes)
    )
    fresh: dict[Subject, Folded] = {}
    for line in answer.lines:
        fresh |= folded_of(line)
    return Unfolded(told, fresh)


class _Child:
    """This program again, with its hidden command."""

    def __init__(self, check: Check, patience: float) -> None:
        self._check, self._patience = check, patience
        self._process = subprocess.Popen(  # noqa: S603  our own program
            [*command(), "_unfold"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=home(),
        )
        if self._process.stdin is None or self._process.stdout is None:
            raise AssertionError("both are pipes")
        self._in: IO[bytes] = self._process.stdin
        self._out: IO[bytes] = self._process.stdout

    def ask(self, content: bytes, entries: int) -> None:
        """Give the child content to unfold; raises OSError where it has ended."""
        with watched(self._process, self._check, self._patience):
            self._in.write(json.dumps([len(content), entries]).encode() + b"\n")
            self._in.write(content)
            self._in.flush()

    def answer(self) -> _Answer:
        """Return what it says of what it was given last; raises ValueError where it has ended."""
        with watched(self._process, self._check, self._patience):
            sound, hashes, lines = json.loads(self._out.readline())
            told = [self._out.readline() for _ in range(lines)]
        if not all(line.endswith(b"\n") for line in told):
            raise ValueError("cut off")
        return _Answer(sound, hashes, told)

    def end(self) -> None:
        """End it, whatever it is doing: it holds nothing but what it was given."""
        self._process.kill()
        self._process.wait()
        for pipe in (self._in, self._out):
            with suppress(OSError):
                pipe.close()


def _size(files: Iterable[Path]) -> int:
    size = 0
    for file in files:
        with suppress(OSError):
            size += file.stat().st_size
    return size
