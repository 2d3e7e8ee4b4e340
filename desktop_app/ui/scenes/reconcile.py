"""Reconciliation, step by step, with the files of the invented day."""

from __future__ import annotations

from PySide6.QtWidgets import QTableView

from desktop_app.ui.reconcile.reconcile_page import ReconcilePage
from desktop_app.ui.scenes.scene import Scene, Walk


def reconcile(walk: Walk) -> None:
    """From no file to the workbook."""
    hands = walk.hands
    hands.press("Ctrl+R")
    walk.look("reconcile-no-files")
    page = hands.find(ReconcilePage)
    page.files.add([walk.desk.crm, walk.desk.calls])
    hands.wait_for(lambda: not page.files.busy)
    walk.look("reconcile-files")
    hands.press("Ctrl+Return")
    walk.look("reconcile-columns")
    hands.press("Ctrl+Return")
    hands.wait_for(lambda: page.step == "results" and not page.busy)
    walk.look("reconcile-results")
    hands.find(QTableView, "results").setFocus()
    hands.press("Down")
    walk.look("reconcile-result")
    hands.press("Ctrl+Return")
    walk.look("reconcile-workbook")
    hands.press("Ctrl+R")


SCENES: tuple[Scene, ...] = (reconcile,)
