"""The outage room in the second hour of an outage: every view filled, what each asks, and the way home."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QAbstractButton

from desktop_app.domain.crm_probe import Suggestion
from desktop_app.ui.desk.main_window import MainWindow
from desktop_app.ui.desk.workplace import Workplace
from desktop_app.ui.incident.clocks_panel import ClocksPanel
from desktop_app.ui.incident.incident_page import IncidentPage
from desktop_app.ui.incident.room_keys import ROOM_KEYS
from desktop_app.ui.scenes.outage_day import lay_out
from desktop_app.ui.scenes.scene import Scene, Walk

_CLOCKS = (
    ("fault", "decision", "decide"),
    ("lines_full", "general", "remind"),
    ("fault", "managers", "again"),
)


def noticed(walk: Walk) -> None:
    """The CRM was seen not to answer."""
    place = _workplace(walk)
    place.noticing.suggest(Suggestion.OUTAGE, "crm.example.com")
    walk.look("noticed-crm")
    place.noticing.dismiss()


def led(walk: Walk) -> None:
    """Every view of an incident that somebody leads, and the dialogs they lead to."""
    hands, place = walk.hands, _workplace(walk)
    head = lay_out(place.incidents.session)
    hands.press("Ctrl+I")
    place.incidents.choose(head)
    hands.settle()
    place.due.dismiss()
    walk.look("led-clocks")
    for ladder, rung, name in _CLOCKS:
        hands.find(ClocksPanel).open_clock(ladder, rung)
        hands.find(ClocksPanel).table.setFocus()
        walk.look_at_dialog(f"led-{name}", partial(hands.press, "Return"))
    walk.look_at_dialog("led-level", partial(hands.press, ROOM_KEYS["suggested"]))
    hands.press("Ctrl+Tab")
    walk.look("led-handling")
    walk.look_at_dialog("led-join", partial(hands.press, ROOM_KEYS["join"]))
    hands.press("Ctrl+Tab")
    walk.look("led-told")
    hands.press("Ctrl+Tab")
    walk.look("led-notices")
    walk.look_at_dialog("led-notice-update", partial(hands.press, ROOM_KEYS["notice_write"]))
    statement = hands.find(QAbstractButton, "notice_statement")
    walk.look_at_dialog("led-statement", statement.click)
    walk.look_at_dialog("led-publish", partial(hands.press, ROOM_KEYS["notice_next"]))
    hands.press("Ctrl+Tab")
    walk.look("led-team")
    walk.look_at_dialog("led-post", partial(hands.press, ROOM_KEYS["post"]))
    walk.look_at_dialog("led-overtime", partial(hands.press, ROOM_KEYS["overtime"]))
    for name in ("charts", "log", "closing"):
        hands.press("Ctrl+Tab")
        walk.look(f"led-{name}")
    walk.look_at_dialog("led-recovered", partial(hands.press, ROOM_KEYS["next"]))
    hands.press("Ctrl+B")
    walk.look("led-stations")
    hands.press("Escape")
    walk.look("led-desk")


def over(walk: Walk) -> None:
    """It works again: who has to hear that, and what is left; then somebody closes the program."""
    hands = walk.hands
    hands.press("Ctrl+I")

    def recovered() -> None:
        hands.fill("recovery_confirmed_by", "系统运维值班")
        hands.press("Ctrl+Return")

    hands.in_dialog(partial(hands.press, ROOM_KEYS["next"]), recovered)
    hands.settle()
    hands.find(IncidentPage).show_view("clocks")
    walk.look("over-clocks")
    for view in ("told", "notices", "closing"):
        hands.find(IncidentPage).show_view(view)
        walk.look(f"over-{view}")
    hands.press("Escape")
    walk.look_at_dialog("leaving", partial(_close, walk))


def _close(walk: Walk) -> None:
    walk.hands.window.close()


def _workplace(walk: Walk) -> Workplace:
    window = walk.hands.window
    if not isinstance(window, MainWindow) or window.workplace is None:
        raise TypeError("nobody is at the desk")
    return window.workplace


SCENES: tuple[Scene, ...] = (noticed, led, over)
