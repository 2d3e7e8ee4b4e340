"""Phone numbers as they are heard, typed and logged, brought to one comparable form.

Validity is only ever a hint: service numbers (95588), emergency numbers (110) and internal extensions are
numbers people call from, so nothing is refused here.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

_EXTENSION = re.compile(r"(?:转|轉|ext\.?|extension|#|分机|x)\s*(\d{1,6})\s*$", re.IGNORECASE)
_DIGITS = re.compile(r"\d")
_MOBILE = re.compile(r"1[3-9]\d{9}")
UNKNOWN_WORDS = frozenset(
    {
        "anonymous",
        "unknown",
        "private",
        "restricted",
        "unavailable",
        "withheld",
        "未知",
        "未显示号码",
        "隐藏号码",
    }
)


@dataclass(frozen=True, slots=True)
class Phone:
    """A comparable number: national digits and an extension, both possibly empty."""

    digits: str
    extension: str = ""

    def __bool__(self) -> bool:
        return bool(self.digits)


def phone_of(text: str) -> Phone:
    """Return the comparable form of ``text``; empty where it holds no digits (unknown, withheld).

    ``+86``, ``0086``, ``86`` before a mobile or an area code, a ``0`` before a mobile, full-width digits,
    brackets and separators make no difference. The extension after ``转``, ``ext`` or ``#`` is kept apart.
    """
    plain = unicodedata.normalize("NFKC", text).strip()
    extension = ""
    found = _EXTENSION.search(plain)
    if found and len(_DIGITS.findall(plain[: found.start()])) >= 5:
        extension = found[1]
        plain = plain[: found.start()]
    international = plain.startswith("+")
    digits = "".join(_DIGITS.findall(plain))
    return Phone(_national(digits, international=international), extension)


def _national(digits: str, *, international: bool) -> str:
    if digits.startswith("0086"):
        digits, international = digits[2:], True
    if digits.startswith("86") and (international or len(digits) >= 12):
        digits = digits[2:]
        if _MOBILE.fullmatch(digits) or digits.startswith(("400", "800", "0")):
            return digits
        # +86 10 5550 1000: the area code lost its leading zero. A mobile with a digit lost is none of those.
        is_area = digits.startswith("10") or not digits.startswith("1")
        return "0" + digits if is_area and len(digits) >= 9 else digits
    if digits.startswith("0") and _MOBILE.fullmatch(digits[1:]):
        return digits[1:]
    return digits


def masked(text: str) -> str:
    """Return ``text`` with its middle digits hidden, as lists show it (``131****5000``)."""
    digits = phone_of(text).digits
    if len(digits) < 7:
        return "*" * len(digits)
    return f"{digits[:3]}****{digits[-4:]}"
