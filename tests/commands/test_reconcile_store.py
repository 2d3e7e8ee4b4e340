"""``reconcile --store``: the store's records, and what only a store can prove."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from openpyxl import load_workbook

from desktop_app.cli import main
from desktop_app.domain.roles import Role
from desktop_app.paths import data_folder
from desktop_app.services.decisions import confirm, waive
from desktop_app.services.records import log_record
from desktop_app.services.stores import Person, create
from desktop_app.words import Words
from tests.exchange.formulas import value_of

NOW = datetime(2026, 11, 21, 1, 0, tzinfo=UTC)
PIN = "a long pass phrase"


def test_numbers_promises_and_audit_come_along(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    owner = Person("8021", "李娜", Role.LEAD)
    created = create(tmp_path / "07", station="07", owner=owner, pin=PIN, data_folder=data_folder(), now=NOW)
    with created.store as store:
        due = "2026-11-21T12:00:00+08:00"
        log_record(store, {"kind": "urgent", "phone": "13123450001", "callback_due": due}, now=NOW)
        log_record(store, {"kind": "complaint", "caller_name": "=1+1", "phone": "13123450002"}, now=NOW)
    monkeypatch.setenv("FALLBACK_DESK_USER", "8021")
    monkeypatch.setenv("FALLBACK_DESK_PIN", PIN)
    out, found = tmp_path / "out.xlsx", tmp_path / "out.json"
    told = ["--out", str(out), "--json", str(found), "--lang", "zh"]
    assert main(["reconcile", "--store", str(tmp_path / "07"), *told]) == 1
    numbers = [record["number"] for record in json.loads(found.read_text("utf-8"))["records"]]
    assert sorted(numbers) == ["07-00001-9", "07-00002-4"]
    assert capsys.readouterr().err == ""
    book, words = load_workbook(out), Words("zh")
    front = book.worksheets[0]
    cells = {cell.value: cell for row in front.iter_rows() for cell in row if cell.value}
    issued = cells[words.say("workbook.term.issued")]
    assert value_of(book, front.title, front.cell(issued.row, issued.column + 1).value) == 2
    assert book["回访承诺"]["A2"].value == "07-00001-9"
    assert book["回访承诺"]["B2"].value == words.say("workbook.promise.open")
    assert str(book["回访承诺"]["C2"].value) == "2026-11-21 12:00:00"
    assert book["操作审计"].max_row > 4
    types = {cell.data_type for row in book["操作审计"].iter_rows() for cell in row}
    assert types.isdisjoint({"f", "e"})


def test_decisions_in_the_store_hold_on_the_command_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    owner = Person("8021", "李娜", Role.LEAD)
    created = create(tmp_path / "07", station="07", owner=owner, pin=PIN, data_folder=data_folder(), now=NOW)
    with created.store as store:
        kept = log_record(store, {"kind": "urgent", "phone": "13123450001"}, now=NOW)
        waived = log_record(store, {"kind": "abnormal", "phone": "13123450002"}, now=NOW)
        confirm(store, kept.subject_id, "GD-7", profile="generic", now=NOW)
        waive(store, waived.subject_id, reason="骚扰来电", now=NOW)
    crm, found = tmp_path / "crm.csv", tmp_path / "out.json"
    crm.write_text("工单编号,客户姓名,主题\nGD-7,孙女士,换锁\n", "utf-8")
    monkeypatch.setenv("FALLBACK_DESK_USER", "8021")
    monkeypatch.setenv("FALLBACK_DESK_PIN", PIN)
    told = ["--crm", str(crm), "--out", str(tmp_path / "out.xlsx"), "--json", str(found), "--lang", "zh"]
    main(["reconcile", "--store", str(tmp_path / "07"), *told])
    records = {record["number"]: record for record in json.loads(found.read_text("utf-8"))["records"]}
    assert records[str(kept.number)]["crm_id"] == "GD-7"
    assert records[str(waived.number)]["status"] == "waived"
    assert records[str(waived.number)]["reasons"] == ["免补录：骚扰来电"]
    assert capsys.readouterr().err == ""


def test_a_wrong_pin_is_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("FALLBACK_DESK_USER", "8021")
    monkeypatch.setenv("FALLBACK_DESK_PIN", PIN)
    assert main(["reconcile", "--store", str(tmp_path / "none"), "--out", str(tmp_path / "x.xlsx")]) == 2
    assert capsys.readouterr().err.count("\n") == 1
