"""The log says where, never what: no value of a caller's gets into it whichever way it is tried."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest

from desktop_app.domain.errors import KnownError
from desktop_app.services.logs import FILE_NAME, FOLDER, last_lines, start_log, stop_log, traced

SECRETS = ("王芳", "13123450001", "12号楼", "secret street")


@pytest.fixture
def log(tmp_path: Path):
    handler = start_log(tmp_path)
    yield logging.getLogger("desktop_app.ui.capture")
    stop_log(handler)


def held(tmp_path: Path) -> str:
    return (tmp_path / FOLDER / FILE_NAME).read_text("utf-8")


def stumble(values: dict[str, str]) -> None:
    try:
        values["王芳"]
    except KeyError as error:
        raise ValueError(f"secret street {values}") from error


@pytest.mark.expects_log_error
def test_no_value_reaches_the_log(tmp_path: Path, log: logging.Logger) -> None:
    log.warning("saved %s %s", "王芳", 13123450001)
    log.warning("王芳 12号楼")
    log.warning("13123450001 of secret street")
    log.warning({"phone": "13123450001"})
    try:
        stumble({"phone": "13123450001"})
    except ValueError:
        log.exception("window.bug")
    try:
        raise KnownError("log.bad_time", text="12号楼")
    except KnownError:
        log.exception("王芳")
    text = held(tmp_path)
    assert not [secret for secret in SECRETS if secret in text]
    assert "window.bug" in text
    assert "builtins.ValueError" in text
    assert "builtins.KeyError" in text
    assert "log.bad_time" in text
    assert "test_logs.py:" in text
    assert str(tmp_path) not in text


def test_a_place_is_told_within_the_program_only(tmp_path: Path) -> None:
    try:
        KnownError("x", **{"code": 1})
    except TypeError as error:
        lines = list(traced(error))
    assert lines[0] == "builtins.TypeError"
    assert lines[1].startswith("  test_logs.py:")


def test_lines_of_somebody_else_are_left_out_of_a_report(tmp_path: Path, log: logging.Logger) -> None:
    log.warning("store.disk_full")
    file = tmp_path / FOLDER / FILE_NAME
    file.write_text(held(tmp_path) + "王芳 13123450001\n2026-01-01 plain words of a caller\n", "utf-8")
    lines = last_lines(tmp_path)
    assert lines[0].endswith("store.disk_full")
    assert lines[1:] == ["(left out)"] * 2


@pytest.mark.expects_log_error
def test_our_own_lines_are_all_kept_in_a_report(tmp_path: Path, log: logging.Logger) -> None:
    try:
        stumble({})
    except ValueError:
        log.exception("window.bug")
    assert "(left out)" not in last_lines(tmp_path)
    assert len(last_lines(tmp_path)) >= 5


def test_the_log_does_not_grow_for_ever(tmp_path: Path, log: logging.Logger) -> None:
    for _ in range(12_000):
        log.warning("store.disk_full")
    files = list((tmp_path / FOLDER).iterdir())
    assert 2 <= len(files) <= 4
    assert all(file.stat().st_size <= 256 * 1024 for file in files)


def test_a_folder_that_cannot_be_made_stops_nothing(tmp_path: Path, log: logging.Logger, capsys) -> None:
    (tmp_path / FOLDER).write_text("in the way")
    log.warning("store.disk_full")
    assert last_lines(tmp_path) == []
    assert capsys.readouterr().err == ""
