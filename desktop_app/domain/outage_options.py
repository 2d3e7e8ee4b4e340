"""Choices of the forms about the outage (domain/fields 3.6-3.10); their words lie in ``option.<name>``."""

from __future__ import annotations

from enum import StrEnum


class IncidentLevel(StrEnum):
    """级别 (B§4): how grave an incident is."""

    GENERAL = "general"
    MAJOR = "major"


class SurgeLevel(StrEnum):
    """呼入级别 (A§8): which staff is called in."""

    LEVEL_1 = "level_1"
    LEVEL_2 = "level_2"
    LEVEL_3 = "level_3"


class AffectedSystem(StrEnum):
    """影响系统 (A§7): what does not work."""

    CRM = "crm"
    ACD = "acd"
    NETWORK = "network"
    TELEPHONE = "telephone"
    POWER = "power"
    WEBSITE = "website"


class Scope(StrEnum):
    """范围 (A§1-2): how many seats are hit."""

    ONE_SEAT = "one_seat"
    SOME = "some"
    ALL = "all"


class RepairMode(StrEnum):
    """处理方式 (A§2.2): how system operations works on it."""

    ON_SITE = "on_site"
    REMOTE = "remote"


class AcceptanceAbout(StrEnum):
    """受理内容类别 (4): why an acceptance form was written."""

    FAULT = "fault"
    COMPLAINT = "complaint"
    BLOCKED = "blocked"


class AcceptanceCopy(StrEnum):
    """联次 (4): whose copy it is."""

    OPERATIONS = "operations"
    TEAM = "team"


class Equipment(StrEnum):
    """设备·耳机·钥匙 (4): what is handed over with the seat."""

    DEVICES = "devices"
    HEADSET = "headset"
    KEYS = "keys"


class AnnouncementType(StrEnum):
    """公告类型 (B§2.3, A§13.3): which notice it is; ``STATEMENT`` is the one wording for media."""

    FIRST = "first"
    UPDATE = "update"
    RESOLVED = "resolved"
    STATEMENT = "statement"


class PublishChannel(StrEnum):
    """公告渠道 (B, 3.1): where a notice is posted."""

    FORUM = "forum"
    WEBSITE = "website"
    IVR = "ivr"
    WECHAT = "wechat"
    SPOKEN = "spoken"


class Audience(StrEnum):
    """面向 (3 intro): whom a notice is for."""

    ALL = "all"
    AREA = "area"
    BUSINESS = "business"


class DrillScenario(StrEnum):
    """演练场景 (1.8.1): what a drill plays."""

    SYSTEM_CRASH = "system_crash"
    COMPLAINT_BURST = "complaint_burst"
    POWER_CUT = "power_cut"
    FIRE = "fire"
    CALL_SURGE = "call_surge"
    OWN = "own"
