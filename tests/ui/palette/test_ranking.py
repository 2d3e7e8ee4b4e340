"""What a few letters find: words, parts of words, and the initials of pinyin."""

import pytest

from desktop_app.ui.palette.ranking import Entry, ranked, words_of


def lines(*titles: str, **more: tuple[str, ...]) -> list[Entry]:
    return [Entry("command", title, title, also=more.get("also", ())) for title in titles]


def found(typed: str, *titles: str) -> list[str]:
    return [entry.title for entry in ranked(lines(*titles), words_of(typed), 10)]


@pytest.mark.parametrize(
    ("typed", "titles", "expected"),
    [
        ("保存", ("撤销刚才的保存", "保存并接下一个", "锁定"), ["保存并接下一个", "撤销刚才的保存"]),
        ("bc", ("撤销刚才的保存", "保存并接下一个"), ["保存并接下一个", "撤销刚才的保存"]),
        ("ljsd", ("立即锁定",), ["立即锁定"]),
        ("lac", ("Log a call", "Save"), ["Log a call"]),
        ("call log", ("Log a call", "Log a fault"), ["Log a call"]),
        ("保 下", ("保存并接下一个", "保存"), ["保存并接下一个"]),
        ("ＬＯＧ", ("Log a call",), ["Log a call"]),
        ("xyz", ("Log a call", "锁定"), []),
        ("", ("Save", "Park"), ["Save", "Park"]),
        ("  ·  ", ("Save",), ["Save"]),
        ("s", ("Save", "Lock now", "Stations board"), ["Save", "Stations board"]),
        ("wy", ("物业公司", "供水公司"), ["物业公司"]),
    ],
)
def test_what_is_typed_finds_lines_best_first(typed, titles, expected):
    assert found(typed, *titles) == expected


def test_a_whole_title_comes_before_one_that_begins_so_and_one_with_it_inside():
    assert found("停电", "今天停电", "停电报修", "停电") == ["停电", "停电报修", "今天停电"]


def test_other_words_count_less_than_the_title():
    by_title, by_code = Entry("phrase", 1, "td"), Entry("phrase", 2, "道歉", also=("td",))
    assert ranked([by_code, by_title], words_of("td"), 5) == [by_title, by_code]


def test_no_more_than_asked_for():
    assert len(ranked(lines(*map(str, range(50))), (), 12)) == 12
