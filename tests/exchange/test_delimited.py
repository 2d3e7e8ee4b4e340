"""Delimited text as spreadsheets, databases and people write it."""

import csv
import io
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.domain.errors import KnownError
from desktop_app.exchange.delimited import read_delimited, sniff


def rows(text: str) -> list[list[str]]:
    return [row for _, row in read_delimited(text, [])]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a,b\r\n1,2\r\n", [["a", "b"], ["1", "2"]]),
        ("a,b\r1,2\r", [["a", "b"], ["1", "2"]]),
        ("a,b\n1,2\r\n3,4\r5,6", [["a", "b"], ["1", "2"], ["3", "4"], ["5", "6"]]),
        ("a;b\n1,5;2\n2,5;3\n", [["a", "b"], ["1,5", "2"], ["2,5", "3"]]),
        ("a\tb\n1\t2,3\n", [["a", "b"], ["1", "2,3"]]),
        ("a|b\n1|2\n", [["a", "b"], ["1", "2"]]),
        ("sep=|\na|b\n1|2\n", [["a", "b"], ["1", "2"]]),
        ('"sep=;"\na;b\n', [["a", "b"]]),
        ('a,b\n"x\r\ny",2\n', [["a", "b"], ["x\r\ny", "2"]]),
        ('a,b\n"x""y",2\n', [["a", "b"], ['x"y', "2"]]),
        ('a,b\n5" pipe,2\n', [["a", "b"], ['5" pipe', "2"]]),
        ("a\u2028x,b\x0cy\n", [["a\u2028x", "b\x0cy"]]),
        ("one\ntwo\n", [["one"], ["two"]]),
    ],
)
def test_shapes(text: str, expected: list[list[str]]) -> None:
    assert rows(text) == expected


def test_numbers_are_those_of_a_spreadsheet() -> None:
    numbers = [number for number, row in read_delimited('a,b\n"x\ny",1\n\n2,3\n', []) if row]
    assert numbers == [1, 2, 4]


def test_an_open_quotation_mark_that_swallows_rows_is_refused() -> None:
    with pytest.raises(KnownError) as refused:
        rows('a,b\n1,"x\n2,y\n3,z\n')
    assert refused.value.details["line"] == 2


def test_a_log_cut_in_its_last_line_keeps_what_is_there() -> None:
    notes: list = []
    found = [row for _, row in read_delimited('"a","b"\n"1","2"\n"3","4', notes)]
    assert found == [["a", "b"], ["1", "2"], ["3", "4"]]
    assert [note.code for note in notes] == ["cut_row"]


def test_commas_in_most_cells_do_not_hide_the_semicolon() -> None:
    lines = ["编号;诉求;备注", *(f"{n};停水,请尽快,谢谢;a,b" for n in range(50))]
    assert sniff("\n".join(lines)) == ";"


CELLS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12)


@given(st.sampled_from(",;\t|"), st.lists(st.lists(CELLS, min_size=3, max_size=3), min_size=1, max_size=6))
def test_what_was_written_comes_back(delimiter: str, table: list[list[str]]) -> None:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, quoting=csv.QUOTE_ALL).writerows([["编号", "电话", "诉求"], *table])
    assert rows(f"sep={delimiter}\n{out.getvalue()}")[1:] == table


@given(st.text(st.sampled_from('a,;"\n\r\t|='), max_size=60))
def test_no_text_raises_anything_else(text: str) -> None:
    with suppress(KnownError):
        rows(text)
