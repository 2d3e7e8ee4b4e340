"""Bytes become the right characters or one refusal, never other characters."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.domain.errors import KnownError
from desktop_app.exchange.encodings import decode

SIMPLIFIED = (
    "手工记录编号,来电人,联系电话,诉求\n1,王喆,13123450001,停水,请尽快处理\n2,李㛃,010-55500002,电梯困人\n"
)
TRADITIONAL = (
    "編號,來電人,聯絡電話,訴求\n1,張婉婷,13123450001,停水,請儘快處理,謝謝您的協助\n"
    "2,歐陽菲菲,13123450002,電梯故障受困\n"
)


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "gb18030"]
)
@pytest.mark.parametrize("text", [SIMPLIFIED, SIMPLIFIED * 200])
def test_simplified(encoding: str, text: str) -> None:
    assert decode(text.encode(encoding)).text == text


def test_gbk_of_a_few_characters() -> None:
    for text in ("编号,姓名\n1,王\n", "电话\n13123450001\n", "编号,主题\n1,快递丢失\n"):
        assert decode(text.encode("gbk")).text == text


def test_traditional_text() -> None:
    for encoding in ("big5", "utf-8", "utf-16"):
        assert decode(TRADITIONAL.encode(encoding)).text == TRADITIONAL


def test_short_big5_is_certain_or_refused() -> None:
    """A few bytes are both GBK and Big5: what comes back is the text itself or a refusal."""
    for text in ("編號,來電人\n1,張婉婷\n", "電話,訴求\n1,停水\n", "客戶,內容\n王,謝謝\n"):
        with suppress(KnownError):
            assert decode(text.encode("big5")).text == text


@pytest.mark.parametrize(
    "data",
    ["naïve,café\n1,2\n".encode("cp1252"), b"a,b\n\xff\xff\xff,1\n", "テスト,データ\n".encode("shift_jis")],
)
def test_what_is_not_certain_is_refused(data: bytes) -> None:
    with pytest.raises(KnownError) as refused:
        decode(data)
    assert refused.value.code == "reading.encoding"


def test_a_told_encoding_decides() -> None:
    data = "naïve,café\n1,2\n".encode("cp1252")
    assert decode(data, "cp1252").text.startswith("naïve")
    with pytest.raises(KnownError) as refused:
        decode(b"a", "klingon")
    assert refused.value.code == "reading.unknown_encoding"


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16-le"])
def test_a_file_cut_inside_its_last_character(encoding: str) -> None:
    mark = b"\xff\xfe" if encoding == "utf-16-le" else b""
    assert decode(mark + SIMPLIFIED.rstrip().encode(encoding)[:-1]).text == SIMPLIFIED.rstrip()[:-1]


def test_lost_characters_are_told() -> None:
    found = decode("a,�\n1,\0\n".encode())
    assert {note.code for note in found.notes} == {"replacement_characters", "nulls"}
    assert found.text == "a,�\n1,\n"


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="�\ufeff"), min_size=1))
def test_utf8_always_comes_back(text: str) -> None:
    assert decode(text.encode()).text == text


@given(st.binary(max_size=300))
def test_no_bytes_raise_anything_else(data: bytes) -> None:
    with suppress(KnownError):
        decode(data)
