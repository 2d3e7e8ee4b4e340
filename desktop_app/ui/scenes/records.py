"""My records: the list, one record, correcting it, making it void, its history."""

from __future__ import annotations

from desktop_app.ui.records.my_records import MyRecords
from desktop_app.ui.scenes.scene import Scene, Walk


def my_records(walk: Walk) -> None:
    """The list filtered, and the correction list."""
    hands = walk.hands
    hands.press("Ctrl+F")
    hands.type_text("陈")
    walk.look("records-filtered")
    hands.press("Ctrl+A")
    hands.press("Delete")
    counters = hands.find(MyRecords).counters  # hidden where the window is low
    counters.choose("incomplete")
    walk.look("records-incomplete")
    counters.choose("all")
    hands.settle()


def one_record(walk: Walk) -> None:
    """Open a record, correct it with a reason, look at its history, ask to make it void."""
    hands = walk.hands
    mine = hands.find(MyRecords)
    mine.table.setFocus()
    hands.press("Home")
    hands.press("Return")
    walk.look("record")
    walk.look_at_dialog("record-history", mine.record.history.click)
    walk.look_at_dialog("record-void", mine.record.void.click)
    walk.look_at_dialog("record-report", mine.record.report.click)
    mine.record.correct.click()
    walk.look("record-correcting")
    hands.press("Esc")
    hands.press("Esc")


SCENES: tuple[Scene, ...] = (my_records, one_record)
