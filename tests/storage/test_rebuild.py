from __future__ import annotations

from datetime import UTC, datetime

import pytest

from desktop_app.domain.identity import SubjectKind
from desktop_app.domain.state_hash import state_hash
from desktop_app.services.incident_acts import tell
from desktop_app.services.incidents import report_fault
from desktop_app.services.records import discard_draft, log_record, reserve_numbers, start_draft, undo_save
from desktop_app.storage.rebuild import examine, rebuild
from desktop_app.storage.store import Store

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)


@pytest.fixture
def worked(store: Store) -> Store:
    for index in range(8):
        logged = log_record(
            store, {"caller_name": f"王{index}", "callback_due": "2026-03-02T18:00:00"}, now=NOW
        )
        if index % 3 == 0:
            undo_save(store, logged, now=NOW)
    reserve_numbers(store, 5, now=NOW)
    discard_draft(store, start_draft(store, {}, now=NOW).subject.id, reason="打错", now=NOW)
    one = report_fault(store, symptom="CRM 打不开", now=NOW).incident
    tell(store, one, told_to="王主管", channel="phone", now=NOW)
    return store


@pytest.mark.parametrize("batch", [1, 3, 500])
def test_the_tables_are_what_the_journal_folds_to(
    worked: Store, batch: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("desktop_app.storage.rebuild.BATCH", batch)
    with worked.read() as view:
        found = examine(view)
        assert found.differing == ()
        assert found.entries == 8 * 2 + 3 * 2 + 1 + 1 + 3
        assert found.state_hash == state_hash(view.states(*SubjectKind))


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE subjects SET digest = NULL",
        "UPDATE subjects SET state = replace(state, '王1', '李1')",
        "UPDATE records SET crm_id = '99' WHERE sequence = 2",
        "UPDATE records SET search = '别的' WHERE sequence = 2",
        "UPDATE promises SET open = 0",
        "DELETE FROM promises",
        "INSERT INTO search (search) VALUES ('delete-all')",
        "DELETE FROM number_blocks",
        "UPDATE incidents SET open = 0",
        "UPDATE incidents SET category = 'fire'",
        "DELETE FROM notifications",
        "DELETE FROM records",
        "INSERT INTO subjects (kind, id, state) VALUES ('record', '00000000-0000-7000-8000-000000000001', "
        """'{"fields":{},"lists":{},"tombstone":null,"newest":[0,"",0]}')""",
    ],
)
def test_altered_tables_are_found_and_rebuilt(worked: Store, damage: str) -> None:
    with worked.read() as view:
        before = examine(view)
    with worked.database.change() as connection:
        connection.exec_driver_sql(damage)
    with worked.change() as unit:
        assert rebuild(unit).differing
    with worked.read() as view:
        assert examine(view) == before
        assert state_hash(view.states(*SubjectKind)) == before.state_hash
