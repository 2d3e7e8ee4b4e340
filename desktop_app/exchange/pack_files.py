"""The files of a site pack as tables: bounded in number and size, and no file's fault is a crash."""

from __future__ import annotations

import os
import re
import stat
import tomllib
from collections.abc import Mapping
from itertools import islice
from pathlib import Path
from typing import Any

from desktop_app.domain.errors import KnownError

LARGEST_TABLE = 2_000_000
"""Bytes of one TOML file: five thousand contacts."""
LARGEST_ARTICLE = 200_000
_FRONT = "+++"
_ENGLISH = "+++ en"
_LONGEST_HEADER = 16_384
_PART = r"""(?:[A-Za-z0-9_-]++|"(?:[^"\\\n]|\\.)*+"|'[^'\n]*+')[ \t]*+\.[ \t]*+"""
_MANY_PARTS = re.compile(rf"(?<![A-Za-z0-9_-])(?:{_PART}){{32}}")
"""A key of so many parts; the parser's work grows with their square."""


def toml_file(path: Path, name: str, largest: int = LARGEST_TABLE) -> Mapping[str, Any]:
    """Return what a TOML file of a pack holds; ``name`` is how people know it. Raises KnownError."""
    return _parsed(_text(path, name, largest), name)


def article_file(path: Path, name: str) -> tuple[Mapping[str, Any], str, str]:
    """Return the header, the Chinese and the English text of an article. Raises KnownError.

    The header is TOML between two lines ``+++``; Chinese follows, and English behind a line ``+++ en``.
    """
    lines = _text(path, name, LARGEST_ARTICLE).split("\n")
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


def files_in(folder: Path, name: str, suffix: str, most: int) -> list[Path]:
    """Return the files of a folder of the pack that end so, by name; none where there is no such folder.

    Hidden files and those with other endings are nobody's business. Raises KnownError for more than ``most``.
    """
    try:
        with os.scandir(folder) as entries:
            found = [Path(entry.path) for entry in islice(entries, 4 * most + 1)]
    except FileNotFoundError:
        return []
    except OSError:
        raise KnownError("pack.unreadable", file=name) from None
    wanted = sorted(path for path in found if path.suffix.lower() == suffix and path.name[0] != ".")
    if len(wanted) > most or len(found) > 4 * most:
        raise KnownError("pack.too_many_files", file=name, most=most)
    return wanted


def _text(path: Path, name: str, largest: int) -> str:
    try:
        content = _bytes(path, largest + 1)
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


def _bytes(path: Path, most: int) -> bytes:
    """Return the beginning of a file, unless it is a pipe or a device, which would never end."""
    if not stat.S_ISREG(path.stat().st_mode):
        raise OSError(f"{path.name} is no plain file")
    with path.open("rb") as opened:
        return opened.read(most)


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
