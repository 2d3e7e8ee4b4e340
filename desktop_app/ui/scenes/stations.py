"""The stations board of a lead's floor: what waits, what is missing, a merge, and whom a lead trusts."""

from __future__ import annotations

from PySide6.QtWidgets import QPushButton, QTableView

from desktop_app.ui.scenes.scene import Scene, Walk
from desktop_app.ui.stations.stations_page import StationsPage
from desktop_app.ui.widgets.notice import Notice


def stations(walk: Walk) -> None:
    """A code to compare, a station that lacks numbers, its dialogs, and the roles that people took."""
    hands = walk.hands
    hands.press("Ctrl+B")
    page = hands.find(StationsPage)
    walk.look("stations-to-confirm")
    _choose(walk, page, "05")
    walk.look("stations")
    walk.look_at_dialog("stations-waive", lambda: hands.press("Alt+W"))
    walk.look_at_dialog("stations-forget", lambda: hands.press("Alt+B"))
    page.board.choose_own()
    walk.look("stations-own")
    hands.find(QPushButton, "stations_roles").setFocus()
    hands.press("Return")
    walk.look("stations-roles")
    hands.press("Alt+Left")
    hands.press("Ctrl+B")


def merge(walk: Walk) -> None:
    """Four hand-ins: new, known, cut, and of a store to confirm; then one that is said not to be ours."""
    hands = walk.hands
    hands.press("Ctrl+B")
    page = hands.find(StationsPage)
    page.merge(walk.desk.handins)
    hands.wait_for(lambda: page.result.isVisible() and not page.busy)
    walk.look("merge")
    hands.press("Down")
    hands.press("Down")
    walk.look("merge-refused")
    hands.press("Alt+Left")
    page.board.waiting.setFocus()
    hands.press("Alt+B")
    page.board.waiting_filter.choose("declined")
    hands.settle()
    page.board.waiting.setFocus()
    walk.look("stations-not-ours")
    hands.find(Notice).dismiss()
    hands.press("Ctrl+B")


def _choose(walk: Walk, page: StationsPage, station: str) -> None:
    """Choose a station by its code, as a person goes down to it."""
    table: QTableView = page.board.table
    table.setFocus()
    walk.hands.press("Home")
    while table.model().index(table.currentIndex().row(), 0).data() != station:
        walk.hands.press("Down")


SCENES: tuple[Scene, ...] = (stations, merge)
