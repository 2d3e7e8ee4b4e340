"""Bulletins reach every station with the incident; what people say after their duty stays with it."""

from __future__ import annotations

import pytest

from desktop_app.domain.errors import KnownError
from desktop_app.services.incident_acts import undo
from desktop_app.services.incident_notes import NoteKind, add_note, notes
from desktop_app.services.incidents import current_incident, incident, report_fault
from desktop_app.storage.store import Store
from tests.rounds import Rounds, round_
from tests.rounds import floor as floor


def told(store: Store, one: str, kind: NoteKind) -> list[str]:
    return [note.text for note in notes(store, incident(store, one), kind)]


def test_a_bulletin_of_the_lead_is_read_at_every_station_and_answered(floor: Rounds) -> None:
    lead, seven, twelve = (floor.stores[code] for code in ("01", "07", "12"))
    one = report_fault(lead, symptom="CRM 打不开", now=floor.tick()).incident
    add_note(lead, one, NoteKind.BULLETIN, "14:00 三方协调会，结论会写在这里", now=floor.tick())
    round_(floor)
    for station in (seven, twelve):
        assert told(station, one, NoteKind.BULLETIN) == ["14:00 三方协调会，结论会写在这里"]
    add_note(seven, one, NoteKind.BULLETIN, "市场部已收到", now=floor.tick())
    round_(floor)
    round_(floor)
    for store in (lead, twelve):
        assert told(store, one, NoteKind.BULLETIN)[-1] == "市场部已收到"
        assert told(store, one, NoteKind.FEEDBACK) == []
    seen = current_incident(twelve)
    assert seen is not None
    assert "bulletin" in [line.code for line in seen.log]


def test_an_empty_note_is_refused_and_one_can_be_taken_back(floor: Rounds) -> None:
    lead = floor.stores["01"]
    one = report_fault(lead, symptom="CRM 打不开", now=floor.tick()).incident
    with pytest.raises(KnownError, match=r"incidents\.note_needed"):
        add_note(lead, one, NoteKind.FEEDBACK, " ", now=floor.tick())
    made = add_note(lead, one, NoteKind.FEEDBACK, "备用耳机不够", now=floor.tick())
    (note,) = notes(lead, incident(lead, one), NoteKind.FEEDBACK)
    assert (note.text, note.name) == ("备用耳机不够", "陈静")
    undo(lead, made, now=floor.tick())
    assert told(lead, one, NoteKind.FEEDBACK) == []
