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
        ("gcd", ("撤销刚才的保存", "保存"), ["撤销刚才的保存"]),
        ("dr", ("客户快照：查看、导入名单", "点人"), ["点人", "客户快照：查看、导入名单"]),
        ("re", ("Fire brigade", "Reconcile", "Save a record"), ["Reconcile", "Save a record"]),
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


def test_letters_mean_names_and_not_what_is_written_about_them():
    by_name = Entry("contact", 1, "Lift rescue", also=("电梯维保",))
    by_text = Entry("contact", 2, "总机", detail="电梯、停电都可以问", about=("丁香公寓，天都",))
    assert ranked([by_text, by_name], words_of("dt"), 5) == [by_name]
    assert ranked([by_text, by_name], words_of("td"), 5) == []
    assert ranked([by_text, by_name], words_of("停电"), 5) == [by_text], "words are found wherever they stand"


def test_no_more_than_asked_for():
    assert len(ranked(lines(*map(str, range(50))), (), 12)) == 12
