"""Reconciling against exports of real systems: nothing is matched wrongly, whatever the agents mistyped."""

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from desktop_app.cli import main
from tests.acceptance import derive

AUTOMATIC = {"matched", "differs"}


def reconcile(tmp_path: Path, *arguments: str | Path) -> tuple[int, dict[str, Any]]:
    told = tmp_path / "result.json"
    code = main(["reconcile", *map(str, arguments), "--out", str(tmp_path / "out.xlsx"), "--json", str(told)])
    return code, json.loads(told.read_text("utf-8"))


def judge(derived: derive.Derived, result: dict[str, Any]) -> tuple[Counter[str], list[str]]:
    """Count what came out per case, and name every finding that is not the truth."""
    came: Counter[str] = Counter()
    wrong = []
    for record in result["records"]:
        number, status = record["number"], record["status"]
        came[f"{derived.case_of[number]} {status}"] += 1
        if status in AUTOMATIC and record["crm_id"] != derived.crm_of[number]:
            wrong.append(f"{number}: {record['crm_id']} for {derived.crm_of[number]}")
        if status == "to_backfill" and derived.crm_of[number]:
            wrong.append(f"{number}: said to be missing, but it is {derived.crm_of[number]}")
        if status == "duplicate":
            pair = {number, record["duplicate_of"]}
            if pair not in [{one, other} for one, other in derived.double_of.items()]:
                wrong.append(f"{number}: said to be a duplicate of {record['duplicate_of']}")
    return came, wrong


def check_books(result: dict[str, Any]) -> None:
    """Every row has one status, and the totals are the counts."""
    for name in ("records", "crm", "calls"):
        assert result["totals"][name] == len(result[name])
    for status in derive.STATUSES:
        rows = [row for name in ("records", "crm", "calls") for row in result[name]]
        assert result["totals"][status] == sum(row["status"] == status for row in rows)
    taken = [record["crm_id"] for record in result["records"] if record["status"] in AUTOMATIC]
    assert len(taken) == len(set(taken)), "a CRM row belongs to one record"
    held = {row["id"] for row in result["crm"] if row["status"] == "has_record"}
    assert set(taken) <= held


@pytest.mark.parametrize("seed", [1, 2, 3])
@pytest.mark.parametrize("form", ["csv", "xlsx", "importcompat.csv", "importcompat.xlsx"])
def test_odoo(tmp_path: Path, seed: int, form: str) -> None:
    derived = derive.hand_records(derive.odoo_rows(), seed)
    crm = derive.SAMPLES / "odoo14" / f"odoo14_project_task{'_' if 'import' in form else '.'}{form}"
    code, result = reconcile(tmp_path, "--records", derived.write(tmp_path / "r.csv"), "--crm", crm)
    came, wrong = judge(derived, result)
    print(f"odoo {form} seed {seed}: {dict(sorted(came.items()))}")
    assert wrong == []
    assert code == 1
    check_books(result)
    assert result["totals"]["crm"] == 300
    assert came["absent to_backfill"] == came.total() - sum(
        count for case, count in came.items() if not case.startswith("absent")
    )
    readable = sum(
        count
        for case, count in came.items()
        if case.split()[0] in ("as_is", "plus_86", "full_width", "spaced")
    )
    found = sum(
        count
        for case, count in came.items()
        if case.split()[0] in ("as_is", "plus_86", "full_width", "spaced") and case.split()[1] in AUTOMATIC
    )
    assert found >= 0.9 * readable, "a record with the right number, name and words is found"


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_redmine(tmp_path: Path, seed: int) -> None:
    derived = derive.hand_records(derive.redmine_rows(), seed)
    crm = derive.SAMPLES / "redmine504" / "redmine_issues_zh.csv"
    _, result = reconcile(tmp_path, "--records", derived.write(tmp_path / "r.csv"), "--crm", crm)
    came, wrong = judge(derived, result)
    print(f"redmine seed {seed}: {dict(sorted(came.items()))}")
    assert wrong == []
    check_books(result)
    assert result["totals"]["crm"] == 231
    numbered = [record for record in result["records"] if record["number"].startswith("WS01-")]
    assert len(numbered) > 30
    assert sum(record["status"] in AUTOMATIC for record in numbered) >= 0.95 * len(numbered)


@pytest.mark.parametrize("form", ["csv", "semi.csv", "xlsx", "xls"])
def test_creme(tmp_path: Path, form: str) -> None:
    """Creme's default view tells a title only: a person has to decide, nothing is guessed."""
    derived = derive.hand_records(derive.creme_rows(), 1)
    crm = derive.SAMPLES / "creme28" / f"creme_tickets.{form}"
    _, result = reconcile(tmp_path, "--records", derived.write(tmp_path / "r.csv"), "--crm", crm)
    came, wrong = judge(derived, result)
    print(f"creme {form}: {dict(sorted(came.items()))}")
    assert wrong == []
    check_books(result)
    assert result["totals"]["crm"] == 150
    assert came["absent to_backfill"] == 20


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_asterisk(tmp_path: Path, seed: int) -> None:
    derived, call_of = derive.call_records(seed)
    folder = derive.SAMPLES / "asterisk16_dev"
    _, result = reconcile(
        tmp_path,
        "--records",
        derived.write(tmp_path / "r.csv"),
        "--calls",
        folder / "Master.csv",
        "--queue-log",
        folder / "queue_log",
    )
    check_books(result)
    status_of = {call["id"]: call["status"] for call in result["calls"]}
    truth = derive.asterisk_calls()
    assert status_of.keys() == truth.keys()
    for call, (_, _, fate) in truth.items():
        expected = {"recorded", "not_recorded"} if fate == "answered" else {fate}
        assert status_of[call] in expected, call
    linked = {record["number"]: record["call_ids"] for record in result["records"]}
    wrong = [number for number, calls in linked.items() if calls and calls != [call_of[number]]]
    print(f"asterisk seed {seed}: {dict(Counter(status_of.values()))}, {len(call_of)} records, wrong {wrong}")
    assert wrong == []
    unrecorded = {call for call, told in truth.items() if told[2] == "answered"} - set(call_of.values())
    assert unrecorded <= {call for call, status in status_of.items() if status == "not_recorded"}


READABLE = {
    "duplicate_header.csv": 5,
    "excel_sep_line.csv": 5,
    "gb18030_crlf.csv": 5,
    "header_only_bom.csv": 0,
    "merged_two_row_header_total_row.xlsx": 5,
    "nul_bytes.csv": 5,
    "ragged_rows.csv": 7,
    "semicolon_utf8.csv": 5,
    "utf16le_bom_tab.txt": 5,
    "utf8_bom_crlf.csv": 5,
    "utf8_nobom_crlf.csv": 5,
}
REFUSED = {"big5_lossy.csv", "empty.csv", "unterminated_quote.csv"}


@pytest.mark.parametrize("path", sorted((derive.SAMPLES / "encodings").iterdir()), ids=lambda path: path.name)
def test_encodings(tmp_path: Path, path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "out.xlsx"
    arguments = ["reconcile", "--records", str(path), "--out", str(out), "--lang", "en"]
    code = main([*arguments, "--json", str(tmp_path / "result.json")])
    told = capsys.readouterr()
    if path.name in REFUSED:
        assert code == 2
        assert len(told.err.strip().splitlines()) == 1
        assert path.name in told.err
        assert not out.exists()
        return
    assert code == (1 if READABLE[path.name] else 0)
    records = json.loads((tmp_path / "result.json").read_text("utf-8"))["records"]
    assert len(records) == READABLE[path.name]
    assert {record["status"] for record in records} <= {"to_backfill"}
