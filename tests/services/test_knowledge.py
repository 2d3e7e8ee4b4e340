"""Articles are found by words of both languages, by two characters and by initials."""

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.domain.site_pack import Article
from desktop_app.domain.site_text import Span
from desktop_app.services.knowledge import ArticleIndex, search_articles
from tests.packs import article

TODAY = date(2026, 11, 22)
ARTICLES = (
    article(
        "power",
        "停电怎样处理",
        "先问清地址，再联系物业服务中心。大面积停电联系供电公司。",
        title_en="Power cut",
        body_en="Ask for the address, then ring the property centre.",
    ),
    article(
        "water",
        "停水怎样处理",
        "联系物业；水管爆裂的同时停电的，先断电。",
        title_en="Water cut",
        body_en="Ring the property centre; burst pipes are urgent.",
    ),
    article(
        "answers",
        "答复时限",
        "投诉 48 小时内答复。" + "说明" * 80 + "邮件ＡＢＣ 24 小时。",
        title_en="When an answer is due",
    ),
    article("spring", "春节营业时间", "按公告答复。", span=Span(date(2027, 1, 6), date(2027, 2, 28))),
    article("expired", "停电补偿", "已经结束。", span=Span(last=date(2026, 6, 30))),
)
INDEX = ArticleIndex(ARTICLES)


def keys(text: str, language: str = "zh", today: date = TODAY, limit: int = 20) -> list[str]:
    return [
        hit.article.key for hit in search_articles(INDEX, text, today=today, language=language, limit=limit)
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("停电", ["power", "water"]),  # in the title first, then in the text
        ("停水", ["water"]),
        ("物业", ["power", "water"]),
        ("电", ["power", "water"]),
        ("停电 公司", ["power"]),  # every word
        ("停电，公司", ["power"]),
        ("停电 火星", []),
        ("  停电  ", ["power", "water"]),
        ("tdzycl", ["power"]),
        ("dfsx", ["answers"]),
        ("sx", ["answers"]),
        ("TDZYCL", ["power"]),
        ("water", ["water"]),
        ("pipes burst", ["water"]),
        ("ＷＡＴＥＲ", ["water"]),
        ("abc", ["answers"]),
        ("48 小时", ["answers"]),
        ("停电怎么办", ["power", "water"]),  # nobody writes blanks
        ("水管爆裂了怎么办", ["water"]),
        ("火星", []),
        ("x", []),
        ("'; drop", []),
        ("营业", []),
    ],
)
def test_what_is_found(text: str, found: list[str]) -> None:
    assert keys(text) == found


def test_without_a_word_every_valid_article_in_the_packs_order() -> None:
    assert keys("") == ["power", "water", "answers"]
    assert keys("", limit=2) == ["power", "water"]
    assert keys(" ，。") == ["power", "water", "answers"]


def test_days() -> None:
    assert keys("营业", today=date(2027, 1, 6)) == ["spring"]
    assert keys("营业", today=date(2027, 3, 1)) == []
    assert keys("补偿", today=date(2026, 6, 30)) == ["expired"]


def test_the_shown_language_counts_more_and_the_other_is_found_too() -> None:
    assert keys("停电", "en") == ["power", "water"]
    (hit,) = search_articles(INDEX, "停水", today=TODAY, language="en")
    assert (hit.title, hit.title_marks) == ("Water cut", ())


def test_a_hit_in_the_language_on_screen_comes_first() -> None:
    index = ArticleIndex(
        (article("en", "甲", "甲", title_en="Alpha"), article("zh", "alpha 乙", "乙", title_en="Beta"))
    )
    for language, first in (("zh", "zh"), ("en", "en")):
        found = search_articles(index, "alpha", today=TODAY, language=language)
        assert found[0].article.key == first
        assert len(found) == 2


def test_marks_stand_on_what_was_asked_for() -> None:
    hit = search_articles(INDEX, "停电 物业", today=TODAY, language="zh")[0]
    assert [hit.title[mark.start : mark.end] for mark in hit.title_marks] == ["停电"]
    assert [hit.excerpt[mark.start : mark.end] for mark in hit.excerpt_marks] == ["物业", "停电"]


def test_the_excerpt_is_where_the_word_is_and_in_one_line() -> None:
    (hit,) = search_articles(INDEX, "abc", today=TODAY, language="zh")
    assert [hit.excerpt[mark.start : mark.end] for mark in hit.excerpt_marks] == ["ＡＢＣ"]
    assert len(hit.excerpt) <= 90
    assert (
        "\n"
        not in search_articles(
            ArticleIndex((article("a", "一", "甲\n乙\t丙"),)), "乙", today=TODAY, language="zh"
        )[0].excerpt
    )


def test_characters_that_fold_into_several_keep_marks_in_place() -> None:
    index = ArticleIndex((article("a", "½ ﬁn ㎏ 停电", "Straße 停电"),))
    (hit,) = search_articles(index, "停电", today=TODAY, language="zh")
    assert [hit.title[mark.start : mark.end] for mark in hit.title_marks] == ["停电"]
    assert [hit.excerpt[mark.start : mark.end] for mark in hit.excerpt_marks] == ["停电"]


@given(st.text(max_size=60), st.text(max_size=200), st.text(max_size=30), st.sampled_from(["zh", "en"]))
def test_any_text_and_any_question(title: str, body: str, asked: str, language: str) -> None:
    made: Article = article("a", title, body)
    for hit in search_articles(ArticleIndex((made,)), asked, today=TODAY, language=language):
        for text, marks in ((hit.title, hit.title_marks), (hit.excerpt, hit.excerpt_marks)):
            assert all(0 <= mark.start < mark.end <= len(text) for mark in marks)
            assert all(one.end <= other.start for one, other in pairwise(marks))
