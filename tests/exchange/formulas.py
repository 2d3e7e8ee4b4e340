"""A tiny reckoner for the formulas that our workbooks use: COUNTA, COUNTIF, COUNTIFS, SUM, SUMIFS, ROUND, IF,
minus.
"""

import re
from collections.abc import Iterator

from openpyxl import Workbook

_CALL = re.compile(r"(COUNTA|COUNTIFS|COUNTIF|SUMIFS|SUM|ROUND|IF)\((.*)\)", re.DOTALL)
_AREA = re.compile(r"(?:'([^']+)'!)?\$?([A-Z]+)\$?(\d+)(?::\$?([A-Z]+)\$?(\d+))?")

Value = object


def value_of(book: Workbook, sheet: str, formula: object) -> Value:
    """Return what a cell's content comes to; raises ValueError for a formula we never write."""
    if not (isinstance(formula, str) and formula.startswith("=")):
        return formula
    return _expression(book, sheet, formula[1:])


def _expression(book: Workbook, sheet: str, text: str) -> Value:
    parts = list(_split(text, "-"))
    if len(parts) > 1:
        first, *rest = (_number(_expression(book, sheet, part)) for part in parts)
        return first - sum(rest)
    if text.startswith('"'):
        return text[1:-1].replace('""', '"')
    if re.fullmatch(r"\d+", text):
        return int(text)
    if found := _CALL.fullmatch(text):
        return _call(book, sheet, found[1], list(_split(found[2], ",")))
    if _AREA.fullmatch(text):
        (value,) = _area(book, sheet, text)
        return value
    raise ValueError(text)


def _call(book: Workbook, sheet: str, name: str, arguments: list[str]) -> Value:
    if name == "IF":
        left, right = (_expression(book, sheet, side) for side in _split(arguments[0], "="))
        return _expression(book, sheet, arguments[1 if left == right else 2])
    if name == "ROUND":
        return round(_number(_expression(book, sheet, arguments[0])), int(arguments[1]))
    if name == "SUM":
        return sum(value for value in _area(book, sheet, arguments[0]) if isinstance(value, int | float))
    if name == "SUMIFS":
        amounts, cells = _area(book, sheet, arguments[0]), _area(book, sheet, arguments[1])
        wanted = str(_expression(book, sheet, arguments[2]))
        pairs = zip(amounts, cells, strict=True)
        return sum(
            amount for amount, cell in pairs if isinstance(amount, int | float) and _meets(cell, wanted)
        )
    if name == "COUNTA":
        return sum(value is not None for value in _area(book, sheet, arguments[0]))
    columns = [_area(book, sheet, area) for area in arguments[::2]]
    wanted = [str(_expression(book, sheet, criterion)) for criterion in arguments[1::2]]
    return sum(all(map(_meets, row, wanted)) for row in zip(*columns, strict=True))


def _meets(value: Value, criterion: str) -> bool:
    if criterion.startswith("<>"):
        return value != criterion[2:]
    if criterion == "?*":
        return isinstance(value, str) and value != ""
    if criterion == ">=0":
        return isinstance(value, int | float) and value >= 0
    if re.search(r"[*?~<>=]", criterion):
        raise ValueError(criterion)
    return value == criterion


def _area(book: Workbook, sheet: str, text: str) -> list[Value]:
    found = _AREA.fullmatch(text)
    if found is None:
        raise ValueError(text)
    name, left, top, right, bottom = found.groups()
    name = name or sheet
    cells = book[name][f"{left}{top}:{right or left}{bottom or top}"]
    return [value_of(book, name, cell.value) for row in cells for cell in row]


def _number(value: Value) -> float:
    if not isinstance(value, int | float):
        raise TypeError(value)
    return value


def _split(text: str, mark: str) -> Iterator[str]:
    """Cut at ``mark`` outside of brackets and quotes."""
    depth, quote, start = 0, "", 0
    for at, character in enumerate(text):
        if quote:
            quote = "" if character == quote else quote
        elif character in "\"'":
            quote = character
        elif character in "()":
            depth += 1 if character == "(" else -1
        elif character == mark and not depth:
            yield text[start:at]
            start = at + 1
    yield text[start:]
