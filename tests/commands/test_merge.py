"""``merge`` as it is called: exit codes, JSON in exactly the members of INTERFACES, sentences otherwise."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from desktop_app.cli import main
from desktop_app.domain.identity import Subject, SubjectKind
from desktop_app.domain.merging import cut
from desktop_app.domain.roles import Role
from desktop_app.paths import data_folder
from desktop_app.services.pairing import accept, show_identity
from desktop_app.services.stores import Person, create
from tests.floor import NOW, Desk, Floor, pair

PIN = "a long pass phrase"


@dataclass
class Called:
    """A lead's store as the command line opens it, and a station that has handed in."""

    folder: Path
    lead: Desk
    station: Desk


@pytest.fixture
def called(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Called]:
    owner = Person("8001", "王芳", Role.LEAD)
    made = create(tmp_path / "01", station="01", owner=owner, pin=PIN, data_folder=data_folder(), now=NOW)
    floor = Floor(tmp_path)
    lead, station = Desk(made.store), floor.desk("07")
    pair(lead, station)
    monkeypatch.setenv("FALLBACK_DESK_USER", "8001")
    monkeypatch.setenv("FALLBACK_DESK_PIN", PIN)
    monkeypatch.setenv("LANG", "en_GB.UTF-8")
    yield Called(tmp_path / "01", lead, station)
    made.store.close()
    floor.close()


def merge(called: Called, *rest: object) -> int:
    return main(["merge", "--store", str(called.folder), *map(str, rest)])


def test_the_result_as_json(called: Called, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    called.station.log_many(2)
    file, out = called.station.hand_in(called.lead), tmp_path / "out.json"
    assert merge(called, file, "--json", out) == 0
    told = json.loads(out.read_text("utf-8"))
    writer = called.station.bundle([]).manifest.lives[-1]
    assert told == {
        "bundles": [
            {"file": str(file), "station": "07", "writer": writer, "result": "merged", "new": 2, "reason": ""}
        ],
        "missing": [],
        "conflicts": [],
        "state_hash": called.lead.state_hash(),
    }
    assert "entries merged: 2" in capsys.readouterr().out
    assert merge(called, file, "--json", "-") == 0
    captured = capsys.readouterr()
    assert json.loads(captured.out)["bundles"][0]["result"] == "known"
    assert "merged before" in captured.err


def test_what_is_missing_makes_it_one(called: Called, capsys: pytest.CaptureFixture[str]) -> None:
    called.station.log_many(4)
    bundle = called.station.bundle([called.lead])
    (run,) = bundle.runs
    last = cut(run, 3)[1]
    file = called.station.hand_in(called.lead, bundle=replace(bundle, runs=(last,)))
    assert merge(called, file, "--json", "-") == 1
    captured = capsys.readouterr()
    (missing,) = json.loads(captured.out)["missing"]
    assert missing["station"] == "07"
    assert [number[:8] for number in missing["numbers"]] == ["07-00001", "07-00002", "07-00003"]
    assert "lacks entries: 1–3" in captured.err


def test_a_conflict_makes_it_one(called: Called, capsys: pytest.CaptureFixture[str]) -> None:
    logged = called.station.log()
    called.lead.merge(called.station.hand_in(called.lead))
    for desk, name in ((called.lead, "李娜"), (called.station, "赵敏")):
        with desk.store.change() as unit:
            unit.change(Subject(SubjectKind.RECORD, logged.subject_id), {"caller_name": name}, at=NOW)
    assert merge(called, called.station.hand_in(called.lead), "--json", "-") == 1
    captured = capsys.readouterr()
    told = json.loads(captured.out)["conflicts"]
    assert told == [{"number": str(logged.number), "field": "caller_name"}]
    assert f"{logged.number}: conflict in" in captured.err


def test_a_stranger_makes_it_one_and_a_refusal_two(
    called: Called, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    floor = Floor(tmp_path / "elsewhere")
    (tmp_path / "elsewhere").mkdir()
    stranger = floor.desk("12")
    accept(stranger.store, called.lead.identity, now=NOW)
    stranger.log_many(1)
    file = stranger.hand_in(called.lead)
    assert merge(called, file) == 1
    assert "Stations not accepted yet: 12" in capsys.readouterr().out
    cut_off = tmp_path / "cut.handin"
    cut_off.write_bytes(file.read_bytes()[:-9])
    called.station.log_many(1)
    assert merge(called, cut_off, called.station.hand_in(called.lead)) == 2
    captured = capsys.readouterr()
    assert "entries merged: 1" in captured.out
    assert "cut.handin" in captured.err
    assert captured.err.count("\n") == 1
    floor.close()


def test_leads_of_the_policy_are_accepted_before(
    called: Called, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    other = Floor(tmp_path / "elsewhere")
    other.folder.mkdir()
    lead = other.lead("02")
    key, policy = tmp_path / "02.fdkey", tmp_path / "policy.toml"
    show_identity(lead.store, key)
    gone = tmp_path / "none.fdkey"
    policy.write_text(f'leads = ["{key.as_posix()}", "{gone.as_posix()}"]\n', "utf-8")
    monkeypatch.setenv("FALLBACK_DESK_POLICY", str(policy))
    lead.log_many(1)
    assert merge(called, lead.hand_in(called.lead)) == 0
    assert str(gone) in capsys.readouterr().err
    other.close()


def test_a_name_that_is_no_text_or_several_lines(
    called: Called, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    called.station.log_many(1)
    whole = called.station.hand_in(called.lead).read_bytes()
    odd = tmp_path / os.fsdecode(b"a\xff.handin")
    odd.write_bytes(whole)
    lines = tmp_path / "two\nlines\u202e.handin"
    lines.write_bytes(whole[:-9])
    out = tmp_path / "out.json"
    assert merge(called, odd, lines, "--json", out) == 2
    captured = capsys.readouterr()
    assert captured.err.count("\n") == 1
    assert "\u202e" not in captured.err
    told = json.loads(out.read_text("utf-8"))["bundles"]
    assert [one["result"] for one in told] == ["merged", "refused"]
    assert Path(told[0]["file"]) == odd
