"""Records as JSON Lines from anybody: one object a line, each judged alone, whatever the others hold."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, BinaryIO, NoReturn

from desktop_app.domain.errors import KnownError

MAX_LINE_BYTES = 4 << 20
"""The longest line that is looked at; eighteen fields of the longest text a field holds fit."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line by its number from 1: the object on it, or why it is none."""

    number: int
    values: dict[str, Any] = field(default_factory=dict)
    problem: KnownError | None = None


def read_record_lines(stream: BinaryIO) -> Iterator[Line]:
    """Yield every line that is not blank, as it arrives; memory is bounded by ``MAX_LINE_BYTES``."""
    number = 0
    while line := stream.readline(MAX_LINE_BYTES + 1):
        number += 1
        if len(line) > MAX_LINE_BYTES:
            while line and not line.endswith(b"\n"):
                line = stream.readline(MAX_LINE_BYTES)
            yield Line(number, problem=KnownError("log.line_too_long"))
        elif line.strip():
            yield _line(number, line)


def _line(number: int, line: bytes) -> Line:
    try:
        values = json.loads(
            line.decode("utf-8-sig" if number == 1 else "utf-8"),
            object_pairs_hook=_object,
            parse_constant=_no_number,
        )
    except KnownError as problem:
        return Line(number, problem=problem)
    except UnicodeDecodeError:
        return Line(number, problem=KnownError("log.line_not_utf8"))
    except (ValueError, RecursionError):
        return Line(number, problem=KnownError("log.line_not_json"))
    if not isinstance(values, dict):
        return Line(number, problem=KnownError("log.line_not_object"))
    return Line(number, values)


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    values = dict(pairs)
    if len(values) != len(pairs):
        # Of two values for one column nobody can say which was meant.
        raise KnownError("log.key_twice")
    return values


def _no_number(name: str) -> NoReturn:
    raise ValueError(name)
