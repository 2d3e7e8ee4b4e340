"""The keys people's hands rely on, and the ones an input method or the system would take."""

import re
from pathlib import Path

from desktop_app.ui.typing import keys as keys_module
from desktop_app.ui.typing.keys import KEYS, first_key, shown_keys
from desktop_app.words import Words

CONTRACT = {
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
    **{f"step_{place}": f"Alt+{place}" for place in range(1, 10)},
}
"""Code and keys (DESK §5); a space stands between two for the same thing."""


def test_the_keys_are_the_ones_agreed() -> None:
    """All of them: a key that moves or comes is agreed here first."""
    assert dict(KEYS) == CONTRACT


def test_no_key_does_two_things() -> None:
    keys = [key for sequences in KEYS.values() for key in sequences.split()]
    assert len(keys) == len(set(keys))


def test_no_key_belongs_to_an_input_method_or_the_system() -> None:
    for sequences in KEYS.values():
        for key in sequences.split():
            assert key not in ("Ctrl+Space", "Shift+Space", "Ctrl+.", "F10")
            assert not re.fullmatch(r"Ctrl\+Shift\+[A-Z]|[A-Z0-9]", key)


def test_every_key_has_words() -> None:
    for language in ("zh", "en"):
        for code in KEYS:
            assert Words(language).say(f"window.keys.{code}")


def test_keys_are_shown_as_people_read_them() -> None:
    assert shown_keys(KEYS["save_next"]) == "Ctrl+Enter / F9"
    assert first_key("save_next") == "Ctrl+Enter"


def test_no_room_has_a_key_that_input_methods_take() -> None:
    """Rooms keep keys of their own beside these; wherever one is written, it is none of those."""
    taken = re.compile(r'"(?:[^"]* )?(Ctrl\+Shift\+[A-Z]|Ctrl\+Space|Shift\+Space|F10)[" ]')
    for path in Path(keys_module.__file__).parents[1].rglob("*.py"):
        assert not taken.search(path.read_text(encoding="utf-8")), path
