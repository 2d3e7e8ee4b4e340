"""Callers who tell of one thing are counted until an incident is open for it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text

from desktop_app.domain.incident_types import IncidentType
from desktop_app.domain.site_pack import SitePack
from desktop_app.domain.site_text import Bilingual, Version
from desktop_app.services.incidents import report_fault
from desktop_app.services.records import save_draft, start_draft
from desktop_app.services.same_symptom import same_symptoms
from desktop_app.storage.store import Store

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
PACK = SitePack(
    Bilingual("样例", "Sample"),
    Version("1", "t"),
    incident_types=(
        IncidentType(
            "website", Version("1", "t"), Bilingual("网站"), symptoms=(Bilingual("网站打不开", "Web down"),)
        ),
    ),
)


def log(store: Store, phone: str, detail: str, *, at: datetime = NOW, **more: str) -> None:
    values = {"kind": "enquiry", "phone": phone, "detail": detail, "category": "enquiry", **more}
    draft = start_draft(store, values, now=at)
    save_draft(store, draft.subject.id, values, now=at)


def told(store: Store, at: datetime = NOW) -> list[tuple[str, int]]:
    return [(one.symptom.type, one.callers) for one in same_symptoms(store, PACK, now=at)]


def test_three_callers_are_told_of_until_it_is_reported(store: Store) -> None:
    log(store, "13123450001", "客户说网站打不开")
    log(store, "13123450002", "网站打不开，缴不了费", kind="complaint")
    assert told(store) == []
    log(store, "13123450003", "上不去", symptom_tag="网站打不开")
    assert told(store) == [("website", 3)]
    assert told(store, NOW + timedelta(minutes=31)) == []
    report_fault(store, symptom="网站打不开（3 通来电）", now=NOW)
    assert told(store) == []


def test_an_incident_of_that_type_says_it_too_and_another_does_not(store: Store) -> None:
    for place in range(3):
        log(store, f"1312345000{place}", "网站打不开")
    report_fault(store, symptom="空调坏了", category="air", outage=False, now=NOW)
    assert told(store) == [("website", 3)]
    report_fault(store, symptom="见公告", category="website", outage=False, now=NOW)
    assert told(store) == []


def test_the_site_sets_how_many(store: Store) -> None:
    two = replace(store, settings=replace(store.settings, same_symptom_calls=2, same_symptom_minutes=5))
    for place in range(2):
        log(two, f"1312345000{place}", "网站打不开")
    assert told(two, NOW + timedelta(minutes=5)) == [("website", 2)]
    assert told(two, NOW + timedelta(minutes=6)) == []


def test_calls_of_a_known_issue_are_not_counted(store: Store) -> None:
    one = report_fault(store, symptom="空调坏了", category="air", outage=False, now=NOW).incident
    for place in range(3):
        log(store, f"1312345000{place}", "网站打不开", known_issue=one if place else "")
    assert told(store) == []


@pytest.mark.usefixtures("store")
def test_the_calls_of_the_time_are_found_by_index(store: Store) -> None:
    with store.read() as view:
        plan = view.connection.execute(
            text(
                "EXPLAIN QUERY PLAN SELECT id FROM records WHERE listed = 1 AND received_at >= '2026'"
                " ORDER BY received_at DESC, id DESC LIMIT 500"
            )
        ).all()
    assert any("ix_records_listed" in str(row) for row in plan), plan
    assert not any("TEMP B-TREE" in str(row) for row in plan), plan
