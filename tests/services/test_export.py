"""What a store exports can be logged again at another store, and says the same there."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from desktop_app.services.export import export_records
from desktop_app.services.records import log_record, template_rows
from desktop_app.storage.store import Store
from desktop_app.words import LANGUAGES, Language, Words
from tests.stores import new_store

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
CALLS = (
    {"kind": "urgent", "channel": "phone", "caller_name": "=cmd|' /C calc'!A0", "phone": "+86 13123450001"},
    {"kind": "投诉", "summary": "电梯\n停运 𠮷", "callback_due": "2026-03-02T18:00:00", "category": "投诉"},
    {"channel": "到访", "detail": "第三件", "received_at": "2026-03-01T23:59:59.25Z", "category": "停车"},
)


@pytest.mark.parametrize("language", LANGUAGES)
def test_exported_and_logged_again(store: Store, tmp_path: Path, language: Language) -> None:
    for call in CALLS:
        log_record(store, call, now=NOW)
    file = tmp_path / "records.jsonl"
    assert export_records(store, file, Words(language)) == 3
    names = {Words(language).say(f"field.{column}"): column for column in template_rows(store)[0]}
    with new_store(tmp_path / "other", station="08") as other:
        for line in file.read_text("utf-8").splitlines():
            told = {names.get(name, name): text for name, text in json.loads(line).items()}
            assert told["station"] == "07"
            log_record(other, told | {"number": ""}, now=NOW)
        assert [unowned(row) for row in template_rows(other)] == [
            unowned(row) for row in template_rows(store)
        ]


def unowned(row: dict[str, str]) -> dict[str, str]:
    """A row without what the store gives it."""
    return {name: text for name, text in row.items() if name not in ("number", "station", "agent")}


def test_times_are_the_sites_and_say_so(store: Store, tmp_path: Path) -> None:
    log_record(store, CALLS[1], now=NOW)
    export_records(store, tmp_path / "records.jsonl", Words("en"))
    line = json.loads((tmp_path / "records.jsonl").read_text("utf-8"))
    assert (line["received_at"], line["callback_due"]) == (
        "2026-03-02T09:00:00+08:00",
        "2026-03-02T18:00:00+08:00",
    )
    assert line["number"] == "07-00001-9"


def test_an_empty_store_gives_an_empty_template(store: Store, tmp_path: Path) -> None:
    assert export_records(store, tmp_path / "records.csv", Words("zh")) == 0
    assert (tmp_path / "records.csv").read_text("utf-8-sig").startswith("临时编号,类型,渠道,")
