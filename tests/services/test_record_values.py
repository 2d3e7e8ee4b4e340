from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.domain.errors import KnownError
from desktop_app.domain.fields import TEMPLATE_COLUMNS
from desktop_app.services.record_values import check_values, column_of
from desktop_app.words import LANGUAGES, Words

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
ZONE = ZoneInfo("Asia/Shanghai")


def checked(**values: object) -> dict[str, object]:
    return dict(check_values({"summary": "停水", **values}, ZONE, NOW).values)


@pytest.mark.parametrize(
    ("column", "text", "kept"),
    [
        ("kind", "complaint", "complaint"),
        ("kind", "投诉", "complaint"),
        ("kind", "URGENT", "urgent"),
        ("kind", "非正常", "abnormal"),
        ("channel", "到访", "walk_in"),
        ("channel", "sms", "sms"),
        ("received_at", "2026-03-02T09:15:00", "2026-03-02T01:15:00.000000Z"),
        ("received_at", "2026-03-02T09:15:00+09:00", "2026-03-02T00:15:00.000000Z"),
        ("ended_at", "2026-03-02 09:15", "2026-03-02T01:15:00.000000Z"),
        ("phone", 13123450001, "13123450001"),
        ("caller_name", "  王芳\x00 ", "王芳"),
        ("caller_name", "王\ud800芳", "王芳"),
        ("category", "报修", "repair"),
        ("category", "电梯", "电梯"),
        ("detail", "第一行\r\n第二行", "第一行\n第二行"),
    ],
)
def test_what_is_kept(column: str, text: object, kept: str) -> None:
    assert checked(**{column: text})[column] == kept


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"kinds": "complaint"}, "log.unknown_column"),
        ({"": "complaint"}, "log.unknown_column"),
        ({"客户情绪": "complaint"}, "log.unknown_column"),
        ({"\ud800": "x"}, "log.unknown_column"),
        ({"kind": "抱怨"}, "log.bad_kind"),
        ({"channel": "fax"}, "log.bad_channel"),
        ({"received_at": "yesterday"}, "log.bad_time"),
        ({"received_at": "2026-02-30T09:00"}, "log.bad_time"),
        ({"callback_due": "2026-03-02"}, "log.bad_time"),
        ({"phone": 1.5}, "log.not_text"),
        ({"phone": True}, "log.not_text"),
        ({"detail": ["a"]}, "log.not_text"),
        ({"detail": {"a": 1}}, "log.not_text"),
        ({"detail": "长" * 200_000}, "log.too_long"),
        ({"number": "07-00001-0"}, "log.bad_number"),
    ],
)
def test_what_is_refused_and_why(values: dict[str, object], code: str) -> None:
    with pytest.raises(KnownError) as refused:
        check_values({"summary": "停水", **values}, ZONE, NOW)
    assert refused.value.code == code
    for language in LANGUAGES:
        assert Words(language).sentence(refused.value)


@pytest.mark.parametrize(
    "values",
    [
        {},
        {"kind": "complaint", "channel": "phone", "received_at": "2026-03-02T09:15:00"},
        {"caller_name": " \u200b\t", "phone": None},
        {"agent": "8022", "station": "09"},
    ],
)
def test_a_record_that_says_nothing_is_refused(values: dict[str, object]) -> None:
    with pytest.raises(KnownError) as refused:
        check_values(values, ZONE, NOW)
    assert refused.value.code == "log.empty"


def test_chinese_headers_are_the_same_columns() -> None:
    words = Words("zh")
    for column in TEMPLATE_COLUMNS:
        header = words.say(f"field.{column}")
        assert column_of(header) == column_of(column) == column
    with pytest.raises(KnownError) as refused:
        check_values({"phone": "1", words.say("field.phone"): "2"}, ZONE, NOW)
    assert refused.value.code == "log.key_twice"


def test_a_record_without_a_time_was_received_now() -> None:
    assert checked()["received_at"] == "2026-03-02T01:00:00.000000Z"


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=5,
)


@given(st.dictionaries(st.sampled_from(TEMPLATE_COLUMNS) | st.text(), JSON, max_size=8))
def test_no_value_breaks_the_check(values: dict[str, object]) -> None:
    try:
        kept = check_values(values, ZONE, NOW)
    except KnownError as refused:
        assert Words("zh").sentence(refused)  # noqa: PT017 - it may go either way
    else:
        assert all(isinstance(value, str) and value.encode() for value in kept.values.values())
