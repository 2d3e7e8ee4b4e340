"""Invented callers: names that many share, households on one phone, neighbours in one building.

Phones are only 1312345xxxx, 010 5550xxxx and 0571 5550xxxx, which nobody was given.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from random import Random

from desktop_app.domain.numbers import check_digit
from desktop_app.services.demo_day.plan import Plan

_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖"
    "石金韦贾夏付方邹熊白孟秦邱侯江尹薛闫段雷黎史龙陶贺顾毛郝龚邵万钱严覃武戴莫孔向汤"
)
_COMPOUND = ("欧阳", "上官", "司马", "诸葛")
HOMOPHONES = (
    "伟玮纬",
    "芳方坊",
    "娜那纳",
    "敏闽",
    "静靖竞",
    "丽莉利",
    "强蔷",
    "军君均",
    "洋阳杨",
    "勇咏永",
    "艳燕雁",
    "杰洁捷",
    "娟涓",
    "涛滔",
    "明铭鸣",
    "霞遐",
    "平萍苹",
    "刚钢",
    "英瑛莹",
    "华骅",
    "辉晖徽",
    "玲铃灵",
    "建健",
    "红宏鸿",
    "春椿",
    "佳嘉",
    "宇雨羽",
    "欣新馨",
    "志智",
    "晓小",
)
_GIVEN_ENDS = "伟芳娜敏静丽强军洋勇艳杰娟涛明霞平刚英华辉玲红佳宇欣超磊浩婷波鑫喆"
_GIVEN_STARTS = "建桂秀志晓玉海文春国"
_ESTATES = (
    "翠湖花园",
    "锦绣江南",
    "望江府",
    "桂语山居",
    "丁香公寓",
    "和平新村",
    "滨河家园",
    "云栖里",
    "松涛苑",
)
_HOUSEHOLD = 3
_POOL_WEIGHTS = (8, 1, 1)
"""Mobiles call more often than fixed lines of the two cities."""


@dataclass(frozen=True, slots=True)
class Home:
    """Where a caller lives."""

    estate: str
    building: int
    unit: int
    room: str

    def __str__(self) -> str:
        return f"{self.estate}{self.building}幢{self.unit}单元{self.room}室"


@dataclass(frozen=True, slots=True)
class Person:
    """A caller; ``phone`` holds national digits, shared by a household, and ``woman`` picks the title."""

    name: str
    woman: bool
    phone: str
    home: Home
    customer_no: str

    @property
    def surname(self) -> str:
        """The family name."""
        return self.name[:2] if self.name[:2] in _COMPOUND else self.name[:1]

    @property
    def titled(self) -> str:
        """Surname and title, which is all that some callers give."""
        return self.surname + ("女士" if self.woman else "先生")


def people(plan: Plan) -> list[Person]:
    """Return the people who may call, in the order in which they are met."""
    random = plan.stream("people")
    phones = _phones(plan, random)
    found: list[Person] = []
    for index in range(plan.calls + 20):
        person = Person(
            _name(random),
            random.random() < 0.5,
            phones[index],
            _home(random),
            f"K{100000 + index}",
        )
        full = len(found) >= _HOUSEHOLD and found[-1].phone == found[-_HOUSEHOLD].phone
        if found and not full and random.random() < plan.rates.household:
            host = found[-1]
            person = replace(person, phone=host.phone, home=host.home, customer_no=host.customer_no)
            if random.random() < 0.5:
                person = replace(person, name=host.surname + person.name[len(person.surname) :])
            if person.name == host.name:
                person = replace(person, name=person.surname + "文" + person.name[-1])
        elif found and random.random() < plan.rates.namesake:
            person = replace(person, name=random.choice(found).name)
        found.append(person)
    return found


def homophone(name: str, random: Random) -> str:
    """Return the name with one given character replaced by one that sounds alike; itself where none does."""
    places = [
        (place, group)
        for place, letter in enumerate(name)
        if place > 0
        for group in HOMOPHONES
        if letter in group
    ]
    if not places:
        return name
    place, group = random.choice(places)
    other = random.choice([letter for letter in group if letter != name[place]])
    return name[:place] + other + name[place + 1 :]


def _name(random: Random) -> str:
    if random.random() < 0.02:
        return random.choice(_COMPOUND) + random.choice(_GIVEN_ENDS)
    # A few surnames cover most people: the first of the list are drawn far more often.
    surname = _SURNAMES[int(len(_SURNAMES) * random.random() ** 2.2)]
    start = random.choice(_GIVEN_STARTS) if random.random() < 0.55 else ""
    return surname + start + random.choice(_GIVEN_ENDS)


def _home(random: Random) -> Home:
    floor = random.randint(1, 24)
    return Home(
        random.choice(_ESTATES),
        random.randint(1, 28),
        random.randint(1, 3),
        f"{floor}{random.randint(1, 4):02d}",
    )


def _phones(plan: Plan, random: Random) -> list[str]:
    """Return enough phones; but for the planted share, no single slip of the pen makes one into another."""
    pools = [
        [f"{first}{tail:03d}{check_digit(f'{tail:03d}')}" for tail in range(1000)]
        for first in ("1312345", "0105550", "05715550")
    ]
    for pool in pools:
        random.shuffle(pool)
    spare = [f"1312345{tail:04d}" for tail in range(10000)]
    random.shuffle(spare)
    found: list[str] = []
    taken: set[str] = set()
    while len(found) < plan.calls + 20:
        pool = random.choices(pools, weights=_POOL_WEIGHTS)[0]
        if found and random.random() < plan.rates.confusable_phone:
            phone = _one_digit_away(random.choice(found), random)
        elif pool:
            phone = pool.pop()
        else:
            phone = next((other.pop() for other in pools if other), "") or spare.pop()
        if phone not in taken:
            taken.add(phone)
            found.append(phone)
    return found


def _one_digit_away(phone: str, random: Random) -> str:
    place = random.randrange(len(phone) - 4, len(phone))
    digit = random.choice([digit for digit in "0123456789" if digit != phone[place]])
    return phone[:place] + digit + phone[place + 1 :]
