"""Files looked at before they are compared, and mappings that a person chose."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from desktop_app.exchange.preview import FileKind
from desktop_app.exchange.profiles import load
from desktop_app.services.progress import Cancelled, Progress
from desktop_app.services.reconcile import reconcile_files
from desktop_app.services.reconcile_preview import (
    Offered,
    choose,
    keep_for_site,
    look_again,
    offer,
    request_of,
    site_profiles,
)
from tests.test_house import ROOT

SAMPLES = ROOT / "tests/samples"
ZONE = "Asia/Shanghai"
NOW = datetime(2026, 11, 21, 1, 0, tzinfo=UTC)
STRANGE = (
    "甲,乙,丙,丙,丁\nGD-1,13123450001,电梯停运,三号楼,21/11/2026 09:00\nGD-2,13123450002,水费,想问水费,昨天\n"
)


def seen(path: Path, folder: Path) -> Offered:
    (found,) = offer([path], ZONE, folder, Progress())
    return found


@pytest.mark.parametrize(
    ("file", "kind", "profile"),
    [
        ("odoo14/tasks_plain.csv", FileKind.CRM, "odoo"),
        ("redmine504/redmine_issues_zh.csv", FileKind.CRM, "redmine"),
        ("creme28/creme_tickets.xlsx", FileKind.CRM, "creme"),
        ("asterisk16_dev/Master.csv", FileKind.CALLS, "asterisk"),
        ("asterisk16_dev/queue_log", FileKind.QUEUE_LOG, "asterisk"),
    ],
)
def test_what_a_file_is_is_guessed(tmp_path: Path, file: str, kind: FileKind, profile: str) -> None:
    path = SAMPLES / file
    if not path.exists():
        path = next(one for one in sorted(path.parent.iterdir()) if one.suffix == path.suffix)
    found = seen(path, tmp_path).seen
    assert found is not None
    assert (found.kind, found.profile.name) == (kind, profile)
    assert found.opened.rows > 0
    assert any(column.samples for column in found.columns)


def test_a_call_log_with_a_header_is_no_crm_export(tmp_path: Path) -> None:
    path = tmp_path / "话单.csv"
    path.write_text(
        "呼入时间,主叫号码,被叫号码,坐席,通话时长\n2026-11-21 09:00,13123450001,400,8021,35\n", "utf-8"
    )
    found = seen(path, tmp_path).seen
    assert found is not None
    assert found.kind is FileKind.CALLS
    assert found.mapping == {
        "呼入时间": "started_at",
        "主叫号码": "caller",
        "被叫号码": "callee",
        "坐席": "agent",
        "通话时长": "talk_seconds",
    }
    assert found.columns[0].read == datetime(2026, 11, 21, 1, 0, tzinfo=UTC)


def test_our_own_template_is_known(tmp_path: Path) -> None:
    path = tmp_path / "records.csv"
    from desktop_app.exchange.record_files import write_records
    from desktop_app.words import Words

    write_records(path, [{"number": "07-00001-9", "kind": "urgent"}], Words("zh"))
    found = seen(path, tmp_path)
    assert found.kind is FileKind.RECORDS


def test_a_bad_file_leaves_the_others(tmp_path: Path) -> None:
    empty = tmp_path / "空.csv"
    empty.write_bytes(b"")
    good = tmp_path / "crm.csv"
    good.write_text("工单编号,主题\nGD-1,电梯\n", "utf-8")
    bad, fine = offer([empty, good], ZONE, tmp_path, Progress())
    assert (bad.error is not None and bad.error.code, bad.seen) == ("reading.empty", None)
    assert fine.kind is FileKind.CRM
    assert request_of([bad, fine], None, None).crm == (good,)


def test_looking_is_stopped(tmp_path: Path) -> None:
    progress = Progress(lambda step, done, of: progress.stop() if done else None)
    paths = [SAMPLES / "asterisk16_dev/Master.csv", SAMPLES / "asterisk16_dev/queue_log"]
    with pytest.raises(Cancelled):
        offer([*paths, *paths], ZONE, tmp_path, progress)


def test_a_chosen_mapping_is_what_is_read(tmp_path: Path) -> None:
    path = tmp_path / "strange.csv"
    path.write_text(STRANGE, "utf-8")
    found = seen(path, tmp_path)
    assert found.seen is not None
    assert (found.kind, found.seen.lacks, found.seen.mapping) == (FileKind.CRM, True, {})
    mapping = {"甲": "id", "乙": "phone", "丙": "summary", "丙 [2]": "detail", "丁": "occurred_at"}
    chosen = choose(found.seen, mapping, ZONE, "+00:00")
    assert (chosen.lacks, chosen.mapping) == (False, mapping)
    assert chosen.columns[4].read == datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
    assert [note.code for note in chosen.notes if note.code != "repeated_column"] == ["times_not_read"]
    request = request_of([Offered(path, path.name, chosen)], None, None)
    (row, _) = reconcile_files(request, now=NOW).found.crm
    assert (row.row.id, row.row.phone, row.row.summary) == ("GD-1", "13123450001", "电梯停运")
    assert (row.row.detail, row.row.occurred_at) == ("三号楼", datetime(2026, 11, 21, 9, 0, tzinfo=UTC))


def test_a_kept_mapping_is_found_again(tmp_path: Path) -> None:
    path = tmp_path / "strange.csv"
    path.write_text(STRANGE, "utf-8")
    first = seen(path, tmp_path).seen
    assert first is not None
    mapping = {"甲": "id", "乙": "phone", "丙": "summary"}
    kept = keep_for_site(choose(first, mapping, ZONE, "+09:00"), tmp_path)
    assert kept.parent == site_profiles(tmp_path)
    path.write_text(STRANGE.replace("甲,", "己,甲,").replace("GD", "x,GD"), "utf-8")
    again = seen(path, tmp_path).seen
    assert again is not None
    assert (again.mapping, again.profile.zone, again.guessed) == (mapping, "+09:00", False)
    assert again.profile.rows_of == "generic"
    told = load(str(kept), "crm")
    assert told.values == load("generic", "crm").values
    assert request_of([Offered(path, "x", again)], None, None).chosen == {path: again.profile}


def test_a_file_is_read_as_what_a_person_says(tmp_path: Path) -> None:
    path = tmp_path / "话单.csv"
    path.write_text("编号,日期时间,号码\n1,2026-11-21 09:00,13123450001\n", "utf-8")
    found = seen(path, tmp_path).seen
    assert found is not None
    as_calls = look_again(found, FileKind.CALLS, ZONE)
    assert as_calls.mapping["日期时间"] == "started_at"
    as_crm = look_again(as_calls, FileKind.CRM, ZONE)
    assert as_crm.mapping["编号"] == "id"
