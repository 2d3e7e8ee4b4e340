"""What callers may be told is known already."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from desktop_app.domain.entries import moment_text
from desktop_app.domain.incident_steps import IncidentState
from desktop_app.domain.incident_types import IncidentType
from desktop_app.domain.outage_options import AnnouncementType, PublishChannel
from desktop_app.domain.roles import Role
from desktop_app.domain.site_pack import SitePack
from desktop_app.domain.site_text import Bilingual, Version
from desktop_app.services.announcements import approve, draft_announcement, publish
from desktop_app.services.incident_acts import take_step
from desktop_app.services.incidents import report_fault
from desktop_app.services.known_issues import known_issues
from desktop_app.storage.store import Store
from tests.stores import author

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
PACK = SitePack(
    Bilingual("样例", "Sample"),
    Version("1", "t"),
    incident_types=(IncidentType("fire", Version("1", "t"), Bilingual("火灾"), card=True),),
)


def test_open_incidents_are_known_but_no_fire(lead: Store) -> None:
    assert known_issues(lead, PACK) == ()
    one = report_fault(lead, symptom="CRM 打不开", now=NOW).incident
    report_fault(lead, symptom="冒烟", category="fire", new=True, outage=False, now=NOW)
    (issue,) = known_issues(lead, PACK)
    assert (issue.incident, issue.symptom, issue.since, issue.said) == (one, "CRM 打不开", NOW, Bilingual())


def test_a_notice_says_it_for_its_areas_and_as_long_as_it_is_in_force(lead: Store) -> None:
    one = report_fault(lead, symptom="停水", now=NOW).incident
    supervisor = replace(lead, author=author("5001", Role.SUPERVISOR))
    told = {
        "affected": "停水",
        "since": moment_text(NOW),
        "text_zh": "正在抢修。",
        "audience": "area",
        "audience_named": "东区、人民路",
    }
    made, _ = draft_announcement(lead, one, AnnouncementType.FIRST, told, now=NOW)
    approve(supervisor, made, now=NOW)
    publish(lead, made, [PublishChannel.IVR], now=NOW)
    take_step(lead, one, IncidentState.CONFIRMED, now=NOW, values={"scope": "all", "incident_category": "x"})
    later = NOW + timedelta(minutes=5)
    take_step(lead, one, IncidentState.RECOVERED, now=later, values={"recovery_confirmed_by": "赵运维"})
    (issue,) = known_issues(lead, PACK)
    assert (issue.said.zh, issue.areas) == ("正在抢修。", ("东区", "人民路"))
    over, _ = draft_announcement(
        lead, one, AnnouncementType.RESOLVED, {**told, "text_zh": "已恢复。"}, now=later
    )
    approve(supervisor, over, now=later)
    publish(lead, over, [PublishChannel.IVR], now=later)
    assert known_issues(lead, PACK) == ()
