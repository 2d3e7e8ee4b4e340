"""The readiness page in the real window of a lead whose floor has other PCs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from desktop_app.domain.paper import lines_of
from desktop_app.domain.roles import Role
from desktop_app.policy import Policy
from desktop_app.services.readiness_text import readiness_paper
from desktop_app.ui.papers.paper_dialog import PaperDialog
from desktop_app.ui.readiness.readiness_page import ReadinessPage
from desktop_app.version import VERSION
from tests import floor as made_up
from tests.ui.desk.desks import Desk, make_store
from tests.ui.typing.composing import settle as commit_text

CTRL = Qt.KeyboardModifier.ControlModifier

Open = Callable[..., tuple[Desk, ReadinessPage]]


@pytest.fixture
def at_page(qtbot: QtBot, own_data_folder: Path) -> Iterator[Open]:
    """Open the window of a lead and go to the page."""
    opened: list[Desk] = []

    def open_it(language: str = "zh", policy: Policy | None = None) -> tuple[Desk, ReadinessPage]:
        folder = own_data_folder / "store"
        make_store(folder, own_data_folder, role=Role.LEAD)
        desk = Desk(qtbot, own_data_folder, folder, language, policy)
        opened.append(desk)
        desk.unlock()
        assert desk.window.workplace is not None
        assert desk.window._session is not None
        shelf = desk.window._session.shelf
        desk.waits(lambda: bool(shelf.pack.contacts))
        desk.window.workplace.go("readiness")
        page = desk.window.workplace._built["readiness"]
        assert isinstance(page, ReadinessPage)
        desk.waits(lambda: desk.sees("check_version"))
        return desk, page

    yield open_it
    for desk in opened:
        desk.close()


@pytest.fixture
def floor(own_data_folder: Path) -> Iterator[made_up.Floor]:
    made = made_up.Floor(own_data_folder)
    yield made
    made.close()


def texts(page: ReadinessPage) -> list[str]:
    return [label.text() for label in page.findChildren(QLabel) if label.isVisible()]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_pc_is_shown_and_who_differs(at_page: Open, floor: made_up.Floor, language: str) -> None:
    desk, page = at_page(language)
    say, session = desk.words.say, page._session
    assert not desk.sees("pc_1"), "no table for one PC"
    assert say("readiness.found.version_alone", version=VERSION) in texts(page)
    lead, station = made_up.Desk(session.store, out=floor.folder), floor.desk("12")
    made_up.pair(lead, station, floor.desk("13"))
    station.log()
    lead.merge(station.hand_in(lead))
    page.again.click()
    desk.waits(lambda: desk.sees("pc_3"))
    named = [desk.find(f"pc_{row}").accessibleName().partition(": ")[2] for row in (1, 2, 3)]
    assert named == [say(f"readiness.pc.{code}") for code in ("own", "other_program", "unheard")]
    assert {"0.3.0", VERSION} <= set(texts(page))
    paper = "\n".join(lines_of(readiness_paper(session.store, desk.words, page.found, now=session.clock())))
    assert say("readiness.pcs") in paper
    assert "0.3.0" in paper
    desk.find("go_version").setFocus()
    desk.press(Qt.Key.Key_Return)
    assert desk.window.workplace is not None
    assert desk.window.workplace.place() == "stations"


def test_it_is_reached_by_palette_says_the_days_of_the_policy_and_is_printed(at_page: Open) -> None:
    desk, page = at_page(policy=Policy(contact_max_age_days=45))
    workplace = desk.window.workplace
    assert workplace is not None
    assert "超过 45 天没有核实" in "\n".join(texts(page))
    workplace.go("desk")
    desk.press(Qt.Key.Key_K, CTRL)
    desk.settle()
    commit_text(desk.find("palette_text"), "就绪检查")
    desk.press(Qt.Key.Key_End)
    desk.settle()
    desk.press(Qt.Key.Key_Return)
    desk.settle()
    assert workplace.place() == "readiness"
    told = [desk.find(f"{name}").text() for name in ("readiness_state", "check_memory", "check_backup")]
    assert told[0].startswith("有 ")
    assert told[1] in ("就绪", "留意")
    assert told[2] == "要处理"
    desk.press(Qt.Key.Key_P, CTRL)
    desk.settle()
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, PaperDialog)
    assert dialog.drawn is not None
    text = "\n".join(lines_of(dialog.drawn.paper))
    assert text.startswith("就绪检查")
    assert "没有找到本机做过的备份" in text
    dialog.reject()
    desk.find("go_customers").setFocus()
    desk.press(Qt.Key.Key_Return)
    assert workplace.place() == "customers"


def test_the_roster_is_called_the_same_here_and_among_people(at_page: Open) -> None:
    desk, page = at_page()
    assert "值班表" in texts(page)
    desk.find("go_roster").setFocus()
    desk.press(Qt.Key.Key_Return)
    desk.settle()
    assert desk.window.workplace is not None
    assert desk.window.workplace.place() == "people"
    desk.window.workplace._built["people"].show_view("duty")  # type: ignore[attr-defined]
    desk.settle()
    said = [label.text() for label in desk.window.findChildren(QLabel) if label.isVisible()]
    assert any("值班表" in one for one in said)
    assert not any("排班" in one for one in (*texts(page), *said))
