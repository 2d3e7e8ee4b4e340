"""What a record is about and how it came in: the codes of the template columns (INTERFACES)."""

from __future__ import annotations

from enum import StrEnum


class Kind(StrEnum):
    """Kinds of record (DESIGN §3); each but the enquiry has a form of its own (domain/fields 3.2-3.5)."""

    ENQUIRY = "enquiry"
    COMPLAINT = "complaint"
    URGENT = "urgent"
    ABNORMAL = "abnormal"
    MEDIA = "media"


class Channel(StrEnum):
    """How a matter came in; only ``PHONE`` is expected in a call log (DESIGN §5)."""

    PHONE = "phone"
    MAIL = "mail"
    WEB = "web"
    SMS = "sms"
    WALK_IN = "walk_in"


class Category(StrEnum):
    """What the caller wanted (A§7-13). 查询, 报修 and 其他 are categories of the kind enquiry (DESIGN §3)."""

    ENQUIRY = "enquiry"
    QUERY = "query"
    REPAIR = "repair"
    OTHER = "other"
    COMPLAINT = "complaint"
    URGENT = "urgent"
    ABNORMAL = "abnormal"
    MEDIA = "media"


def categories_of(kind: Kind) -> tuple[Category, ...]:
    """Return the categories a record of this kind may have; all but the enquiry have just their own."""
    if kind is Kind.ENQUIRY:
        return (Category.ENQUIRY, Category.QUERY, Category.REPAIR, Category.OTHER)
    return (Category(kind.value),)
