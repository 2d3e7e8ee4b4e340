"""Subjects folded in one process and written in another: as text between two of this program's own."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from desktop_app.domain.identity import Subject, SubjectKind
from desktop_app.storage.folded import Rows
from desktop_app.storage.folded_rows import ROWS
from desktop_app.storage.folding_in import Folded
from desktop_app.storage.tables import subjects

_KINDS = {kind.value: kind for kind in SubjectKind}
_TABLES = {table.name: table for table in (subjects, *(table for table, _ in ROWS.values()))}
_text = json.JSONEncoder(ensure_ascii=False, check_circular=False, separators=(",", ":")).encode


def folded_line(folded: Mapping[Subject, Folded]) -> bytes:
    """Return one line, with its end, for some subjects that ``fold_fresh`` made."""
    return _text([_told(subject, one) for subject, one in folded.items()]).encode() + b"\n"


def folded_of(line: bytes) -> dict[Subject, Folded]:
    """Return the subjects that ``folded_line`` wrote."""
    return dict(_read(*told) for told in json.loads(line))


def _told(subject: Subject, folded: Folded) -> list[Any]:
    rows: dict[str, Any] = {table.name: row for table, row in folded.rows.tables.items()}
    # The one column that holds bytes.
    digest = rows[subjects.name]["digest"]
    rows[subjects.name] = {**rows[subjects.name], "digest": digest and digest.hex()}
    return [subject.kind.value, subject.id, folded.arrived, folded.rows.terms, rows]


def _read(
    kind: str, subject_id: str, arrived: list[str], terms: str, rows: dict[str, Any]
) -> tuple[Subject, Folded]:
    row = rows[subjects.name]
    row["digest"] = row["digest"] and bytes.fromhex(row["digest"])
    tables = {_TABLES[name]: row for name, row in rows.items()}
    return Subject(_KINDS[kind], subject_id), Folded(None, tuple(arrived), Rows(tables, terms))
