"""Who works where: the person who unlocked a store and the station it is of."""

from __future__ import annotations

from dataclasses import dataclass

from desktop_app.domain.identity import Subject, SubjectKind
from desktop_app.domain.roles import Role
from desktop_app.storage.store import Store


@dataclass(frozen=True, slots=True)
class Seat:
    """A person at a station, as the window shows it; ``name`` is the staff number where none is known."""

    staff_number: str
    name: str
    role: Role
    station: str
    drill: bool


def seat_of(store: Store) -> Seat:
    """Return who unlocked the store, and where."""
    author = store.author
    with store.read() as view:
        name = view.state(Subject(SubjectKind.USER, author.actor)).text("name")
        return Seat(
            author.staff_number, name or author.staff_number, author.role, view.life.station, view.life.drill
        )
