"""What may stand in a cell: callers' texts made safe for a workbook, never cut without a mark.

XML 1.0 has no control characters, lone surrogates or U+FFFE/U+FFFF; Excel counts at most 32,767 UTF-16 units
in a cell and reads ``_x0041_`` as an escape; openpyxl raises on the first and cuts the second silently
(safety matrix: save failure by bad text).
"""

from __future__ import annotations

import re
import unicodedata

CELL_UNITS = 32_767
"""The most UTF-16 units that a cell holds."""
CHUNK = 16_000
"""Code points per part of a text that is too long: even escaped and as surrogate pairs it fits a cell."""

_LINE_ENDS = re.compile("\r\n?")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")
_NEVER_XML = re.compile("[\ud800-\udfff\ufffe\uffff]")
_ESCAPE_LIKE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")


def cell_text(text: str) -> str:
    """Return ``text`` as a cell can hold it: control characters as visible pictures (␀), line ends LF."""
    plain = _LINE_ENDS.sub("\n", text)
    plain = _CONTROL.sub(lambda found: chr(0x2400 + ord(found[0])), plain)
    plain = _NEVER_XML.sub("\ufffd", plain)
    return _ESCAPE_LIKE.sub("_x005F_", plain)


def fits(text: str) -> bool:
    """Whether a text made by ``cell_text`` goes into one cell whole."""
    if len(text) <= CELL_UNITS // 2:
        return True
    return len(text) <= CELL_UNITS and len(text.encode("utf-16-le")) // 2 <= CELL_UNITS


def parts(text: str) -> list[str]:
    """Return a foreign text cut into parts of which each, made safe, fits a cell."""
    return [text[start : start + CHUNK] for start in range(0, len(text), CHUNK)]


def columns_wide(line: str) -> int:
    """Return the width of a line in character columns, Chinese characters counting two.

    Characters of either width (“ ” …) count two as well: a Chinese font draws them so.
    """
    if line.isascii():
        return len(line)
    return sum(2 if unicodedata.east_asian_width(character) in "WFA" else 1 for character in line)


def lines_high(text: str, width: float) -> int:
    """Return how many lines ``text`` takes in a wrapped column of ``width`` characters."""
    usable = max(1.0, width - 1)
    if "\n" not in text and 2 * len(text) <= usable:
        return 1
    return sum(max(1, -int(-columns_wide(line) // usable)) for line in text.split("\n"))
