"""Addresses compared by what they mean: 3-2-1602 is 三幢二单元1602 is 3号楼2单元1602室."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from desktop_app.domain.remembered import remembered
from desktop_app.matching.characters import plain, with_arabic_numerals

_SPACES = re.compile(r"[\s,,。.、;;:/]+")
_HYPHENS = re.compile("[-‐-―−~－—_]+")
_THREE = re.compile(r"(?<![0-9a-z])([0-9]{1,3}|[a-z])-([0-9]{1,2})-([0-9]{2,4})(?:室|房|户)?(?![0-9-])")
_TWO = re.compile(r"(?<![0-9a-z-])([0-9]{1,3}|[a-z])-([0-9]{3,4})(?:室|房|户)?(?![0-9-])")
_PARTS = (
    ("building", re.compile(r"([0-9]{1,3}|[a-z])(?:号楼|幢|栋|座|#楼|#|号栋|号幢)")),
    ("building", re.compile(r"(?:building|bldg|block|tower)\.?([0-9]{1,3}|[a-z](?![a-z]))")),
    ("unit", re.compile(r"([0-9]{1,2})(?:单元|门(?!牌))")),
    ("unit", re.compile(r"unit\.?([0-9]{1,2})(?![0-9])")),
    ("room", re.compile(r"([0-9]{2,4}[a-z]?)(?:室|房|户)")),
    ("room", re.compile(r"(?:room|rm|flat|apt|apartment)\.?([0-9]{2,4}[a-z]?)")),
    ("lane", re.compile(r"([0-9]{1,4})弄")),
    ("house", re.compile(r"([0-9]{1,4})号(?!线|门)(?:院)?")),
    ("floor", re.compile(r"([0-9]{1,2})(?:层|楼)")),
    ("room", re.compile(r"([0-9]{3,4}[a-z]?)$")),
)
_AREA = re.compile(r"^(?:[^省]{2,3}省)?(?:[^市]{2,3}市)?(?:[^区县]{1,3}[区县](?!园))?")
_WORDS = re.compile(r"(?:小区|社区|住宅区|物业|的|附近|no)")
_ROOM_PARTS = ("building", "unit", "room", "lane", "house")


class AddressLevel(StrEnum):
    """How far two addresses agree, best first."""

    SAME = "same"
    PART = "part"
    DIFFERENT = "different"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Address:
    """What an address names: a place (estate, road) and the parts down to the room; unknown parts empty."""

    place: str = ""
    building: str = ""
    unit: str = ""
    room: str = ""
    lane: str = ""
    house: str = ""
    floor: str = ""

    def __bool__(self) -> bool:
        return bool(self.place or any(getattr(self, part) for part in _ROOM_PARTS))

    @property
    def specific(self) -> bool:
        """Whether it leads to one door: a room and the building, lane or house it lies in."""
        return bool(self.room) and bool(self.building or self.house or self.lane)

    @property
    def door(self) -> str:
        """The parts that lead to the door, in one text; empty where it is not specific."""
        if not self.specific:
            return ""
        return "-".join((self.lane or self.house if not self.building else self.building, self.room))


@remembered(16_384)
def address_of(text: str) -> Address:
    """Return what the address names."""
    rest = _HYPHENS.sub("-", with_arabic_numerals(_SPACES.sub("", plain(text))))
    parts: dict[str, str] = {}
    found = _THREE.search(rest)
    if found:
        parts = {"building": found[1], "unit": found[2], "room": found[3]}
    else:
        found = _TWO.search(rest)
        if found:
            parts = {"building": found[1], "room": found[2]}
    if found:
        rest = rest[: found.start()] + " " + rest[found.end() :]
    for part, pattern in _PARTS:
        found = pattern.search(rest)
        if found and part not in parts:
            parts[part] = found[1]
            rest = rest[: found.start()] + " " + rest[found.end() :]
    if "floor" not in parts and len(parts.get("room", "")) >= 3:
        parts["floor"] = parts["room"][:-2]
    place = _WORDS.sub("", rest.replace(" ", "").replace("-", ""))
    place = _AREA.sub("", place) or place
    numbers = {part: value.lstrip("0") or value for part, value in parts.items()}
    return Address(place, **numbers)


def compare_addresses(one: Address, other: Address) -> AddressLevel:
    """Return how far two addresses agree: one part that both name and that differs makes them different."""
    if not one or not other:
        return AddressLevel.MISSING
    level = AddressLevel.SAME
    for part in (*_ROOM_PARTS, "floor"):
        mine, theirs = getattr(one, part), getattr(other, part)
        if mine and theirs and mine != theirs:
            return AddressLevel.DIFFERENT
        if bool(mine) != bool(theirs):
            level = AddressLevel.PART
    if one.place and other.place:
        if one.place == other.place:
            return level
        if one.place in other.place or other.place in one.place:
            return AddressLevel.PART
        return AddressLevel.DIFFERENT
    shared = any(getattr(one, part) and getattr(other, part) for part in _ROOM_PARTS)
    if not shared:
        return AddressLevel.MISSING
    return level if one.place == other.place else AddressLevel.PART


def same_door(one: Address, other: Address) -> bool:
    """Whether both lead to one door and nothing that both name differs."""
    return (
        one.specific
        and other.specific
        and one.room == other.room
        and compare_addresses(one, other) in (AddressLevel.SAME, AddressLevel.PART)
    )
