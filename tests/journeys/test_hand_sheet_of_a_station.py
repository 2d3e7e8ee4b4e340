"""A sheet with numbers of one station, at that station and at the lead who merged it."""

from __future__ import annotations

from pathlib import Path

from desktop_app.services.hand_table import Judged, judge, look_at
from desktop_app.services.hand_table_import import take_in
from desktop_app.services.number_blocks import blocks, give_back, reserve
from desktop_app.services.progress import Progress
from desktop_app.storage.accounting import account_numbers
from tests.floor import NOW, Desk, Floor, pair
from tests.floor import floor as floor


def judged(desk: Desk, path: Path) -> Judged:
    return judge(desk.store, look_at(desk.store, path, path.parent, Progress()), Progress(), now=NOW)


def test_a_lead_knows_what_a_station_took_in(floor: Floor, tmp_path: Path) -> None:
    lead, station = floor.lead("01"), floor.desk("07")
    pair(lead, station)
    first, second, third = reserve(station.store, 3, for_whom="前台", now=NOW)
    sheet = tmp_path / "sheet.csv"
    sheet.write_text(
        f"编号,来电时间,电话,内容\n{first},2026-11-22 09:30,13123450001,停水\n"
        f"{second},2026-11-22 09:40,13123450002,停电\n{third},,,\n",
        "utf-8",
    )
    strange = [row.problem.code for row in judged(lead, sheet).rows if row.problem]
    assert strange == ["table.other_station"] * 2  # its numbers are another station's

    take_in(station.store, judged(station, sheet), now=NOW, progress=Progress())
    give_back(station.store, blocks(station.store)[0].id, reason="已交回", now=NOW)
    lead.merge(station.hand_in(lead))
    assert [row.standing.value for row in judged(lead, sheet).rows] == ["known", "known"]
    assert blocks(lead.store) == []  # another station's sheets are not this one's to give back
    with lead.store.read() as view:
        told = account_numbers(view, lead.store.marks.highest())["07", False]
    assert (told.issued, told.records, told.reserved, told.unaccounted) == (2, 2, 0, ())
