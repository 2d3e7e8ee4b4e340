"""The two families of failure: what a person can be told to do something about, and bugs."""

from __future__ import annotations


class KnownError(Exception):
    """A failure with one clear sentence for the user and no stack trace.

    ``code`` names the sentence in ``resources/i18n/words.*.toml`` (section ``error``); ``details`` fill its
    placeholders. The domain raises codes only: ``words.py`` turns them into Chinese or English.
    """

    def __init__(self, code: str, **details: object) -> None:
        super().__init__(code, details)
        self.code = code
        self.details = details

    def __str__(self) -> str:
        told = ", ".join(f"{name}={value}" for name, value in self.details.items())
        return f"{self.code} ({told})" if told else self.code


class GuardRefused(KnownError):
    """A step that the subject's state or the person's role does not permit (domain/states.md)."""


class Closed(KnownError):
    """Read after the store was closed by a part of the window that goes too: nobody is told."""


class Damaged(KnownError):
    """Stored material that was altered, cut or cannot be read; it is set aside, never deleted."""
