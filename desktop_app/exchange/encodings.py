"""Bytes of a text file into characters: certain or refused, never silently wrong.

A file that several encodings could have written is decided by which one yields the characters that people
use: the first levels of GB 2312 and Big5 hold the frequent ones.
"""

from __future__ import annotations

import codecs
from dataclasses import dataclass

from desktop_app.domain.errors import KnownError
from desktop_app.exchange.notes import Note

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SAMPLE = 200_000
_GB_FREQUENT = range(0xB0, 0xD8)
_BIG5_FREQUENT = range(0xA4, 0xC7)


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text of a file, the encoding it was read in, and what to say about it."""

    text: str
    encoding: str
    notes: tuple[Note, ...] = ()


def decode(data: bytes, told: str | None = None) -> Decoded:
    """Return the text of ``data``; ``told`` is an encoding that a profile names.

    Raises KnownError ``reading.encoding`` where no encoding is certain, ``reading.not_a_table`` for bytes
    that are no text at all.
    """
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _strict(data[len(mark) :], encoding)
    if told:
        return _strict(data, told)
    if wide := _wide_without_mark(data):
        return _strict(data, wide)
    if _binary(data):
        raise KnownError("reading.not_a_table")
    try:
        return _cleaned(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError as error:
        if error.start >= len(data) - 3 and not data[: error.start].isascii():
            return _cleaned(data[: error.start].decode("utf-8"), "utf-8", (Note("cut_character"),))
    return _chinese(data)


def _strict(data: bytes, encoding: str) -> Decoded:
    try:
        return _cleaned(data.decode(encoding), encoding)
    except UnicodeDecodeError as error:
        if error.start >= len(data) - 3:
            return _cleaned(data[: error.start].decode(encoding), encoding, (Note("cut_character"),))
        raise KnownError("reading.encoding") from None
    except LookupError:
        raise KnownError("reading.unknown_encoding", encoding=encoding) from None


def _cleaned(text: str, encoding: str, notes: tuple[Note, ...] = ()) -> Decoded:
    nulls = text.count("\0")
    if nulls:
        text = text.replace("\0", "")
        notes = (*notes, Note("nulls", {"count": str(nulls)}))
    lost = text.count("\ufffd")
    if lost:
        notes = (*notes, Note("replacement_characters", {"count": str(lost)}))
    return Decoded(text.removeprefix("\ufeff"), encoding, notes)


def _wide_without_mark(data: bytes) -> str | None:
    sample = data[:4096]
    if len(sample) < 8:
        return None
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    if max(even, odd) * 4 < len(sample) // 2 or min(even, odd) * 8 > max(even, odd):
        return None
    return "utf-16-le" if odd > even else "utf-16-be"


def _binary(data: bytes) -> bool:
    sample = data[:_SAMPLE]
    odd = sum(sample.count(bytes((code,))) for code in range(1, 32) if code not in (9, 10, 12, 13, 26, 27))
    return data.startswith((b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"Rar!")) or odd * 100 > len(sample)


def _chinese(data: bytes) -> Decoded:
    simplified = _tried(data, "gb18030")
    traditional = _tried(data, "big5hkscs")
    as_simplified = _frequent(simplified, "gb2312", _GB_FREQUENT) if simplified else 0.0
    as_traditional = _frequent(traditional, "big5", _BIG5_FREQUENT) if traditional else 0.0
    if simplified and as_simplified >= 0.7 and as_simplified >= as_traditional - 0.1:
        return _cleaned(simplified, "gb18030")
    if traditional and as_traditional >= 0.9 and as_simplified < 0.6:
        return _cleaned(traditional, "big5hkscs")
    raise KnownError("reading.encoding")


def _tried(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        # A file cut in the middle of its last character is still that file.
        return data[: error.start].decode(encoding) if error.start >= len(data) - 3 else None


def _frequent(text: str, narrow: str, leads: range) -> float:
    """Return the share of frequent characters among those outside ASCII; punctuation counts for neither."""
    seen = frequent = 0
    for character in text[:_SAMPLE]:
        if character < "\x80" or "\u2010" <= character <= "\u203f" or "\u3000" <= character <= "\u301f":
            continue
        if "\uff00" <= character <= "\uffef":
            continue
        seen += 1
        try:
            frequent += character.encode(narrow)[0] in leads
        except UnicodeEncodeError:
            continue
    return frequent / seen if seen else 0.0
