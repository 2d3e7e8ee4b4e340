"""Call logs: a real Asterisk's (tests/samples/SOURCES.md) and others with a header."""

from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from desktop_app.exchange.call_log import read_calls

SAMPLES = Path(__file__).parents[1] / "samples"
ASTERISK = SAMPLES / "asterisk16_dev"
ZONE = ZoneInfo("Asia/Shanghai")


@pytest.mark.parametrize("with_queue_log", [True, False])
def test_asterisk_fifty_calls(with_queue_log: bool) -> None:
    """50 calls: 27 CONNECT; 3 time-outs, 3 full queue, 3 busy, 2 failed; 4 ABANDON, 8 rang unanswered."""
    queue_logs = [ASTERISK / "queue_log"] if with_queue_log else []
    read = read_calls([ASTERISK / "Master.csv"], queue_logs, None, ZONE)
    counts = Counter(call.outcome.value for call in read.calls)
    assert counts == {"answered": 27, "turned_away": 11, "abandoned": 12}
    assert (read.profile, read.guessed, read.zone_fixed) == ("asterisk", True, True)
    first = read.calls[0]
    assert first.id == "manual-lab-1795290074.0"
    assert first.started_at == datetime(2026, 11, 21, 19, 41, 14, tzinfo=UTC)
    assert (first.caller, first.callee, first.caller_name) == ("13123452471", "4008100001", "黎建")
    assert first.agent == ("坐席8002" if with_queue_log else "8002")


def test_asterisk_queue_log_alone() -> None:
    read = read_calls([], [ASTERISK / "queue_log"], None, ZONE)
    counts = Counter(call.outcome.value for call in read.calls)
    assert counts == {"answered": 27, "turned_away": 3, "abandoned": 4}


def test_asterisk_logs_of_the_same_calls_count_once() -> None:
    paths = [ASTERISK / name for name in ("Master.csv", "hotline.csv", "urgent.csv", "queue_log")]
    read = read_calls(paths, [], None, ZONE)
    assert len(read.calls) == 50
    assert len(read.files) == 4
