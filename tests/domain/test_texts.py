"""What can be typed or pasted comes out storable, showable and exportable, and says what it lost."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.domain.texts import MAX_BYTES, clean

ANY_TEXT = st.text(st.characters(exclude_categories=()))


@pytest.mark.parametrize(
    ("text", "kept", "removed"),
    [
        ("李娜", "李娜", ()),
        ("a\x00b", "ab", ("U+0000",)),
        ("a\x1b\x1bb", "ab", ("U+001B",)),
        ("电梯\r\n困人\r三楼", "电梯\n困人\n三楼", ()),
        ("a\u2028b\x0bc\x85d", "a\nb\nc\nd", ()),
        ("a\tb", "a\tb", ()),
        ("x\ud800y", "xy", ("U+D800",)),
        ("\ufeff张\u200b三", "张三", ("U+FEFF", "U+200B")),
        ("abc\u202efdp.exe\u202c", "abcfdp.exe", ("U+202E", "U+202C")),
        ("\u2066x\u2069\u200f", "x", ("U+2066", "U+2069", "U+200F")),
        ("王\u3164", "王", ("U+3164",)),
        ("x\ufffe\U0001ffff", "x", ("U+FFFE", "U+1FFFF")),
        ("𠮷田", "𠮷田", ()),
        ("مرحبا", "مرحبا", ()),
        ("👩\u200d👧 ❤\ufe0f\u200d🔥", "👩\u200d👧 ❤\ufe0f\u200d🔥", ()),
        ("1\u200d2", "12", ("U+200D",)),
    ],
)
def test_what_stays_and_what_goes(text: str, kept: str, removed: tuple[str, ...]) -> None:
    cleaned = clean(text)
    assert cleaned.text == kept
    assert cleaned.removed == removed
    assert cleaned.changed == bool(removed)


def test_composes() -> None:
    assert clean("e\u0301").text == "é"
    assert clean("e\u0301").composed
    assert not clean("e\u0301").changed


def test_a_field_has_a_limit_and_no_half_character() -> None:
    cleaned = clean("漢" * 5, max_bytes=10)
    assert cleaned.text == "漢漢漢"
    assert cleaned.cut_bytes == 6
    assert clean("a" * MAX_BYTES).cut_bytes == 0
    assert clean("a" * (MAX_BYTES + 1)).cut_bytes == 1


@given(ANY_TEXT, st.integers(0, 40))
def test_the_result_is_clean(text: str, max_bytes: int) -> None:
    cleaned = clean(text, max_bytes)
    assert len(cleaned.text.encode()) <= max_bytes
    assert unicodedata.is_normalized("NFC", cleaned.text)
    assert not any(
        (unicodedata.category(c) in ("Cc", "Cs") and c not in "\n\t") or c in "\u202e\u200b\ufeff\uffff"
        for c in cleaned.text
    )
    again = clean(cleaned.text, max_bytes)
    assert (again.text, again.changed) == (cleaned.text, False)


@given(st.text(st.characters(categories=("L", "N", "P", "Z"), exclude_characters="\u2028\u2029ᅟᅠㅤﾠ")))
def test_letters_are_never_taken(text: str) -> None:
    assert clean(text).text == unicodedata.normalize("NFC", text)


@given(ANY_TEXT)
def test_a_plain_text_is_cleaned_as_one_that_is_looked_through(text: str) -> None:
    looked_through = clean(text + "\0").text
    assert clean(text).text == looked_through
