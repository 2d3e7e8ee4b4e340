"""Greetings bound to dates come before the usual one, and only on their days."""

from datetime import date

import pytest

from desktop_app.domain.greetings import greetings_on
from desktop_app.domain.site_pack import Greeting
from desktop_app.domain.site_text import Bilingual, Span
from tests.packs import pack

PACK = pack(
    greetings=(
        Greeting("usual", Bilingual("您好")),
        Greeting("spring", Bilingual("新春快乐"), Span(date(2027, 2, 5), date(2027, 2, 20))),
        Greeting("until", Bilingual("优惠"), Span(last=date(2026, 12, 31))),
    )
)


@pytest.mark.parametrize(
    ("day", "keys"),
    [
        (date(2026, 11, 22), ["until", "usual"]),
        (date(2027, 2, 4), ["usual"]),
        (date(2027, 2, 5), ["spring", "usual"]),
        (date(2027, 2, 20), ["spring", "usual"]),
        (date(2027, 2, 21), ["usual"]),
    ],
)
def test_the_day_decides(day: date, keys: list[str]) -> None:
    assert [one.key for one in greetings_on(PACK, day)] == keys
