"""Typed, pasted and foreign text, brought to what can be stored, shown, searched and exported.

Rules of safety §5: NFC, no control characters but newline and tab, nothing invisible that changes how a text
reads, no more bytes than a field holds. What was taken out is returned, so that it can be shown.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

MAX_BYTES = 196_608
"""The most UTF-8 bytes a field holds; a cell of a workbook (32,767 characters) needs at most half of it."""

_BYTES_OF_A_CHARACTER = 4
_LINE_ENDS = {"\r": "\n", "\v": "\n", "\f": "\n", "\x85": "\n", "\u2028": "\n", "\u2029": "\n"}
_JOINER = "\u200d"
_EMOJI_STYLE = "\ufe0f"
# Format characters that are seen: Arabic, Syriac and Kaithi number and verse signs.
_VISIBLE_FORMAT = frozenset("\u06dd\u070f\u08e2\u0890\u0891") | {chr(code) for code in range(0x600, 0x606)}
# Blank letters: they are no format characters, yet a name made of them is empty to the eye.
_BLANK_LETTERS = frozenset("\u115f\u1160\u3164\uffa0\u034f\u17b4\u17b5")


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A text that can be kept, and what was changed to make it so.

    ``removed`` names each kind of character taken out once, as ``U+202E``, in order of appearance;
    ``cut_bytes`` is how many bytes of the end did not fit; ``composed`` says that NFC changed something.
    """

    text: str
    removed: tuple[str, ...] = ()
    cut_bytes: int = 0
    composed: bool = False

    @property
    def changed(self) -> bool:
        """Whether a person should be told: something was taken out or cut off."""
        return bool(self.removed or self.cut_bytes)


def clean(text: str, max_bytes: int = MAX_BYTES) -> Cleaned:
    """Return ``text`` as it can be kept: one kind of line end; letters, emoji and rare characters stay."""
    if _is_plain(text) and len(text) * _BYTES_OF_A_CHARACTER <= max_bytes:
        return Cleaned(text)
    lines = text.replace("\r\n", "\n")
    kept: list[str] = []
    removed: dict[str, None] = {}
    for index, character in enumerate(lines):
        character = _LINE_ENDS.get(character, character)
        if _harmful(character) and not _joins(kept, character, lines[index + 1 : index + 2]):
            removed[f"U+{ord(character):04X}"] = None
        else:
            kept.append(character)
    plain = "".join(kept)
    normal = unicodedata.normalize("NFC", plain)
    fitting = _cut(normal, max_bytes)
    return Cleaned(
        fitting,
        tuple(removed),
        len(normal.encode()) - len(fitting.encode()),
        normal != plain,
    )


def in_one_line(text: str) -> str:
    """Return a name somebody else chose as it stands in a sentence: on its line, in the order it is read."""
    if text.isprintable():
        return text
    return "".join(
        "\ufffd" if unicodedata.category(one)[0] == "C" or one in _LINE_ENDS else one for one in text
    )


def _is_plain(text: str) -> bool:
    """Whether nothing has to be looked at one by one; most texts are so."""
    # What prints is no control, format, surrogate or unassigned character; a blank letter does print.
    return text.isprintable() and (
        text.isascii() or (_BLANK_LETTERS.isdisjoint(text) and unicodedata.is_normalized("NFC", text))
    )


def _harmful(character: str) -> bool:
    category = unicodedata.category(character)
    if category == "Cc":
        return character not in "\n\t"
    if category == "Cf":
        return character not in _VISIBLE_FORMAT
    return category == "Cs" or character in _BLANK_LETTERS or _noncharacter(character)


def _noncharacter(character: str) -> bool:
    code = ord(character)
    return code & 0xFFFE == 0xFFFE or 0xFDD0 <= code <= 0xFDEF


def _joins(kept: list[str], character: str, after: str) -> bool:
    """Whether the character joins two pictures into one emoji, which is no hiding place."""
    if character != _JOINER or not kept or not after:
        return False
    picture = kept[-1] == _EMOJI_STYLE or unicodedata.category(kept[-1]) in ("So", "Sk")
    return picture and unicodedata.category(after) == "So"


def _cut(text: str, max_bytes: int) -> str:
    encoded = text.encode()
    if len(encoded) <= max_bytes:
        return text
    return encoded[:max_bytes].decode(errors="ignore")
