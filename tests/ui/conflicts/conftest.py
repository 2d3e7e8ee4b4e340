"""A lead's page over a real store that took in what another station wrote."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from desktop_app.domain.entries import Action
from desktop_app.domain.identity import Subject, SubjectKind
from desktop_app.domain.purging import purge_payload
from desktop_app.domain.roles import Role
from desktop_app.services.record_changes import correct, void
from desktop_app.services.records import log_record
from desktop_app.storage.store import Store
from desktop_app.ui.background.background import Background
from desktop_app.ui.conflicts.conflicts_page import ConflictsPage
from desktop_app.ui.session import Session
from desktop_app.words import Words
from tests.runs import exchange
from tests.stores import author, new_store
from tests.ui.reconcile.conftest import session_in as session_in
from tests.ui.sessions import show_page

NOW = datetime(2026, 11, 21, 1, 0, tzinfo=UTC)
LIFT = {
    "kind": "complaint",
    "phone": "13123450001",
    "caller_name": "王小明",
    "summary": "电梯停运",
    "detail": "三号楼电梯停在四层不动，里面没有人",
}
WATER = {"kind": "enquiry", "phone": "13123450002", "summary": "水费", "detail": "想问上月的水费怎么多了"}


def minutes(count: int) -> datetime:
    return NOW + timedelta(minutes=count)


@dataclass(frozen=True)
class Floor:
    """The lead's store at station 07 and an agent's at 08, which hold the same entries."""

    lead: Store
    agent: Store

    def apart(self, **values: tuple[str, str]) -> str:
        """Return a record of which both corrected some fields without seeing each other."""
        record = log_record(self.agent, LIFT, now=NOW).subject_id
        exchange(self.lead, self.agent)
        for store, place in ((self.lead, 0), (self.agent, 1)):
            told = {key: pair[place] for key, pair in values.items()}
            correct(store, record, told, reason=("听录音", "客户来电更正")[place], now=minutes(5 + place))
        exchange(self.lead, self.agent)
        return record

    def twice(self) -> tuple[str, str]:
        """Return two records of one call, one at each station."""
        mine = log_record(self.lead, LIFT, now=NOW).subject_id
        theirs = log_record(self.agent, {**LIFT, "detail": "三号楼的电梯停在四层不动"}, now=minutes(2))
        exchange(self.lead, self.agent)
        return mine, theirs.subject_id

    def late(self) -> str:
        """Return a record that the agent wrote on while the lead purged it."""
        record = log_record(self.agent, WATER, now=NOW).subject_id
        exchange(self.lead, self.agent)
        subject = Subject(SubjectKind.RECORD, record)
        with self.lead.change() as unit:
            payload = purge_payload(unit.state(subject), unit.heads(), open_promises=0)
            unit.append(subject, Action.PURGE, payload, at=minutes(9))
        correct(self.agent, record, {"detail": "又来电：水表读数不对"}, reason="客户补充", now=minutes(10))
        exchange(self.lead, self.agent)
        return record

    def broken(self) -> str:
        """Return a record that the agent corrected after the lead had made it void."""
        record = log_record(self.agent, {**WATER, "phone": "13123450009"}, now=NOW).subject_id
        exchange(self.lead, self.agent)
        void(self.lead, record, reason="试呼", now=minutes(3))
        log_record(self.agent, {**WATER, "phone": "13123450008"}, now=minutes(3))
        correct(self.agent, record, {"summary": "水费疑问"}, reason="更正", now=minutes(4))
        exchange(self.lead, self.agent)
        return record


@pytest.fixture
def floor(tmp_path: Path) -> Iterator[Floor]:
    lead = replace(new_store(tmp_path / "07" / "store"), author=author("8001", Role.LEAD))
    agent = replace(new_store(tmp_path / "08" / "store", station="08"), author=author("8022"))
    for store, name in ((lead, "李娜"), (agent, "王芳")):
        with store.change() as unit:
            person = {"staff_number": store.author.staff_number, "name": name}
            unit.change(Subject(SubjectKind.USER, store.author.actor), person, at=NOW)
    yield Floor(lead, agent)
    lead.close()
    agent.close()


@pytest.fixture
def open_page(
    qtbot, background: Background, session_in: Callable[[Store, Words], Session]
) -> Callable[..., ConflictsPage]:
    """Open the page in a window of its own, with keys and messages."""

    def open_it(store: Store, language: str = "zh") -> ConflictsPage:
        page = show_page(qtbot, ConflictsPage, session_in(store, Words(language)))
        qtbot.waitUntil(lambda: not page.busy and not background.pending, timeout=20_000)
        return page

    return open_it
