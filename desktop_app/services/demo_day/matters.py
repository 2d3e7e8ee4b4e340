"""What callers call about: every matter in several wordings, as two people would write it down."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from random import Random

from desktop_app.domain.kinds import Category, Kind


@dataclass(frozen=True, slots=True)
class Matter:
    """One matter; ``shared`` is what hits a whole building at once.

    Every wording means the same and has a word in common with each other: who types from a record keeps what
    names its matter.
    """

    code: str
    kind: Kind
    category: Category
    crm_type: str
    wordings: tuple[str, ...]
    details: tuple[str, ...]
    shared: bool = False


MATTERS = (
    Matter(
        "water_cut",
        Kind.URGENT,
        Category.URGENT,
        "紧急报修",
        ("家里停水", "停水了，问何时恢复", "整栋楼停水了"),
        ("早上起就没有水，要求尽快恢复", "水龙头一滴水也没有，家里有老人"),
        shared=True,
    ),
    Matter(
        "power_cut",
        Kind.URGENT,
        Category.URGENT,
        "紧急报修",
        ("家里停电", "单元停电，电梯也停了", "整幢停电了"),
        ("电表正常，楼道灯也不亮", "冰箱里的东西要坏了，催促抢修"),
        shared=True,
    ),
    Matter(
        "lift_trapped",
        Kind.URGENT,
        Category.URGENT,
        "紧急报修",
        ("电梯困人", "有人被关在电梯里"),
        ("电梯停在两层之间，里面一人，能通话", "按了警铃没有回应"),
    ),
    Matter(
        "leak",
        Kind.ENQUIRY,
        Category.REPAIR,
        "维修工单",
        ("卫生间漏水", "楼上漏水到卫生间"),
        ("天花板滴水，墙面已经发黑", "请师傅上门查看"),
    ),
    Matter(
        "door_lock",
        Kind.ENQUIRY,
        Category.REPAIR,
        "维修工单",
        ("单元门禁坏了", "门禁刷卡没有反应"),
        ("刷卡、按密码都打不开", "进出只能等邻居开门"),
    ),
    Matter(
        "heating",
        Kind.ENQUIRY,
        Category.REPAIR,
        "维修工单",
        ("暖气不热", "地暖一直不热"),
        ("客厅只有十五度", "已经两天，家里有小孩"),
    ),
    Matter(
        "bill",
        Kind.ENQUIRY,
        Category.QUERY,
        "咨询单",
        ("查询物业费账单", "问上季度物业费多少"),
        ("想核对金额和缴费日期", "没有收到短信通知"),
    ),
    Matter(
        "invoice",
        Kind.ENQUIRY,
        Category.QUERY,
        "咨询单",
        ("开发票", "要求补开发票"),
        ("抬头为个人，发到邮箱", "去年的停车费发票"),
    ),
    Matter(
        "parking",
        Kind.ENQUIRY,
        Category.ENQUIRY,
        "咨询单",
        ("办理车位月卡", "咨询地下车位怎么租"),
        ("需要带哪些材料", "问是否还有空位"),
    ),
    Matter(
        "renovation",
        Kind.ENQUIRY,
        Category.ENQUIRY,
        "咨询单",
        ("咨询装修手续", "问装修押金怎么退"),
        ("下个月开工", "施工时间有什么规定"),
    ),
    Matter(
        "lost_parcel",
        Kind.ENQUIRY,
        Category.OTHER,
        "其他",
        ("快递丢失", "放在丰巢旁的快递不见了"),
        ("要求查看监控", "价值约三百元"),
    ),
    Matter(
        "noise",
        Kind.COMPLAINT,
        Category.COMPLAINT,
        "投诉单",
        ("投诉夜间施工噪音", "楼下半夜还在施工"),
        ("影响孩子休息，要求处理并答复", "已经连续三晚"),
    ),
    Matter(
        "attitude",
        Kind.COMPLAINT,
        Category.COMPLAINT,
        "投诉单",
        ("投诉保安态度", "门岗保安出言不逊"),
        ("要求道歉", "昨天傍晚在东门发生争执"),
    ),
    Matter(
        "fee",
        Kind.COMPLAINT,
        Category.COMPLAINT,
        "投诉单",
        ("投诉重复收费", "物业费重复扣了两次"),
        ("要求退款", "银行流水可以提供"),
    ),
    Matter(
        "harassing",
        Kind.ABNORMAL,
        Category.ABNORMAL,
        "其他",
        ("骚扰来电", "来电人辱骂"),
        ("按规定提醒后挂断", "不说明事由，反复喊叫"),
    ),
    Matter(
        "press",
        Kind.MEDIA,
        Category.MEDIA,
        "其他",
        ("记者询问停水原因", "媒体要求采访停水一事"),
        ("已告知由发言人答复", "要求今天下班前回复"),
    ),
)
_WEIGHTS = (6, 5, 2, 8, 6, 5, 9, 6, 7, 5, 4, 6, 3, 4, 1, 1)


def any_matter(random: Random, but: Iterable[Matter] = ()) -> Matter:
    """Return a matter that no careful reader takes for one of ``but``: of another type where one is left."""
    known = set(but)
    types = {matter.crm_type for matter in known}
    weighted = list(zip(MATTERS, _WEIGHTS, strict=True))
    left = [pair for pair in weighted if pair[0].crm_type not in types]
    left = left or [pair for pair in weighted if pair[0] not in known] or weighted
    return random.choices([matter for matter, _ in left], weights=[weight for _, weight in left])[0]


def shared_matter(random: Random) -> Matter:
    """Return a matter that a whole building calls about."""
    return random.choice([matter for matter in MATTERS if matter.shared])
