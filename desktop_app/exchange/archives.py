"""A look into a zipped workbook before any parser touches it: sizes are measured, never believed."""

from __future__ import annotations

import io
import zipfile
import zlib
from dataclasses import dataclass

from desktop_app.domain.errors import KnownError
from desktop_app.exchange.limits import Limits

MOST_MEMBERS = 2_000
MOST_RATIO = 200
_SMALL = 2_000_000
"""Bytes below which a high ratio is harmless: an empty styles table packs 300 to 1."""
_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Archive:
    """What the look found: whether any sheet holds formulas, error cells or long numbers."""

    formulas: bool
    errors: bool


def preflight(data: bytes, limits: Limits) -> Archive:
    """Measure a zip by unpacking it piece by piece (safety.md §5, memory and zip bombs).

    Raises KnownError ``reading.too_big`` for one that unpacks beyond the limits, ``reading.damaged`` for one
    that does not unpack, ``reading.entities`` for XML with a document type of its own.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
            if len(members) > MOST_MEMBERS:
                raise KnownError("reading.too_big")
            total, formulas, errors = 0, False, False
            for member in members:
                if member.flag_bits & 1:
                    raise KnownError("reading.encrypted")
                looked = _Look(member, limits)
                with archive.open(member) as stream:
                    while chunk := stream.read(_CHUNK):
                        looked.at(chunk)
                        total += len(chunk)
                        if total > limits.unpacked_bytes:
                            raise KnownError("reading.too_big")
                formulas, errors = formulas or looked.formulas, errors or looked.errors
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError, NotImplementedError):
        raise KnownError("reading.damaged") from None
    except (RuntimeError, OverflowError):
        raise KnownError("reading.damaged") from None
    return Archive(formulas, errors)


class _Look:
    def __init__(self, member: zipfile.ZipInfo, limits: Limits) -> None:
        self._limits = limits
        self._packed = max(member.compress_size, 1)
        self._sheet = "worksheets/" in member.filename
        self._xml = member.filename.endswith((".xml", ".rels"))
        self._size = self._rows = self._cells = 0
        self._tail = b""
        self.formulas = self.errors = False

    def at(self, chunk: bytes) -> None:
        self._size += len(chunk)
        if self._size > _SMALL and self._size > MOST_RATIO * self._packed:
            raise KnownError("reading.too_big")
        text = self._tail + chunk
        if self._xml and (b"<!DOCTYPE" in text or b"<!ENTITY" in text):
            raise KnownError("reading.entities")
        self._tail = chunk[-16:]
        if not self._sheet:
            return
        self._rows += chunk.count(b"<row")
        self._cells += chunk.count(b"<c ")
        if self._rows > self._limits.rows or self._cells > self._limits.cells:
            raise KnownError("reading.too_big")
        self.formulas = self.formulas or b"<f>" in text or b"<f " in text or b"<f/>" in text
        self.errors = self.errors or b't="e"' in text
