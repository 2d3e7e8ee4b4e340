"""Choices of the forms that are records (domain/fields 3.1-3.5); their words lie in ``option.<name>``."""

from __future__ import annotations

from enum import StrEnum


class Title(StrEnum):
    """称谓 (3.1): how a customer is addressed."""

    MR = "mr"
    MS = "ms"
    OTHER = "other"


class IdentityMethod(StrEnum):
    """核对方式 (3.1): how a caller's identity was checked."""

    CALLBACK = "callback"
    CUSTOMER_NO = "customer_no"
    ADDRESS = "address"
    REGISTERED_PHONE = "registered_phone"
    OTHER = "other"


class AmountChannel(StrEnum):
    """收款方式 (4): how a payment taken or promised during a call came or will come."""

    CASH = "cash"
    TRANSFER = "transfer"
    WECHAT = "wechat"
    ALIPAY = "alipay"
    CARD = "card"
    OTHER = "other"


class Outcome(StrEnum):
    """处理方式 (2§5.1): what was done for the caller."""

    ANSWERED = "answered"
    SELF_SERVICE = "self_service"
    SIGNED_FIRST = "signed_first"
    WAITING = "waiting"
    CONTACT_LEFT = "contact_left"
    ANOTHER_DAY = "another_day"
    TRANSFERRED = "transferred"
    ESCALATED = "escalated"


class ContactChannel(StrEnum):
    """回访方式, 通知渠道 (4): how a person is told or called back."""

    PHONE = "phone"
    SMS = "sms"
    MAIL = "mail"
    CHAT = "chat"
    IN_PERSON = "in_person"
    LETTER = "letter"


class EscalationReason(StrEnum):
    """升级原因 (A§11): why a call goes to someone senior."""

    WANTS_SENIOR = "wants_senior"
    ANGRY = "angry"
    LANGUAGE = "language"
    NO_AUTHORITY = "no_authority"
    OTHER = "other"


class Mood(StrEnum):
    """客户情绪 (2§2): how the caller felt."""

    CALM = "calm"
    WORRIED = "worried"
    ANGRY = "angry"
    ABUSIVE = "abusive"


class ComplaintForm(StrEnum):
    """投诉形式 (A§9.1): how a complaint was made; a written one is answered in two dated steps."""

    ORAL = "oral"
    WRITTEN = "written"
    WEB = "web"


class ComplaintType(StrEnum):
    """投诉类别 (A§9): what a complaint is about."""

    PRODUCT = "product"
    SERVICE = "service"
    ATTITUDE = "attitude"
    CHARGES = "charges"
    OTHER = "other"


class ComplaintAgainst(StrEnum):
    """投诉对象 (A§9.4): whom a complaint is against."""

    OWN_STAFF = "own_staff"
    OTHER_DEPARTMENT = "other_department"
    PRODUCT = "product"


class Severity(StrEnum):
    """严重程度 (4, 2§3): how grave a complaint is."""

    ORDINARY = "ordinary"
    IMPORTANT = "important"
    GRAVE = "grave"


class Satisfaction(StrEnum):
    """客户是否满意 (4): what the customer thought of the result."""

    SATISFIED = "satisfied"
    PARTLY = "partly"
    DISSATISFIED = "dissatisfied"
    NOT_ASKED = "not_asked"


class UrgentKind(StrEnum):
    """紧急类别 (A§12.1): what the emergency is."""

    WATER_CUT = "water_cut"
    POWER_CUT = "power_cut"
    LIFT = "lift"
    THEFT = "theft"
    FIRE = "fire"
    OTHER = "other"


class Hurt(StrEnum):
    """是否有人受困/受伤 (A§12.1): whether anybody is trapped or hurt."""

    YES = "yes"
    NO = "no"
    UNCLEAR = "unclear"


class AbnormalKind(StrEnum):
    """非正常来电类型 (A§10, 2§6): what makes a call abnormal."""

    HARASSMENT = "harassment"
    ABUSE = "abuse"
    SILENCE = "silence"
    PRANK = "prank"
    THREAT = "threat"
    OTHER = "other"


class MediaWay(StrEnum):
    """媒体方式 (A§13): how the media came."""

    CALL = "call"
    VISIT = "visit"
    FILMING = "filming"


class Authorised(StrEnum):
    """是否授权 (A§13.3): whether an interview was authorised."""

    NO = "no"
    YES = "yes"
