"""Statements for many rows, spelled once: making one anew costs more than running it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import ClauseElement, ColumnElement, Connection, bindparam, func, select
from sqlalchemy.dialects import sqlite


class Prepared:
    """An insert or update of one row, by the names of its parameters."""

    def __init__(self, statement: ClauseElement) -> None:
        """Spell a statement with parameters of plain types; an insert takes every column."""
        compiled: Any = statement.compile(dialect=sqlite.dialect())
        self._text = str(compiled)
        self._names: tuple[str, ...] = tuple(compiled.positiontup)

    def run(self, connection: Connection, rows: Sequence[Mapping[str, Any]]) -> None:
        """Run the statement for each of some rows; for none nothing is done."""
        if rows:
            names = self._names
            connection.exec_driver_sql(self._text, [tuple([row[name] for name in names]) for row in rows])


def is_named(column: ColumnElement[str]) -> ColumnElement[bool]:
    """Return the condition that a text is among those in a JSON array, the parameter ``named``.

    However many they are, the statement is the same and need not be read again.
    """
    return column.in_(select(func.json_each(bindparam("named")).table_valued("value").c.value))
