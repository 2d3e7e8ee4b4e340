"""What openpyxl cannot write, added to the part of a sheet once it is closed and before the book is saved.

Formulas get the value they come to, so that viewers that do not calculate (protected view, previews, other
programs) show it; Excel calculates anew on opening all the same. Phones and numbers kept as text get no
green corner.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from xml.sax.saxutils import escape

from openpyxl.worksheet.worksheet import Worksheet

_FORMULA = re.compile(rb'<c r="([A-Z]+[0-9]+)"([^>]*)><f>(.*?)</f><v ?/></c>')
_END = b"</worksheet>"


def close_with_results(sheet: Worksheet, results: Mapping[str, float | str]) -> None:
    """Close a write-only sheet and write beside each formula what it comes to, by coordinate."""
    part = _closed_part(sheet)

    def filled(found: re.Match[bytes]) -> bytes:
        result = results[found[1].decode()]
        kind = b' t="str"' if isinstance(result, str) else b""
        value = escape(str(result)).encode()
        return b'<c r="%b"%b%b><f>%b</f><v>%b</v></c>' % (found[1], found[2], kind, found[3], value)

    part.write_bytes(_FORMULA.sub(filled, part.read_bytes()))


def close_without_warnings(sheet: Worksheet, area: str) -> None:
    """Close a write-only list sheet and keep Excel from marking digits that are text in ``area``."""
    part = _closed_part(sheet)
    kept = f'<ignoredErrors><ignoredError sqref="{area}" numberStoredAsText="1"/></ignoredErrors>'
    with part.open("rb+") as file:
        file.seek(-len(_END), 2)
        if file.read() != _END:
            raise ValueError("a sheet's part ends otherwise than expected")
        file.seek(-len(_END), 2)
        file.write(kept.encode() + _END)


def _closed_part(sheet: Worksheet) -> Path:
    sheet.close()  # type: ignore[attr-defined]  # a write-only sheet
    return Path(sheet._writer.out)  # type: ignore[attr-defined]
