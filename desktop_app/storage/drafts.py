"""Drafts: what is being typed. No entries, never sent anywhere; overwritten in place, many at once.

A draft has its number from the first key on (JOURNAL, numbers) and the id its record will have.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import RowMapping, bindparam, select
from sqlalchemy.dialects.sqlite import insert

from desktop_app.domain.entries import Value, moment_of, moment_text
from desktop_app.domain.errors import Damaged
from desktop_app.domain.identity import Subject, SubjectKind
from desktop_app.domain.numbers import Number, parse_number
from desktop_app.storage.tables import drafts
from desktop_app.storage.unit_of_work import UnitOfWork, View

_NEW = insert(drafts)
# Built once: on the path of every key, making a statement costs more than running it.
_PUT = _NEW.on_conflict_do_update(
    index_elements=[drafts.c.id],
    set_={name: _NEW.excluded[name] for name in ("actor", "kept_at", "content")},
)
_FIND = select(drafts).where(drafts.c.id == bindparam("id"))
_ASIDE = "_aside"
"""Stands in the content beside the fields, none of which begins with an underscore."""
_REMOVE = drafts.delete().where(drafts.c.id == bindparam("gone"))


@dataclass(frozen=True, slots=True)
class Draft:
    """A form being filled in; ``subject`` is the record it becomes, ``values`` what was typed so far.

    ``aside``: it waits for later while another call is typed.
    """

    subject: Subject
    number: Number
    actor: str
    started_at: datetime
    kept_at: datetime
    values: Mapping[str, Value]
    aside: bool = False


def put_draft(unit: UnitOfWork, draft: Draft) -> None:
    """Write a draft over its older self."""
    content = {**draft.values, _ASIDE: True} if draft.aside else dict(draft.values)
    row: dict[str, Any] = {
        "id": draft.subject.id,
        "number": str(draft.number),
        "station": draft.number.station,
        "drill": int(draft.number.drill),
        "sequence": draft.number.sequence,
        "actor": draft.actor,
        "started_at": moment_text(draft.started_at),
        "kept_at": moment_text(draft.kept_at),
        "content": json.dumps(content, ensure_ascii=False),
    }
    unit.connection.execute(_PUT, row)


def find_draft(view: View, subject_id: str) -> Draft | None:
    """Return one draft, None where it is none (any more)."""
    found = view.connection.execute(_FIND, {"id": subject_id}).mappings().first()
    return None if found is None else _draft(found)


def all_drafts(view: View) -> list[Draft]:
    """Return every open draft, the oldest number first."""
    found = view.connection.execute(select(drafts).order_by(drafts.c.sequence)).mappings()
    return [_draft(row) for row in found]


def remove_draft(unit: UnitOfWork, subject_id: str) -> None:
    """Take a draft away; its number has to live on in an entry of the same unit."""
    unit.connection.execute(_REMOVE, {"gone": subject_id})


def _draft(row: RowMapping) -> Draft:
    number = parse_number(row["number"])
    if number is None:
        raise Damaged("store.damaged")
    values = json.loads(row["content"])
    aside = bool(values.pop(_ASIDE, False))
    return Draft(
        Subject(SubjectKind.RECORD, row["id"]),
        number,
        row["actor"],
        moment_of(row["started_at"]),
        moment_of(row["kept_at"]),
        values,
        aside,
    )
