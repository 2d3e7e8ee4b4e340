"""What a clock asks for: one key where it is ticked, else who was told, what was decided, what was found."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from desktop_app.domain.clocks import RungStanding, Stage
from desktop_app.domain.contacts import contacts_for
from desktop_app.domain.ladders import RungKind
from desktop_app.services.incident_acts import note_rung
from desktop_app.services.incident_view import IncidentView
from desktop_app.ui.incident.decide_dialog import DecideDialog
from desktop_app.ui.incident.incident_room import IncidentRoom
from desktop_app.ui.incident.incident_words import IncidentWords
from desktop_app.ui.incident.tell_dialog import TellDialog, ToldWhom

TICKED = (RungKind.CHECK, RungKind.REMIND)
"""What one key ends, with nothing more to say."""
OPERATIONS = "sysops"
"""The role that is asked whether it comes or works from afar (A§2.2)."""


@dataclass(frozen=True, slots=True)
class ClockActs:
    """What is done with the clocks of an incident, wherever they are listed."""

    room: IncidentRoom
    words: IncidentWords
    over: QWidget

    def tick(self, view: IncidentView, one: RungStanding) -> None:
        """End a clock by one key where nothing more has to be said; else ask for that."""
        if one.rung.does not in TICKED or one.stage is Stage.DONE:
            self.open(view, one)
            return
        store, now = self.room.session.store, self.room.session.clock()
        self.room.act(
            lambda _reason: note_rung(store, view.head, ladder=one.ladder.key, rung=one.rung.key, now=now),
            self._noted(one),
        )

    def open(self, view: IncidentView, one: RungStanding) -> None:
        """Ask who was told, what was decided or found; a reminder is only ticked."""
        if one.stage is Stage.DONE:
            return
        if one.rung.does is RungKind.REMIND:
            self.tick(view, one)
            return
        self.room.deeds.ask(self._dialog(view, one), self._noted(one))

    def _dialog(self, view: IncidentView, one: RungStanding) -> TellDialog | DecideDialog:
        session, over = self.room.session, self.over.window()
        if one.rung.does is not RungKind.TELL:
            return DecideDialog(session, view.head, one.ladder, one.rung, over)
        pack = session.shelf.pack
        name = self.words.say("tells", role=self.words.role(pack, one.role))
        whom = ToldWhom(name, one.role, one.ladder.key, one.rung.key)
        contacts = contacts_for(pack, one.role)
        return TellDialog(session, view.head, whom, contacts, over, mode=one.role == OPERATIONS)

    def _noted(self, one: RungStanding) -> str:
        return self.words.say("noted", what=one.rung.title.told(self.words.language))
