"""How a short table gets its rows: whoever is in it stays, and where there are none something says so."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from PySide6.QtWidgets import QWidget

from desktop_app.ui.tables.rows_model import RowsModel
from desktop_app.ui.tables.table import Table

T = TypeVar("T")


def fill_table(
    table: Table,
    model: RowsModel[T],
    rows: Sequence[T],
    none: QWidget | None = None,
    *,
    anew: bool = False,
    latest: bool = False,
) -> None:
    """Show rows; without any the table gives way to ``none``.

    The same rows are left as they stand, unless what is told of them follows the time: then ``anew``. The
    row at hand stays, or with ``latest`` it is the last of new ones.
    """
    if anew or list(rows) != list(model.rows):
        row = len(rows) - 1 if latest else min(max(0, table.current_row()), len(rows) - 1)
        model.fill(rows)
        table.go_to(row)
    table.setVisible(bool(rows))
    if none is not None:
        none.setVisible(not rows)
