"""Rows of a CRM export: whose created time is the back-fill's, and whose text may hold the call's."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, tzinfo
from pathlib import Path

from desktop_app.domain.reconciliation import CrmRow
from desktop_app.domain.times import parse_moment
from desktop_app.domain.typed import read_money
from desktop_app.exchange import profiles
from desktop_app.exchange.mapping import NONE_CHOSEN, FileRead, View, need, open_views
from desktop_app.exchange.notes import Note
from desktop_app.exchange.profiles import Profile
from desktop_app.exchange.rich_text import plain_text
from desktop_app.exchange.tabular import Row
from desktop_app.exchange.watched_child import Check, go_on

_TELLING = ("id", "summary", "phone", "detail")
_PLAIN = (
    "number",
    "caller_name",
    "phone",
    "callback_phone",
    "customer_no",
    "address",
    "category",
    "summary",
    "detail",
    "agent",
)
_NO_TEXT = ("created_at", "occurred_at", "phone", "callback_phone", "agent", "amount")
_LABEL = re.compile(
    r"(?:来电时间|呼入时间|受理时间|接听时间|接电时间|发生时间|记录时间"
    r"|call time|called at|received at|time of call)"
    r"\s*[:\uff1a]?\s*",
    re.IGNORECASE,
)
_ENDS = re.compile(r"[\n,\uff0c;\uff1b。]")
_SHORTEST_MOMENT, _LONGEST_MOMENT = 8, 40


@dataclass(frozen=True, slots=True)
class CrmRead:
    """CRM rows, how they were read, and what was not understood.

    ``category_words`` map to our categories; ``rows_of`` names what the rows' ids are unique within.
    """

    rows: tuple[CrmRow, ...]
    profile: str
    guessed: bool
    status: str
    files: tuple[FileRead, ...]
    notes: tuple[Note, ...]
    zone_fixed: bool
    category_words: Mapping[str, str] = field(default_factory=dict)
    rows_of: str = ""


def read_crm(
    paths: Sequence[Path],
    profile: str | None,
    zone: tzinfo,
    *,
    chosen: Mapping[Path, Profile] = NONE_CHOSEN,
    check: Check = go_on,
) -> CrmRead:
    """Read CRM exports; a row that comes again with the same id replaces the earlier one.

    Raises KnownError ``reading.*`` for a file that cannot be read or has no telling column.
    """
    told = profiles.load(profile, "crm") if profile is not None else None
    rows: dict[str, CrmRow] = {}
    files: list[FileRead] = []
    notes: list[Note] = []
    used: list[Profile] = []
    for view in open_views(paths, "crm", told, zone, notes, chosen, check):
        need(view, _TELLING)
        again = 0
        for row in view.table.rows:
            made = _row(view, row)
            again += made.id in rows
            rows[made.id] = made
        if again:
            view.notes.append(Note("repeated_crm_row", {"count": str(again)}))
        if not view.has("id"):
            view.notes.append(Note("no_id_column"))
        files.append(FileRead(view.table.file, view.table.sha256, len(view.table.rows)))
        notes.extend(view.finish())
        used.append(view.profile)
    main = used[0] if used else told or profiles.shipped(profiles.GENERIC)
    return CrmRead(
        rows=tuple(rows.values()),
        profile=main.name,
        guessed=told is None and not chosen.keys() & set(paths),
        status=main.status,
        files=tuple(files),
        notes=tuple(notes),
        zone_fixed=bool(main.zone),
        category_words=main.options.get("category", {}),
        rows_of=main.rows_of,
    )


def _row(view: View, row: Row) -> CrmRow:
    values = {name: view.text(row, name) for name in _PLAIN}
    for name in ("summary", "detail"):
        values[name] = plain_text(values[name])
    kind = view.text(row, "kind")
    made = CrmRow(
        id=view.text(row, "id") or str(row.source),
        source=row.source,
        created_at=view.moment(row, "created_at"),
        occurred_at=view.moment(row, "occurred_at", date_field="occurred_date"),
        kind=view.profile.code("kind", kind),
        amount=_amount(view, row),
        texts=_texts(view, row),
        **values,
    )
    if made.occurred_at is None:
        made = replace(made, occurred_at=written_moment(made.texts, view.zone))
    return made


def _amount(view: View, row: Row) -> str:
    if not view.has("amount"):
        return ""
    text = view.text(row, "amount")
    return (read_money(text) or "") if text else "0.00"


def _texts(view: View, row: Row) -> tuple[str, ...]:
    """Return every cell in which somebody may have written a record number or a call time."""
    without = {view.index[name] for name in _NO_TEXT if name in view.index}
    cells = (view.clean(cell) for place, cell in enumerate(row.cells) if place not in without)
    return tuple(plain_text(cell) for cell in cells if cell)


def written_moment(texts: Sequence[str], zone: tzinfo) -> datetime | None:
    """Return the call time that somebody wrote into a text behind its name; None unless it is only one."""
    found = set()
    for text in texts:
        for match in _LABEL.finditer(text):
            behind = text[match.end() : match.end() + _LONGEST_MOMENT]
            moment = _longest(_ENDS.split(behind, maxsplit=1)[0].rstrip(), zone)
            if moment is not None:
                found.add(moment)
    return found.pop() if len(found) == 1 else None


def _longest(text: str, zone: tzinfo) -> datetime | None:
    for end in range(len(text), _SHORTEST_MOMENT - 1, -1):
        moment = parse_moment(text[:end], zone)
        if moment is not None:
            return moment
    return None
