"""Characters brought to one comparable form: width, case, traditional and simplified, Chinese numerals."""

from __future__ import annotations

import re
import unicodedata

from desktop_app.domain.remembered import remembered

# The traditional characters that stand in names and addresses most; pinyin catches the rest in names.
_TRADITIONAL = (
    "張陳劉楊趙黃吳孫馬羅鄭謝許馮鄧蕭蔣葉閻盧鍾鐘賈麗華國強偉東軍傑龍鳳蘭紅靜"
    "飛雲電樓號棟單層區園廣門街鎮鄉縣莊灣橋戶間梁宋韓嚴"
)
_SIMPLIFIED = (
    "张陈刘杨赵黄吴孙马罗郑谢许冯邓萧蒋叶阎卢钟钟贾丽华国强伟东军杰龙凤兰红静"
    "飞云电楼号栋单层区园广门街镇乡县庄湾桥户间梁宋韩严"
)
_SIMPLIFY = str.maketrans(_TRADITIONAL, _SIMPLIFIED)

_DIGIT = {
    "零": 0,
    "〇": 0,
    "一": 1,
    "二": 2,
    "两": 2,
    "三": 3,
    "四": 4,
    "五": 5,
    "六": 6,
    "七": 7,
    "八": 8,
    "九": 9,
}
_UNIT = {"十": 10, "百": 100}
_NUMERAL = re.compile("[零〇一二两三四五六七八九十百]+")


@remembered(16_384)
def plain(text: str) -> str:
    """Return ``text`` in NFKC, simplified where known, lower case, without spaces at the ends."""
    return unicodedata.normalize("NFKC", text).translate(_SIMPLIFY).casefold().strip()


def with_arabic_numerals(text: str) -> str:
    """Return ``text`` with Chinese numerals as digits: 三幢 → 3幢, 十二 → 12, 一六零二 → 1602."""
    return _NUMERAL.sub(lambda found: _arabic(found[0]), text)


def _arabic(numeral: str) -> str:
    if not any(character in _UNIT for character in numeral):
        return "".join(str(_DIGIT[character]) for character in numeral)
    total, pending = 0, 0
    for character in numeral:
        if character in _UNIT:
            total += (pending or 1) * _UNIT[character]
            pending = 0
        else:
            pending = _DIGIT[character]
    return str(total + pending)


def is_han(character: str) -> bool:
    """Whether the character is a Chinese one."""
    return "\u4e00" <= character <= "\u9fff" or "\u3400" <= character <= "\u4dbf"
