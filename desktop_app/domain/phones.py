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
_MOBILE = re.compile(r"1[3-9]\d{9}", re.ASCII)
_CUT = re.compile(r"1[3-9]\d{5,8}|0\d{4,8}", re.ASCII)
_AREA = re.compile(r"(010|02\d|0[3-9]\d\d)(\d{3,4})(\d{4})", re.ASCII)
_CODE_AND_MORE = 4
"""Digits from which on 86 may be the country's code and not the beginning of a number."""
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
    if text.isascii() and text.isdigit():
        return Phone(_national(text, international=False))
    plain = unicodedata.normalize("NFKC", text).strip()
    extension = ""
    found = _EXTENSION.search(plain)
    if found and len(_DIGITS.findall(plain[: found.start()])) >= 5:
        extension = found[1]
        plain = plain[: found.start()]
    international = plain.startswith("+")
    digits = "".join(_DIGITS.findall(plain))
    return Phone(_national(digits, international=international), extension)


def is_cut_short(text: str) -> bool:
    """Whether a mobile or an area-coded number lacks digits; short numbers and extensions are whole."""
    return _CUT.fullmatch(phone_of(text).digits) is not None


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


def beginnings(text: str) -> tuple[str, ...]:
    """Return with which comparable digits a number may begin of which ``text`` has been typed so far.

    The likeliest comes first. A number half typed cannot be told yet: ``86131`` may be +86 131…, ``010`` may
    be Peking or a mobile with a zero. Empty where nothing national was typed.
    """
    plain = unicodedata.normalize("NFKC", text).strip()
    digits = "".join(_DIGITS.findall(plain))
    found = [phone_of(plain).digits]
    if plain.startswith("+86") or digits.startswith("0086"):
        rest = digits[digits.index("86") + 2 :]
        found += [rest, f"0{rest}"] if rest else []
    elif digits.startswith("86") and len(digits) > _CODE_AND_MORE:
        found += [digits[2:], f"0{digits[2:]}"]
    elif digits.startswith("01"):
        found.append(digits[1:])
    return tuple(dict.fromkeys(one for one in found if one))


def grouped(text: str) -> str:
    """Return a mobile or an area-coded number as it is read out (``1312 345 5000``, ``0571-5550 1001``).

    Any other text comes back as it is: an extension, a service number, words.
    """
    digits = text.replace(" ", "").replace("-", "")
    if _MOBILE.fullmatch(digits):
        return f"{digits[:4]} {digits[4:7]} {digits[7:]}"
    area = _AREA.fullmatch(digits)
    return f"{area[1]}-{area[2]} {area[3]}" if area else text


def masked(text: str) -> str:
    """Return ``text`` with its middle digits hidden, as lists show it (``131****5000``)."""
    digits = phone_of(text).digits
    if len(digits) < 7:
        return "*" * len(digits)
    return f"{digits[:3]}****{digits[-4:]}"
