"""The keys of the window: a contract that people's hands rely on, held by a test (DESK §5).

Never used, because an input method or the system takes them: Ctrl+Space, Shift+Space, Ctrl+., F10,
Ctrl+Shift with a letter, and letters alone.
"""

from __future__ import annotations

from types import MappingProxyType

KEYS = MappingProxyType(
    {
        "help": "F1",
        "palette": "Ctrl+K",
        "desk": "Esc",
        "kind_enquiry": "F2",
        "kind_complaint": "F3",
        "kind_urgent": "F4",
        "kind_abnormal": "F5",
        "kind_media": "F6",
        "check": "F7",
        "call": "F8",
        "save_next": "Ctrl+Return F9",
        "save": "Ctrl+S",
        "park": "Ctrl+D",
        "parked_1": "Ctrl+1",
        "parked_2": "Ctrl+2",
        "parked_3": "Ctrl+3",
        "parked_4": "Ctrl+4",
        "stamp": "Ctrl+T",
        "quick": "Ctrl+Q",
        "repeat_last": "Alt+Up",
        **{f"step_{place}": f"Alt+{place}" for place in range(1, 10)},
        "ring_take": "Alt+0",
        "beside": "F12",
        "contacts": "Ctrl+U",
        "knowledge": "Ctrl+H",
        "mood": "Ctrl+M",
        "confirm_address": "Alt+Return",
        "wrong_caller": "Alt+Backspace",
        "caller": "Ctrl+Down",
        "filter": "Ctrl+F",
        "number": "Ctrl+J",
        "undo": "F11",
        "known_issue": "Ctrl+W",
        "symptom": "Ctrl+N",
        "report_noticed": "Alt+Right",
        "lock": "Ctrl+L",
        "incident": "Ctrl+I",
        "card": "Shift+F4",
        "print": "Ctrl+P",
        "stations": "Ctrl+B",
        "reconcile": "Ctrl+R",
        "conflicts": "Ctrl+G",
        "add_files": "Ctrl+O",
        "match_yes": "Return Alt+Y",
        "match_no": "Delete Alt+N",
        "match_waive": "Alt+W",
        "match_take_back": "Alt+B",
        "match_all": "Alt+A",
        "match_both": "Alt+K",
        "match_edit": "Alt+E",
        "match_undo": "Alt+Z",
        "step_back": "Alt+Left",
        "tables": "Ctrl+E",
        "settings": "Ctrl+,",
        "zoom_in": "Ctrl+= Ctrl++",
        "zoom_out": "Ctrl+-",
        "zoom_reset": "Ctrl+0",
    }
)
"""Key sequences by the code of what they do; a space stands between two for the same thing."""


def shown_keys(keys: str) -> str:
    """Return key sequences as a person reads them: ``Ctrl+Enter / F9``."""
    return " / ".join(one.replace("Return", "Enter") for one in keys.split())


def first_key(code: str) -> str:
    """Return the one key sequence that a button shows for a code."""
    return shown_keys(KEYS[code].split()[0])
