"""A lead at a store with two records, and a CRM export that has one of them twice."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from desktop_app.domain.roles import Role
from desktop_app.services.records import Logged, log_record
from desktop_app.storage.store import Store
from tests.stores import author, new_store
from tests.stores import store as store

NOW = datetime(2026, 11, 21, 1, 0, tzinfo=UTC)
HEADER = "工单编号,来电时间,客户姓名,联系电话,联系地址,主题,工单内容\n"
ROWS = (
    "GD-1,2026-11-21 09:00:10,王小明,13123450001,,电梯停运,三号楼电梯停在四层不动\n",
    "GD-2,2026-11-21 09:20:00,,13123450002,,水费,想问上月的水费怎么多了\n",
    "GD-3,2026-11-21 09:21:00,,13123450002,,水费,想问上月的水费怎么多了\n",
)


@pytest.fixture
def lead(tmp_path: Path) -> Iterator[Store]:
    opened = replace(new_store(tmp_path / "store"), author=author("8001", Role.LEAD))
    yield opened
    opened.close()


@pytest.fixture
def logged(lead: Store) -> list[Logged]:
    """One call that the export has, and one that two of its rows may be."""
    water = {"kind": "enquiry", "phone": "13123450002", "summary": "水费", "detail": "想问上月的水费怎么多了"}
    lift = {
        "kind": "urgent",
        "phone": "13123450001",
        "caller_name": "王小明",
        "summary": "电梯停运",
        "detail": "三号楼电梯停在四层不动",
    }
    return [
        log_record(lead, lift, now=NOW),
        log_record(lead, water, now=NOW + timedelta(minutes=20, seconds=30)),
    ]


@pytest.fixture
def crm(tmp_path: Path) -> Path:
    path = tmp_path / "crm.csv"
    path.write_text(HEADER + "".join(ROWS), "utf-8")
    return path
