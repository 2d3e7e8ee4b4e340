"""The child's side of reading a foreign file: parse it under limits, write rows as JSON lines.

The lines: ``{"sheet": name, "merged": [[top, left, bottom, right]], "expected": rows}``, then
``[row, [cells]]`` for each row, ``{"note": code, "details": {}}``, ``{"error": code, "details": {}}``, and
last ``{"end": sha256}``.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import TextIO

from desktop_app.domain.errors import KnownError
from desktop_app.exchange.encodings import decode
from desktop_app.exchange.formula_guard import unguarded
from desktop_app.exchange.limits import USUAL, Limits
from desktop_app.exchange.notes import Note
from desktop_app.exchange.sheets import Budget, OverBudget

_ENCODED = json.JSONEncoder(ensure_ascii=True, check_circular=False, separators=(",", ":")).encode


def limit_this_process(limits: Limits) -> None:
    """Cap memory and processor time where the system can (not on Windows)."""
    keep_within(limits.memory)
    if sys.platform != "win32":
        import resource

        _cap(resource.RLIMIT_CPU, limits.cpu_seconds)


def keep_within(memory: int) -> None:
    """Cap this process's memory, and let no crash write it to the disk, where the system can be told."""
    if sys.platform == "win32":
        return
    import resource

    _cap(resource.RLIMIT_AS, memory)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _cap(kind: int, most: int) -> None:
    if sys.platform == "win32":
        return
    import resource

    hard = resource.getrlimit(kind)[1]
    wanted = most if hard == resource.RLIM_INFINITY else min(most, hard)
    resource.setrlimit(kind, (wanted, hard))


def serve(
    path: Path,
    out: TextIO,
    encoding: str | None = None,
    limits: Limits = USUAL,
    first: int | None = None,
) -> None:
    """Parse one file and write what was found; nothing but memory exhaustion gets past this function.

    ``first`` is how many rows of each sheet are wanted, all where none is given.
    """
    notes: list[Note] = []
    digest = ""
    try:
        data = _bytes_of(path, limits)
        digest = hashlib.sha256(data).hexdigest()
        _parse(data, _Handing(out, limits, first), encoding, notes)
    except KnownError as error:
        _write(
            out, {"error": error.code, "details": {name: str(told) for name, told in error.details.items()}}
        )
    except OverBudget as over:
        _write(out, {"error": over.code, "details": {"row": over.row}})
    except (MemoryError, RecursionError):
        _write(out, {"error": "reading.too_big", "details": {}})
    except BaseException:  # a parser's panic is no Exception; the parent has a sentence for every end
        _write(out, {"error": "reading.damaged", "details": {}})
    for note in notes:
        _write(out, {"note": note.code, "details": dict(note.details)})
    _write(out, {"end": digest})


def _bytes_of(path: Path, limits: Limits) -> bytes:
    try:
        if path.stat().st_size > limits.file_bytes:
            raise KnownError("reading.too_big")
        return path.read_bytes()
    except OSError:
        raise KnownError("reading.not_opened") from None


class _Handing:
    """Hands rows over until there are enough of them or too many."""

    def __init__(self, out: TextIO, limits: Limits, first: int | None) -> None:
        self.limits = limits
        self._out = out
        self._first = first
        self._budget = Budget(limits)

    def sheet(self, name: str, rows: Iterator[tuple[int, list[str]]], **told: object) -> None:
        _write(self._out, {"sheet": name, **told})
        for row in islice(self._budget.take(rows), self._first):
            _write(self._out, row)


def _parse(data: bytes, handing: _Handing, encoding: str | None, notes: list[Note]) -> None:
    if not data:
        raise KnownError("reading.empty")
    if data.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        from desktop_app.exchange.spreadsheets import read_workbook

        for sheet, rows in read_workbook(data, notes, handing.limits):
            spans = [[span.top, span.left, span.bottom, span.right] for span in sheet.merged]
            handing.sheet(sheet.name, rows, merged=spans, expected=sheet.expected)
        return
    _refuse_markup(data)
    decoded = decode(data, encoding)
    notes.extend(decoded.notes)
    from desktop_app.exchange.delimited import read_delimited
    from desktop_app.exchange.json_lines import looks_like_json_lines, read_json_lines

    if looks_like_json_lines(decoded.text):
        rows = read_json_lines(decoded.text)
    else:
        found = read_delimited(decoded.text, notes)
        rows = ((number, [unguarded(cell) for cell in cells]) for number, cells in found)
    expected = decoded.text.count("\n")
    handing.sheet("", rows, merged=[], encoding=decoded.encoding, expected=expected)


def _refuse_markup(data: bytes) -> None:
    start = data[:2048].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith((b"<!doctype html", b"<html", b"<table", b"<meta", b"<?xml")):
        raise KnownError("reading.markup")


def _write(out: TextIO, found: object) -> None:
    out.write(_ENCODED(found) + "\n")
