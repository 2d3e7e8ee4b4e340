"""The summary that the log proposes, written into what is empty and put on paper (1.6.5)."""

from __future__ import annotations

import pytest

from desktop_app.domain.paper import lines_of
from desktop_app.domain.site_pack import SitePack
from desktop_app.exchange.site_pack import read_pack
from desktop_app.paths import resources
from desktop_app.services.incident_acts import note_event, undo
from desktop_app.services.incident_log_paper import log_paper
from desktop_app.services.incident_log_text import LogFor
from desktop_app.services.incident_notes import NoteKind, add_note
from desktop_app.services.incident_people import move_staff
from desktop_app.services.incident_summary import proposed, summary_paper, write_proposed
from desktop_app.services.incident_values import set_values, tick
from desktop_app.services.incidents import incident
from desktop_app.storage.store import Store
from desktop_app.words import LANGUAGES, Words
from tests.outages import minutes, played, reported


@pytest.fixture(scope="module")
def pack() -> SitePack:
    return read_pack(resources() / "site")


def test_the_log_proposes_what_happened_what_was_done_and_what_came_of_it(
    store: Store, pack: SitePack
) -> None:
    out = played(store)
    found = proposed(out.store, pack, Words("zh"), out.id, now=minutes(95))
    assert found.course.split("\n") == [
        "09:00 报告故障：CRM 打不开",
        "09:01 再次报告（座席 B03）：登录一直转圈",
        "09:03 确认故障（理由：主管不在）",
        "09:08 判断 10 分钟内无法恢复：赵运维",
        "09:10 启用手工登记（理由：主管不在）",
        "09:12 级别定为重大（理由：全部座席不能用）",
        "10:24 系统恢复（理由：主管不在）",
    ]
    measures = found.measures.split("\n")
    assert measures[0] == "09:00 通知 系统运维值班 赵运维（电话）；远程；正在看数据库"
    assert "09:22 发布首次公告 N07-260302-1（IVR、微信）" in measures
    assert measures == sorted(measures, key=lambda line: line[:5]), "notices stand among the rest, by time"
    assert "09:14 人员调配：A 区 6 人转到 B 区" in measures
    assert not [line for line in measures if "已恢复" in line]
    assert found.result.split("\n") == [
        "2026-03-02 10:24 恢复，历时 1:24:00，确认人：赵运维。",
        "手工登记 3 条，已补录 1 条，未回访 1 条。",
        "时限 6 项，达标 4 项。",
        "未达标：组长报主管，超时 01:30。",
        "未达标：恢复不了，报运营主管和中心经理（中心经理），超时 01:00。",
    ]


def test_what_was_ticked_by_mistake_is_no_measure_and_a_surge_is_in_the_course(
    store: Store, pack: SitePack
) -> None:
    out = reported(store)
    set_values(out.store, out.id, {"incident_category": "application"}, now=minutes(1))
    tick(out.store, out.id, "floor_in_order", now=minutes(2))
    tick(out.store, out.id, "callers_told", now=minutes(3))
    tick(out.store, out.id, "floor_in_order", on=False, now=minutes(4))
    note_event(out.store, out.id, "surge", now=minutes(5))
    found = proposed(out.store, pack, Words("zh"), out.id, now=minutes(95))
    assert "09:03 完成：统一向来电人说明系统故障" in found.measures
    assert "维持现场秩序" not in found.measures
    assert "09:05 来电激增" in found.course


def test_what_somebody_wrote_stays_and_all_is_undone(store: Store, pack: SitePack) -> None:
    out = played(store)
    set_values(out.store, out.id, {"course": "数据库崩溃"}, now=minutes(91))
    made = write_proposed(out.store, pack, Words("zh"), out.id, now=minutes(95))
    view = incident(out.store, out.id)
    assert view.text("course") == "数据库崩溃"
    assert view.text("result").startswith("2026-03-02 10:24 恢复")
    assert view.text("cause") == "", "the log does not know why"
    assert write_proposed(out.store, pack, Words("zh"), out.id, now=minutes(96)).entries == ()
    undo(out.store, made, now=minutes(97))
    assert [incident(out.store, out.id).text(name) for name in ("measures", "result")] == ["", ""]


def test_a_long_log_is_cut_at_a_line(store: Store, pack: SitePack) -> None:
    out = reported(store)
    for place in range(120):
        move_staff(out.store, out.id, f"{place} 号座席的人转到 B 区帮忙接听", now=minutes(place))
    write_proposed(out.store, pack, Words("zh"), out.id, now=minutes(200))
    text = incident(out.store, out.id).text("measures")
    assert 3_900 < len(text.encode()) <= 4_000
    assert text.endswith("B 区帮忙接听")


@pytest.mark.parametrize("language", LANGUAGES)
def test_summary_and_logs_on_paper(store: Store, pack: SitePack, language: str) -> None:
    out = played(store)
    words = Words(language)  # type: ignore[arg-type]
    set_values(out.store, out.id, {"cause": "磁盘写满", "filled_by": "陈静"}, now=minutes(91))
    add_note(out.store, out.id, NoteKind.FEEDBACK, "备用耳机不够", now=minutes(92))
    text = "\n".join(lines_of(summary_paper(out.store, pack, words, out.id, now=minutes(95))))
    assert "磁盘写满" in text
    assert "备用耳机不够" in text
    assert proposed(out.store, pack, words, out.id, now=minutes(95)).course in text
    papers = [log_paper(out.store, pack, words, out.id, whose, now=minutes(95)) for whose in LogFor]
    assert len({paper.title for paper in papers}) == len(LogFor)
    assert all(paper.number == "G07-260302-1" for paper in papers)
    counts = [len(list(lines_of(paper))) for paper in papers]
    assert counts[0] == max(counts)
