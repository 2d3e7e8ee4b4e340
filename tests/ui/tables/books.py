"""A list to read from, as a store would be."""

from __future__ import annotations

from dataclasses import dataclass

from desktop_app.ui.tables.paged_model import Column


@dataclass(frozen=True)
class Row:
    key: int
    word: str


@dataclass(frozen=True)
class Rows:
    rows: tuple[Row, ...]
    more: bool


class Book:
    """A list to read from, as a store would be: newest first, behind a key."""

    def __init__(self, *keys: int) -> None:
        self.words = {key: f"第{key}条" for key in keys}
        self.read = 0

    def back(self, before: int | None, limit: int) -> Rows:
        """The rows before a key, or the last of all."""
        self.read += 1
        keys = [key for key in sorted(self.words) if before is None or key > before]
        return Rows(tuple(Row(key, self.words[key]) for key in keys[:limit][::-1]), len(keys) > limit)

    def page(self, after: int | None, limit: int) -> Rows:
        self.read += 1
        keys = [key for key in sorted(self.words, reverse=True) if after is None or key < after]
        return Rows(tuple(Row(key, self.words[key]) for key in keys[:limit]), len(keys) > limit)


COLUMNS = [
    Column[Row]("号", lambda row: str(row.key), right=True),
    Column[Row]("状态", spoken=lambda row: "已保存", tip=lambda row: f"<b>{row.word}"),
    Column[Row]("内容", lambda row: row.word, colour=lambda row: "#B42318" if row.key == 1 else None),
]
