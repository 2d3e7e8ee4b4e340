"""A list of invented customers of any length, the same for the same seed.

Their phones are no numbers of any range: 10000000000 and upwards, as many as there are customers. They are in
temporary files of a benchmark only.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path
from random import Random

HEADER = ("客户编号", "客户姓名", "联系电话", "备用电话", "联系地址", "小区", "VIP", "备注")
FIRST_PHONE = 10_000_000_000
_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾萧田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟"
    "谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤"
)
_GIVEN = (
    "伟芳娜秀英敏静丽强磊军洋勇艳杰娟涛明超兰霞平刚桂文辉力建华国峰红玉梅春生飞龙海燕鹏宇浩然子轩雨涵欣怡梓豪一诺晨"
    "曦思远嘉琪志新凤琴云莲真环雪荣爱妹香月莺媛瑞凡佳慧巧美婷林雅南音菊翠凝晓欢霄枫芸菲寒伊亚宜可姬舒影荔枝丽阳"
)
_PLACES = "和平幸福阳光翠苑桂语丁香滨江云栖松涛紫荆湖畔玉兰金色锦绣东方世纪花园"
_KINDS = ("新村", "花园", "公寓", "家园", "小区", "苑", "府", "里")


def names(random: Random) -> str:
    """Return one invented name, short ones less often."""
    surname = _SURNAMES[int(len(_SURNAMES) * random.random() ** 2)]
    return surname + "".join(random.choices(_GIVEN, k=1 if random.random() < 0.2 else 2))


def rows(count: int, seed: int) -> Iterator[tuple[str, ...]]:
    """Yield so many customers; every phone comes once, in no order."""
    random = Random(seed)
    estates = ["".join(random.sample(_PLACES, 2)) + random.choice(_KINDS) for _ in range(400)]
    step = 618_033  # has no divisor in common with a power of ten
    for index in range(count):
        phone = FIRST_PHONE + index * step % count
        estate = random.choice(estates)
        home = f"{random.randint(1, 32)}幢{random.randint(1, 4)}单元"
        room = f"{random.randint(1, 30)}{random.randint(1, 4):02d}室"
        other = str(FIRST_PHONE + count + index) if random.random() < 0.1 else ""
        yield (
            f"K{index:08d}",
            names(random),
            str(phone),
            other,
            estate + home + room,
            estate,
            "金卡" if random.random() < 0.02 else "",
            "",
        )


def write_csv(path: Path, count: int, seed: int) -> None:
    """Write the list as a CRM exports it: UTF-8 with BOM."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEADER)
        writer.writerows(rows(count, seed))
