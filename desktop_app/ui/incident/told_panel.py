"""Who knows of an incident, who has to hear that it is over, and who was called in to help (A§2.8, A§8)."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop_app.domain.contacts import contacts_for
from desktop_app.domain.phones import grouped
from desktop_app.services.incident_view import RECOVERY, IncidentView, Notified, ToTell, recovery_list
from desktop_app.ui.incident.help_card import HelpCard
from desktop_app.ui.incident.incident_room import IncidentRoom
from desktop_app.ui.incident.panel import Panel
from desktop_app.ui.incident.tell_dialog import TellDialog, ToldWhom
from desktop_app.ui.tables.filling import fill_table
from desktop_app.ui.tables.rows_model import Cell, RowsModel
from desktop_app.ui.tables.table import Table
from desktop_app.ui.theme.style import scaled
from desktop_app.ui.widgets.cards import card, scrolled
from desktop_app.ui.widgets.labels import Heading, PlainLabel

_TOLD = (64, 0, 90, 150)
_OVER = (0, 150, 130)


class ToldPanel(Panel):
    """The recovery list is exactly those who were told and reached; Enter notes that one knows it is over."""

    def __init__(self, room: IncidentRoom, parent: QWidget | None = None) -> None:
        super().__init__(room, parent)
        say = self._words.say
        headers = [say(f"told.column.{name}") for name in ("at", "who", "channel", "outcome")]
        self.told_rows = RowsModel[Notified](headers, self._told_cells, self)
        self.told = Table(self.told_rows, say("told.heading"), _TOLD, wrap=True)
        self.told.setObjectName("told")
        self._nobody = PlainLabel(say("told.nobody"), role="secondary", wrap=True)
        headers = [say(f"told.column.{name}") for name in ("who", "phone", "over")]
        self.over_rows = RowsModel[ToTell](headers, self._over_cells, self)
        self.over = Table(self.over_rows, say("told.over"), _OVER, low=True, wrap=True)
        self.over.setObjectName("recovery_list")
        self.over.activated.connect(self._tell_over)
        self._over_heading = Heading()
        self.help = HelpCard(room, self._words)
        self._lay_out()
        self.begin_at(self.told)

    def show_incident(self, view: IncidentView) -> None:
        """Show who knows what."""
        told = [one for one in view.told if one.purpose != RECOVERY]
        fill_table(self.told, self.told_rows, told, self._nobody)
        over = any(one.code == "recovered" for one in view.events)
        to_tell = sorted(recovery_list(view), key=lambda one: one.told_at is not None) if over else []
        fill_table(self.over, self.over_rows, to_tell)
        left = sum(one.told_at is None for one in to_tell)
        self._over_heading.setText(self._of(view, "told.over_left", count=left, of=len(to_tell)))
        self._over_card.setVisible(over)
        self.begin_at(self.over if left else self.told)
        self.help.show_incident(view)

    def _lay_out(self) -> None:
        told, left = card()
        left.addWidget(Heading(self._words.say("told.heading")))
        left.addWidget(self.told, 1)
        left.addWidget(self._nobody)
        left.addStretch(0)
        self._over_card, over = card()
        over.addWidget(self._over_heading)
        over.addWidget(self.over, 1)
        over.addWidget(PlainLabel(self._words.say("told.over_hint"), role="secondary", wrap=True))
        area, side = scrolled()
        side.addWidget(self._over_card, 1)
        side.addWidget(self.help, 1)
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(scaled(8))
        across.addWidget(told, 1)
        across.addWidget(area, 1)

    def _of(self, view: IncidentView, code: str, **details: object) -> str:
        """Return the words for what is over: no system recovers from a fire."""
        return self._words.say(f"{code}_beside" if view.beside else code, **details)

    def _who(self, role: str, name: str) -> str:
        title = self._words.role(self._session.shelf.pack, role) if role else ""
        return name if name.startswith(title) else f"{title}  {name}"

    def _told_cells(self, one: Notified) -> Sequence[Cell]:
        if not one.reached:
            outcome = Cell(self._words.say("told.missed"), "void", "warn")
        else:
            mode = self._words.option("repair_mode", one.mode) if one.mode else ""
            outcome = Cell(
                " ".join(part for part in (self._words.say("told.reached"), mode) if part), "check", "ok"
            )
        channel = self._words.option("contact_channel", one.channel)
        who = self._who(one.role, one.name)
        if one.reply:
            who = self._words.say("told.replied", who=who, reply=one.reply)
        return Cell(self._words.time(one.at)), Cell(who), Cell(channel, tone="muted"), outcome

    def _over_cells(self, one: ToTell) -> Sequence[Cell]:
        found = contacts_for(self._session.shelf.pack, one.role) if one.role else ()
        phone = next(
            (grouped(each.phone) for each in found if each.key == one.contact or not one.contact), ""
        )
        if one.told_at is None:
            state = Cell(self._words.say("told.to_tell"), "phone", "warn")
        else:
            state = Cell(self._words.say("told.knows", time=self._words.time(one.told_at)), "check", "ok")
        return Cell(self._who(one.role, one.name)), Cell(phone), state

    def _tell_over(self, index: QModelIndex) -> None:
        view = self._room.shown
        if not index.isValid() or view is None:
            return
        one = self.over_rows.rows[index.row()]
        if one.told_at is not None:
            return
        whom = ToldWhom(
            self._of(view, "told.tell_over", name=one.name),
            one.role,
            purpose=RECOVERY,
            name=one.name,
            contact=one.contact,
        )
        found = contacts_for(self._session.shelf.pack, one.role) if one.role else ()
        them = [each for each in found if each.key == one.contact]
        dialog = TellDialog(self._session, view.head, whom, them, self.window())
        self._room.deeds.ask(dialog, self._of(view, "told.over_done", name=one.name))
