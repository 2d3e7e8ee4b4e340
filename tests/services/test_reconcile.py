"""Reconciliation as a service: told step by step, and stopped at any of them."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from desktop_app.services.progress import Cancelled, Progress
from desktop_app.services.reconcile import reconcile_files
from desktop_app.services.reconcile_reading import Request
from tests.test_house import ROOT

NOW = datetime(2026, 11, 21, 1, 0, tzinfo=UTC)
ODOO = ROOT / "tests/samples/odoo14"
STEPS = "records crm calls linking preparing comparing weighing assigning settling judging".split()


def request(tmp_path: Path) -> Request:
    records = tmp_path / "records.csv"
    records.write_text("编号,电话\n1,13123450001\n", "utf-8")
    crm = next(path for path in sorted(ODOO.iterdir()) if path.suffix == ".csv")
    return Request(records=(records,), crm=(crm,))


def test_every_step_is_told(tmp_path: Path) -> None:
    told: list[str] = []
    reconcile_files(request(tmp_path), now=NOW, progress=Progress(lambda step, done, of: told.append(step)))
    assert list(dict.fromkeys(told)) == STEPS


@pytest.mark.parametrize("at", STEPS)
def test_each_step_stops(tmp_path: Path, at: str) -> None:
    def stop(step: str, done: int, of: int) -> None:
        if step == at:
            progress.stop()

    progress = Progress(stop)
    with pytest.raises(Cancelled):
        reconcile_files(request(tmp_path), now=NOW, progress=progress)
