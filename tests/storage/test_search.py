"""What a filter finds: by pairs of letters, in whatever spelling."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.domain.entries import Action
from desktop_app.domain.identity import Subject, SubjectKind
from desktop_app.domain.purging import purge_payload
from desktop_app.services.records import log_record
from desktop_app.storage.letter_pairs import folded, match, terms
from desktop_app.storage.search import asked
from desktop_app.storage.store import Store

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)


def hits(store: Store, text: str) -> int:
    with store.database.read() as connection:
        found = connection.exec_driver_sql(
            "SELECT rowid FROM search WHERE search MATCH ?", (match(asked(text)),)
        )
        return len(found.all())


@pytest.fixture
def kept(store: Store) -> Store:
    log_record(store, {"caller_name": "王芳", "phone": "0571-5550 0012转801", "summary": "电梯停运"}, now=NOW)
    log_record(store, {"caller_name": "Anna Wu", "phone": "13123450001", "detail": "一楼大厅漏水"}, now=NOW)
    return store


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("王芳", 1),
        ("王", 1),
        ("芳", 1),
        ("停运", 1),
        ("电梯 王芳", 1),
        ("电梯 漏水", 0),
        ("楼大", 1),
        ("anna", 1),
        ("ＡＮＮＡ", 1),
        ("450001", 1),
        ("131 2345 0001", 1),
        ("+86 13123450001", 1),
        ("057155500012", 1),
        ("5550-0012", 1),
        ("13", 1),
        ("07-00002-5", 0),
        ("07-00001-2", 1),
        ("AND", 0),
        ('" OR', 0),
        ("不存在", 0),
    ],
)
def test_what_is_found(kept: Store, text: str, count: int) -> None:
    assert hits(kept, text) == count


def test_what_changes_and_what_is_purged_leaves_the_index(kept: Store) -> None:
    with kept.change() as unit:
        (subject,) = (
            one.subject for one in unit.states(SubjectKind.RECORD) if one.text("caller_name") == "王芳"
        )
        unit.change(subject, {"caller_name": "李娜"}, at=NOW)
    assert (hits(kept, "王芳"), hits(kept, "李娜"), hits(kept, "停运")) == (0, 1, 1)
    with kept.change() as unit:
        purge = purge_payload(unit.state(subject), unit.heads(), open_promises=0)
        unit.append(Subject(SubjectKind.RECORD, subject.id), Action.PURGE, purge, at=NOW)
    assert (hits(kept, "李娜"), hits(kept, "停运"), hits(kept, "漏水")) == (0, 0, 1)


@given(st.text(max_size=30), st.integers(0, 30), st.integers(1, 30))
def test_every_part_of_a_text_asks_for_terms_it_has(text: str, start: int, length: int) -> None:
    whole = folded(text)
    part = whole[start : start + length]
    held = set(terms(whole).split())
    for term in match([part]).replace(" *", "*").split() if part else ():
        plain = term.strip('"*').strip('"')
        assert plain in held or (term.endswith("*") and any(one.startswith(plain) for one in held))


@given(st.text())
def test_no_filter_breaks_the_question(text: str) -> None:
    assert all(part.isalnum() for part in asked(text))
