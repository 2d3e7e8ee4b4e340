"""The list of customers that the CRM gave out the evening before: most of those who call are in it."""

from __future__ import annotations

import csv
from datetime import datetime, timedelta
from pathlib import Path

from desktop_app.domain.phones import grouped
from desktop_app.services.customers import import_customers, look_at
from desktop_app.services.demo_day.notes import LOCAL
from desktop_app.services.demo_day.people import people
from desktop_app.services.demo_day.plan import Plan
from desktop_app.services.progress import Progress
from desktop_app.services.stores import OpenStore

COLUMNS = ("客户编号", "客户姓名", "联系电话", "联系地址", "小区", "客户级别", "备注")
_BEFORE = timedelta(hours=14)
_UNKNOWN, _VIP, _NOTED = 0.2, 0.06, 0.05
_NOTES = ("家中有高龄老人，请放慢语速", "独居老人，报修优先上门", "上次来电情绪激动，先看记录再回复")


def write_customers(path: Path, plan: Plan) -> None:
    """Write the list as the CRM exports it: UTF-8 with BOM; one row for a household, some callers missing."""
    random = plan.stream("customers")
    written: set[str] = set()
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(COLUMNS)
        for person in people(plan):
            known = random.random() >= _UNKNOWN and person.customer_no not in written
            vip = "VIP" if random.random() < _VIP else "普通"
            note = random.choice(_NOTES) if random.random() < _NOTED else ""
            if known:
                written.add(person.customer_no)
                told = (person.customer_no, person.name, grouped(person.phone), str(person.home))
                writer.writerow((*told, person.home.estate, vip, note))


def demo_customers(store: OpenStore, file: Path, plan: Plan) -> int:
    """Write the list to ``file`` and import it into a store; returns how many customers it knows then."""
    write_customers(file, plan)
    as_of: datetime = plan.start - _BEFORE
    made = import_customers(
        store, look_at(file, LOCAL), as_of=as_of, now=as_of + timedelta(hours=1), progress=Progress()
    )
    return made.customers
