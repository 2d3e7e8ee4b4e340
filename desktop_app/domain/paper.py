"""A document as it is printed: sections of labelled boxes, tables and texts, before anything is drawn.

What a form says is decided here and in services; how it lies on A4 is for the window (``ui/papers``).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Entry:
    """A labelled box. ``room`` is how many lines are kept free to write on where ``text`` is empty."""

    label: str
    text: str = ""
    room: int = 1


@dataclass(frozen=True, slots=True)
class Entries:
    """Rows of labelled boxes; the boxes of a row share its width evenly."""

    rows: tuple[tuple[Entry, ...], ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """A table. ``shares`` are the widths of its columns to each other; ``nothing`` stands for no rows."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    shares: tuple[int, ...]
    nothing: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """What stands under one heading."""

    title: str
    parts: tuple[Entries | Grid, ...]


@dataclass(frozen=True, slots=True)
class Paper:
    """A document: ``number`` is what it is about and stands on every page, as do ``mark`` and ``form``.

    Attributes:
        subtitle: lines under the title.
        mark: a word in a frame ("drill"), "" for none.
        form: number and version of the form (2 cover).
        printed: by whom, where and when.
    """

    title: str
    number: str
    sections: tuple[Section, ...]
    subtitle: str = ""
    mark: str = ""
    form: str = ""
    printed: str = ""


def lines_of(paper: Paper) -> Iterator[str]:
    """Yield the document as lines of plain text, to copy or to keep as a text file."""
    yield paper.title
    yield from (line for line in (paper.mark, paper.subtitle, paper.number) if line)
    for section in paper.sections:
        yield ""
        yield section.title
        for part in section.parts:
            yield from _grid(part) if isinstance(part, Grid) else _entries(part)
    yield ""
    yield from (line for line in (paper.form, paper.printed) if line)


def _entries(part: Entries) -> Iterator[str]:
    for row in part.rows:
        for one in row:
            yield f"{one.label}: {one.text}" if one.label else one.text


def _grid(part: Grid) -> Iterator[str]:
    if not part.rows:
        yield part.nothing
        return
    yield "\t".join(part.head)
    for row in part.rows:
        yield "\t".join(" ".join(text.split()) for text in row)
