from desktop_app.matching.texts import Corpus, TextLevel, grams, without_html

COMMON = ["停水", "停水了", "家里停水"] * 20
RARE = "上月账单多收了两百三十元要求退还"


def level(one: str, other: str) -> TextLevel:
    return Corpus([*COMMON, one, other]).compare(one, other).level


def test_what_many_wrote_is_alike_but_tells_little() -> None:
    assert level("家里停水", "家里停水") is TextLevel.ALIKE


def test_what_few_wrote_is_specific_even_reworded() -> None:
    assert level(RARE, RARE) is TextLevel.SPECIFIC
    assert level(RARE, f"<p>客户来电:{RARE}</p>") is TextLevel.SPECIFIC


def test_other_words_are_none() -> None:
    assert level(RARE, "电梯困人") is TextLevel.NONE
    assert level("停水", "") is TextLevel.MISSING


def test_the_same_sentence_with_another_amount_is_another_matter() -> None:
    assert level("上月账单204元有误要求核对", "上月账单275元有误要求核对") is TextLevel.SOME


def test_numbers_tell_matters_apart_whatever_is_said_in_numerals() -> None:
    assert level("路灯139号杆不亮已经一天", "路灯355号杆不亮已经一天") is TextLevel.SOME


def test_one_word_of_a_sentence_is_not_the_sentence() -> None:
    assert level("咨询停水还没来人", "咨询") is TextLevel.SOME


def test_the_door_is_no_part_of_the_matter() -> None:
    assert not grams("3幢2单元1602") | grams("3-2-1602")


def test_html_is_taken_off_and_comparison_signs_stay() -> None:
    assert without_html("<p>温度&lt;5度</p>").strip() == "温度<5度"
    assert without_html("水压<3") == "水压<3"
