"""Which own fields are asked, and how what is typed into them is read."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest

from desktop_app.domain.entries import Value
from desktop_app.domain.incident_types import Asked, Option, OwnField, OwnFieldKind
from desktop_app.domain.own_fields import held, is_asked, is_read, missing, names_of, read, told
from desktop_app.domain.site_text import Bilingual

NOW = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
ZONE = timezone(timedelta(hours=8))
_K = OwnFieldKind


def field(kind: OwnFieldKind, key: str = "one", *, asked: Asked = Asked(), needed: bool = False) -> OwnField:
    return OwnField(key, kind, Bilingual("字段", "Field"), needed=needed, asked=asked)


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        (_K.TEXT, "  张三 ", "张三"),
        (_K.LONG_TEXT, " 第一行\n第二行\n", " 第一行\n第二行"),
        (_K.NUMBER, "２人", 2),
        (_K.NUMBER, "92.5%", "92.5"),
        (_K.NUMBER, "好几个", "好几个"),
        (_K.MONEY, "5,000元", "5000.00"),
        (_K.MOMENT, "10:03", "2026-03-02T02:03:00.000000Z"),
        (_K.STAMP, "t", "2026-03-02T02:00:00.000000Z"),
        (_K.MOMENT, "一会儿", "一会儿"),
        (_K.CHOICES, "man calm", ["man", "calm"]),
        (_K.YES_NO, "no", False),
        (_K.TEXT, "  ", None),
    ],
)
def test_text_is_read_as_the_kind_of_its_field(kind: OwnFieldKind, text: str, value: Value) -> None:
    assert read(field(kind), text, ZONE, NOW) == value


def test_a_time_to_come_is_read_as_one() -> None:
    evening = NOW + timedelta(hours=10)
    assert read(field(_K.MOMENT, "statement_due"), "9:00", ZONE, evening) == "2026-03-03T01:00:00.000000Z"
    assert read(field(_K.MOMENT, "last_seen_at"), "9:00", ZONE, evening) == "2026-03-02T01:00:00.000000Z"


@pytest.mark.parametrize(
    ("kind", "value", "known"),
    [
        (_K.MOMENT, "一会儿", False),
        (_K.MOMENT, "2026-03-02T02:03:00.000000Z", True),
        (_K.NUMBER, "好几个", False),
        (_K.NUMBER, "92.5", True),
        (_K.NUMBER, 2, True),
        (_K.MONEY, "很多", False),
        (_K.TEXT, "随便", True),
    ],
)
def test_it_is_known_what_could_not_be_read(kind: OwnFieldKind, value: Value, known: bool) -> None:
    assert is_read(field(kind), value) is known


def test_a_loss_over_5000_yuan_asks_for_the_police() -> None:
    police = field(_K.MOMENT, "police_rung_at", asked=Asked("loss", over=5000), needed=True)
    for loss, asked in ((None, False), ("5000.00", False), ("5000.01", True), ("很多", False)):
        assert is_asked(police, {"loss": loss}) is asked
    assert is_asked(police, {"police_rung_at": "2026-03-02T02:03:00.000000Z"})


def test_a_choice_a_yes_and_one_of_several_ask() -> None:
    asked = field(_K.TEXT, asked=Asked("other", ("yes", "call")))
    for value, is_it in ((True, True), (False, False), ("call", True), ("no", False), (None, False)):
        assert is_asked(asked, {"other": value}) is is_it
    assert is_asked(asked, {"other.call": True})
    assert not is_asked(asked, {"other.no": True})


def test_each_of_several_choices_is_kept_by_itself() -> None:
    options = tuple(Option(code, Bilingual(code)) for code in ("man", "calm"))
    voice = OwnField("voice", _K.CHOICES, Bilingual("声音"), needed=True, options=options)
    assert told(voice, ["calm"]) == {"voice.man": None, "voice.calm": True}
    assert held(voice, {"voice.calm": True, "voice.man": None}) == ["calm"]
    assert names_of(voice) == ("voice.man", "voice.calm")
    assert missing([voice], {}) == (voice,)
    assert missing([voice], told(voice, ["man"])) == ()


def test_what_is_missing_is_needed_asked_and_empty() -> None:
    always = field(_K.YES_NO, "filming", needed=True)
    count = field(_K.NUMBER, "count", needed=True)
    later = field(_K.TEXT, "later", asked=Asked("count", over=1), needed=True)
    free = field(_K.TEXT, "free")
    fields = (always, count, later, free)
    assert [one.key for one in missing(fields, {})] == ["filming", "count"]
    assert [one.key for one in missing(fields, {"filming": False, "count": 0})] == []
    assert [one.key for one in missing(fields, {"filming": True, "count": 2})] == ["later"]
