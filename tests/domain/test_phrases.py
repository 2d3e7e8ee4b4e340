"""Canned phrases: recognised at the caret, filled from the form, never evaluated."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.domain.phrases import BLANK, TypedCode, expand, phrase_of, phrases_for, typed_code
from tests.packs import pack, phrase

CALL = phrase("hf", "我们会在 {callback_due} 前回电到 {phone}。", "We call {phone} by {callback_due}.")


@pytest.mark.parametrize(
    ("text", "caret", "found"),
    [
        (";xt", 3, TypedCode(0, 3, "xt")),
        ("；xt", 3, TypedCode(0, 3, "xt")),
        ("客户说;xt", 6, TypedCode(3, 6, "xt")),
        ("客户说；ＸＴ", 6, TypedCode(3, 6, "xt")),
        (";XT", 3, TypedCode(0, 3, "xt")),
        (";xt后面", 3, TypedCode(0, 3, "xt")),
        (";xt后面", 4, None),
        (";xt", 2, TypedCode(0, 2, "x")),
        (";;xt", 4, TypedCode(1, 4, "xt")),
        (";", 1, None),
        ("", 0, None),
        ("xt", 2, None),
        (";x t", 4, None),
        (";系统", 3, None),
        (";abcdefghijklm", 14, None),
        (";abcdefghijkl", 13, TypedCode(0, 13, "abcdefghijkl")),
    ],
)
def test_a_code_ends_at_the_caret(text: str, caret: int, found: TypedCode | None) -> None:
    assert typed_code(text, caret) == found


def test_a_phrase_by_its_code() -> None:
    assert phrase_of(pack(phrases=(CALL,)), "hf") is CALL
    assert phrase_of(pack(phrases=(CALL,)), "xx") is None


@pytest.mark.parametrize(
    ("shown", "language", "text"),
    [
        ({"callback_due": "15:30", "phone": "13123450219"}, "zh", "我们会在 15:30 前回电到 13123450219。"),
        ({"callback_due": "15:30"}, "en", f"We call {BLANK} by 15:30."),
        ({"callback_due": "  "}, "zh", f"我们会在 {BLANK} 前回电到 {BLANK}。"),
        ({"callback_due": "{phone}", "phone": "1"}, "zh", "我们会在 {phone} 前回电到 1。"),
    ],
)
def test_filled_from_the_form(shown: dict[str, str], language: str, text: str) -> None:
    assert expand(CALL, shown, language) == text


@pytest.mark.parametrize(
    "text",
    [
        "{",
        "}",
        "{}",
        "{0}",
        "{phone.__class__}",
        "{phone!r}",
        "{phone:>9}",
        "{{phone",
        "%s %(phone)s",
        "{Phone}",
    ],
)
def test_what_is_no_placeholder_is_text(text: str) -> None:
    assert expand(phrase("x", text), {"phone": "1"}, "zh") == text


@given(st.text(), st.text())
def test_no_text_and_no_value_is_evaluated(text: str, value: str) -> None:
    told = expand(phrase("x", f"{text}{{phone}}"), {"phone": value}, "zh")
    assert told.endswith(value.strip() or BLANK)


def test_phrases_of_the_situation_come_first() -> None:
    phrases = (phrase("a", "一"), phrase("b", "二", "", "angry"), phrase("c", "三", "", "urgent", "angry"))
    made = pack(phrases=phrases)
    assert [one.code for one in phrases_for(made, ["angry", "enquiry"])] == ["b", "c", "a"]
    assert [one.code for one in phrases_for(made, [])] == ["a", "b", "c"]
