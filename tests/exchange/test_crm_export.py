"""Exports of real CRMs (tests/samples/SOURCES.md)."""

from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from desktop_app.exchange.crm_export import read_crm

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
