"""The keys of the incident page; the next step and undo have those of the other rooms for the like."""

from __future__ import annotations

from types import MappingProxyType

from desktop_app.ui.typing.keys import KEYS

ROOM_KEYS = MappingProxyType(
    {
        "next": KEYS["match_yes"].split()[-1],
        "false_alarm": KEYS["match_no"].split()[-1],
        "unrecoverable": "Alt+J",
        "over": "Alt+H",
        "relapse": "Alt+R",
        "happened": "Alt+G",
        "tell": "Alt+T",
        "join": KEYS["match_both"],
        "part": KEYS["match_take_back"],
        "waive": KEYS["match_waive"],
        "action": "Alt+D",
        "call_in": "Alt+C",
        "post": "Alt+U",
        "overtime": "Alt+I",
        "propose": "Alt+L",
        "suggested": KEYS["match_all"],
        "after": KEYS["match_edit"],
        "undo": KEYS["match_undo"],
        "notice_write": "Alt+O",
        "notice_next": "Alt+P",
        "notice_copy_zh": "Ctrl+C",
        "notice_copy_en": "Alt+M",
        "people": "Alt+F",
        "next_view": "Ctrl+Tab",
        "previous_view": "Ctrl+Shift+Tab",
    }
)
"""Key sequences by what they do here; words: ``window.keys.incident_<code>``."""
