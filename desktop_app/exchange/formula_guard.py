"""The apostrophe that keeps a spreadsheet program from taking a caller's text for a formula.

Our CSV puts ``'`` before ``= + - @ TAB CR`` (INTERFACES, export); a text that begins like a guarded one gets
one more, so that reading takes off exactly what writing put on.
"""

from __future__ import annotations

import re

_DANGEROUS = re.compile(r"'*[=+\-@\t\r]")
_GUARDED = re.compile(r"'(?='*[=+\-@\t\r])")


def guarded(text: str) -> str:
    """Return ``text`` as it is safe in a CSV cell; phone numbers are written without this."""
    return f"'{text}" if _DANGEROUS.match(text) else text


def unguarded(text: str) -> str:
    """Return what ``guarded`` was given."""
    return text[1:] if _GUARDED.match(text) else text
