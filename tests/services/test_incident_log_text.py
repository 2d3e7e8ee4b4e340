"""The log in words, and whose log has which lines."""

from __future__ import annotations

import pytest

from desktop_app.domain.site_pack import SitePack
from desktop_app.exchange.site_pack import read_pack
from desktop_app.paths import resources
from desktop_app.services.incident_acts import undo
from desktop_app.services.incident_log_text import LogFor, LogText, log_for
from desktop_app.services.incident_people import call_in, came
from desktop_app.services.incident_text import IncidentText
from desktop_app.services.incident_values import set_values, tick
from desktop_app.services.incidents import incident
from desktop_app.storage.store import Store
from desktop_app.words import LANGUAGES, Words
from tests.outages import Outage, minutes, played, reported


@pytest.fixture(scope="module")
def pack() -> SitePack:
    return read_pack(resources() / "site")


def said(out: Outage, pack: SitePack, whose: LogFor = LogFor.ALL, language: str = "zh") -> list[str]:
    view = incident(out.store, out.id)
    text = IncidentText(out.store, pack, Words(language), view)  # type: ignore[arg-type]
    log = LogText(text, view)
    return [f"{text.time(line.at)} {log.line(line)}" for line in log_for(view, whose)]


def test_everybodys_log_is_one_story(store: Store, pack: SitePack) -> None:
    out = played(store)
    assert said(out, pack, LogFor.OPERATIONS) == [
        "09:00 报告故障：CRM 打不开",
        "09:00 通知 系统运维值班 赵运维（电话）；远程；正在看数据库",
        "09:01 再次报告（座席 B03）：登录一直转圈",
        "09:03 确认故障（理由：主管不在）",
        "09:08 判断 10 分钟内无法恢复：赵运维",
        "09:15 填写：影响座席数：46；影响系统：ACD；影响系统：CRM；哪个系统、哪个功能：客服 CRM 3.2",
        "10:24 填写：恢复确认人：赵运维（理由：主管不在）",
        "10:24 系统恢复（理由：主管不在）",
        "10:25 告知 系统运维值班 赵运维 系统已恢复（电话）",
    ]
    management = said(out, pack, LogFor.MANAGEMENT)
    assert "09:12 级别定为重大（理由：全部座席不能用）" in management
    assert "10:00 还没解决，决定下一步怎么办：联系供应商；运维判断数据库损坏" in management
    assert "09:10 启用手工登记（理由：主管不在）" in management
    assert not [line for line in management if "检查单" in line or "转到 B 区" in line]
    lead = said(out, pack, LogFor.LEAD)
    assert {"09:13 完成：统一向来电人说明系统故障", "09:14 人员调配：A 区 6 人转到 B 区"} <= set(lead)
    every = said(out, pack)
    for whose in LogFor:
        assert [line for line in every if line in said(out, pack, whose)] == said(out, pack, whose)


def test_what_is_taken_back_and_who_came_is_said(store: Store, pack: SitePack) -> None:
    out = reported(store)
    lead = out.store
    made = call_in(lead, out.id, name="刘备班", level="level_2", now=minutes(5), reply="马上到")
    came(lead, out.id, made.entries[0][1], now=minutes(20))
    call_in(lead, out.id, name="何备班", reached=False, now=minutes(6))
    tick(lead, out.id, "callers_told", now=minutes(7))
    tick(lead, out.id, "callers_told", on=False, now=minutes(8))
    undo(lead, set_values(lead, out.id, {"cause": "不明"}, now=minutes(9)), now=minutes(10))
    assert said(out, pack)[1:] == [
        "09:05 请 刘备班 来支援",
        "09:06 请 何备班 来支援，未接通",
        "09:07 完成：统一向来电人说明系统故障",
        "09:08 撤销：统一向来电人说明系统故障",
        "09:20 刘备班 已到岗支援",
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_code_is_shown(store: Store, pack: SitePack, language: str) -> None:
    text = "\n".join(said(played(store), pack, language=language))
    for code in (
        "level_",
        "systems.",
        "sysops",
        "centre_manager",
        "callers_told",
        "unrecoverable",
        "in_person",
    ):
        assert code not in text
