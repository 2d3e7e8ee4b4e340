"""Form 3.6 filled from a journal: what it says, of whom it says it, and what is left to write by hand."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from desktop_app.domain.errors import KnownError
from desktop_app.domain.fields import FIELDS
from desktop_app.domain.form_fields import FieldType, Form
from desktop_app.domain.incident_steps import IncidentState
from desktop_app.domain.paper import Entries, Grid, Paper, lines_of
from desktop_app.domain.paper_forms import NumberedForm, PaperForm
from desktop_app.domain.site_pack import SitePack
from desktop_app.domain.site_text import Bilingual, Version
from desktop_app.exchange.site_pack import read_pack
from desktop_app.paths import resources
from desktop_app.services.incident_form import incident_form
from desktop_app.services.incident_values import set_values
from desktop_app.storage.store import Store
from desktop_app.words import LANGUAGES, Words
from tests.outages import as_lead, minutes, played, reported
from tests.stores import new_store

_BY_ANOTHER_NAME = frozenset(
    {"notices", "recovery_calls", "clock_results", "noticed_by", "noticed_seat", "manual_from", "manual_to"}
    | {"surge_level", "unrecoverable_at", "unrecoverable_by"}
)
"""Fields that stand in a table, or beside another in one box."""


@pytest.fixture(scope="module")
def pack() -> SitePack:
    return read_pack(resources() / "site")


def boxes(paper: Paper) -> dict[str, str]:
    return {
        one.label: one.text
        for section in paper.sections
        for part in section.parts
        if isinstance(part, Entries)
        for row in part.rows
        for one in row
    }


def table(paper: Paper, first: str) -> tuple[tuple[str, ...], ...]:
    """Return the rows of the table whose first column is called so."""
    (found,) = [
        part
        for section in paper.sections
        for part in section.parts
        if isinstance(part, Grid) and first in part.head
    ]
    return found.rows


def form(store: Store, pack: SitePack, incident: str, language: str = "zh", at: float = 95) -> Paper:
    return incident_form(store, pack, Words(language), incident, now=minutes(at))  # type: ignore[arg-type]


def test_the_form_has_the_number_of_the_site(store: Store, pack: SitePack) -> None:
    out = reported(store)
    own = NumberedForm(PaperForm.INCIDENT, Bilingual("处理表"), Version("JL-09", "4"))
    assert form(out.store, replace(pack, forms=(own,)), out.id).form == "表单 JL-09 4"
    assert form(out.store, replace(pack, forms=()), out.id).form == "表单 BD-36 1.0"


def test_an_outage_led_by_the_book_fills_its_form(store: Store, pack: SitePack) -> None:
    out = played(store)
    paper = form(out.store, pack, out.id)
    told = boxes(paper)
    assert (paper.number, paper.mark, paper.form) == ("G07-260302-1", "", "表单 BD-36 1.0")
    assert paper.printed == "打印：陈静 · 工作站 07 · 2026-03-02 10:35"
    assert told["故障类别"] == "应用系统故障（依据：A§2）"
    assert (told["故障级别"], told["状态"], told["影响范围"]) == ("重大", "系统恢复", "全部")
    assert (told["发现人 · 座席"], told["其他报告"]) == ("陈静 · A12", "09:01 陈静（座席 B03）：登录一直转圈")
    assert (told["影响系统"], told["影响座席数"]) == ("ACD、CRM", "46")
    assert told["运维接报"] == "赵运维 · 09:00 · 电话"
    assert told["维修方式"] == "远程"
    assert told["报中心经理（10 分钟）"] == "周经理 · 09:09 · 电话", "who could not be reached was not told"
    assert told["10分钟内无法恢复"] == "是 · 2026-03-02 09:08 · 赵运维"
    assert told["30分钟告知客户时间"] == "2026-03-02 09:28"
    assert (told["60分钟决定"], told["60分钟决定理由"]) == ("联系供应商", "运维判断数据库损坏")
    assert told["供应商联系人与单号"] == "供应商 恒信软件；联系人 孙工 010 55501234；单号 HX-2291"
    assert (told["手工登记时段"], told["复发次数"]) == ("09:10 至 10:24", "0")
    assert [told[one] for one in ("手工记录数", "已补录数", "未回访数")] == ["3", "1", "1"]
    assert told["哪个系统、哪个功能"] == "客服 CRM 3.2"
    assert told["恢复确认人"] == "赵运维"
    assert [told[one] for one in ("处理过程", "处理结果", "填表人", "审核人")] == [""] * 4


def test_tables_say_who_was_told_and_how_the_clocks_were_met(store: Store, pack: SitePack) -> None:
    out = played(store)
    paper = form(out.store, pack, out.id)
    assert [(row[0], row[1], row[3], row[4]) for row in table(paper, "通知对象")] == [
        ("09:00", "系统运维值班 赵运维", "电话", "达标"),
        ("09:06", "主管 王主管", "电话", "超时 01:30"),
        ("09:07", "中心经理 周经理", "电话、未接通", ""),
        ("09:08", "运营主管 李运营", "电话", "达标"),
        ("09:09", "中心经理 周经理", "电话", "超时 01:00"),
    ]
    assert table(paper, "决定或结果")[0][2] == "等候 12 位，改日 5 位"
    ticked = [row for row in table(paper, "检查单") if row[1]]
    assert ticked == [("统一向来电人说明系统故障", "09:13", "陈静")]
    assert table(paper, "公告编号")[0][3:] == ("IVR、微信", "09:22 · 陈静")
    assert [row[1:] for row in table(paper, "告知恢复的时间")] == [
        ("赵运维", "10:25"),
        ("王主管", "10:26"),
        ("李运营", "10:27"),
        ("周经理", "未告知"),
    ]
    assert [(row[2], row[3]) for row in table(paper, "时限事项")] == [
        ("09:00", "达标"),
        ("09:06", "超时 01:30"),
        ("09:08", "达标"),
        ("09:09", "超时 01:00"),
        ("10:00", "达标"),
        ("09:28", "达标"),
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_field_of_the_catalogue_has_its_place(store: Store, pack: SitePack, language: str) -> None:
    out = played(store)
    told = boxes(form(out.store, pack, out.id, language))
    wanted = [
        one.key
        for one in FIELDS.values()
        if Form.INCIDENT in one.needs and one.key not in _BY_ANOTHER_NAME and "_told_" not in one.key
    ]
    assert [key for key in wanted if Words(language).say(f"field.{key}") not in told] == []  # type: ignore[arg-type]
    kind = next(one for one in pack.incident_types if one.key == "application")
    assert {one.title.told(language) for one in kind.fields} <= told.keys()


def test_callers_are_not_named(store: Store, pack: SitePack) -> None:
    out = played(store)
    text = "\n".join(lines_of(form(out.store, pack, out.id)))
    assert "010 55501234" in text, "whom the centre rings is what the form asks for"
    for private in ("周小雨", "13123450001", "水费"):
        assert private not in text


def test_what_is_typed_counts_before_what_is_derived(store: Store, pack: SitePack) -> None:
    out = played(store)
    typed = {
        "course": "数据库崩溃\n切换备库",
        "filled_by": "陈静",
        "supervisor_told_to": "值班主管 王",
        "customers_told_at": "2026-03-02T01:25:00.000000Z",
        "error_shown": "2026",
    }
    set_values(out.store, out.id, typed, now=minutes(100))
    told = boxes(form(out.store, pack, out.id, at=101))
    assert told["处理过程"] == "数据库崩溃\n切换备库"
    assert told["报主管（5 分钟）"] == "值班主管 王"
    assert told["30分钟告知客户时间"] == "2026-03-02 09:25"
    assert told["屏幕上的提示"] == "2026", "a text that looks like a time is a text"


def test_a_fresh_report_is_a_form_to_write_on(store: Store, pack: SitePack) -> None:
    out = reported(store)
    paper = form(out.store, pack, out.id, at=4)
    told = boxes(paper)
    assert (told["现象"], told["状态"], told["故障级别"]) == ("CRM 打不开", "疑似", "一般")
    assert [told[one] for one in ("运维接报", "60分钟决定", "恢复时间", "供应商联系人与单号")] == [""] * 4
    results = [row[3] for row in table(paper, "时限事项")]
    assert results == ["未完成，已超时 04:00", *["未到期"] * 5]
    assert "还没有通知任何人。" in "\n".join(lines_of(paper))


def test_a_relapse_is_a_round_of_its_own(store: Store, pack: SitePack) -> None:
    out = played(store)
    out.step(IncidentState.MANUAL, 100)
    paper = form(out.store, pack, out.id, at=103)
    told = boxes(paper)
    assert (told["手工登记时段"], told["复发次数"]) == ("09:10 至 10:24；10:40 至 现在", "1")
    assert ("通知系统运维（复发后第 2 轮）", "10:40", "", "未完成，已超时 03:00") in table(paper, "时限事项")


def test_a_drill_says_so(tmp_path: Path, pack: SitePack) -> None:
    store = new_store(tmp_path / "drill", drill=True)
    out = reported(store)
    assert form(out.store, pack, out.id).mark == "演练"
    store.close()


def test_no_incident_no_form(store: Store, pack: SitePack) -> None:
    with pytest.raises(KnownError, match=r"incidents\.none"):
        form(as_lead(store), pack, "nobody")


def test_choices_and_moments_are_known_to_the_form() -> None:
    """A field of a kind that nobody thought of would be shown as it is stored."""
    kinds = {one.type for one in FIELDS.values() if Form.INCIDENT in one.needs}
    assert kinds <= {
        FieldType.TEXT,
        FieldType.LONG_TEXT,
        FieldType.CHOICE,
        FieldType.CHOICES,
        FieldType.MOMENT,
        FieldType.REFERENCE,
        FieldType.INTEGER,
        FieldType.YES_NO,
        FieldType.LIST,
        FieldType.SIGNATURE,
    }
