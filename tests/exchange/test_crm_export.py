"""Exports of real CRMs (tests/samples/SOURCES.md)."""

from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from desktop_app.exchange.crm_export import CrmRead, read_crm

SAMPLES = Path(__file__).parents[1] / "samples"
ZONE = ZoneInfo("Asia/Shanghai")


@pytest.mark.parametrize("form", ["odoo14_project_task", "odoo14_project_task_importcompat"])
def test_odoo_csv_and_xlsx_say_the_same(form: str) -> None:
    csv_read, xlsx_read = (
        read_crm([SAMPLES / "odoo14" / f"{form}.{end}"], None, ZONE) for end in ("csv", "xlsx")
    )
    assert csv_read.profile == xlsx_read.profile == "odoo"
    assert len(csv_read.rows) == 300
    for one, other in zip(csv_read.rows, xlsx_read.rows, strict=True):
        assert (one.id, one.phone, one.caller_name, one.created_at, one.summary, one.detail, one.texts) == (
            other.id,
            other.phone,
            other.caller_name,
            other.created_at,
            other.summary,
            other.detail,
            other.texts,
        )
    first = csv_read.rows[0]
    assert first.id == "__export__.project_task_296_276ab520"
    assert first.detail == '你的的话活动大小成功是一.\n第二行,含逗号与"引号"'
    assert first.created_at == datetime(2026, 11, 21, 19, 43, 6, tzinfo=UTC)
    assert first.occurred_at is None


def test_odoo_lead_with_the_call_time_in_its_text() -> None:
    read = read_crm([SAMPLES / "import-verified" / "odoo14_crm_lead_ACCEPTED.csv"], None, ZONE)
    assert [row.occurred_at for row in read.rows] == [datetime(2026, 3, 1, tzinfo=UTC)] * 3


def test_redmine_of_a_chinese_user() -> None:
    read = read_crm([SAMPLES / "redmine504" / "redmine_issues_zh.csv"], None, ZONE)
    assert (read.profile, len(read.rows)) == ("redmine", 231)
    first = read.rows[0]
    assert (first.id, first.number, first.phone) == ("231", "WS01-020100", "13123450001")
    assert first.created_at == datetime(2026, 11, 21, 19, 50, tzinfo=UTC)
    assert "columns_not_known" not in {note.code for note in read.notes}


@pytest.mark.parametrize("end", ["csv", "semi.csv", "xlsx", "xls"])
def test_creme_in_four_forms(end: str) -> None:
    read = read_crm([SAMPLES / "creme28" / f"creme_tickets.{end}"], None, ZONE)
    assert (read.profile, len(read.rows)) == ("creme", 150)
    assert (read.rows[0].id, read.rows[0].summary) == ("17", "停水报修 0017")


def read(path: Path, text: str, profile: str | None = None) -> CrmRead:
    path.write_text(text, "utf-8")
    return read_crm([path], profile, ZONE)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("来电时间 2026-03-01 08:00", datetime(2026, 3, 1, tzinfo=UTC)),
        ("来电时间：2026年3月1日 8时5分，客户报修", datetime(2026, 3, 1, 0, 5, tzinfo=UTC)),
        ("补录。受理时间:2026/3/1 8:07 停水", datetime(2026, 3, 1, 0, 7, tzinfo=UTC)),
        ("Call time: 2026-03-01T08:00:05+08:00.", datetime(2026, 3, 1, 0, 0, 5, tzinfo=UTC)),
        ("来电时间 2026-03-01 08:00 受理时间 2026-03-01 08:05", None),
        ("2026-03-01 08:00 到场", None),
        ("来电时间不详", None),
    ],
)
def test_a_call_time_written_into_a_text(tmp_path: Path, text: str, expected: datetime | None) -> None:
    (row,) = read(tmp_path / "a.csv", f'工单号,问题描述\n1,"{text}"\n').rows
    assert row.occurred_at == expected


def test_unknown_columns_are_told_and_still_searched(tmp_path: Path) -> None:
    found = read(tmp_path / "a.csv", "工单号,联系电话,特别字段\n1,13123450001,见 07-00001-1\n")
    assert "见 07-00001-1" in found.rows[0].texts
    assert [note.details["columns"] for note in found.notes] == ["特别字段"]


def test_the_same_row_in_two_exports_counts_once(tmp_path: Path) -> None:
    for name, status in (("a.csv", "旧"), ("b.csv", "新")):
        (tmp_path / name).write_text(f"工单号,主题\n1,{status}\n2,x\n", "utf-8")
    found = read_crm([tmp_path / "a.csv", tmp_path / "b.csv"], None, ZONE)
    assert [(row.id, row.summary) for row in found.rows] == [("1", "新"), ("2", "x")]
    assert "repeated_crm_row" in {note.code for note in found.notes}


def test_an_own_profile_with_options_and_a_zone(tmp_path: Path) -> None:
    profile = tmp_path / "mine.toml"
    profile.write_text(
        'name = "mine"\nzone = "UTC"\nstatus = "documentation"\n[crm]\nid = "Nr"\ncategory = "Art"\n'
        'created_at = "Angelegt"\ncaller_name = "Wer"\n[options.category]\n"水务" = "repair"\n',
        "utf-8",
    )
    found = read(tmp_path / "a.csv", "Nr;Art;Angelegt;Wer\n7;水务;01.03.2026 08:00;王喆\n", str(profile))
    assert (found.profile, found.guessed, found.zone_fixed) == ("mine", False, True)
    assert found.category_words == {"水务": "repair"}
    assert found.rows[0].created_at == datetime(2026, 3, 1, 8, tzinfo=UTC)


def test_an_export_that_lost_its_chinese_says_so(tmp_path: Path) -> None:
    """Redmine of an English user: every Chinese character becomes a question mark."""
    text = "#,Project,Tracker,Subject,Created,Description\n1,????,Bug,???? 20100,11/22/2026 03:50 AM,???\n"
    found = read(tmp_path / "a.csv", text)
    assert found.profile == "redmine"
    assert found.rows[0].created_at == datetime(2026, 11, 21, 19, 50, tzinfo=UTC)
    assert "question_marks" in {note.code for note in found.notes}


def test_odoo_booleans_are_nothing(tmp_path: Path) -> None:
    text = "External ID,Title,Customer,Customer Phone\nx.1,停水,FALSE,False\n"
    (row,) = read(tmp_path / "a.csv", text).rows
    assert (row.caller_name, row.phone) == ("", "")
    assert row.texts == ("x.1", "停水")


def test_amounts_are_brought_to_one_spelling(tmp_path: Path) -> None:
    amounts = ('"￥1,200"', "80.5元", "", "面议")
    rows = [f"{place},1312345000{place},{amount}" for place, amount in enumerate(amounts)]
    found = read(tmp_path / "crm.csv", "\n".join(["工单编号,联系电话,金额(元)", *rows]) + "\n")
    assert [row.amount for row in found.rows] == ["1200.00", "80.50", "0.00", ""]
    without = read(tmp_path / "bare.csv", "工单编号,联系电话\n1,13123450001\n")
    assert [row.amount for row in without.rows] == [""]
