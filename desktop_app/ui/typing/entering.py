"""What may enter a field: foreign text is cut first and then cleaned, so that 10 MB never freeze a window."""

from __future__ import annotations

from desktop_app.domain.texts import Cleaned, clean
from desktop_app.words import Words

MOST_CHARACTERS = 32_767
"""What a cell of a workbook holds, so nothing typed here has to be split later."""
MOST_IN_LINE = 1_000
"""Characters of a field of one line."""


def entering(raw: str, room: int, *, one_line: bool) -> Cleaned:
    """Return what of ``raw`` enters a field with ``room`` characters left; ``cut_bytes`` counts the rest.

    In a field of one line, line ends and tabs become blanks.
    """
    head = raw[: max(room, 0)]
    # The first half of a surrogate pair alone would be no character.
    beyond = len(raw[len(head) :].encode(errors="replace"))
    found = clean(head)
    text = " ".join(found.text.split("\n")).replace("\t", " ") if one_line else found.text
    return Cleaned(text, found.removed, found.cut_bytes + beyond, found.composed)


def told(words: Words, cleaned: Cleaned) -> str:
    """Return the sentence that says what did not enter a field, or an empty text where all did."""
    parts = []
    if cleaned.removed:
        names = ", ".join(cleaned.removed[:3]) + ("…" if len(cleaned.removed) > 3 else "")
        parts.append(words.say("window.typing.removed", names=names))
    if cleaned.cut_bytes:
        parts.append(words.say("window.typing.cut", size=_size(cleaned.cut_bytes)))
    return " ".join(parts)


def _size(count: int) -> str:
    for unit, bytes_each in (("MB", 1_000_000), ("KB", 1_000)):
        if count >= bytes_each:
            return f"{count / bytes_each:.1f} {unit}"
    return f"{count} B"
