"""The keys of the people page; words: ``window.keys.people_<code>``."""

from __future__ import annotations

from types import MappingProxyType

from desktop_app.ui.incident.room_keys import ROOM_KEYS
from desktop_app.ui.typing.keys import KEYS

PEOPLE_KEYS = MappingProxyType(
    {
        "verify": "Alt+V",
        "reached": "Alt+Y",
        "unreached": "Alt+N",
        "add": "Alt+A",
        "edit": "Alt+E",
        "remove": "Alt+D",
        "call_in": "Alt+J",
        "came": "Alt+K",
        "train": "Alt+T",
        "import": KEYS["add_files"],
        "print": KEYS["print"],
        "search": KEYS["filter"],
        "undo": KEYS["match_undo"],
        "next_view": ROOM_KEYS["next_view"],
        "previous_view": ROOM_KEYS["previous_view"],
    }
)
"""Key sequences by what they do here."""
