"""The columns of the two lists: stations, and what waits for a person."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from PySide6.QtGui import QIcon

from desktop_app.domain.identities import LEADS
from desktop_app.services.station_rows import StationRow, WaitingStation
from desktop_app.ui.records.row_words import State
from desktop_app.ui.session import Session
from desktop_app.ui.stations.station_words import StationWords
from desktop_app.ui.tables.paged_model import Column
from desktop_app.ui.theme.sheet import tones_of
from desktop_app.ui.theme.style import current_tokens
from desktop_app.ui.widgets.icons import icon

R = TypeVar("R")
_ICON = 16
STATION_WIDTHS = (76, 130, 214, 0, 70, 70)
WAITING_WIDTHS = (76, 130, 0, 110)


@dataclass(frozen=True)
class Whole(Generic[R]):
    """All rows of a list that is short."""

    rows: tuple[R, ...]
    more: bool = False


def station_columns(session: Session, told: StationWords) -> list[Column[StationRow]]:
    """Return the columns of the stations."""

    def title(code: str) -> str:
        return told.say(f"column.{code}")

    return [
        Column(title("station"), text=lambda row: row.station),
        Column(
            title("person"),
            text=told.person,
            icon=lambda row: icon("key", current_tokens().accent, _ICON) if _leads(row) else None,
            tip=lambda row: told.role(row.role),
            spoken=lambda row: f"{told.person(row)} {told.role(row.role)}",
        ),
        state_column(title("heard"), lambda row: told.heard(row, session.clock())),
        state_column(title("state"), told.state),
        Column(title("records"), text=lambda row: f"{row.records}", right=True),
        Column(title("drafts"), text=lambda row: f"{len(row.drafts) or ''}", right=True),
    ]


def waiting_columns(session: Session, told: StationWords) -> list[Column[WaitingStation]]:
    """Return the columns of what waits."""
    return [
        Column(told.say("column.station"), text=lambda one: one.identity.station),
        Column(told.say("column.person"), text=lambda one: one.identity.name),
        state_column(told.say("column.waits"), told.waiting),
        Column(told.say("column.since"), text=lambda one: told.moment(one.since, session.clock())),
    ]


def state_column(title: str, of: Callable[[R], State]) -> Column[R]:
    """Return a column of icon, word and colour."""

    # Asked for at every drawing: the system may switch between light and dark under an open list.
    def colour(row: R) -> str:
        return tones_of(current_tokens())[of(row).tone][0]

    def drawn(row: R) -> QIcon:
        return icon(of(row).icon, colour(row), _ICON)

    return Column(
        title, text=lambda row: of(row).text, icon=drawn, colour=colour, tip=lambda row: of(row).text
    )


def _leads(row: StationRow) -> bool:
    return row.role in LEADS
