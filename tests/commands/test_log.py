from __future__ import annotations

import io
import json
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from desktop_app.cli import main
from desktop_app.domain.numbers import parse_number
from desktop_app.services.records import reserve_numbers, template_rows
from tests.faults.desk import PIN, STAFF_NUMBER, Desk

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
Log = Callable[..., tuple[int, list[str], list[str]]]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    return Desk(tmp_path_factory.mktemp("desk")).create()


@pytest.fixture
def desk(made: Desk, monkeypatch: pytest.MonkeyPatch) -> Desk:
    monkeypatch.setenv("FALLBACK_DESK_DATA", str(made.data))
    monkeypatch.setenv("FALLBACK_DESK_USER", STAFF_NUMBER)
    monkeypatch.setenv("FALLBACK_DESK_PIN", PIN)
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")
    return made


@pytest.fixture
def log(desk: Desk, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Log:
    def run(*lines: object) -> tuple[int, list[str], list[str]]:
        content = b"\n".join(line if isinstance(line, bytes) else json.dumps(line).encode() for line in lines)
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content)))
        code = main(["log", "--store", str(desk.folder)])
        told = capsys.readouterr()
        return code, told.out.splitlines(), told.err.splitlines()

    return run


def saved(desk: Desk) -> dict[str, dict[str, str]]:
    with desk.unlock(writing=False) as store:
        return {row["number"]: row for row in template_rows(store)}


def test_every_record_is_answered_by_its_number_first(desk: Desk, log: Log) -> None:
    code, out, err = log(
        {"summary": "停水", "kind": "投诉"}, {"phone": "13123450001", "agent": "1", "station": "99"}
    )
    assert (code, err) == (0, [])
    numbers = [parse_number(line.split()[0]) for line in out]
    assert None not in numbers
    rows = saved(desk)
    one, two = (rows[str(number)] for number in numbers)
    assert (one["summary"], one["kind"]) == ("停水", "complaint")
    assert (two["phone"], two["agent"], two["station"]) == ("13123450001", STAFF_NUMBER, "07")


HOSTILE = [
    b"not json",
    b"[" * 50_000,
    b'{"phone": NaN}',
    b'{"phone": "1", "phone": "2"}',
    b'{"detail": "' + b"x" * (10 << 20) + b'"}',
    b"\xff\xfe",
    {},
    {"unknown": "x"},
    {"\ud800": "x"},
    {"summary": {"a": 1}},
    {"summary": "x", "kind": "抱怨\ud800"},
    {"summary": "x", "number": "07-00001-9"},
    {"summary": "x", "received_at": "0000-00-00T00:00"},
    {"detail": "长" * 300_000},
]


def test_hostile_lines_are_named_and_the_others_kept(desk: Desk, log: Log) -> None:
    before = len(saved(desk))
    code, out, err = log({"summary": "first"}, *HOSTILE, {"summary": "last\x00\ud800"})
    assert code == 2
    assert [line.split("：")[0] for line in err] == [f"第 {number + 2} 行" for number in range(len(HOSTILE))]
    assert "Traceback" not in "".join(err)
    rows = saved(desk)
    assert [rows[line.split()[0]]["summary"] for line in out] == ["first", "last"]
    assert len(rows) == before + 2


def test_a_reserved_number_is_taken_once(desk: Desk, log: Log) -> None:
    with desk.unlock() as store:
        first, second = reserve_numbers(store, 2, now=NOW)
    paper = {"summary": "纸单", "number": str(second), "paper_serial": "A-2"}
    code, out, err = log(paper, paper, {"summary": "x", "number": str(first)})
    assert (code, [line.split()[0] for line in out]) == (2, [str(second), str(first)])
    assert len(err) == 1


def test_it_runs_beside_an_open_store(desk: Desk, log: Log) -> None:
    with desk.unlock() as store:
        before = len(template_rows(store))
        assert log({"summary": "停水"})[0] == 0
        assert len(template_rows(store)) == before + 1


def test_the_wrong_pin_and_no_store_are_one_sentence(
    desk: Desk, log: Log, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("FALLBACK_DESK_PIN", "not the right one")
    code, out, err = log({"summary": "停水"})
    assert (code, out, len(err)) == (2, [], 1)
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"")))
    assert main(["log", "--store", str(tmp_path / "absent")]) == 2
