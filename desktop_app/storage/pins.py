"""PINs: how long one has to be, and those that serve once."""

from __future__ import annotations

import secrets
import unicodedata

from desktop_app.domain.errors import KnownError

SHORTEST_PIN = 6
SHORTEST_ALONE = 12
"""Without a secret of this PC, or where the secret lies on the same disk as the store (DESIGN §6)."""
_ONE_TIME_LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"


def one_time_pin() -> str:
    """Return twelve random characters without those that are mistaken for each other."""
    return "".join(secrets.choice(_ONE_TIME_LETTERS) for _ in range(SHORTEST_ALONE))


def shortest_pin(*, with_device: bool) -> int:
    """Return how many characters a PIN needs; ``with_device`` where a secret kept apart strengthens it."""
    return SHORTEST_PIN if with_device else SHORTEST_ALONE


def check_pin(pin: str, *, with_device: bool) -> None:
    """Raise KnownError where a PIN is blank, or too short for the protection that this PC can add."""
    if pin and not pin.strip():
        raise KnownError("keys.pin_blank")
    if len(plain(pin)) < (shortest := shortest_pin(with_device=with_device)):
        code = "keys.pin_short" if with_device or not pin else "keys.pin_short_without_device"
        raise KnownError(code, shortest=shortest)


def plain(pin: str) -> str:
    """Return the PIN as it is compared: an input method may give full-width digits, which are the same."""
    return unicodedata.normalize("NFKC", pin)
