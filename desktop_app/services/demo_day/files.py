"""The day's foreign files as a CRM and a switchboard would write them."""

from __future__ import annotations

import csv
import json
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from desktop_app.services.demo_day.crm import Row
from desktop_app.services.demo_day.notes import LOCAL
from desktop_app.services.demo_day.pbx import PbxLog

CRM_COLUMNS = (
    "工单编号",
    "创建时间",
    "来电时间",
    "客户姓名",
    "联系电话",
    "联系地址",
    "工单类型",
    "主题",
    "工单内容",
    "手工单号",
    "受理人",
)
_CLERKS = ("系统管理员", "后台一组", "后台二组")


def write_crm(path: Path, rows: Sequence[Row]) -> None:
    """Write the CRM's export: UTF-8 with BOM, local times without an offset, as Chinese systems do."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(CRM_COLUMNS)
        for place, row in enumerate(rows):
            writer.writerow(
                (
                    row.id,
                    _local(row.created_at),
                    _local(row.occurred_at),
                    row.caller_name,
                    row.phone,
                    row.address,
                    row.crm_type,
                    row.summary,
                    row.detail,
                    row.number,
                    _CLERKS[place % len(_CLERKS)],
                )
            )


def write_log(calls: Path, queue_log: Path, log: PbxLog) -> None:
    """Write the switchboard's two files."""
    calls.write_text(log.rows, encoding="utf-8", newline="\n")
    queue_log.write_text(log.queue_lines, encoding="utf-8", newline="\n")


def write_json(path: Path, content: object) -> None:
    """Write ``content`` as readable JSON."""
    path.write_text(json_text(content) + "\n", encoding="utf-8")


def json_text(content: object) -> str:
    """Return ``content`` as readable JSON."""
    return json.dumps(content, ensure_ascii=False, indent=1)


def _local(at: datetime | None) -> str:
    return f"{at.astimezone(LOCAL):%Y-%m-%d %H:%M:%S}" if at else ""
