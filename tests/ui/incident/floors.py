"""One lead's window for all tests of a module, with the page of whatever incident was reported in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from threading import Barrier

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.domain.clocks import RungStanding, Stage
from desktop_app.domain.entries import Value
from desktop_app.domain.incident_types import IncidentType, OwnFieldKind
from desktop_app.domain.own_fields import missing
from desktop_app.domain.roles import Role
from desktop_app.exchange.site_pack import read_pack
from desktop_app.paths import resources
from desktop_app.services.seats import seat_of
from desktop_app.ui.background.background import READERS, Background
from desktop_app.ui.incident.check_panel import CheckPanel
from desktop_app.ui.incident.clocks_panel import ClocksPanel
from desktop_app.ui.incident.incident_page import IncidentPage
from desktop_app.ui.incident.incident_room import IncidentRoom
from desktop_app.ui.incident.report_dialog import ReportDialog
from desktop_app.ui.preferences import Preferences
from desktop_app.ui.session import Session
from desktop_app.ui.site_pack.shelf import PackShelf
from desktop_app.ui.theme.style import apply_theme
from desktop_app.ui.typing.shortcuts import Shortcuts
from desktop_app.words import Words
from tests.stores import author, new_store
from tests.ui.incident.conftest import Clock, Room, Told
from tests.ui.incident.halls import CTRL, Hall, Key
from tests.ui.typing.composing import settle as commit_text

APART = timedelta(days=60)
"""Between two incidents, so that no clock of one is due in another."""
_K = OwnFieldKind
_TYPED = (_K.TEXT, _K.LONG_TEXT, _K.NUMBER, _K.MONEY, _K.MOMENT, _K.STAMP)


class Floor(Hall):
    """Hands that report, tell, tick and fill in; ``at`` are minutes since the report."""

    began: datetime

    @property
    def kind(self) -> IncidentType:
        types = self.room.session.shelf.pack.incident_types
        return next(one for one in types if one.key == self.view.category)

    def reports(self, typed: str, symptom: str) -> None:
        """Type some words and take the symptom that is found by them."""
        room = self.room
        self.began = room.clock.now = room.clock.now + APART
        dialog = ReportDialog(room.session, room.window)
        dialog.done_it.connect(self.page._room.tell_reported)
        dialog.open()
        self.dialog()
        self.writes(typed)
        QApplication.processEvents()
        if dialog.symptom.text() != symptom:
            place = next(at for at, one in enumerate(dialog._offered) if one.text == symptom)
            dialog.usual.setFocus()
            for _ in range(place):
                room.qtbot.keyClick(QApplication.focusWidget(), Key.Key_Right)
            if not place:
                room.qtbot.keyClick(QApplication.focusWidget(), Key.Key_Space)
        self.hit(Key.Key_Return, CTRL)
        self.back()
        room.settle()
        shown = self.page._room.shown
        assert shown is not None
        self.head = shown.head
        self.go("clocks")

    def at(self, minutes: float) -> None:
        """Let it be so long after the report."""
        self.room.clock.now = self.began + timedelta(minutes=minutes)
        self.page.show_incident()

    @property
    def clocks(self) -> ClocksPanel:
        found = self.page._panels["clocks"]
        assert isinstance(found, ClocksPanel)
        return found

    def due(self) -> str:
        """What the list of clocks asks for now, in the order on screen."""
        self.go("clocks")
        lines = [line.standing for line in self.clocks.model.rows]
        return " ".join(step(one) for one in lines if one.stage is Stage.DUE)

    def does(self, wanted: str, text: str = "某人") -> None:
        """Do what a clock asks for, by Enter on its line."""
        self.goes_to(wanted)
        self.hit(Key.Key_Return)
        dialog = self.dialog()
        focus = QApplication.focusWidget()
        if not focus.property("text"):
            self.writes(text)
        self.hit(Key.Key_Return, CTRL)
        assert not dialog.isVisible(), "it is refused"
        self.back()

    def sees(self, wanted: str) -> None:
        """End what a clock asks for by one key, with nothing more said."""
        self.goes_to(wanted)
        self.hit(Key.Key_Space)

    def goes_to(self, wanted: str) -> None:
        self.go("clocks")
        places = [place for place, line in enumerate(self.clocks.model.rows) if step(line.standing) == wanted]
        self.clocks.table.setFocus()
        self.clocks.table.go_to(places[0])

    def ticks(self, keys: str) -> list[str]:
        """Tick lines by their digit; what the store then holds."""
        self.go("handling")
        panel = next(one for one in self.page.findChildren(CheckPanel) if one.isVisible())
        for key in keys.split():
            place = [line.item.key for line in panel.model.rows].index(key)
            panel.table.setFocus()
            panel.table.go_to(place)
            self.hit(Key.Key_Space)
        return [one.item for one in self.view.ticks if one.at == self.room.clock.now and one.name]

    def fills(self, answers: Mapping[str, Value]) -> None:
        """Fill fields by keys, one after the other."""
        self.go("handling")
        fields = {one.key: one for one in self.kind.fields}
        for key, answer in answers.items():
            self.room.qtbot.waitUntil(lambda key=key: self._shown(key) is not None)
            widget = self._shown(key)
            assert widget is not None
            widget.setFocus()
            kind, codes = fields[key].kind, [one.code for one in fields[key].options]
            if kind in _TYPED:
                self._writes(str(answer))
            elif kind is _K.TICK:
                self.room.qtbot.keyClick(QApplication.focusWidget(), Key.Key_Space)
            else:
                for one in answer if isinstance(answer, list) else [answer]:
                    place = codes.index(str(one)) if codes else 0 if one else 1
                    self.room.qtbot.keyClicks(QApplication.focusWidget(), str(place + 1))
            self.room.qtbot.keyClick(QApplication.focusWidget(), Key.Key_Tab)
        heard: list[bool] = []
        self.page.flush(heard.append)
        self.room.qtbot.waitUntil(lambda: bool(heard))
        assert heard == [True]
        self.room.settle()

    def lacks(self) -> str:
        return " ".join(one.key for one in missing(self.kind.fields, self.view.values))

    def _shown(self, key: str) -> QWidget | None:
        return next((one for one in self.page.findChildren(QWidget, key) if one.isVisible()), None)

    def _writes(self, text: str) -> None:
        field = QApplication.focusWidget()
        if text.isascii():
            self.room.qtbot.keyClicks(field, text)
        else:
            commit_text(field, text)
            self.room.qtbot.keyClick(field, Key.Key_End)


def step(one: RungStanding) -> str:
    """What a clock asks for: ``rung:role`` where somebody is to be told, else ``rung``."""
    return f"{one.rung.key}:{one.role}" if one.role else one.rung.key


@pytest.fixture(scope="module")
def shared(qapp: QApplication, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Floor]:
    folder = tmp_path_factory.mktemp("floor")
    apply_theme(qapp, "light")
    window, clock, told, background = QWidget(), Clock(), Told(), Background()
    _start_threads(background)
    window.resize(1366, 768)
    shelf = PackShelf(window)
    shelf.pack = read_pack(resources() / "site")
    store = new_store(folder / "store")
    lead = replace(store, author=author("6001", Role.LEAD))
    session = Session(
        store=lead,
        person=seat_of(lead),
        words=Words("zh"),
        background=background,
        clock=clock,
        preferences=Preferences(folder / "window.ini"),
        shortcuts=Shortcuts(window),
        messages=told,  # type: ignore[arg-type]  # says what a test reads
        shelf=shelf,
    )
    page = IncidentPage(IncidentRoom(session, window), lambda: None, lambda: None)
    QVBoxLayout(window).addWidget(page)
    window.show()
    window.activateWindow()
    # Nobody looks: what is drawn is for other tests, and half of the time.
    window.setUpdatesEnabled(False)
    QApplication.processEvents()
    yield Floor(Room(None, session, clock, told, window), page, "")  # type: ignore[arg-type]
    window.close()
    window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    background.close()
    store.close()


def _start_threads(background: Background) -> None:
    """Have every thread of it run before the first test, which would seem to leave behind what it began."""
    together = Barrier(READERS)
    for _ in range(READERS):
        background.query(together.wait, lambda _place: None, lambda _problem: None)
    background.change(lambda: None, lambda _none: None, lambda _problem: None)


@pytest.fixture
def floor(shared: Floor, qtbot: QtBot) -> Iterator[Floor]:
    shared.room.qtbot = qtbot
    shared.room.settle()
    yield shared
    shared.room.settle()
    problems, shared.room.told.problems = shared.room.told.problems, []
    assert problems == []
