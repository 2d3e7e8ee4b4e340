"""The keys of the outage room: none does two things, whichever view is on screen."""

from __future__ import annotations

from desktop_app.ui.incident.room_keys import ROOM_KEYS


def test_no_key_of_the_room_does_two_things() -> None:
    keys = [key for sequences in ROOM_KEYS.values() for key in sequences.split()]
    assert sorted(keys) == sorted(set(keys))
