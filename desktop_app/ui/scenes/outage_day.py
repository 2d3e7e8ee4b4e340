"""An outage in its second hour, written by the services: who was told, what was decided, what goes out."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from desktop_app.domain.entries import moment_text
from desktop_app.domain.incident_events import FactEvent
from desktop_app.domain.incident_roles import Post
from desktop_app.domain.incident_steps import IncidentState
from desktop_app.domain.outage_options import AnnouncementType, PublishChannel
from desktop_app.services.announcements import approve, draft_announcement, publish
from desktop_app.services.incident_acts import decide, note_event, take_step, tell
from desktop_app.services.incident_notes import NoteKind, add_note
from desktop_app.services.incident_people import call_in, move_staff
from desktop_app.services.incident_roles import assign
from desktop_app.services.incident_values import add_action, set_values, tick
from desktop_app.services.incidents import report_fault
from desktop_app.ui.session import Session

_FIRST = {
    "affected": "CRM 打不开",
    "text_zh": "尊敬的客户：CRM 暂时打不开，人工服务照常，您的事项我们会逐一登记，恢复后回复。",
    "text_en": "Dear customers, our system is down. Our agents write down your matter and call you back.",
}


def lay_out(session: Session) -> str:
    """Write the incident and return its id; it was noticed seventy minutes ago."""
    store, now = session.store, session.clock()

    def at(minutes: int) -> datetime:
        return now - timedelta(minutes=70 - minutes)

    head = report_fault(
        store, symptom="CRM 打不开", category="application", noticed_at=at(0), now=now, new=True
    ).incident
    report_fault(store, symptom="工单提交不了", seat="05", noticed_at=at(4), now=now)
    take_step(store, head, IncidentState.CONFIRMED, now=now, at=at(2), values={"scope": "all"})
    _tell_people(session, head, at, now)
    note_event(store, head, FactEvent.UNRECOVERABLE, now=now, at=at(6))
    take_step(store, head, IncidentState.MANUAL, now=now, at=at(7), reason="主管不在")
    decide(
        store,
        head,
        ladder="customers_told",
        rung="customers",
        code="found",
        reason="23 人等候，18 人改日",
        now=now,
        at=at(28),
    )
    note_event(store, head, FactEvent.LINES_FULL, now=now, at=at(34))
    set_values(store, head, {"seats_hit": 18}, now=now)
    for item in ("floor_in_order", "solve_from_documents"):
        tick(store, head, item, now=now)
    _post_people(session, head, at, now)
    add_note(store, head, NoteKind.BULLETIN, "手工登记编号照旧往下排，不要跳号。", now=now)
    add_note(store, head, NoteKind.BULLETIN, "缴费问题先记号码，恢复后统一回访。", now=now)
    add_action(store, head, "供应商交书面原因", owner="周敏", due=now + timedelta(days=3), now=now)
    words = {
        **_FIRST,
        "since": moment_text(at(0)),
        "next_update_at": moment_text(now + timedelta(minutes=20)),
    }
    first, _made = draft_announcement(store, head, AnnouncementType.FIRST, words, now=at(20))
    approve(store, first, now=at(21), reason="主管不在")
    second, _made = draft_announcement(
        store, head, AnnouncementType.UPDATE, words, now=now - timedelta(minutes=3)
    )
    approve(store, second, now=now - timedelta(minutes=2), reason="主管不在")
    publish(store, first, [PublishChannel.IVR, PublishChannel.WEBSITE], now=now, at=at(24))
    report_fault(store, symptom="3 号席耳机没有声音", category="seat_fault", noticed_at=at(30), now=now)
    return head


def _tell_people(session: Session, head: str, at: Callable[[int], datetime], now: datetime) -> None:
    store = session.store
    for minutes, rung, role, name, reply in (
        (1, "operations", "sysops", "系统运维值班", "远程处理"),
        (4, "supervisor", "supervisor", "值班主管", ""),
        (9, "managers", "operations_manager", "运营主管", "已知道，按预案办"),
    ):
        tell(
            store,
            head,
            told_to=name,
            channel="phone",
            now=now,
            told_at=at(minutes),
            ladder="fault",
            rung=rung,
            role=role,
            reply=reply,
        )
    tell(
        store,
        head,
        told_to="中心经理",
        channel="phone",
        now=now,
        told_at=at(9),
        ladder="fault",
        rung="managers",
        role="centre_manager",
        reached=False,
    )


def _post_people(session: Session, head: str, at: Callable[[int], datetime], now: datetime) -> None:
    store = session.store
    assign(store, head, Post.COMMANDER, "周敏", now=now, at=at(10), reason="主管不在")
    assign(store, head, Post.DEPUTY, "陈刚", now=now, at=at(12), acting=True, reason="主管在路上")
    assign(store, head, Post.SPECIALIST, "王芳", now=now, at=at(15), area="网络", reason="主管不在")
    call_in(store, head, name="孙晓", now=now, at=at(36), reply="半小时到")
    call_in(store, head, name="刘洋", now=now, at=at(38), reached=False)
    call_in(store, head, name="周敏", now=now, at=at(50), overtime=True, agreed=True)
    move_staff(store, head, "外呼组 3 人转呼入", now=now, at=at(37))
