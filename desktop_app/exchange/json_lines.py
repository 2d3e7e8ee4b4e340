"""JSON Lines: one object a line, keys are the columns. What our own export and other programs write."""

from __future__ import annotations

import json
from collections.abc import Iterator

from desktop_app.domain.errors import KnownError


def looks_like_json_lines(text: str) -> bool:
    """Whether the text begins with a JSON object."""
    return text.lstrip().startswith("{")


def read_json_lines(text: str) -> Iterator[tuple[int, list[str]]]:
    """Yield a header row (number 0) of all keys, then the values of each line under its line number.

    Raises KnownError ``reading.json_line`` at the first line that is no object of plain values.
    """
    objects: list[tuple[int, dict[str, str]]] = []
    columns: dict[str, None] = {}
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        try:
            found = json.loads(line)
        except (ValueError, RecursionError):
            raise KnownError("reading.json_line", line=number) from None
        if not isinstance(found, dict):
            raise KnownError("reading.json_line", line=number)
        values = {key: _text(value) for key, value in found.items()}
        columns.update(dict.fromkeys(values))
        objects.append((number, values))
    if columns:
        yield 0, list(columns)
    for number, values in objects:
        yield number, [values.get(column, "") for column in columns]


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    return json.dumps(value, ensure_ascii=False)
