"""Locked in the middle of long work: it ends whole or not at all, and nobody meets a bug after unlocking."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.domain.roles import Role
from desktop_app.services.customers import standing
from desktop_app.services.demo_day.files import write_crm, write_log
from desktop_app.services.demo_day.plan import Plan
from desktop_app.services.demo_day.world import day_of
from desktop_app.services.records import log_record
from desktop_app.ui.customers.customers_page import CustomersPage
from desktop_app.ui.desk.help import KeysHelp
from desktop_app.ui.reconcile.reconcile_page import ReconcilePage
from tests.ui.desk.desks import Desk, make_store

CONTROL = Qt.KeyboardModifier.ControlModifier
ROWS = 3_000


@pytest.fixture
def lead(qtbot: QtBot, own_data_folder: Path) -> Iterator[Desk]:
    """A lead's desk."""
    folder = own_data_folder / "store"
    make_store(folder, own_data_folder, role=Role.LEAD)
    desk = Desk(qtbot, own_data_folder, folder)
    desk.unlock()
    desk.waits(lambda: desk.focused() == "phone")
    yield desk
    desk.close()


def lock_and_come_back(desk: Desk) -> None:
    """Lock by key, wait until whatever was under way has ended, and unlock."""
    desk.press(Qt.Key.Key_L, CONTROL)
    desk.waits(lambda: desk.window.workplace is None)
    desk.waits(lambda: desk.background.pending == 0)
    desk.unlock_again()
    desk.waits(lambda: desk.focused() == "phone" and desk.background.pending == 0)


def told(desk: Desk) -> list[str]:
    """Everything the window says of a bug."""
    bug = desk.words.say("window.background.bug")
    return [one.text() for one in desk.window.findChildren(QLabel) if one.isVisible() and one.text() == bug]


def page_of(desk: Desk, kind: type[QWidget]) -> QWidget:
    (page,) = (one for one in desk.window.findChildren(kind) if one.isVisible())
    return page


def list_of(path: Path, rows: int) -> Path:
    lines = (f"K{n},陈{n},1312345{n % 10_000:04},翠湖苑 {n}\n" for n in range(rows))
    path.write_text("客户编号,客户姓名,联系电话,联系地址\n" + "".join(lines), "utf-8")
    return path


@pytest.mark.parametrize(
    "step",
    ["importing", *(pytest.param(one, marks=pytest.mark.soak) for one in ("looking", "begin", "indexing"))],
)
def test_an_import(lead: Desk, tmp_path: Path, step: str) -> None:
    lead.window.workplace.go("customers")
    page = page_of(lead, CustomersPage)
    page.open(list_of(tmp_path / "list.csv", ROWS))
    if step != "looking":
        lead.waits(lambda: page.reading and not page.busy)
        lead.press(Qt.Key.Key_Return, CONTROL)
        if step != "begin":
            said = lead.words.say(f"window.customers.progress.{step}", done="", of="")[:3]
            lead.waits(
                lambda: not page.busy or any(one.text().startswith(said) for one in page.findChildren(QLabel))
            )
        assert page.busy, "too small a list for this test"
    lock_and_come_back(lead)
    store = lead.window._session.store
    found = standing(store)
    assert found.problem is None
    assert found.snapshot is None or found.snapshot.customers == ROWS
    assert [one.name for one in store.folder.iterdir() if one.name.startswith(".customers")] == []
    assert told(lead) == []
    notice = lead.window._notice
    assert notice.text().startswith("被打断，没有做完：")
    (go,) = [one for one in notice.findChildren(QPushButton) if one.text() == "去看看"]
    go.click()
    assert lead.window.workplace.place() == "customers"
    notice.dismiss()
    lock_and_come_back(lead)
    assert not notice.isVisible(), "said once"


@pytest.mark.soak
@pytest.mark.parametrize("step", ["files", "comparing", "writing"])
def test_a_reconcile_and_its_workbook(lead: Desk, tmp_path: Path, step: str) -> None:
    day, store = day_of(Plan(calls=60, stations=1, seed=7)), lead.window._session.store
    numbers = {
        note.key: str(log_record(store, note.values(), now=note.written_at).number) for note in day.notes
    }
    files = [tmp_path / name for name in ("crm.csv", "calls.csv", "queue_log")]
    write_crm(files[0], day.aftermath(numbers).rows)
    write_log(files[1], files[2], day.log)
    lead.window.workplace.go("reconcile")
    page = page_of(lead, ReconcilePage)
    page.files.add(files)
    if step != "files":
        lead.waits(lambda: all(one.seen for one in page.files.offered) and not page.files.busy)
        page.next()
        page.next()
    out = tmp_path / "out.xlsx"
    if step == "writing":
        lead.waits(lambda: page.step == "results" and not page.busy)
        page.next()
        lead.find("workbook_path").setText(str(out))
        page.next()
        lead.waits(lambda: page.busy)
    assert page.busy or page.files.busy
    lock_and_come_back(lead)
    assert told(lead) == []
    assert {one.name for one in tmp_path.iterdir()} - {out.name} == {one.name for one in files}
    assert not out.exists() or load_workbook(out).sheetnames


def test_behind_dialogs(lead: Desk) -> None:
    """Nobody is there: dialogs stand open, one over the other, when the desk locks by itself."""

    def print_keys() -> None:
        help_dialog = QApplication.activeModalWidget()
        assert isinstance(help_dialog, KeysHelp)
        help_dialog.print_button.click()

    QTimer.singleShot(200, lead.window, print_keys)
    QTimer.singleShot(600, lead.window, lead.window.locker.lock)
    lead.press(Qt.Key.Key_F1)
    lead.unlock_again()
    lead.window.activateWindow()  # the offscreen platform does not, after a dialog
    lead.waits(lambda: lead.focused() == "phone")
    assert (QApplication.activeModalWidget(), told(lead)) == (None, [])
