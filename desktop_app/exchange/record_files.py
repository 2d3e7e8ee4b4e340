"""Records as files that people, programs and our own reader take: xlsx, CSV, JSONL (INTERFACES, export).

The template columns in their order, English names and codes, or Chinese headers and values. Without rows the
same writers give an empty template to fill in.
"""

from __future__ import annotations

import csv
import json
import re
import sys
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from desktop_app.domain.errors import KnownError
from desktop_app.domain.fields import FIELDS, TEMPLATE_COLUMNS
from desktop_app.domain.form_fields import FieldType
from desktop_app.domain.texts import clean
from desktop_app.exchange.formula_guard import guarded
from desktop_app.exchange.handover import check_place, handed_over
from desktop_app.exchange.own_template import header
from desktop_app.exchange.record_sheet import write_record_sheet
from desktop_app.words import Words

VALUE_WORDS = {"kind": "kind", "channel": "channel", "category": "option.category"}
"""The columns whose values are codes, and where their words lie."""

_DIALLED = re.compile(r"\+[0-9][0-9 ()-]*")

Rows = Iterable[Mapping[str, str]]
Writer = Callable[[Path, list[list[str]], Words], None]


def write_records(path: Path, rows: Rows, words: Words) -> int:
    """Write ``rows`` (texts by template column) to ``path`` and return how many they are.

    The file appears whole or not at all. Raises KnownError ``export.suffix`` for another kind of file and
    ``writing.*`` where it cannot be put there.
    """
    check_target(path)
    table = [[_value(column, row.get(column, ""), words) for column in TEMPLATE_COLUMNS] for row in rows]
    with handed_over(path) as temporary:
        _WRITERS[path.suffix.lower()](temporary, table, words)
    return len(table)


def check_target(path: Path) -> None:
    """Raise KnownError ``export.suffix`` or ``writing.*`` where records cannot be written to ``path``."""
    if path.suffix.lower() not in _WRITERS:
        raise KnownError("export.suffix", file=path.name, suffixes=", ".join(_WRITERS))
    check_place(path)


def choices(words: Words) -> dict[str, list[str]]:
    """Return what may stand in each column of codes, as it is written in this language."""
    return {
        column: [_value(column, code, words) for code in FIELDS[column].options or ()]
        for column in VALUE_WORDS
    }


def _value(column: str, text: str, words: Words) -> str:
    code = f"{VALUE_WORDS.get(column, '')}.{text}"
    if words.language == "zh" and column in VALUE_WORDS and words.has(code):
        return words.say(code)
    return clean(text, sys.maxsize).text


def _write_csv(path: Path, table: list[list[str]], words: Words) -> None:
    phones = [FIELDS[column].type is FieldType.PHONE for column in TEMPLATE_COLUMNS]
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(header(words))
        for row in table:
            writer.writerow(
                text if phone and _DIALLED.fullmatch(text) else guarded(text)
                for phone, text in zip(phones, row, strict=True)
            )


def _write_jsonl(path: Path, table: list[list[str]], words: Words) -> None:
    keys = header(words)
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for row in table:
            line = dict(zip(keys, row, strict=True))
            file.write(json.dumps(line, ensure_ascii=False) + "\n")


def _write_xlsx(path: Path, table: list[list[str]], words: Words) -> None:
    write_record_sheet(path, header(words), table, choices(words), words)


_WRITERS: dict[str, Writer] = {".xlsx": _write_xlsx, ".csv": _write_csv, ".jsonl": _write_jsonl}
