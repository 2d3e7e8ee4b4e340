"""What a known failure says in the window, where a person has buttons instead of commands."""

from __future__ import annotations

from desktop_app.domain.errors import KnownError
from desktop_app.words import Words


def sentence_in_window(words: Words, error: KnownError) -> str:
    """Return the window's own sentence of a failure, ``window.error.<code>``, else the common one."""
    own = f"window.error.{error.code}"
    return words.say(own, **error.details) if words.has(own) else words.sentence(error)
