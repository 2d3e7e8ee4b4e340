"""A small pack of invented people, for what stands beside the form."""

from desktop_app.domain.kinds import Kind
from desktop_app.domain.site_pack import Contact, Playbook, SitePack, Step
from desktop_app.domain.site_text import Bilingual, Version


def both(zh: str, en: str = "") -> Bilingual:
    return Bilingual(zh, en or zh)


LIFT = Playbook(
    "lift",
    Version("YJ-12", "1.0"),
    (Kind.URGENT,),
    both("电梯困人", "Trapped in a lift"),
    (
        Step("calm", both("安抚并问清人数"), both("请不要扒门，我们马上联系救援。")),
        Step("ring", both("致电物业服务中心"), ring="property", minutes=3, stamps="centre_told_at"),
        Step("on_site", both("确认维保到场"), minutes=15),
    ),
    {"urgent_kind": ("lift",)},
)
URGENT = Playbook(
    "urgent",
    Version("YJ-10", "1.0"),
    (Kind.URGENT,),
    both("紧急工单"),
    (
        Step("where", both("先问位置")),
        Step("ring", both("致电物业服务中心"), ring="property", minutes=3, stamps="centre_told_at"),
    ),
)
ENQUIRY = Playbook(
    "enquiry",
    Version("ZX-01", "2.0"),
    (Kind.ENQUIRY,),
    both("咨询"),
    (Step("tell", both("告知系统升级中"), both("系统正在维护，我先为您手工登记。")),),
)
ABNORMAL = Playbook(
    "abuse",
    Version("FZ-01", "1.1"),
    (Kind.ABNORMAL,),
    both("骂人来电"),
    (Step("end", both("使用统一话术"), both("请您文明用语，否则我将结束通话。")),),
)
PACK = SitePack(
    both("示例资料包"),
    Version("P-1", "1.0"),
    playbooks=(ENQUIRY, URGENT, LIFT, ABNORMAL),
    contacts=(
        Contact(
            "jinxiu",
            "property",
            both("锦绣家园物业服务中心"),
            "057155501001",
            hours="24 h",
            serves=("锦绣家园",),
        ),
        Contact("duty", "property", both("物业总值班"), "400 8100 001", hours="24 h"),
        Contact("lead", "shift_lead", both("值班组长 周敏", "Zhou Min, shift lead"), "8001"),
    ),
)
