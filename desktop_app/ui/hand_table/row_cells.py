"""A row of a hand table as it is shown before it is saved."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, tzinfo

from desktop_app.domain.times import parse_iso
from desktop_app.domain.typed import moment_shown
from desktop_app.exchange.worksheets.wording import field_word, value_word
from desktop_app.services.hand_table import JudgedRow, Standing
from desktop_app.services.hand_table_import import why
from desktop_app.ui.tables.rows_model import Cell
from desktop_app.words import Words

COLUMNS = ("row", "what", "number", "received_at", "kind", "caller_name", "phone", "detail", "told")
WIDTHS = (54, 144, 112, 134, 88, 84, 118, 190, 0)


def cells(words: Words, zone: tzinfo, row: JudgedRow) -> Sequence[Cell]:
    """Return the cells of one row, in the order of ``COLUMNS``."""
    say, values = words.say, row.values
    number = str(row.number) if row.number else row.row.texts.get("number", "")
    if row.standing is Standing.NEW and row.number is None:
        number = say("window.tables.row.new_number")
    tone = "warn" if row.standing is Standing.BAD else ""
    return (
        Cell(str(row.row.source.row), right=True),
        _standing(words, row),
        Cell(number),
        Cell(_moment(str(values.get("received_at") or ""), zone)),
        Cell(value_word(words, "kind", str(values.get("kind") or ""))),
        Cell(_line(values.get("caller_name"))),
        Cell(_line(values.get("phone"))),
        Cell(_line(values.get("detail")) or _line(values.get("summary"))),
        Cell(told(words, row), tone=tone),
    )


def told(words: Words, row: JudgedRow) -> str:
    """Return what there is to say of a row: why it stays behind, what is kept as written, what is missing."""
    said = why(row, words)
    if said or row.standing is not Standing.NEW or not row.missing:
        return said
    names = words.say("workbook.comma").join(field_word(words, key) for key in row.missing)
    return words.say("window.tables.row.missing", fields=names)


def _standing(words: Words, row: JudgedRow) -> Cell:
    if row.standing is Standing.BAD:
        return Cell(words.say("window.tables.row.bad"), "warning", "warn")
    if row.standing is Standing.KNOWN:
        return Cell(words.say("window.tables.row.known"), "check", "muted")
    if row.remarks:
        return Cell(words.say("window.tables.row.unclear"), "info", "accent")
    return Cell(words.say("window.tables.row.new"), "add", "ok")


def _moment(text: str, zone: tzinfo) -> str:
    moment = parse_iso(text, UTC)
    return moment_shown(moment, zone) if moment else text


def _line(value: object) -> str:
    return " ".join(str(value or "").split())
