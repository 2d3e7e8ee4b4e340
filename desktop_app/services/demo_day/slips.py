"""Slips of the pen and ways of spelling: how one number, name or address gets written differently."""

from __future__ import annotations

from random import Random

from desktop_app.services.demo_day.people import Home, Person, homophone
from desktop_app.services.demo_day.plan import Rates

_FULL_WIDTH = str.maketrans("0123456789-", "０１２３４５６７８９－")
_NUMERALS = "零一二三四五六七八九"
_TITLES = ("女士", "先生")
NO_NAMES = ("", "未提供", "不详")


def written_phone(
    person: Person, rates: Rates, taken: frozenset[str], random: Random
) -> tuple[str, frozenset[str]]:
    """Return the phone as an agent writes it and what went wrong; a slip never hits a number in ``taken``."""
    draw = random.random()
    for tag, rate in (
        ("wrong_digit", rates.wrong_digit),
        ("swapped", rates.swapped),
        ("digit_missing", rates.digit_missing),
    ):
        draw -= rate
        if draw < 0:
            slipped = slip(person.phone, tag, random)
            if slipped not in taken:
                return slipped, frozenset({tag})
            return person.phone, frozenset()
    draw -= rates.no_phone
    if draw < 0:
        return random.choice(("", "", "未知", "无来电显示")), frozenset({"no_phone"})
    if random.random() < rates.phone_spelling:
        return spelled_phone(person.phone, random)
    return person.phone, frozenset()


def slip(phone: str, tag: str, random: Random) -> str:
    """Return ``phone`` with one slip among its last four digits."""
    head, tail = phone[:-4], phone[-4:]
    if tag == "wrong_digit":
        place = random.randrange(4)
        digit = random.choice([digit for digit in "0123456789" if digit != tail[place]])
        return head + tail[:place] + digit + tail[place + 1 :]
    places = [place for place in range(3) if tail[place] != tail[place + 1]]
    if tag == "swapped" and places:
        place = random.choice(places)
        return head + tail[:place] + tail[place + 1] + tail[place] + tail[place + 2 :]
    place = random.randrange(4)
    return head + tail[:place] + tail[place + 1 :]


def spelled_phone(phone: str, random: Random) -> tuple[str, frozenset[str]]:
    """Return another spelling of the same number."""
    mobile = phone.startswith("1")
    area = 0 if mobile else (3 if phone.startswith("010") else 4)
    parts = [phone[:3], phone[3:7], phone[7:]] if mobile else [phone[:area], phone[area:-4], phone[-4:]]
    style = random.choice(("full_width", "country_prefix", "zero_prefix", "spaced", "dashed"))
    if style == "full_width":
        return phone.translate(_FULL_WIDTH), frozenset({style})
    if style == "country_prefix":
        national = phone if mobile else phone[1:]
        return random.choice(("+86 ", "+86", "0086", "+86-")) + national, frozenset({style})
    if style == "zero_prefix" and mobile:
        return "0" + phone, frozenset({style})
    if style == "spaced" or mobile:
        return random.choice((" ", "-", "  ")).join(parts), frozenset({"spaced"})
    return f"({parts[0]}){parts[1]}{parts[2]}", frozenset({"spaced"})


def written_name(person: Person, rates: Rates, random: Random) -> tuple[str, frozenset[str]]:
    """Return the name as an agent writes it: right, sounding alike, with a title only, or not at all."""
    draw = random.random()
    if draw < rates.no_name:
        return random.choice(NO_NAMES), frozenset({"no_name"})
    if draw < rates.no_name + rates.title_only:
        return person.titled, frozenset({"title_only"})
    if draw < rates.no_name + rates.title_only + rates.homophone:
        heard = homophone(person.name, random)
        return heard, frozenset({"homophone"}) if heard != person.name else frozenset()
    return person.name, frozenset()


def full_name(name: str) -> bool:
    """Whether ``name`` names somebody, and not by surname and title only."""
    return name not in NO_NAMES and not name.endswith(_TITLES)


def other_name(one: str, other: str) -> bool:
    """Whether two names as written here name different people: a title stands for any name it can be of."""
    if one in NO_NAMES or other in NO_NAMES:
        return False
    bare, bare_other = (name.removesuffix("女士").removesuffix("先生") for name in (one, other))
    if full_name(one) and full_name(other):
        return one != other
    return not (bare.startswith(bare_other) or bare_other.startswith(bare))


def written_address(home: Home, rates: Rates, random: Random) -> tuple[str, frozenset[str]]:
    """Return the address as an agent writes it."""
    if random.random() < rates.no_address:
        return "", frozenset({"no_address"})
    if random.random() < rates.address_spelling:
        return spelled_address(home, random), frozenset({"address_spelling"})
    return str(home), frozenset()


def spelled_address(home: Home, random: Random) -> str:
    """Return another spelling of the same home."""
    estate, building, unit, room = home.estate, home.building, home.unit, home.room
    return random.choice(
        (
            f"{estate}{building}-{unit}-{room}",
            f"{estate} {building}-{unit}-{room}",
            f"{estate}{numeral(building)}幢{numeral(unit)}单元{room}",
            f"{estate}{building}栋{unit}单元{room}室",
            f"{estate}{building}号楼{unit}单元{room}",
            f"{estate}{numeral(building)}栋{unit}单元{room}室",
            str(home).translate(_FULL_WIDTH),
        )
    )


def numeral(number: int) -> str:
    """Return a number from 1 to 99 in Chinese numerals."""
    tens, ones = divmod(number, 10)
    head = "" if tens == 0 else ("十" if tens == 1 else _NUMERALS[tens] + "十")
    return head + (_NUMERALS[ones] if ones else "")
