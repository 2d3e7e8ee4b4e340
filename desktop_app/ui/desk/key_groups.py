"""The keys of the window in the groups and the order of the work, as F1 shows and prints them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from desktop_app.ui.typing.keys import shown_keys
from desktop_app.words import Words

HERE = "here"
"""The group of the page somebody asks on; it comes first."""
REST = "rooms"
"""The group of whatever belongs to one room alone."""
_GROUPS = {
    "call": "kind call look_up confirm_address wrong_caller caller stamp phrase chip mood quick repeat_last"
    " symptom. known_issue check",
    "save": "save_next save park parked undo print",
    "beside": "beside step. ring contacts knowledge",
    "find": "palette number filter columns",
    "places": "desk incident. card stations conflicts reconcile tables customers people. readiness settings"
    " lock help",
    "incident": "incident",
    "looks": "zoom",
    REST: "",
}
"""Codes by group, or how they begin, in the order in which they are shown; with a dot the very code."""
_COUNTED = re.compile(r"(.+)_(\d)")


@dataclass(frozen=True, slots=True)
class KeyLine:
    """Keys as a person reads them, and what they do."""

    keys: str
    told: str


@dataclass(frozen=True, slots=True)
class KeyGroup:
    """What belongs together, under its heading."""

    title: str
    lines: tuple[KeyLine, ...]


def key_groups(words: Words, table: Iterable[tuple[str, str]], here: Collection[str] = ()) -> list[KeyGroup]:
    """Return a table of codes and keys in groups; one line for each pair of keys and words.

    Codes in ``here`` are a group of their own before all others.
    """
    placed: dict[str, list[tuple[int, KeyLine]]] = {group: [] for group in (HERE, *_GROUPS)}
    here = {found[1] if (found := _COUNTED.fullmatch(code)) else code for code in here} | set(here)
    for codes, keys in _joined(words, dict.fromkeys(pair for pair in table if pair[1])):
        group, place = (HERE, 0) if codes in here else _place_of(codes)
        line = KeyLine(keys, words.say(f"window.keys.{codes}"))
        if all(line != other for _, other in placed[group]):
            placed[group].append((place, line))
    return [
        KeyGroup(words.say(f"window.desk.key_group.{group}"), tuple(line for _, line in lines))
        for group, found in placed.items()
        if (lines := sorted(found, key=lambda pair: pair[0]))
    ]


def _joined(words: Words, table: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Return codes and shown keys; several that are only counted (``parked_1`` to ``parked_4``) as one."""
    counted: dict[str, list[str]] = {}
    joined: dict[str, list[str]] = {}
    for code, keys in ((code, keys) for code, keys in table if keys):
        found = _COUNTED.fullmatch(code)
        if found is not None and words.has(f"window.keys.{found[1]}"):
            counted.setdefault(found[1], []).append(shown_keys(keys))
            joined.setdefault(found[1], [])
        else:
            joined.setdefault(code, []).append(shown_keys(keys))
    for code, keys_of in counted.items():
        joined[code] = [_span(list(dict.fromkeys(keys_of)))]
    return [(code, keys) for code, each in joined.items() for keys in dict.fromkeys(each)]


def _span(keys: Sequence[str]) -> str:
    return keys[0] if len(keys) == 1 else f"{keys[0]}…{keys[-1][-1]}"


def _place_of(code: str) -> tuple[str, int]:
    for group, codes in _GROUPS.items():
        for place, begin in enumerate(codes.split()):
            if code == begin.rstrip(".") or code.startswith(f"{begin}_"):
                return group, place
    return REST, 0
