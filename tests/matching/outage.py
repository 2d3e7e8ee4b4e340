"""An outage day with planted truth, as nasty as its knobs say: written to break the matcher."""

from __future__ import annotations

import random
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from desktop_app.domain.numbers import Number
from desktop_app.domain.reconciliation import Call, CallOutcome, CrmRow, HandRecord, Source

START = datetime(2026, 11, 21, 0, 0, tzinfo=UTC)
SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗曾单解仇"
GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英志国建华文玉莉力立利"
SOUND_ALIKE = {"丽": "莉", "莉": "丽", "力": "立", "立": "利", "伟": "玮", "华": "花", "静": "敬", "明": "鸣"}
GENERIC = ("停水", "停电", "停水了", "咨询停水", "查询账单", "家里停水")
MATTERS = (
    "{door}厨房水管爆裂漏水到楼下",
    "{door}总闸跳闸合不上",
    "{n}号电梯困人有老人在里面",
    "上月账单{n}元有误要求核对",
    "快递放在{n}号柜取不出来",
    "投诉{n}路公交在小区门口不停车",
    "预约周{w}上门检修燃气灶",
    "充值{n}元没有到账",
    "楼上装修噪音从早上{w}点开始",
    "门禁卡第{n}号刷不开大门",
    "路灯{n}号杆不亮已经{w}天",
    "要求开具{n}元增值税发票",
)
NUMERALS = "零一二三四五六七八九"


@dataclass(frozen=True)
class Knobs:
    """What the day is like; shares are 0–1."""

    seed: int
    people: int = 60
    events: int = 80
    backfilled: float = 0.6
    number_in_crm: float = 0.5
    wrong_number: float = 0.0
    occurred_known: float = 1.0
    time_noise: float = 3.0
    time_shifted: float = 0.03
    phone_slip: float = 0.1
    phone_missing: float = 0.1
    name_missing: float = 0.1
    title_only: float = 0.1
    sounds_alike: float = 0.1
    generic: float = 0.3
    reworded: float = 0.3
    repeats: float = 0.2
    households: float = 0.2
    second_matter: float = 0.1
    doubles: float = 0.1
    other_days: float = 0.2
    crm_only: float = 0.1
    outage_minutes: int = 300
    offset_hours: int = 0
    near_phones: float = 0.2
    names: int = 200
    calls: bool = True


@dataclass
class Day:
    """The files of the day and the truth: record → CRM id, record → the record it doubles, record → call."""

    records: list[HandRecord] = field(default_factory=list)
    crm: list[CrmRow] = field(default_factory=list)
    calls: list[Call] = field(default_factory=list)
    row_of: dict[str, str] = field(default_factory=dict)
    double_of: dict[str, str] = field(default_factory=dict)
    call_of: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Person:
    name: str
    phone: str
    estate: str
    door: tuple[int, int, int]


def make_day(knobs: Knobs) -> Day:
    """Return a day; the same knobs give the same day."""
    return _Maker(knobs).day


class _Maker:
    def __init__(self, knobs: Knobs) -> None:
        self.knobs = knobs
        self.random = random.Random(knobs.seed)
        self.day = Day()
        self.sequence = 0
        self.person_of: dict[str, Person] = {}
        self.crm_id = 1000
        pool = random.Random(knobs.seed + 1)
        self.names = [
            pool.choice(SURNAMES) + "".join(pool.choice(GIVEN) for _ in range(pool.choice((1, 2, 2))))
            for _ in range(knobs.names)
        ]
        self.people = self._people()
        for _ in range(knobs.events):
            self._event()
        self.random.shuffle(self.day.records)
        self.random.shuffle(self.day.crm)

    def chance(self, share: float) -> bool:
        return self.random.random() < share

    def _people(self) -> list[Person]:
        people: list[Person] = []
        for _ in range(self.knobs.people):
            home = self.random.choice(people) if people else None
            name = self.random.choice(self.names)
            if home and self.chance(self.knobs.households):
                people.append(replace(home, name=name))
                continue
            phone = f"1312345{self.random.randrange(10_000):04d}"
            if self.chance(0.15):
                phone = f"010-5550{self.random.randrange(10_000):04d}"
            if home and self.chance(self.knobs.near_phones):
                phone = self._slip(home.phone)
            door = (
                self.random.randrange(1, 5),
                self.random.randrange(1, 3),
                self.random.randrange(1, 18) * 100 + 1,
            )
            estate = self.random.choice(("阳光花园", "月光花园", "滨江苑"))
            if home and self.chance(0.3):
                door = (*home.door[:2], home.door[2] + 1)
                estate = home.estate
            people.append(Person(name, phone, estate, door))
        return people

    def _event(self) -> None:
        person = self.random.choice(self.people)
        at = START + timedelta(minutes=self.random.uniform(0, self.knobs.outage_minutes))
        matter = self._matter(person)
        repeated = self.chance(self.knobs.repeats)
        self._call(person, at, matter, again=repeated)
        if repeated:
            later = at + timedelta(minutes=self.random.choice((4, 8, 15, 25, 60, 150)))
            asked = matter + self.random.choice(("", "催问", "还没来人"))
            self._call(person, later, asked if self.chance(0.5) else self._matter(person), again=True)
        if self.chance(self.knobs.other_days):
            days = self.random.choice((-30, -3, -1, 1, 2, 9))
            other = at + timedelta(days=days, minutes=self.random.uniform(-300, 300))
            # In other words where rows have no call times: the same could not be told from its back-fill.
            same = self.knobs.occurred_known == 1 and self.chance(0.5)
            told = matter if same else self._matter(person)
            self._row(person, other, other + timedelta(minutes=5), told, "")

    def _call(self, person: Person, at: datetime, matter: str, *, again: bool = False) -> None:
        call_id = f"call{len(self.day.calls)}"
        talk = self.random.randrange(40, 300)
        agent = self.random.randrange(8)
        self.day.calls.append(
            Call(
                call_id,
                Source("calls", len(self.day.calls)),
                at,
                CallOutcome.ANSWERED,
                at + timedelta(seconds=8),
                at + timedelta(seconds=8 + talk),
                "" if self.chance(0.03) else person.phone,
                agent=f"SIP/80{agent:02d}",
                talk_seconds=talk,
            )
        )
        # The same words of the same person within the hour, once only recorded, once only in the CRM: with a
        # number mistyped nobody could tell these apart, so callers who call again are all recorded.
        if not again and self.chance(self.knobs.crm_only):
            # Somebody wrote straight into the CRM; no hand record.
            self._row(person, at, at + timedelta(hours=self.random.uniform(0, 30)), matter, "")
            return
        if not again and self.chance(0.05):
            return
        matters = [matter]
        if self.chance(self.knobs.second_matter):
            others = [self._matter(person) for _ in range(20)]
            matters += [other for other in others if not set(other) & set(matter)][:1]
        for place, told in enumerate(matters):
            record = self._record(person, at + timedelta(minutes=2 * place), told, agent, call_id)
            if self.chance(self.knobs.doubles):
                other = self._record(
                    person,
                    at + timedelta(minutes=self.random.uniform(0, 3)),
                    self._reword(told),
                    (agent + 1) % 8,
                    call_id,
                )
                self.day.double_of[other.key] = record.key
            if self.chance(self.knobs.backfilled):
                number = record.number if self.chance(self.knobs.number_in_crm) else ""
                if number and self.chance(self.knobs.wrong_number):
                    others = [other for other in self.day.records if self.person_of[other.key] != person]
                    number = self.random.choice(others).number if others else ""
                made = at + timedelta(hours=self.random.uniform(3, 30))
                row = self._row(person, at, made, self._reword(told), number)
                self.day.row_of[record.key] = row.id

    def _record(self, person: Person, at: datetime, matter: str, agent: int, call_id: str) -> HandRecord:
        self.sequence += 1
        key = f"r{self.sequence}"
        record = HandRecord(
            key,
            Source("records", self.sequence),
            number=str(Number(f"{agent:02d}", self.sequence)),
            channel="phone",
            received_at=self._told_time(at),
            caller_name=self._told_name(person.name),
            phone=self._told_phone(person.phone),
            address=self._told_address(person),
            summary=matter,
            agent=f"80{agent:02d}",
            station=f"{agent:02d}",
        )
        self.day.records.append(record)
        self.day.call_of[key] = call_id
        self.person_of[key] = person
        return record

    def _row(self, person: Person, at: datetime, made: datetime, matter: str, number: str) -> CrmRow:
        self.crm_id += self.random.randrange(1, 4)
        offset = timedelta(hours=self.knobs.offset_hours)
        known = self.chance(self.knobs.occurred_known)
        in_column = self.chance(0.5)
        row = CrmRow(
            str(self.crm_id),
            Source("crm", self.crm_id),
            created_at=made - offset,
            occurred_at=self._told_time(at) - offset if known else None,
            number=number if in_column else "",
            caller_name=self._told_name(person.name),
            phone=self._told_phone(person.phone),
            address=self._told_address(person),
            summary=matter,
            texts=(matter, f"手工单 {number} 补录" if number and not in_column else ""),
        )
        self.day.crm.append(row)
        return row

    def _matter(self, person: Person) -> str:
        if self.chance(self.knobs.generic):
            return self.random.choice(GENERIC)
        building, unit, room = person.door
        return self.random.choice(MATTERS).format(
            door=f"{building}幢{unit}单元{room}",
            n=self.random.randrange(1, 400),
            w=self.random.choice("一二三四五"),
        )

    def _reword(self, matter: str) -> str:
        if not self.chance(self.knobs.reworded):
            return matter
        return self.random.choice(("客户反映{}", "{}请处理", "来电:{}", "{}", "<p>{}</p>")).format(
            matter[: max(2, len(matter) - 3)]
        )

    def _told_time(self, at: datetime) -> datetime:
        told = at + timedelta(minutes=self.random.gauss(0, self.knobs.time_noise))
        if self.chance(self.knobs.time_shifted):
            told += timedelta(hours=self.random.choice((-3, -1, 1, 3)), minutes=self.random.choice((0, 17)))
        return told.replace(second=0, microsecond=0)

    def _told_name(self, name: str) -> str:
        if self.chance(self.knobs.name_missing):
            return self.random.choice(("", "未提供"))
        if self.chance(self.knobs.title_only):
            return name[0] + self.random.choice(("先生", "女士"))
        if self.chance(self.knobs.sounds_alike):
            return "".join(SOUND_ALIKE.get(character, character) for character in name)
        return name + self.random.choice(("", "", "", "先生", " 女士"))

    def _told_phone(self, phone: str) -> str:
        if self.chance(self.knobs.phone_missing):
            return ""
        if self.chance(self.knobs.phone_slip):
            phone = self._slip(phone)
            if self.chance(0.3):
                phone = self._slip(phone)
        if phone.startswith("1"):
            return self.random.choice(("{}", "+86{}", "0{}", "{}")).format(phone)
        return phone

    def _slip(self, phone: str) -> str:
        place = self.random.randrange(len(phone) - 4, len(phone) - 1)
        kind = self.random.randrange(4)
        if kind == 0:
            return phone[:place] + phone[place + 1] + phone[place] + phone[place + 2 :]
        if kind == 1:
            return phone[:place] + phone[place + 1 :]
        return (
            phone[:place] + str((int(phone[place]) + self.random.randrange(1, 10)) % 10) + phone[place + 1 :]
        )

    def _told_address(self, person: Person) -> str:
        building, unit, room = person.door
        forms = (
            "",
            "",
            f"{building}-{unit}-{room}",
            f"{person.estate}{building}-{unit}-{room}",
            f"{person.estate}{NUMERALS[building]}幢{NUMERALS[unit]}单元{room}室",
            f"{building}号楼{unit}单元{room}",
            person.estate,
        )
        return self.random.choice(forms)
