"""What the pill and its tool tip say, in both languages."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from desktop_app.domain.delivery import LATE, Delivery, Phase
from desktop_app.domain.errors import KnownError
from desktop_app.domain.times import zone_of
from desktop_app.ui.delivery.telling import sentences, short
from desktop_app.words import Words

NOW = datetime(2026, 12, 28, 6, 2, tzinfo=UTC)
ZONE = zone_of("Asia/Shanghai")
AWAY = KnownError("delivery.away", folder=Path("/mnt/share"))
OK = Delivery(Phase.OK, at=NOW, leads=1, carried=True)


@pytest.mark.parametrize(
    ("told", "tone", "zh", "en"),
    [
        (Delivery(), "quiet", "上交未设置", "Hand-in not set up"),
        (Delivery(Phase.OK, at=NOW), "quiet", "等待组长密钥", "Waiting for a lead's key"),
        (Delivery(Phase.OK, at=NOW, to_confirm=1), "warn", "待确认 1", "1 to confirm"),
        (replace(OK, to_confirm=2), "warn", "待确认 2", "2 to confirm"),
        (OK, "ok", "上交：已交换 14:02", "Hand-in: exchanged 14:02"),
        (replace(OK, receipt_at=NOW), "ok", "上交：已收到回执 14:02", "Handed in: receipt 14:02"),
        (replace(OK, waiting=3), "info", "已交出 3，待回执", "3 handed in, no receipt yet"),
        (replace(OK, waiting=3, carried=False), "info", "待上交 3", "3 to hand in"),
        (Delivery(waiting=3, leads=1), "info", "待上交 3", "3 to hand in"),
        (
            replace(OK, phase=Phase.AWAY, reason=AWAY, waiting=3),
            "warn",
            "待上交 3 · 共享文件夹不可用，自动重试",
            "3 to hand in · shared folder away, retrying",
        ),
        (
            replace(OK, phase=Phase.AWAY, reason=AWAY),
            "warn",
            "共享文件夹不可用，自动重试",
            "Shared folder away, retrying",
        ),
        (
            replace(OK, waiting=3, waiting_since=NOW - LATE),
            "urgent",
            "3 条超过 30 分钟未到组长",
            "3 not with a lead for over 30 min",
        ),
    ],
)
def test_one_word_for_each_state(told: Delivery, tone: str, zh: str, en: str) -> None:
    for language, text in (("zh", zh), ("en", en)):
        found = short(Words(language), told, NOW, ZONE)
        assert (found[0], found[2]) == (tone, text)


def test_it_is_red_only_when_something_has_waited_for_too_long() -> None:
    for phase in Phase:
        for waiting in (0, 3):
            told = Delivery(
                phase,
                leads=1,
                reason=AWAY if phase is Phase.AWAY else None,
                waiting=waiting,
                waiting_since=NOW - LATE + timedelta(minutes=1) if waiting else None,
            )
            assert short(Words("zh"), told, NOW, ZONE)[0] != "urgent"


def test_the_sentences_say_what_there_is_to_do() -> None:
    told = replace(
        OK,
        phase=Phase.AWAY,
        reason=AWAY,
        since=NOW,
        receipt_at=NOW,
        by_hand=True,
        trouble=(KnownError("store.busy"),),
        refused=(KnownError("delivery.too_large", file="x.handin"),),
    )
    for language in ("zh", "en"):
        lines = sentences(Words(language), told, ZONE)
        assert len(lines) == 7
        assert str(Path("/mnt/share")) in "".join(lines)
        assert len(sentences(Words(language), Delivery(), ZONE)) == 2
