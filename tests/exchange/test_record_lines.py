from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.exchange import record_lines
from desktop_app.exchange.record_lines import read_record_lines


@pytest.mark.parametrize(
    ("line", "code"),
    [
        (b"not json", "log.line_not_json"),
        (b'{"phone": ', "log.line_not_json"),
        (b'{"phone": NaN}', "log.line_not_json"),
        (b'{"phone": -Infinity}', "log.line_not_json"),
        (b'{"phone": ' + b"9" * 5000 + b"}", "log.line_not_json"),
        (b"[" * 100_000, "log.line_not_json"),
        (b'{"a":' * 100_000 + b"1" + b"}" * 100_000, "log.line_not_json"),
        (b"[1, 2]", "log.line_not_object"),
        (b"null", "log.line_not_object"),
        (b'"text"', "log.line_not_object"),
        (b'{"phone": "1", "phone": "2"}', "log.key_twice"),
        (b'{"detail": {"a": 1, "a": 2}}', "log.key_twice"),
        (b'{"phone": "\xff"}', "log.line_not_utf8"),
        ('{"phone": "1"}'.encode("utf-16"), "log.line_not_utf8"),
        (b"\x00\x00", "log.line_not_json"),
        (b'{"detail": "' + b"x" * (10 << 20) + b'"}', "log.line_too_long"),
    ],
    ids=range(16),
)
def test_a_bad_line_is_named_and_the_others_are_kept(line: bytes, code: str) -> None:
    good = '{"summary": "停水"}'.encode()
    read = list(read_record_lines(io.BytesIO(good + b"\n" + line + b"\n\n" + good)))
    assert [(one.number, one.values) for one in read if one.problem is None] == [
        (1, {"summary": "停水"}),
        (4, {"summary": "停水"}),
    ]
    assert [(one.number, one.problem.code) for one in read if one.problem is not None] == [(2, code)]


def test_a_byte_order_mark_and_carriage_returns_are_no_fault() -> None:
    stream = io.BytesIO(b'\xef\xbb\xbf{"a": 1}\r\n{"b": 2}\r\n')
    assert [one.values for one in read_record_lines(stream)] == [{"a": 1}, {"b": 2}]


def test_a_line_as_long_as_allowed_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(record_lines, "MAX_LINE_BYTES", 10)
    read = list(read_record_lines(io.BytesIO(b'{"a": 12}\n{"a": 123}\n{"a": 1}')))
    assert [one.problem is None for one in read] == [True, False, True]


@given(st.binary(max_size=200))
def test_no_bytes_break_the_reader(content: bytes) -> None:
    for line in read_record_lines(io.BytesIO(content)):
        assert line.problem is not None or isinstance(line.values, dict)
