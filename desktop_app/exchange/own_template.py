"""What our own record files look like: the headers by which they are known, and texts too long for a cell."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from desktop_app.domain.fields import TEMPLATE_COLUMNS
from desktop_app.exchange.sheets import Sheet
from desktop_app.exchange.worksheets.texts import CHUNK
from desktop_app.words import LANGUAGES, Words


def header(words: Words) -> list[str]:
    """Return the header row: the contract's names in English, the fields' words in Chinese."""
    if words.language == "en":
        return list(TEMPLATE_COLUMNS)
    return [words.say(f"field.{column}") for column in TEMPLATE_COLUMNS]


def is_own(columns: Iterable[str]) -> bool:
    """Whether a table has every column of our template under our names, in one language."""
    there = set(columns)
    return any(there.issuperset(header(Words(language))) for language in LANGUAGES)


def long_text_header(words: Words) -> list[str]:
    """Return the header row of the sheet with texts too long for a cell."""
    return [words.say(f"workbook.column.{code}") for code in ("row", "field", "part", "text")]


def shortened(text: str, row: int, words: Words) -> str:
    """Return what stands in the cell of a text too long for it: its beginning, and where the whole is.

    The row makes the cell known again after the rows were sorted.
    """
    mark = words.say("workbook.long_text", sheet=words.say("workbook.sheet.long_texts"))
    return f"{text[: CHUNK - len(mark)]}\n{mark} {row}"


@dataclass(frozen=True, slots=True)
class LongTexts:
    """Whole texts by column and by what stands in their cell."""

    sheet: str
    by_cell: Mapping[tuple[str, str], str]

    def whole(self, column: str, cell: str) -> str:
        """Return the whole text that a cell stands for; the cell's own where it stands for none."""
        return self.by_cell.get((column, cell.strip()), cell) if len(cell) > CHUNK // 2 else cell


def long_texts(sheet: Sheet) -> LongTexts | None:
    """Return the long texts on a sheet; None where it is no such sheet of ours, or somebody broke it."""
    for language in LANGUAGES:
        words = Words(language)
        if sheet.rows and sheet.rows[0][1] == long_text_header(words):
            return _collected(sheet, words)
    return None


def _collected(sheet: Sheet, words: Words) -> LongTexts | None:
    parts: defaultdict[tuple[int, str], dict[int, str]] = defaultdict(dict)
    for _, cells in sheet.rows[1:]:
        if len(cells) != 4 or not (cells[0].isdecimal() and cells[2].isdecimal()):
            return None
        parts[int(cells[0]), cells[1]][int(cells[2])] = cells[3]
    by_cell: dict[tuple[str, str], str] = {}
    for (row, column), numbered in parts.items():
        if sorted(numbered) != list(range(1, len(numbered) + 1)):
            return None
        whole = "".join(numbered[number] for number in sorted(numbered))
        by_cell[column, shortened(whole, row, words).strip()] = whole
    return LongTexts(sheet.name, by_cell)
