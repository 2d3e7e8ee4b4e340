import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.matching.names import NameLevel, compare_names, name_of

L = NameLevel


@pytest.mark.parametrize(
    ("one", "other", "level"),
    [
        ("李丽", "李丽", L.SAME),
        ("李丽女士", "李丽", L.SAME),
        ("李 丽", "李丽", L.SAME),
        ("張偉", "张伟", L.SAME),
        ("李丽(业主)", "李丽", L.SAME),
        ("Smith, John", "John Smith", L.SAME),
        ("Mr. John Smith", "john smith", L.SAME),
        ("Zhang Weiguo", "张伟国", L.SOUNDS),
        ("Weiguo Zhang", "张伟国", L.SOUNDS),
        ("李丽", "李莉", L.SOUNDS),
        ("曾伟", "增玮", L.SOUNDS),
        ("仇敏", "裘敏", L.SOUNDS),
        ("单芳", "山芳", L.SOUNDS),
        ("李女士", "李丽", L.PART),
        ("欧阳先生", "欧阳志强", L.PART),
        ("J. Smith", "John Smith", L.PART),
        ("Mr Li", "李丽", L.PART),
        ("刘志强", "刘志刚", L.CLOSE),
        ("李丽", "李强", L.SURNAME),
        ("李丽", "王丽", L.DIFFERENT),
        ("王先生", "李丽", L.DIFFERENT),
        ("John Smith", "Mary Jones", L.DIFFERENT),
        ("未提供", "李丽", L.MISSING),
        ("女士", "李丽", L.MISSING),
        ("", "", L.MISSING),
    ],
)
def test_names_are_compared_as_people_say_them(one: str, other: str, level: NameLevel) -> None:
    assert compare_names(name_of(one), name_of(other)) is level
    assert compare_names(name_of(other), name_of(one)) is level


@pytest.mark.parametrize(
    ("name", "sound"),
    [
        ("曾", "zeng"),
        ("仇", "qiu"),
        ("解", "xie"),
        ("查", "zha"),
        ("单", "shan"),
        ("区", "ou"),
    ],
)
def test_surnames_sound_as_surnames(name: str, sound: str) -> None:
    assert name_of(name + "明").surname_sounds == sound


@given(st.text(max_size=30))
def test_any_text_is_a_name_or_nobody(text: str) -> None:
    name = name_of(text)
    level = compare_names(name, name)
    assert level in ((L.SAME, L.PART) if name else (L.MISSING,))
