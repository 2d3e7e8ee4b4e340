"""The columns of the records' list: time, kind, caller and content, and the states, each on its own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from enum import IntEnum

from PySide6.QtGui import QIcon

from desktop_app.domain.times import zone_of
from desktop_app.services.my_records import Row
from desktop_app.ui.records.row_words import RowWords, State
from desktop_app.ui.session import Session
from desktop_app.ui.tables.paged_model import Column
from desktop_app.ui.theme.sheet import kind_colours, tones_of
from desktop_app.ui.theme.style import current_tokens
from desktop_app.ui.widgets.icons import icon
from desktop_app.ui.widgets.pill import Tone

_ICON = 16


class Place(IntEnum):
    """Where each column stands.

    ``FOLLOW`` stands for the two behind it where there is little room, ``SENT`` for ``DELIVERY``: the icon
    without its word.
    """

    TIME = 0
    NUMBER = 1
    KIND = 2
    WHAT = 3
    PHONE = 4
    FILLING = 5
    SENT = 6
    DELIVERY = 7
    FOLLOW = 8
    CRM = 9
    CALLBACK = 10


def record_columns(session: Session, incomplete: Callable[[], bool]) -> list[Column[Row]]:
    """Return the columns; while ``incomplete`` holds, rows tell what is missing in place of the content."""
    say = session.words.say
    told = RowWords(session.words, zone_of(session.store.settings.zone))

    def title(place: Place) -> str:
        return say(f"window.records.column.{place.name.lower()}")

    def what(row: Row) -> str:
        if incomplete() and row.missing:
            return f"{told.who(row)}　{told.missing(row)}"
        return told.what(row)

    # Asked for at every drawing: the system may switch between light and dark under an open list.
    def muted(_row: Row) -> str:
        return current_tokens().muted

    def kind_colour(row: Row) -> str | None:
        return kind_colours(current_tokens()).get(row.kind)

    def tone_colour(tone: Tone) -> str:
        return tones_of(current_tokens())[tone][0]

    def kind_icon(row: Row) -> QIcon | None:
        colour = kind_colour(row)
        return icon(row.kind, colour, _ICON) if colour else None

    def state(
        place: Place, of: Callable[[Row], State | None], tip: Callable[[Row], str] | None = None
    ) -> Column[Row]:
        def drawn(row: Row) -> QIcon | None:
            found = of(row)
            return icon(found.icon, tone_colour(found.tone), _ICON) if found else None

        def colour(row: Row) -> str | None:
            found = of(row)
            return tone_colour(found.tone) if found else None

        def text(row: Row) -> str:
            found = of(row)
            return found.text if found else ""

        return Column(title(place), text=text, icon=drawn, colour=colour, tip=tip)

    def missing_tip(row: Row) -> str:
        return told.missing(row) if row.missing else ""

    def delivery_tip(row: Row) -> str:
        found = told.delivery(row)
        return found.text if found else ""

    def callback_tip(row: Row) -> str:
        return told.full(row.callback_due) if row.callback_open else missing_tip(row)

    columns = {
        Place.TIME: Column[Row](
            title(Place.TIME),
            text=lambda row: told.short(row.received_at, session.clock()),
            colour=muted,
            tip=lambda row: told.full(row.received_at),
        ),
        Place.NUMBER: Column[Row](title(Place.NUMBER), text=lambda row: row.number, colour=muted),
        Place.KIND: Column[Row](
            title(Place.KIND),
            text=told.kind,
            icon=kind_icon,
            colour=kind_colour,
        ),
        Place.WHAT: Column[Row](
            title(Place.WHAT),
            text=what,
            icon=lambda row: icon("warning", tone_colour("warn"), _ICON) if row.important else None,
            spoken=told.in_full,
            tip=lambda row: f"{row.number}\n{told.in_full(row)}",
        ),
        Place.PHONE: Column[Row](title(Place.PHONE), text=lambda row: row.phone),
        Place.FILLING: state(Place.FILLING, told.filling, missing_tip),
        Place.SENT: replace(
            state(Place.SENT, told.delivery, delivery_tip), text=lambda row: "", spoken=delivery_tip
        ),
        Place.DELIVERY: state(Place.DELIVERY, told.delivery),
        Place.FOLLOW: state(
            Place.FOLLOW, lambda row: told.callback(row, session.clock()) or told.crm(row), callback_tip
        ),
        Place.CRM: state(Place.CRM, told.crm),
        Place.CALLBACK: state(Place.CALLBACK, lambda row: told.callback(row, session.clock()), callback_tip),
    }
    return [columns[place] for place in Place]
