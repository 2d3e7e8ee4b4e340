"""Files of a pack that cannot be read: too many, too large, no text, no file, no TOML."""

import os
import sys
from pathlib import Path

import pytest

from tests.exchange.written import (
    ARTICLE,
    PHRASES,
    Writer,
    refused,
)
from tests.exchange.written import (
    written as written,
)
from tests.written_packs import FILES, LIFT


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ('title = "甲"\nkinds = [\n', 2),
        ("a = 1\na = 2\n", 2),
        (f"x = {'9' * 5000}\n", "?"),
        (f"x = {'[' * 5000}\n", "?"),
        ("a." * 40_000 + "a = 1\n", 1),
        ("\n" + '"é".' * 40_000 + '"é" = 1\n', 2),
        ("[" + "a." * 40_000 + "a]\n", 1),
        ("x = {" + "a . " * 40_000 + "a = 1}\n", 1),
    ],
)
def test_bad_toml_is_told_by_its_line_and_at_once(written: Writer, text: str, line: object) -> None:
    """The parser takes minutes for a key of thousands of parts, and recurses for brackets."""
    problem = refused(written({LIFT: text}))
    assert (problem.code, problem.details["file"]) == ("pack.syntax", LIFT)
    assert problem.details["line"] == line


def test_the_line_of_an_article_is_that_of_the_file(written: Writer) -> None:
    assert refused(written({ARTICLE: '+++\ntitle = "题"\nx =\n+++\n正文\n'})).details["line"] == 3


def test_many_tables_that_are_small_enough_each_are_too_much_together(written: Writer) -> None:
    padded = {f"playbooks/p{place}.toml": FILES[LIFT] + "\n" * 1_900_000 for place in range(5)}
    problem = refused(written(padded))
    assert (problem.code, problem.details["file"]) == ("pack.too_big", "*.toml")


def test_too_large_and_no_text(written: Writer) -> None:
    assert refused(written({PHRASES: "#" * 2_000_001})).code == "pack.too_big"
    assert refused(written({ARTICLE: FILES[ARTICLE] + "长" * 70_000})).code == "pack.too_big"
    assert (
        refused(written({"articles/a.md": "\xff".encode("utf-16"), "articles/b.md": None})).code
        == "pack.encoding"
    )


def test_too_many_files(written: Writer) -> None:
    folder = written({f"playbooks/{number}.toml": FILES[LIFT] for number in range(301)})
    problem = refused(folder)
    assert (problem.code, problem.details["file"]) == ("pack.too_many_files", "playbooks")


def test_what_is_no_file(written: Writer, tmp_path: Path) -> None:
    assert refused(tmp_path / "nowhere").code == "pack.missing"
    folder = written()
    (folder / "pack.toml").unlink()
    assert refused(folder).code == "pack.missing"
    (folder / "pack.toml").mkdir()
    assert refused(folder).code == "pack.unreadable"


@pytest.mark.skipif(sys.platform == "win32", reason="no pipes among files")
def test_a_pipe_is_not_waited_for(written: Writer) -> None:
    folder = written()
    (folder / LIFT).unlink()
    os.mkfifo(folder / LIFT)
    assert refused(folder).code == "pack.unreadable"
