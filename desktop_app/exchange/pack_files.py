"""The files of a site pack as tables: bounded in number and size, and no file's fault is a crash."""

from __future__ import annotations

import os
import re
import stat
import tomllib
from collections.abc import Iterable, Mapping
from itertools import islice
from pathlib import Path, PurePosixPath
from typing import Any, Protocol

from desktop_app.domain.errors import KnownError

LARGEST_TABLE = 2_000_000
"""Bytes of one TOML file: five thousand contacts."""
MOST_TABLES = 8_000_000
"""Bytes of all TOML files together, fifty times the shipped ones: reading so much takes a second or two."""
LARGEST_ARTICLE = 200_000
_TABLE = ".toml"
_FRONT = "+++"
_ENGLISH = "+++ en"
_LONGEST_HEADER = 16_384
_PART = r"""(?:[A-Za-z0-9_-]++|"(?:[^"\\\n]|\\.)*+"|'[^'\n]*+')[ \t]*+\.[ \t]*+"""
_MANY_PARTS = re.compile(rf"(?<![A-Za-z0-9_-])(?:{_PART}){{32}}")
"""A key of so many parts; the parser's work grows with their square."""


class PackFiles(Protocol):
    """Where the files of a pack lie; names have ``/`` between folder and file."""

    def content(self, name: str, most: int) -> bytes:
        """Return the beginning of a file, no more than ``most`` bytes. Raises OSError."""

    def names(self, folder: str, most: int) -> list[str]:
        """Return the names of what lies in a folder, no more than ``most``. Raises OSError."""


class FolderFiles:
    """The files of a pack that is a folder. ``taken`` is what was read of it, where ``keep`` says so."""

    def __init__(self, folder: Path, *, keep: bool = False) -> None:
        self._folder, self._keep = folder, keep
        self.taken: dict[str, bytes] = {}

    def content(self, name: str, most: int) -> bytes:
        """Return the beginning of a file, unless it is a pipe or a device, which would never end."""
        path = self._folder / name
        if not stat.S_ISREG(path.stat().st_mode):
            raise OSError(f"{path.name} is no plain file")
        with path.open("rb") as opened:
            found = opened.read(most)
        if self._keep:
            self.taken[name] = found
        return found

    def names(self, folder: str, most: int) -> list[str]:
        """Return the names of what lies in a folder."""
        with os.scandir(self._folder / folder) as entries:
            return [entry.name for entry in islice(entries, most)]


class BoundedFiles:
    """The files of a pack, of whose tables no more than ``MOST_TABLES`` bytes together are given out."""

    def __init__(self, files: PackFiles) -> None:
        self._files, self._left = files, MOST_TABLES

    def content(self, name: str, most: int) -> bytes:
        """Return the beginning of a file. Raises KnownError ``pack.too_big`` beyond that."""
        found = self._files.content(name, most)
        if name.endswith(_TABLE):
            self._left -= len(found)
            if self._left < 0:
                raise KnownError("pack.too_big", file=f"*{_TABLE}", most=MOST_TABLES // 1000)
        return found

    def names(self, folder: str, most: int) -> list[str]:
        """Return the names of what lies in a folder."""
        return self._files.names(folder, most)


def outside_of(folder: Path, inside: Iterable[str], most: int) -> int:
    """Return what tells whether anything in a pack's folder was changed, without reading a file.

    Names, sizes and times of what lies in it and in the folders ``inside``; no more than ``most`` of each.
    """
    found: list[object] = []
    for place in (folder, *(folder / name for name in inside)):
        try:
            with os.scandir(place) as entries:
                for entry in islice(entries, most):
                    told = entry.stat()
                    found.append((place.name, entry.name, told.st_size, told.st_mtime_ns))
        except OSError as problem:
            found.append((place.name, "", problem.errno or 0, 0))
    return hash(tuple(sorted(found, key=str)))


def toml_file(files: PackFiles, name: str, largest: int = LARGEST_TABLE) -> Mapping[str, Any]:
    """Return what a TOML file of a pack holds; ``name`` is how people know it. Raises KnownError."""
    return _parsed(_text(files, name, largest), name)


def article_file(files: PackFiles, name: str) -> tuple[Mapping[str, Any], str, str]:
    """Return the header, the Chinese and the English text of an article. Raises KnownError.

    The header is TOML between two lines ``+++``; Chinese follows, and English behind a line ``+++ en``.
    """
    lines = _text(files, name, LARGEST_ARTICLE).split("\n")
    marks = [number for number, line in enumerate(lines) if line.rstrip() in (_FRONT, _ENGLISH)]
    kinds = [lines[number].rstrip() for number in marks]
    if kinds not in ([_FRONT, _FRONT], [_FRONT, _FRONT, _ENGLISH]) or "".join(lines[: marks[0]]).strip():
        raise KnownError("pack.article_parts", file=name)
    header = "\n".join(lines[marks[0] + 1 : marks[1]])
    if len(header) > _LONGEST_HEADER:
        raise KnownError("pack.too_big", file=name, most=_LONGEST_HEADER // 1000)
    chinese, english = lines[marks[1] + 1 :], []
    if len(marks) == 3:
        chinese, english = lines[marks[1] + 1 : marks[2]], lines[marks[2] + 1 :]
    return _parsed(header, name, marks[0] + 1), "\n".join(chinese).strip(), "\n".join(english).strip()


def files_in(files: PackFiles, folder: str, suffix: str, most: int) -> list[PurePosixPath]:
    """Return the files of a folder of the pack that end so, by name; none where there is no such folder.

    Hidden files and those with other endings are nobody's business. Raises KnownError for more than ``most``.
    """
    try:
        found = [PurePosixPath(folder, name) for name in files.names(folder, 4 * most + 1)]
    except FileNotFoundError:
        return []
    except OSError:
        raise KnownError("pack.unreadable", file=folder) from None
    wanted = sorted(path for path in found if path.suffix.lower() == suffix and path.name[0] != ".")
    if len(wanted) > most or len(found) > 4 * most:
        raise KnownError("pack.too_many_files", file=folder, most=most)
    return wanted


def _text(files: PackFiles, name: str, largest: int) -> str:
    try:
        content = files.content(name, largest + 1)
    except (FileNotFoundError, NotADirectoryError):
        raise KnownError("pack.missing", file=name) from None
    except OSError:
        raise KnownError("pack.unreadable", file=name) from None
    if len(content) > largest:
        raise KnownError("pack.too_big", file=name, most=largest // 1000)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise KnownError("pack.encoding", file=name) from None
    return text.replace("\r\n", "\n")


def _parsed(text: str, name: str, before: int = 0) -> Mapping[str, Any]:
    """Return TOML as a table; ``before`` lines of the file stand above it."""
    if many := _MANY_PARTS.search(text):
        raise KnownError("pack.syntax", file=name, line=before + text.count("\n", 0, many.start()) + 1)
    try:
        return tomllib.loads(text)
    except (ValueError, RecursionError) as problem:
        line: object = "?"
        if at := re.search(r"line (\d+)", str(problem)):
            line = before + int(at[1])
        elif "end of document" in str(problem):
            line = before + text.rstrip().count("\n") + 1
        raise KnownError("pack.syntax", file=name, line=line) from None
