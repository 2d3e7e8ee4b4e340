"""How Chinese is read: the only place that makes pinyin, names with their surnames as surnames are read."""

from __future__ import annotations

import re

from desktop_app.domain.remembered import remembered
from desktop_app.matching.characters import is_han, plain

_COMPOUND_SURNAMES = frozenset(
    re.findall(
        "..",
        "欧阳司马上官诸葛夏侯东方皇甫尉迟公孙令狐慕容宇文长孙司徒司空端木南宫独孤万俟闻人"
        "西门申屠轩辕呼延公羊澹台钟离淳于太叔单于仲孙赫连完颜拓跋百里东郭",
    )
)
# Characters read otherwise as surnames than in words.
_SURNAME_SOUNDS = {
    "曾": "zeng",
    "仇": "qiu",
    "解": "xie",
    "查": "zha",
    "单": "shan",
    "盖": "ge",
    "区": "ou",
    "朴": "piao",
    "任": "ren",
    "华": "hua",
    "纪": "ji",
    "缪": "miao",
    "员": "yun",
    "种": "chong",
    "重": "chong",
    "繁": "po",
    "洗": "xian",
    "冼": "xian",
    "翟": "zhai",
    "乐": "yue",
    "覃": "qin",
    "召": "shao",
    "燕": "yan",
    "宁": "ning",
    "黑": "he",
    "折": "she",
    "秘": "bi",
    "祭": "zhai",
    "尉迟": "yu chi",
    "万俟": "mo qi",
    "长孙": "zhang sun",
    "单于": "chan yu",
    "澹台": "tan tai",
}
_UNITS = re.compile(r"[\u3400-\u9fff]+|[^\W_\u3400-\u9fff]+")


def surname_of(name: str) -> str:
    """Return the surname that a Chinese name begins with, one character or two."""
    return name[:2] if name[:2] in _COMPOUND_SURNAMES else name[:1]


def surname_sounds(surname: str) -> tuple[str, ...]:
    """Return the syllables of a surname: 单 is shan there."""
    known = _SURNAME_SOUNDS.get(surname)
    return tuple(known.split()) if known else pinyin(surname)


@remembered(65_536)
def name_sounds(name: str) -> tuple[str, ...]:
    """Return how a name is read as it is written: a syllable for each character, a word for each other word.

    Titles and remarks are read too, and so are the names of firms; what is no letter or digit is left out.
    """
    found: list[str] = []
    for unit in _UNITS.findall(plain(name)):
        if not is_han(unit[0]):
            found.append(unit)
        elif found:
            found += pinyin(unit)
        else:
            surname = surname_of(unit)
            found += (*surname_sounds(surname), *pinyin(unit[len(surname) :]))
    return tuple(found)


@remembered(65_536)
def pinyin(text: str) -> tuple[str, ...]:
    """Return the syllables of Chinese characters without tones; v stands for ü."""
    if not text:
        return ()
    # Loaded on first use: its tables take a quarter of a second.
    from pypinyin import lazy_pinyin

    return tuple(lazy_pinyin(text))
