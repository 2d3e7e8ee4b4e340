"""Names as people hear and type them, brought to a form that can be compared.

Titles say nothing, full-width and traditional spellings are the same name, characters that sound alike are
the commonest slip of a person who listens and types (李丽 / 李莉).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from desktop_app.domain.remembered import remembered
from desktop_app.matching.characters import is_han, plain
from desktop_app.matching.sounds import pinyin, surname_of, surname_sounds

_TITLE = re.compile(
    "(?:先生|女士|小姐|太太|夫人|老师|师傅|经理|主任|医生|律师|阿姨|叔叔|大爷|大妈|大姐|大哥|奶奶|爷爷|同志|"
    "总|工|姐|哥|某某|某|业主|租户|住户|客户|本人|家属)+$"
)
_LATIN_TITLES = frozenset({"mr", "mrs", "ms", "miss", "dr", "sir", "madam", "mx"})
_EDGES = "\u3002\u3001., "
_BRACKETS = re.compile(r"[(\[【(].*?[)\]】)]")
_NOBODY = re.compile(
    "未提供|不详|未知|匿名|无|无名|访客|来电人|不愿透露|不方便透露|未留|none|unknown|anonymous|n/a|na|-+"
)


class NameLevel(StrEnum):
    """How far two names agree, best first."""

    SAME = "same"
    SOUNDS = "sounds"
    PART = "part"
    CLOSE = "close"
    SURNAME = "surname"
    DIFFERENT = "different"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Name:
    """A comparable name. ``sounds`` are pinyin syllables, or the words of a Latin name in their order."""

    text: str = ""
    surname: str = ""
    given: str = ""
    sounds: tuple[str, ...] = ()
    surname_sounds: str = ""
    latin: bool = False

    def __bool__(self) -> bool:
        return bool(self.text)

    @property
    def full(self) -> bool:
        """Whether both surname and given name are known (two words of a Latin name)."""
        return bool(self.given) and bool(self.surname)

    @property
    def letters(self) -> str:
        """All letters of its sound, sorted: the same for any order of surname and given name."""
        return "".join(sorted("".join(self.sounds)))


@remembered(32_768)
def name_of(text: str) -> Name:
    """Return the comparable form of a caller's name; empty where nobody is named."""
    bare = _BRACKETS.sub("", plain(text)).strip(_EDGES)
    if not bare or _NOBODY.fullmatch(bare):
        return Name()
    if not any(is_han(character) for character in bare):
        return _latin(bare)
    bare = "".join(character for character in bare if is_han(character))
    titled = _TITLE.search(bare)
    if titled:
        # 李小姐 has a title; 李工 too; but 王哥 is never cut to nothing and a three-letter 张立总 keeps 张立.
        bare = bare[: titled.start()]
    elif len(bare) == 2 and bare[0] in "小老阿":
        bare = bare[1:]
    if not bare or _NOBODY.fullmatch(bare):
        return Name()
    surname = surname_of(bare)
    given = bare[len(surname) :]
    first = surname_sounds(surname)
    return Name(bare, surname, given, (*first, *pinyin(given)), " ".join(first))


def compare_names(one: Name, other: Name) -> NameLevel:
    """Return how far two names agree."""
    if not one or not other:
        return NameLevel.MISSING
    if one.text == other.text:
        return NameLevel.SAME if one.full else NameLevel.PART
    if one.latin or other.latin:
        return _compare_latin(one, other)
    if one.sounds == other.sounds:
        return NameLevel.SOUNDS if one.full else NameLevel.PART
    same_surname = one.surname == other.surname or one.surname_sounds == other.surname_sounds
    if not one.full or not other.full:
        if same_surname:
            return NameLevel.PART
        return NameLevel.DIFFERENT
    if len(one.text) == len(other.text) >= 3 and _hits(one.sounds, other.sounds) == len(one.sounds) - 1:
        return NameLevel.CLOSE
    if sorted(one.text) == sorted(other.text):
        return NameLevel.CLOSE
    return NameLevel.SURNAME if same_surname else NameLevel.DIFFERENT


def _latin(bare: str) -> Name:
    words = [word for word in re.split(r"[^0-9a-z\u00c0-\u024f]+", bare) if word]
    words = [word for word in words if word not in _LATIN_TITLES]
    if not words:
        return Name()
    text = " ".join(sorted(words))
    surname = words[-1] if len(words) > 1 else ""
    return Name(text, surname, " ".join(words[:-1]) or words[0], tuple(words), surname, latin=True)


def _compare_latin(one: Name, other: Name) -> NameLevel:
    if one.full and other.full and _spellings(one) & _spellings(other):
        return NameLevel.SOUNDS
    if not (one.latin and other.latin):
        chinese, latin = (other, one) if one.latin else (one, other)
        surname = chinese.surname_sounds.replace(" ", "")
        return NameLevel.PART if not latin.full and latin.given == surname else NameLevel.DIFFERENT
    mine, theirs = list(one.sounds), list(other.sounds)
    if len(mine) > len(theirs):
        mine, theirs = theirs, mine
    # Each word of the shorter name is a word of the longer or the initial of one: J Smith, Smith, John Smith.
    left = list(theirs)
    for word in sorted(mine, key=len, reverse=True):
        match = next((other for other in left if other == word), None) or next(
            (other for other in left if 1 in (len(word), len(other)) and other[0] == word[0]), None
        )
        if match is None:
            shared = set(mine) & set(theirs)
            return NameLevel.SURNAME if shared else NameLevel.DIFFERENT
        left.remove(match)
    return NameLevel.PART


def _spellings(name: Name) -> set[str]:
    """The ways the name is written in letters without spaces, surname first and last."""
    if name.latin:
        words = name.sounds
        return {"".join(words), "".join((*words[1:], words[0])), "".join((words[-1], *words[:-1]))}
    count = len(name.surname)
    first, rest = "".join(name.sounds[:count]), "".join(name.sounds[count:])
    return {first + rest, rest + first}


def _hits(one: tuple[str, ...], other: tuple[str, ...]) -> int:
    return sum(mine == theirs for mine, theirs in zip(one, other, strict=False))
