"""The dialog that a clock asks for: who was told, what was decided, what was found."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from desktop_app.domain.clocks import RungStanding
from desktop_app.domain.contacts import contacts_for
from desktop_app.domain.ladders import RungKind
from desktop_app.domain.site_pack import SitePack
from desktop_app.services.incident_view import IncidentView
from desktop_app.ui.incident.decide_dialog import DecideDialog
from desktop_app.ui.incident.incident_room import IncidentRoom
from desktop_app.ui.incident.incident_words import IncidentWords
from desktop_app.ui.incident.tell_dialog import TellDialog, ToldWhom

OPERATIONS = "sysops"
"""The role that is asked whether it comes or works from afar (A§2.2)."""


def clock_dialog(
    room: IncidentRoom,
    words: IncidentWords,
    pack: SitePack,
    view: IncidentView,
    one: RungStanding,
    over: QWidget,
) -> TellDialog | DecideDialog:
    """Return the dialog for a clock; what is written there is told with a way to undo it."""
    session, title = room.session, one.rung.title.told(words.language)
    dialog: TellDialog | DecideDialog
    if one.rung.does is RungKind.TELL:
        name = words.say("tells", role=words.role(pack, one.role))
        whom = ToldWhom(name, one.role, one.ladder.key, one.rung.key)
        contacts = contacts_for(pack, one.role)
        dialog = TellDialog(session, view.head, whom, contacts, over, mode=one.role == OPERATIONS)
    else:
        dialog = DecideDialog(session, view.head, one.ladder, one.rung, over)
    dialog.done_it.connect(lambda made: room.deeds.tell_done(made, words.say("noted", what=title)))
    return dialog
