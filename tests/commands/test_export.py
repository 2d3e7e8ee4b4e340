"""``export`` as it is typed."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime
from pathlib import Path

import pytest

from desktop_app.cli import main
from desktop_app.domain.roles import Role
from desktop_app.paths import data_folder
from desktop_app.services.records import log_record
from desktop_app.services.stores import Person, create

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
PIN = "a long pass phrase"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    owner = Person("8021", "李娜", Role.AGENT)
    created = create(tmp_path / "07", station="07", owner=owner, pin=PIN, data_folder=data_folder(), now=NOW)
    with created.store as store:
        log_record(store, {"kind": "urgent", "caller_name": "=1+1", "phone": "+8613123450001"}, now=NOW)
    return tmp_path / "07"


def test_writes_what_was_logged(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("FALLBACK_DESK_USER", "8021")
    monkeypatch.setenv("FALLBACK_DESK_PIN", PIN)
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")
    out = tmp_path / "records.csv"
    assert main(["export", "--store", str(folder), "--out", str(out)]) == 0
    head, row = csv.reader(io.StringIO(out.read_text("utf-8-sig")))
    assert (head[0], head[1]) == ("number", "kind")
    assert (row[0], row[1], row[5], row[6]) == ("07-00001-9", "urgent", "'=1+1", "+8613123450001")
    assert capsys.readouterr().err == ""
    assert main(["export", "--store", str(folder), "--out", str(out), "--lang", "zh"]) == 0
    head, row = csv.reader(io.StringIO(out.read_text("utf-8-sig")))
    assert (head[0], row[1]) == ("临时编号", "紧急")
    assert str(out) in capsys.readouterr().out


@pytest.mark.parametrize("name", ["records.doc", "gone/records.csv", "07/records.csv"])
def test_one_sentence_where_it_cannot_be_written(
    folder: Path, tmp_path: Path, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    before = sorted(tmp_path.iterdir())
    assert main(["export", "--store", str(folder), "--out", str(tmp_path / name), "--lang", "en"]) == 2
    told = capsys.readouterr().err
    assert told.count("\n") == 1
    assert Path(name).name in told
    assert "Traceback" not in told
    assert sorted(tmp_path.iterdir()) == before
