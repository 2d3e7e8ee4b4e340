"""The command as a person types it: files in, workbook and JSON out, exit codes 0, 1 and 2."""

import csv
import json
from pathlib import Path

import pytest
from openpyxl import load_workbook

from desktop_app.cli import main
from desktop_app.words import Words

SAMPLES = Path(__file__).parents[1] / "samples"
HEADER = ("number", "kind", "channel", "received_at", "caller_name", "phone", "summary", "crm_id")
RECORDS = (
    ("07-00001-9", "complaint", "phone", "2026-11-21T09:00:00", "李娜", "13123450001", "物业费多收", ""),
    ("07-00002-4", "urgent", "phone", "2026-11-21T09:20:00", "王建国", "13123450002", "电梯停运", ""),
    ("07-00003-5", "enquiry", "web", "2026-11-21T09:40:00", "陈晓", "13123450003", "查询停电时间", ""),
)
CRM = (
    ("编号", "创建时间", "客户姓名", "联系电话", "主题"),
    ("A-1", "2026-11-21 15:00", "李娜", "13123450001", "补录 07-00001-9 物业费多收"),
    ("A-2", "2026-11-21 15:02", "王建国", "13123450002", "补录 07-00002-4 电梯停运"),
)


def table(path: Path, *rows: tuple[str, ...]) -> str:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows(rows)
    return str(path)


def run(folder: Path, *arguments: str, lang: str = "en") -> tuple[int, dict]:
    out, found = folder / "out.xlsx", folder / "out.json"
    code = main(["reconcile", *arguments, "--out", str(out), "--json", str(found), "--lang", lang])
    return code, json.loads(found.read_text("utf-8"))


def test_json_has_exactly_the_agreed_keys(tmp_path: Path) -> None:
    records = table(tmp_path / "records.csv", HEADER, *RECORDS)
    crm = table(tmp_path / "crm.csv", *CRM)
    calls, queue = SAMPLES / "asterisk16_dev/Master.csv", SAMPLES / "asterisk16_dev/queue_log"
    code, found = run(
        tmp_path, "--records", records, "--crm", crm, "--calls", str(calls), "--queue-log", str(queue)
    )
    assert code == 1
    assert found.keys() == {"records", "crm", "calls", "totals"}
    assert found["records"][0].keys() == {
        "number",
        "status",
        "crm_id",
        "call_ids",
        "score",
        "reasons",
        "duplicate_of",
        "differences",
    }
    assert found["crm"][0].keys() == {"id", "status", "record"}
    assert found["calls"][0].keys() == {"id", "status", "records"}
    assert [(record["number"], record["status"], record["crm_id"]) for record in found["records"]] == [
        ("07-00001-9", "matched", "A-1"),
        ("07-00002-4", "matched", "A-2"),
        ("07-00003-5", "to_backfill", ""),
    ]
    assert found["crm"][0] == {"id": "A-1", "status": "has_record", "record": "07-00001-9"}
    assert found["totals"]["calls"] == 50
    assert found["totals"]["not_recorded"] == 27


def test_nothing_left_is_exit_0(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    records = table(tmp_path / "records.csv", HEADER, *RECORDS[:2])
    code, found = run(tmp_path, "--records", records, "--crm", table(tmp_path / "crm.csv", *CRM))
    assert code == 0
    assert found["totals"]["matched"] == 2
    told = capsys.readouterr().out
    assert "guessed from the headers" in told
    assert "Matched 2" in told


def test_without_crm_all_is_to_backfill_but_known_numbers(tmp_path: Path) -> None:
    known = (*RECORDS[0][:-1], "A-9")
    code, found = run(tmp_path, "--records", table(tmp_path / "records.csv", HEADER, known, RECORDS[1]))
    assert code == 1
    assert [record["status"] for record in found["records"]] == ["backfilled", "to_backfill"]
    front = load_workbook(tmp_path / "out.xlsx").worksheets[0]
    texts = [str(cell.value) for row in front.iter_rows() for cell in row]
    assert any("No CRM export was read" in text for text in texts)


def test_a_window_puts_the_rest_outside(tmp_path: Path) -> None:
    records = table(tmp_path / "records.csv", HEADER, *RECORDS)
    window = ("--window", "2026-11-21T09:10", "2026-11-21T01:30:00Z")
    _, found = run(tmp_path, "--records", records, *window)
    assert [record["status"] for record in found["records"]] == ["outside", "to_backfill", "outside"]


def refused(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert main(["reconcile", *arguments]) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.count("\n") == 1
    return told.err


def test_bad_input_is_one_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    records = table(tmp_path / "records.csv", HEADER, *RECORDS)
    given, out = ("--lang", "en", "--records", records), str(tmp_path / "x.xlsx")
    assert "09:00" in refused(capsys, *given, "--out", out, "--window", "09:00", "10:00")
    turned = ("--window", "2026-11-21T10:00", "2026-11-21T09:00")
    assert "swap" in refused(capsys, *given, "--out", out, *turned)
    assert "Mars" in refused(capsys, *given, "--out", out, "--zone", "Mars/Phobos")
    assert ".xlsx" in refused(capsys, *given, "--out", str(tmp_path / "x.csv"))
    assert "records.csv" in refused(capsys, *given, "--out", out, "--json", records)
    assert "none.csv" in refused(
        capsys, "--lang", "en", "--records", str(tmp_path / "none.csv"), "--out", out
    )
    assert "two names" in refused(capsys, *given, "--out", out, "--json", out)
    assert "folder" in refused(capsys, *given, "--out", str(tmp_path / "no" / "x.xlsx"))
    assert "--crm-profile" in refused(capsys, *given, "--out", out, "--crm-profile", "odoo")
    assert "--crm-profile" in refused(capsys, *given, "--out", out, "--crm-profile", "")
    assert "no [records]" in refused(capsys, *given, "--out", out, "--records-profile", "odoo")
    assert "no profile" in refused(capsys, *given, "--out", out, "--records-profile", "")
    assert "time zone" in refused(capsys, *given, "--out", out, "--zone", "")
    assert not (tmp_path / "x.xlsx").exists()
    assert (tmp_path / "records.csv").read_bytes().startswith(b"\xef\xbb\xbf")


def test_a_password_from_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FALLBACK_DESK_WORKBOOK_PASSWORD", "应急2026")
    run(tmp_path, "--records", table(tmp_path / "records.csv", HEADER, *RECORDS))
    assert not (tmp_path / "out.xlsx").read_bytes().startswith(b"PK")


def test_chinese_from_end_to_end(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    records = table(tmp_path / "records.csv", HEADER, *RECORDS)
    run(tmp_path, "--records", records, lang="zh")
    assert Words("zh").say("workbook.no_crm") in capsys.readouterr().out
    assert load_workbook(tmp_path / "out.xlsx").sheetnames[0] == "总览"


@pytest.mark.parametrize("name", ["-", "/dev/stdout"])
def test_json_on_standard_output_stands_alone(
    tmp_path: Path, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    records = table(tmp_path / "records.csv", HEADER, *RECORDS)
    out = str(tmp_path / "out.xlsx")
    device = Path("/dev/stdout").readlink()
    assert main(["reconcile", "--records", records, "--out", out, "--json", name, "--lang", "zh"]) == 1
    told = capsys.readouterr()
    assert json.loads(told.out)["totals"]["records"] == 3
    assert "out.xlsx" in told.err
    assert Path("/dev/stdout").readlink() == device
    assert not Path("-").exists()


def test_a_store_is_no_place_for_results(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    records = table(tmp_path / "records.csv", HEADER, *RECORDS)
    (tmp_path / "desk").mkdir()
    keys = tmp_path / "desk" / "keys.json"
    keys.write_text("old")
    given, out = ("--lang", "en", "--records", records), str(tmp_path / "x.xlsx")
    assert "inside the store" in refused(capsys, *given, "--out", out, "--json", str(keys))
    assert "inside the store" in refused(capsys, *given, "--out", str(tmp_path / "desk" / "x.xlsx"))
    assert keys.read_text() == "old"


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_window_beside_everything_is_no_all_clear(
    tmp_path: Path, lang: str, capsys: pytest.CaptureFixture[str]
) -> None:
    records = table(tmp_path / "records.csv", HEADER, *RECORDS)
    rows = [(*row[:-1], "漏水") for row in CRM[1:]]  # no number that tells whose row it is
    crm = table(tmp_path / "crm.csv", CRM[0], *rows)
    window = ("--window", "2027-01-01T00:00", "2027-01-02T00:00")
    run(tmp_path, "--records", records, "--crm", crm, *window, lang=lang)
    words = Words(lang)
    front = load_workbook(tmp_path / "out.xlsx").worksheets[0]
    texts = [str(cell.value) for row in front.iter_rows() for cell in row]
    printed = capsys.readouterr().out
    for side, count in (("records", 3), ("crm", 2)):
        told = words.say("warning.nothing_inside", side=words.say(f"workbook.side.{side}"), count=count)
        assert told in printed
        assert f"⚠ {told}" in texts
    assert words.say("workbook.nothing_left") not in texts


def test_what_was_not_checked_does_not_add_up(tmp_path: Path) -> None:
    records = table(tmp_path / "records.csv", HEADER, *RECORDS[:2])
    code, _ = run(tmp_path, "--records", records, "--crm", table(tmp_path / "crm.csv", *CRM))
    assert code == 0
    headline = load_workbook(tmp_path / "out.xlsx").worksheets[0]["A4"].value
    assert "not everything could be checked" in headline
    assert Words("en").say("workbook.equation.calls") in headline
