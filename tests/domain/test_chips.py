"""The chips that fit the record most closely are offered."""

import pytest

from desktop_app.domain.chips import chips_for
from desktop_app.domain.kinds import Kind
from desktop_app.domain.site_pack import Chips
from desktop_app.domain.site_text import Bilingual
from tests.packs import pack

PACK = pack(
    chips=(
        Chips(Kind.URGENT, (Bilingual("无伤"),)),
        Chips(Kind.URGENT, (Bilingual("2 人，1 老人，无伤"),), {"urgent_kind": ("lift",)}),
        Chips(Kind.COMPLAINT, (Bilingual("要求道歉"),), fills="customer_wants"),
    )
)


@pytest.mark.parametrize(
    ("values", "text"),
    [
        ({"kind": "urgent"}, "无伤"),
        ({"kind": "urgent", "urgent_kind": "lift"}, "2 人，1 老人，无伤"),
        ({"kind": "urgent", "urgent_kind": "fire"}, "无伤"),
        ({"kind": "complaint"}, "要求道歉"),
        ({"kind": "media"}, None),
        ({}, None),
    ],
)
def test_the_closest_ones(values: dict, text: str | None) -> None:
    found = chips_for(PACK, values)
    assert (found.texts[0].zh if found else None) == text
