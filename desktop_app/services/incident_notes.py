"""What people write to each other about an incident: the bulletin board, and their words after the duty.

A bulletin is for the centre alone and needs nobody's approval (1.5.2); what customers read is a notice
(``announcements``). Both travel as entries of the incident, so that every station has them after the next
bundle. What is returned as ``Made`` is undone by ``incident_acts.undo``.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from desktop_app.domain.entries import Value, moment_text
from desktop_app.domain.joined_incidents import items_in
from desktop_app.services.decisions import Made
from desktop_app.services.drafts import person_name
from desktop_app.services.incident_view import IncidentView
from desktop_app.services.incident_writing import add, members_in, said
from desktop_app.storage.store import Store


class NoteKind(StrEnum):
    """Lists on an incident. ``FEEDBACK`` is what somebody says after their duty (1.2.7)."""

    BULLETIN = "bulletin"
    FEEDBACK = "feedback"


@dataclass(frozen=True, slots=True)
class Note:
    """One note; ``at`` is UTC, ``name`` who wrote it, ``entry`` the list item."""

    text: str
    at: datetime | None
    name: str
    entry: str


def add_note(store: Store, incident_id: str, kind: NoteKind, text: str, *, now: datetime) -> Made:
    """Write a note; raises KnownError ``incidents.note_needed`` and ``incidents.none``."""
    with store.change() as unit:
        _, members = members_in(unit, incident_id)
        told: Value = {
            "text": said(store, text, now, "incidents.note_needed"),
            "at": moment_text(now),
            "by": unit.author.actor,
        }
        return Made(tuple(add(unit, members[0].subject.id, kind.value, told, now)))


def notes(store: Store, view: IncidentView, kind: NoteKind) -> tuple[Note, ...]:
    """Return the notes of an incident, the earliest first."""
    found = sorted(items_in(view.members, kind.value), key=lambda one: (one.text("at"), one.entry_id))
    with store.read() as read:
        return tuple(
            Note(
                one.text("text"), one.at(), person_name(read, one.text("by")) or one.text("by"), one.entry_id
            )
            for one in found
        )
