"""Where a sheet's header is, what its columns are called, and which rows are data.

Tables made by hand have titles above, headers of two rows, totals below, the header again on each page.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from desktop_app.domain.remembered import remembered
from desktop_app.exchange.notes import Note
from desktop_app.exchange.sheets import Sheet

Known = Callable[[str], bool]
"""Whether a profile knows a header."""

_DEPTH = 15
_TOTAL = re.compile(r"(?:合计|总计|小计|共计|汇总|(?:grand )?total|sum)\s*[::]?", re.IGNORECASE)
_BRACKETED = re.compile(r"[((\[【].*?[))\]】]")
_DROPPED = re.compile(r"[\s*_\-::.。、??]+")
_LOOKS_LIKE_DATA = re.compile(r"\d{4}")


@remembered(10_000)
def plain_header(text: str) -> str:
    """Return the comparable form of a header: no case, width, spaces, separators or bracketed remarks."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    short = _DROPPED.sub("", _BRACKETED.sub("", folded))
    return short or _DROPPED.sub("", folded)


@dataclass(frozen=True, slots=True)
class Headed:
    """A sheet with its header found. ``known`` counts the columns that a profile knows."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[tuple[int, list[str]], ...]
    known: int
    notes: tuple[Note, ...] = ()


def headed(sheet: Sheet, known: Known) -> Headed:
    """Find the header of a sheet among its first rows and return what follows it."""
    notes: list[Note] = []
    at, depth, names = _find(sheet, known)
    if at:
        notes.append(Note("rows_above_header", {"count": str(at)}))
    rows = sheet.rows[at + depth :]
    width = max([len(names), *(len(cells) for _, cells in rows)])
    columns = _unique(names + [""] * (width - len(names)), notes)
    rows = _without_totals(rows, notes)
    again = [row for row in rows if row[1] == names]
    if again:
        notes.append(Note("repeated_header", {"count": str(len(again))}))
        rows = [row for row in rows if row[1] != names]
    long = [str(number) for number, cells in rows if len(cells) > len(names)]
    if long:
        notes.append(Note("rows_too_wide", {"count": str(len(long)), "row": long[0]}))
    return Headed(sheet.name, columns, tuple(rows), sum(map(known, columns)), tuple(notes))


def _find(sheet: Sheet, known: Known) -> tuple[int, int, list[str]]:
    """Return the header's place, its number of rows (1 or 2) and its names."""
    top = [cells for _, cells in sheet.rows[:_DEPTH]]
    if not top:
        return 0, 0, []
    best = (-1, 0, 1, top[0])
    for place, cells in enumerate(top):
        score = sum(map(known, cells))
        if score > best[0]:
            best = (score, place, 1, cells)
        if place + 1 < len(top):
            joined = _joined(sheet, place, cells, top[place + 1])
            better = sum(map(known, joined)) if joined else 0
            if better > best[0] and better > score:
                best = (better, place, 2, joined)
    narrow = max(sum(map(bool, cells)) for cells in top) <= 2
    if best[0] >= 2 or (best[0] == 1 and narrow):
        return best[1:]
    return _by_shape(top), 1, top[_by_shape(top)]


def _joined(sheet: Sheet, place: int, upper: list[str], lower: list[str]) -> list[str]:
    """Return the names of a header of two rows; empty where the second row looks like data."""
    if any(_LOOKS_LIKE_DATA.search(cell) for cell in lower):
        return []
    line = sheet.rows[place][0] - 1
    group = list(upper) + [""] * (len(lower) - len(upper))
    for span in sheet.merged:
        if span.top <= line <= span.bottom and span.left < len(group):
            for column in range(span.left + 1, min(span.right + 1, len(group))):
                group[column] = group[column] or group[span.left]
    under = list(lower) + [""] * (len(group) - len(lower))
    return [below or above for above, below in zip(group, under, strict=True)]


def _by_shape(top: list[list[str]]) -> int:
    """Return the first row that is about as wide as the widest and does not look like data."""
    widest = max(sum(map(bool, cells)) for cells in top)
    for place, cells in enumerate(top):
        filled = [cell for cell in cells if cell]
        if len(filled) * 10 >= widest * 7 and not any(_LOOKS_LIKE_DATA.search(cell) for cell in filled):
            return place
    return 0


def _unique(names: list[str], notes: list[Note]) -> tuple[str, ...]:
    found: list[str] = []
    seen: dict[str, int] = {}
    repeated: list[str] = []
    for place, name in enumerate(names, start=1):
        shown = " ".join(name.split()) or f"#{place}"
        key = plain_header(shown) or shown
        seen[key] = seen.get(key, 0) + 1
        if seen[key] > 1:
            repeated.append(shown)
            shown = f"{shown} [{seen[key]}]"
        found.append(shown)
    if repeated:
        notes.append(Note("repeated_column", {"columns": ", ".join(dict.fromkeys(repeated))}))
    return tuple(found)


def is_total(cells: Sequence[str]) -> bool:
    """Whether a row begins with the word for a total."""
    first = next((cell.strip() for cell in cells if cell.strip()), "")
    return _TOTAL.fullmatch(unicodedata.normalize("NFKC", first)) is not None


def _without_totals(rows: list[tuple[int, list[str]]], notes: list[Note]) -> list[tuple[int, list[str]]]:
    kept = list(rows)
    while kept and len(rows) - len(kept) < 3:
        number, cells = kept[-1]
        if not is_total(cells):
            break
        kept.pop()
        notes.append(Note("total_row", {"row": str(number)}))
    return kept
