"""Sheets for desks without the program: made, filled in, taken in."""

from __future__ import annotations

import csv
from dataclasses import replace
from pathlib import Path

from desktop_app.services.number_blocks import Block
from desktop_app.ui.hand_table.hand_table_page import HandTablePage
from desktop_app.ui.scenes.scene import Scene, Walk
from desktop_app.ui.tables.table import Table

_HEADER = ("编号", "类型", "来电时间", "客户姓名", "来电号码", "事项内容", "承诺回访时间", "心情")
_ROWS = (
    ("投诉", "2026-11-22 09:30", "周先生", "13123450031", "地下车库漏水，车位被淹。", "", "急"),
    ("咨询", "2026-11-22 09:41", "吴女士", "13123450032", "停水什么时候恢复？", "2026-11-22 11:00", ""),
    ("信鸽", "上午十点左右", "郑先生", "1.31E+10", "门禁打不开。", "明天", ""),
    ("咨询", "2026-11-22 10:20", "", "", "", "", ""),
)


def hand_table(walk: Walk) -> None:
    """Make a sheet, take it in with one bad row, give back what is left."""
    hands, folder = walk.hands, walk.desk.store.parent
    hands.press("Ctrl+E")
    walk.look("tables-none")
    page = hands.find(HandTablePage)
    hands.fill("count", "12")
    hands.fill("for_whom", "前台 王小姐")
    hands.fill("sheet_path", str(folder / "sheet.xlsx"))
    page.make.make()
    hands.wait_for(lambda: bool(page.blocks.blocks))
    walk.look("tables-made")
    filled = _filled(folder / "filled.csv", page.blocks.blocks[0])
    page.open(filled)
    hands.wait_for(lambda: page.reading and not page.busy)
    walk.look("tables-rows")
    hands.find(Table, "table_rows").setFocus()
    hands.press("Ctrl+End")
    walk.look("tables-bad-row")
    hands.press("Ctrl+Return")
    hands.wait_for(lambda: page.notice.isVisible() and not page.busy)
    walk.look("tables-taken-in")
    hands.press("Alt+Left")
    walk.look_at_dialog("tables-give-back", page.blocks.give.click)
    hands.press("Ctrl+E")


def _filled(path: Path, block: Block) -> Path:
    """Fill in the first rows of a sheet as its desk would."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(_HEADER)
        for step, row in enumerate(_ROWS):
            writer.writerow([replace(block.first, sequence=block.first.sequence + step), *row])
    return path


SCENES: tuple[Scene, ...] = (hand_table,)
