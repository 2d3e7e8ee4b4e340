"""What a clock asks for: one key where it is ticked, else who was told, what was decided, what was found."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from desktop_app.domain.clocks import RungStanding, Stage
from desktop_app.domain.contacts import contacts_for
from desktop_app.domain.ladders import RungKind
from desktop_app.domain.site_pack import SitePack
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


def tick_clock(room: IncidentRoom, words: IncidentWords, view: IncidentView, one: RungStanding) -> bool:
    """Write down that a clock was seen to, by one key; False where it asks for more, or was seen to."""
    if one.rung.does not in TICKED or one.stage is Stage.DONE:
        return False
    store, now, title = room.session.store, room.session.clock(), one.rung.title.told(words.language)
    room.act(
        lambda _reason: note_rung(store, view.head, ladder=one.ladder.key, rung=one.rung.key, now=now),
        words.say("noted", what=title),
    )
    return True


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
