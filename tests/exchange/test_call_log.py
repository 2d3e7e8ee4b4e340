"""Call logs: a real Asterisk's (tests/samples/SOURCES.md) and others with a header."""

import csv
import io
from collections import Counter
from datetime import UTC, datetime, timedelta, tzinfo
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from desktop_app.domain.errors import KnownError
from desktop_app.domain.reconciliation import CallOutcome
from desktop_app.exchange import profiles
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


def legs() -> list[list[str]]:
    return list(csv.reader(io.StringIO((ASTERISK / "Master.csv").read_text("utf-8"))))


def written(path: Path, rows: list[list[str]]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    return path


def outcomes(*paths: Path, queue_log: bool = True, zone: tzinfo = ZONE) -> dict[str, tuple]:
    read = read_calls(list(paths), [ASTERISK / "queue_log"] if queue_log else [], None, zone)
    return {call.id: (call.outcome, call.started_at, call.agent, call.caller) for call in read.calls}


@pytest.mark.parametrize("fields", [17, 18])
def test_asterisk_with_fewer_fields(tmp_path: Path, fields: int) -> None:
    path = written(tmp_path / "Master.csv", [row[:fields] for row in legs()])
    assert outcomes(path) == outcomes(ASTERISK / "Master.csv")


def test_asterisk_without_ids_still_counts_rows(tmp_path: Path) -> None:
    """16 fields hold no unique id: rows cannot be joined, ids are file:row, the zone stays open."""
    path = written(tmp_path / "Master.csv", [row[:16] for row in legs()])
    read = read_calls([path], [], None, ZONE)
    assert read.calls[0].id == "Master.csv:1"
    assert not read.zone_fixed
    assert read.calls[0].started_at == datetime(2026, 11, 21, 19, 41, 14, tzinfo=UTC)


def test_asterisk_custom_order_is_recognised(tmp_path: Path) -> None:
    """cdr_custom writes the same file name in another order."""
    order = profiles.shipped("asterisk").order
    custom = profiles.shipped("asterisk-custom").order
    rows = [[dict(zip(order, row, strict=True)).get(name, "7") for name in custom] for row in legs()]
    path = written(tmp_path / "Master.csv", rows)
    read = read_calls([path], [ASTERISK / "queue_log"], None, ZONE)
    assert read.profile == "asterisk-custom"
    assert outcomes(path) == outcomes(ASTERISK / "Master.csv")


FREEPBX = (
    "calldate,clid,src,dst,dcontext,channel,dstchannel,lastapp,lastdata,duration,billsec,disposition,amaflags,"
    "accountcode,uniqueid,userfield,did,recordingfile,cnum,cnam,outbound_cnum,outbound_cnam,dst_cnam,linkedid,"
    "peeraccount,sequence"
)


def test_freepbx_table_with_a_header(tmp_path: Path) -> None:
    order = profiles.shipped("asterisk").order
    header = FREEPBX.split(",")
    rows = []
    for row in legs():
        values = dict(zip(order, row, strict=True))
        values |= {"calldate": values["start"], "linkedid": values["uniqueid"], "did": "4008100009"}
        values |= {"recordingfile": f"in-{values['uniqueid']}.wav" if values["dstchannel"] else ""}
        rows.append([values.get(name, "") for name in header])
    path = written(tmp_path / "cdr.csv", [header, *rows])
    assert outcomes(path) == outcomes(ASTERISK / "Master.csv")
    calls = read_calls([path], [], None, ZONE).calls
    assert {call.callee for call in calls} == {"4008100009"}
    answered = [call for call in calls if call.outcome is CallOutcome.ANSWERED]
    assert answered
    assert all(call.recording.endswith(".wav") for call in answered)


def test_a_plain_log_names_its_recordings(tmp_path: Path) -> None:
    head = ["通话id", "开始时间", "主叫号码", "坐席", "通话时长", "录音文件"]
    row = ["c1", "2026-11-22 09:00:00", "13123450001", "8021", "95", "20261122/090000-8021.mp3"]
    (call,) = read_calls([written(tmp_path / "log.csv", [head, row])], [], None, ZONE).calls
    assert (call.id, call.recording) == ("c1", "20261122/090000-8021.mp3")


def test_a_log_in_utc_tells_so_by_its_ids(tmp_path: Path) -> None:
    """usegmtime=yes is the packaged default and leaves no other sign."""
    rows = legs()
    for row in rows:
        for place in (9, 10, 11):
            if row[place]:
                local = datetime.fromisoformat(row[place]) - timedelta(hours=8)
                row[place] = local.isoformat(" ")
    path = written(tmp_path / "Master.csv", rows)
    assert outcomes(path) == outcomes(ASTERISK / "Master.csv")
    assert outcomes(path, zone=UTC) == outcomes(ASTERISK / "Master.csv")


def test_ids_without_a_plausible_time_tell_no_zone(tmp_path: Path) -> None:
    rows = legs()
    for place, row in enumerate(rows):
        row[16] = f"1600000000.{place}"
    read = read_calls([written(tmp_path / "Master.csv", rows)], [], None, ZONE)
    assert not read.zone_fixed
    assert read.calls[0].started_at == datetime(2026, 11, 21, 19, 41, 14, tzinfo=UTC)


def leg(**told: str) -> list[str]:
    plain = {
        "accountcode": "", "src": "13123450001", "dst": "4008100001", "dcontext": "incoming",
        "clid": '"甲" <13123450001>', "channel": "SIP/trunk-00000001", "dstchannel": "", "lastapp": "Hangup",
        "lastdata": "", "start": "2026-03-01 08:00:00", "answer": "2026-03-01 08:00:00",
        "end": "2026-03-01 08:01:00", "duration": "60", "billsec": "60", "disposition": "ANSWERED",
        "amaflags": "DOCUMENTATION", "uniqueid": "1772323200.1", "userfield": "",
    }  # fmt: skip
    return list((plain | told).values())


AGENT = {"dstchannel": "SIP/8001-00000002", "lastapp": "Queue"}
DIALLED = {"dstchannel": "SIP/8001-00000002", "lastapp": "Dial"}


@pytest.mark.parametrize(
    ("rows", "events", "outcome"),
    [
        ([leg(**AGENT)], [], "answered"),
        ([leg(**AGENT)], ["CONNECT", "COMPLETECALLER"], "answered"),
        # The queue log decides for what the queue did.
        ([leg(**AGENT)], ["ABANDON"], "abandoned"),
        ([leg(**AGENT, disposition="NO ANSWER")], ["CONNECT"], "answered"),
        # A log cut short, before anything ended the call: the legs decide.
        ([leg(**AGENT)], ["ENTERQUEUE"], "answered"),
        ([leg()], [], "turned_away"),
        ([leg()], ["EXITEMPTY"], "turned_away"),
        ([leg(lastapp="BackGround")], [], "abandoned"),
        ([leg(lastapp="Queue")], [], "abandoned"),
        ([leg(lastapp="Congestion", disposition="CONGESTION")], [], "turned_away"),
        ([leg(**DIALLED, disposition="BUSY")], [], "turned_away"),
        ([leg(**DIALLED, disposition="FAILED")], [], "turned_away"),
        ([leg(**DIALLED, disposition="NO ANSWER")], [], "abandoned"),
        ([leg(**DIALLED, disposition="BUSY"), leg(**DIALLED, disposition="NO ANSWER")], [], "abandoned"),
        # A time-out in the queue, then an agent dialled by the dial plan: someone talked.
        ([leg(lastapp="Queue", disposition="NO ANSWER"), leg(**DIALLED)], ["EXITWITHTIMEOUT"], "answered"),
        # Two queues one after the other.
        ([leg(**AGENT)], ["EXITWITHTIMEOUT", "CONNECT"], "answered"),
        ([leg(**AGENT)], ["CONNECT", "ABANDON"], "answered"),
        ([leg(lastapp="Queue")], ["EXITWITHTIMEOUT", "ABANDON"], "abandoned"),
    ],
)
def test_outcome_of_one_call(tmp_path: Path, rows: list, events: list[str], outcome: str) -> None:
    path = written(tmp_path / "Master.csv", rows)
    log = tmp_path / "queue_log"
    lines = [f"177232321{place}|1772323200.1|q|SIP/8001|{event}|1|1|1" for place, event in enumerate(events)]
    log.write_text("1772323201|NONE|NONE|NONE|QUEUESTART|\n" + "\n".join(lines) + "\n", "utf-8")
    (call,) = read_calls([path], [log], None, ZONE).calls
    assert call.outcome == outcome
    assert call.agent == ("8001" if outcome == "answered" else "")


@pytest.mark.parametrize(
    "row",
    [
        leg(dcontext="from-internal", src="8001", channel="SIP/8001-00000001", dst="13123450009", **DIALLED),
        leg(src="8001", channel="PJSIP/8001-00000001", dst="13123450009", **DIALLED),
        leg(dcontext="outgoing", dst="13123450009"),
    ],
)
def test_outbound_calls_are_no_inbound_calls(tmp_path: Path, row: list[str]) -> None:
    row[16] = "1772323200.9"
    path = written(tmp_path / "Master.csv", [leg(**AGENT), row])
    read = read_calls([path], [], None, ZONE)
    assert [call.id for call in read.calls] == ["1772323200.1"]
    assert "outbound_calls" in {note.code for note in read.notes}


def test_a_service_number_may_call(tmp_path: Path) -> None:
    """95588 and 110 are short and yet callers: only the centre's own extensions are not."""
    path = written(tmp_path / "Master.csv", [leg(src="95588", **AGENT)])
    assert [call.caller for call in read_calls([path], [], None, ZONE).calls] == ["95588"]


def test_calls_that_only_the_queue_log_knows(tmp_path: Path) -> None:
    path = written(tmp_path / "Master.csv", legs()[:2])
    read = read_calls([path], [ASTERISK / "queue_log"], None, ZONE)
    assert len(read.calls) == 34
    assert {call.source.file for call in read.calls} == {"Master.csv", "queue_log"}
    assert any(note.code == "only_in_queue_log" for note in read.notes)


@pytest.mark.parametrize(
    ("header", "rows"),
    [
        (
            "呼叫ID,呼入时间,主叫号码,被叫号码,坐席工号,接听状态,通话时长,呼叫方向,结束时间",
            [
                "a1,2026/3/1 8:00:00,13123450001,4008100001,8001,已接听,0:01:35,呼入,2026/3/1 8:02:00",
                "a2,2026/3/1 8:05:00,13123450002,4008100001,,排队放弃,0,呼入,2026/3/1 8:05:30",
                "a3,2026/3/1 8:06:00,13123450003,4008100001,,坐席全忙,0,呼入,2026/3/1 8:06:00",
                "a4,2026/3/1 8:07:00,8001,13123450009,8001,已接听,0:00:30,呼出,2026/3/1 8:07:40",
            ],
        ),
        (
            "Call ID;Start Time;Caller;Callee;Agent;Result;Talk Time;Direction;End Time",
            [
                "a1;2026-03-01T00:00:00Z;13123450001;4008100001;8001;Answered;95;Inbound;2026-03-01T00:02:00Z",
                "a2;2026-03-01T00:05:00Z;13123450002;4008100001;;Missed;0;Inbound;2026-03-01T00:05:30Z",
                "a3;2026-03-01T00:06:00Z;13123450003;4008100001;;Queue full;0;Inbound;2026-03-01T00:06:00Z",
                "a4;2026-03-01T00:07:00Z;8001;13123450009;8001;Answered;30;Outbound;2026-03-01T00:07:40Z",
            ],
        ),
    ],
)
def test_other_logs_by_their_header(tmp_path: Path, header: str, rows: list[str]) -> None:
    path = tmp_path / "calls.csv"
    path.write_text("\n".join([header, *rows]), "utf-8")
    read = read_calls([path], [], None, ZONE)
    assert read.profile == "generic"
    assert [(call.id, call.outcome.value, call.talk_seconds, call.agent) for call in read.calls] == [
        ("a1", "answered", 95, "8001"),
        ("a2", "abandoned", 0, ""),
        ("a3", "turned_away", 0, ""),
    ]
    assert read.calls[0].started_at == datetime(2026, 3, 1, tzinfo=UTC)
    assert read.calls[1].ended_at == datetime(2026, 3, 1, 0, 5, 30, tzinfo=UTC)


def test_a_table_without_a_start_is_no_call_log(tmp_path: Path) -> None:
    path = tmp_path / "calls.csv"
    path.write_text("a,b\n1,2\n", "utf-8")
    with pytest.raises(KnownError) as refused:
        read_calls([path], [], None, ZONE)
    assert refused.value.code == "reading.no_header"


@pytest.mark.parametrize(
    ("name", "text", "code"),
    [
        ("queue_log", "呼入时间,主叫号码\n2026-11-21 09:00,13123450001\n", "no_queue_event"),
        ("calls.csv", "呼入时间,主叫号码\n", "no_call"),
        ("calls.csv", "呼入时间,主叫号码\n昨天,13123450001\n", "no_call"),
    ],
)
def test_a_log_without_a_call_is_told(tmp_path: Path, name: str, text: str, code: str) -> None:
    """Read as "nobody called" it would give the all-clear."""
    path = tmp_path / name
    path.write_text(text, "utf-8")
    told = ([], [path]) if name == "queue_log" else ([path], [])
    with pytest.raises(KnownError) as refused:
        read_calls(*told, None, ZONE)
    assert refused.value.code == f"reading.{code}"
    assert refused.value.details == {"file": name}


def test_a_quiet_queue_log_is_one(tmp_path: Path) -> None:
    path = tmp_path / "queue_log"
    path.write_text("1795290000|NONE|NONE|NONE|QUEUESTART|\n", "utf-8")
    assert read_calls([], [path], None, ZONE).calls == ()
