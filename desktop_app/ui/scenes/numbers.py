"""Ctrl+J: a number a caller quotes, found, misheard, unknown."""

from __future__ import annotations

from desktop_app.ui.scenes.scene import Scene, Walk


def quoted_number(walk: Walk) -> None:
    """Nothing typed yet, a record of this station, several it may be, one heard wrong, one nobody knows."""
    hands = walk.hands

    def ask() -> None:
        walk.look("number")
        for name, text in (
            ("record", "1"),
            ("misheard", "01-00007-8"),
            ("not-given", "01 900"),
            ("unknown", "77 12"),
            ("unreadable", "chen"),
        ):
            hands.press("Ctrl+A")
            hands.press("Delete")
            hands.type_text(text)
            walk.look(f"number-{name}")

    hands.in_dialog(lambda: hands.press("Ctrl+J"), ask)


SCENES: tuple[Scene, ...] = (quoted_number,)
