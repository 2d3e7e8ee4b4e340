"""The command line as a shell starts it: streams that are closed, full, narrow or cut off."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from desktop_app.domain.numbers import parse_number
from tests.faults.desk import ROOT, Desk, rows_by_number

SUMMARIES = ("停水", "停电")


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    return Desk(tmp_path_factory.mktemp("desk")).create()


def shell(line: str, environment: dict[str, str], **more: object) -> tuple[int, str, str]:
    """Run ``line`` with ``$RUN`` as the program; exit code of its first command, stdout, stderr."""
    run = {"RUN": f"{sys.executable} -m desktop_app", "PYTHONPATH": str(ROOT), "LANG": "en_US.UTF-8"}
    ended = subprocess.run(
        ["bash", "-c", line + "; exit ${PIPESTATUS[0]}"],
        env=environment | run,
        capture_output=True,
        text=True,
        check=False,
        **more,
    )
    return ended.returncode, ended.stdout, ended.stderr


def sentence(told: tuple[int, str, str]) -> str:
    code, out, err = told
    assert (code, out) == (2, "")
    assert err.count("\n") == 1, err
    return err


def lines(folder: Path) -> Path:
    path = folder / "in.jsonl"
    path.write_text("".join(f'{{"summary": "{summary}"}}\n' for summary in SUMMARIES), "utf-8")
    return path


@pytest.mark.parametrize(
    ("streams", "told"),
    [
        ("<&-", "no standard input"),
        ("< in.jsonl >&-", "Standard output is closed"),
    ],
)
def test_a_closed_stream_saves_nothing(desk: Desk, tmp_path: Path, streams: str, told: str) -> None:
    lines(tmp_path)
    with desk.unlock(writing=False) as store:
        before = rows_by_number(store)
    line = f"$RUN log --store {desk.folder} {streams}"
    assert told in sentence(shell(line, desk.environment(), cwd=tmp_path))
    with desk.unlock(writing=False) as store:
        assert rows_by_number(store) == before


@pytest.mark.parametrize("output", [">/dev/full", "| true"])
def test_a_number_that_could_not_be_shown_is_told(desk: Desk, tmp_path: Path, output: str) -> None:
    lines(tmp_path)
    with desk.unlock(writing=False) as store:
        before = rows_by_number(store)
    line = f"$RUN log --store {desk.folder} < in.jsonl {output}"
    code, out, err = shell(line, desk.environment(), cwd=tmp_path)
    assert (code, out) == (2, "")
    assert "Traceback" not in err
    assert "Exception ignored" not in err
    with desk.unlock(writing=False) as store:
        (number,) = rows_by_number(store).keys() - before.keys()
    assert parse_number(number)
    assert number in err.splitlines()[0]


@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_help_that_cannot_be_written(desk: Desk, unbuffered: str) -> None:
    environment = desk.environment() | {"PYTHONUNBUFFERED": unbuffered}
    assert "No space left" in sentence(shell("$RUN --help >/dev/full", environment))
    assert shell("$RUN --help | true", environment) == (2, "", "")


def test_a_closed_stderr_keeps_sentences_off_stdout(desk: Desk) -> None:
    assert shell("$RUN doctor --store nowhere 2>&-", desk.environment()) == (2, "", "")


def test_chinese_help_on_an_ascii_console(desk: Desk) -> None:
    environment = desk.environment() | {"PYTHONIOENCODING": "ascii"}
    code, out, err = shell("LANG=zh_CN.UTF-8 $RUN reconcile --help", environment)
    assert (code, err) == (0, "")
    assert "\\u" in out


def test_the_input_ends_at_a_prompt(desk: Desk) -> None:
    environment = desk.environment()
    del environment["FALLBACK_DESK_USER"]
    try:
        terminal, theirs = os.openpty()
    except OSError:
        pytest.skip("this system has no pseudo-terminals mounted, so nobody can be asked anything")
    try:
        os.write(terminal, b"\x04")
        told = shell(f"$RUN doctor --store {desk.folder} >/dev/null", environment, stdin=theirs)
    finally:
        os.close(terminal)
        os.close(theirs)
    assert "input ended" in sentence(told)


@pytest.mark.parametrize(
    "command",
    [
        "export --store {store} --out {long}.csv",
        "reconcile --records {records} --out {long}.xlsx",
        "reconcile --records {long}.csv --out out.xlsx",
        "demo --out {long}",
        "doctor --store {long}",
    ],
)
def test_a_name_too_long_for_the_disk(desk: Desk, tmp_path: Path, command: str) -> None:
    line = command.format(store=desk.folder, records=lines(tmp_path), long="x" * 300)
    told = sentence(shell(f"$RUN {line}", desk.environment(), cwd=tmp_path))
    assert re.search("x{300}", told)
