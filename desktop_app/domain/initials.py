"""First letters of Chinese words, for type-ahead in lists: 投诉 is found by ``ts``."""

from __future__ import annotations

from bisect import bisect_right

# GB 2312 sorts its 3755 commoner characters by pinyin: the first code of each initial letter.
_FIRST = (
    (0xB0A1, "a"), (0xB0C5, "b"), (0xB2C1, "c"), (0xB4EE, "d"), (0xB6EA, "e"), (0xB7A2, "f"),
    (0xB8C1, "g"), (0xB9FE, "h"), (0xBBF7, "j"), (0xBFA6, "k"), (0xC0AC, "l"), (0xC2E8, "m"),
    (0xC4C3, "n"), (0xC5B6, "o"), (0xC5BE, "p"), (0xC6DA, "q"), (0xC8BB, "r"), (0xC8F6, "s"),
    (0xCBFA, "t"), (0xCDDA, "w"), (0xCEF4, "x"), (0xD1B9, "y"), (0xD4D1, "z"),
)  # fmt: skip
_STARTS = [code for code, _ in _FIRST]
_END = 0xD7F9


def initials(text: str) -> str:
    """Return the initial of each common hanzi and every other character as it is, in small letters."""
    return "".join(_initial(char) for char in text.lower())


def _initial(char: str) -> str:
    try:
        code = int.from_bytes(char.encode("gb2312"), "big")
    except UnicodeEncodeError:
        return char
    if not _STARTS[0] <= code <= _END:
        return char
    return _FIRST[bisect_right(_STARTS, code) - 1][1]
