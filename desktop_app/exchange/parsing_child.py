"""The child's side of reading a foreign file: parse it under limits, write rows as JSON lines.

The lines: ``{"sheet": name, "merged": [[top, left, bottom, right]]}``, then ``[row, [cells]]`` for each row,
``{"note": code, "details": {}}``, ``{"error": code, "details": {}}``, and last ``{"end": sha256}``.
"""

from __future__ import annotations

import hashlib
import json
import sys
from pathlib import Path
from typing import TextIO

from desktop_app.domain.errors import KnownError
from desktop_app.exchange.encodings import decode
from desktop_app.exchange.formula_guard import unguarded
from desktop_app.exchange.notes import Note
from desktop_app.exchange.sheets import Budget, OverBudget

MEMORY_LIMIT = 600_000_000
"""Bytes of address space; what a reader touches stays far below (safety.md §5: 300 MB)."""
CPU_SECONDS = 30
LARGEST_FILE = 80_000_000
_ENCODED = json.JSONEncoder(ensure_ascii=True, check_circular=False, separators=(",", ":")).encode


def limit_this_process() -> None:
    """Cap memory and processor time where the system can (not on Windows)."""
    if sys.platform == "win32":
        return
    import resource

    for kind, most in ((resource.RLIMIT_AS, MEMORY_LIMIT), (resource.RLIMIT_CPU, CPU_SECONDS)):
        hard = resource.getrlimit(kind)[1]
        wanted = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(kind, (wanted, hard))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def serve(path: Path, out: TextIO, encoding: str | None = None) -> None:
    """Parse one file and write what was found; nothing but memory exhaustion gets past this function."""
    notes: list[Note] = []
    digest = ""
    try:
        data = _bytes_of(path)
        digest = hashlib.sha256(data).hexdigest()
        _parse(data, out, encoding, notes)
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


def _bytes_of(path: Path) -> bytes:
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise KnownError("reading.too_big")
        return path.read_bytes()
    except OSError:
        raise KnownError("reading.not_opened") from None


def _parse(data: bytes, out: TextIO, encoding: str | None, notes: list[Note]) -> None:
    if not data:
        raise KnownError("reading.empty")
    budget = Budget()
    if data.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        from desktop_app.exchange.spreadsheets import read_workbook

        for sheet, rows in read_workbook(data, notes):
            spans = [[span.top, span.left, span.bottom, span.right] for span in sheet.merged]
            _write(out, {"sheet": sheet.name, "merged": spans})
            for row in budget.take(rows):
                _write(out, row)
        return
    _refuse_markup(data)
    decoded = decode(data, encoding)
    notes.extend(decoded.notes)
    _write(out, {"sheet": "", "merged": [], "encoding": decoded.encoding})
    from desktop_app.exchange.delimited import read_delimited
    from desktop_app.exchange.json_lines import looks_like_json_lines, read_json_lines

    if looks_like_json_lines(decoded.text):
        rows = read_json_lines(decoded.text)
    else:
        found = read_delimited(decoded.text, notes)
        rows = ((number, [unguarded(cell) for cell in cells]) for number, cells in found)
    for row in budget.take(rows):
        _write(out, row)


def _refuse_markup(data: bytes) -> None:
    start = data[:2048].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith((b"<!doctype html", b"<html", b"<table", b"<meta", b"<?xml")):
        raise KnownError("reading.markup")


def _write(out: TextIO, found: object) -> None:
    out.write(_ENCODED(found) + "\n")
