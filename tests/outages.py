"""One outage at a real store, from its report to its review: what papers, log and debriefing are made of."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from desktop_app.domain.entries import Action, Value
from desktop_app.domain.identity import Subject, SubjectKind, user_id
from desktop_app.domain.incident_steps import IncidentState
from desktop_app.domain.outage_options import AnnouncementType, IncidentLevel, PublishChannel
from desktop_app.domain.roles import Role
from desktop_app.domain.users import FROM_INIT, Grant
from desktop_app.services.announcements import approve, draft_announcement, publish
from desktop_app.services.incident_acts import decide, note_event, note_rung, take_step, tell
from desktop_app.services.incident_people import move_staff
from desktop_app.services.incident_values import add_action, set_level, set_values, tick
from desktop_app.services.incidents import report_fault
from desktop_app.services.records import log_record
from desktop_app.storage.store import Store
from tests.stores import author

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
"""Nine o'clock in the morning of the site."""
S = IncidentState


def minutes(count: float) -> datetime:
    return NOW + timedelta(minutes=count)


def as_lead(store: Store) -> Store:
    """Return the store in the hands of a lead whose name it knows."""
    lead = replace(store, author=author("6001", Role.LEAD))
    person = Subject(SubjectKind.USER, user_id("6001"))
    with lead.change() as unit:
        unit.change(person, {"staff_number": "6001", "name": "陈静"}, at=NOW)
        unit.append(person, Action.ADD, Grant(Role.LEAD, unit.life.station, FROM_INIT).payload(), at=NOW)
    return lead


@dataclass
class Outage:
    """The incident of a lead's store, and what its papers will say."""

    store: Store
    id: str

    def tell(self, rung: str, role: str, name: str, at: float, **besides: object) -> None:
        """Write down who was told on a rung of the fault's ladder."""
        told: dict = {"ladder": "fault", "channel": "phone", **besides}
        tell(
            self.store,
            self.id,
            rung=rung,
            role=role,
            told_to=name,
            told_at=minutes(at),
            now=minutes(at + 0.5),
            **told,
        )

    def step(self, target: IncidentState, at: float, **values: Value) -> None:
        take_step(self.store, self.id, target, now=minutes(at), values=values, reason="主管不在")


def reported(store: Store) -> Outage:
    """An outage that was merely reported."""
    lead = as_lead(store)
    made = report_fault(lead, symptom="CRM 打不开", seat="A12", category="application", now=NOW)
    return Outage(lead, made.incident)


def played(store: Store) -> Outage:
    """An outage that was led by the book until everything works again, but for one who was told late."""
    out = reported(store)
    lead = out.store
    report_fault(lead, symptom="登录一直转圈", seat="B03", now=minutes(1))
    out.tell("operations", "sysops", "赵运维", 0.5, mode="remote", reply="正在看数据库")
    out.step(S.CONFIRMED, 3, scope="all")
    out.tell("supervisor", "supervisor", "王主管", 6.5)
    note_event(lead, out.id, "unrecoverable", now=minutes(8), said_by="赵运维")
    out.tell("managers", "operations_manager", "李运营", 8)
    out.tell("managers", "centre_manager", "周经理", 7, reached=False)
    out.tell("managers", "centre_manager", "周经理", 9)
    out.step(S.MANUAL, 10)
    set_level(lead, out.id, IncidentLevel.MAJOR, reason="全部座席不能用", now=minutes(12))
    tick(lead, out.id, "callers_told", now=minutes(13))
    move_staff(lead, out.id, "A 区 6 人转到 B 区", now=minutes(14))
    set_values(
        lead,
        out.id,
        {"systems.crm": True, "systems.acd": True, "seats_hit": 46, "which_application": "客服 CRM 3.2"},
        now=minutes(15),
    )
    notice, _ = draft_announcement(
        lead,
        out.id,
        AnnouncementType.FIRST,
        {
            "text_zh": "因系统故障，业务暂时由人工登记，恢复后逐一办理。",
            "affected": "查询、报修",
            "since": "2026-03-02T01:00:00.000000Z",
        },
        now=minutes(20),
    )
    approve(lead, notice, now=minutes(21), reason="主管不在")
    publish(lead, notice, [PublishChannel.IVR, PublishChannel.WECHAT], now=minutes(22))
    found = "等候 12 位，改日 5 位"
    note_rung(lead, out.id, ladder="customers_told", rung="customers", found=found, now=minutes(28))
    decide(
        lead,
        out.id,
        ladder="fault",
        rung="decision",
        code="vendor",
        reason="运维判断数据库损坏",
        details={"vendor": "恒信软件", "contact": "孙工 010 55501234", "ticket": "HX-2291"},
        now=minutes(60),
    )
    call = {"kind": "enquiry", "phone": "13123450001", "summary": "水费", "caller_name": "周小雨"}
    log_record(lead, {**call, "received_at": "2026-03-02T09:30:00+08:00"}, now=minutes(31))
    kept = {**call, "received_at": "2026-03-02T09:40:00+08:00", "crm_id": "GD-1"}
    log_record(lead, kept, now=minutes(41))
    promised = {
        **call,
        "received_at": "2026-03-02T09:50:00+08:00",
        "callback_due": "2026-03-03T09:00:00+08:00",
    }
    log_record(lead, promised, now=minutes(51))
    out.step(S.RECOVERED, 84, recovery_confirmed_by="赵运维")
    for place, (role, name) in enumerate(
        (("sysops", "赵运维"), ("supervisor", "王主管"), ("operations_manager", "李运营"))
    ):
        out.tell("", role, name, 85 + place, ladder="", purpose="recovery")
    add_action(lead, out.id, "数据库每周检查", owner="赵运维", due=minutes(60 * 24 * 14), now=minutes(90))
    return out
