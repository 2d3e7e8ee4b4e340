"""``handin``: bundles for accepted leads in a folder, and exit codes as promised."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from desktop_app.cli import main
from desktop_app.domain.roles import Role
from desktop_app.services.pairing import accept
from desktop_app.services.records import log_record
from tests.exchange.parties import party
from tests.faults.desk import PIN, STAFF_NUMBER, Desk

NOW = datetime(2026, 12, 28, 4, 0, tzinfo=UTC)


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    desk = Desk(tmp_path / "pc").create()
    monkeypatch.setenv("FALLBACK_DESK_DATA", str(desk.data))
    monkeypatch.setenv("FALLBACK_DESK_USER", STAFF_NUMBER)
    monkeypatch.setenv("FALLBACK_DESK_PIN", PIN)
    monkeypatch.setenv("LANG", "en_GB.UTF-8")
    return desk


def test_a_folder_is_filled_once(desk: Desk, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "out"
    told = ["handin", "--store", str(desk.folder), "--out", str(out)]
    assert main(told) == 2
    assert "accept a lead" in capsys.readouterr().err
    assert not out.exists()
    with desk.unlock() as store:
        accept(store, party("01", Role.LEAD).identity, now=NOW)
        log_record(store, {"kind": "enquiry", "summary": "x"}, now=NOW)
    assert main(told) == 0
    (file,) = out.iterdir()
    assert file.name in capsys.readouterr().out
    assert main(told) == 0
    assert "Nothing is new" in capsys.readouterr().out
    assert list(out.iterdir()) == [file]


def test_a_lead_of_the_policy_is_handed_in_to(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lead = party("02", Role.LEAD).identity
    key = tmp_path / "lead.fdkey"
    key.write_text(json.dumps(lead.to_json()), "utf-8")
    policy = tmp_path / "policy.toml"
    policy.write_text(f'leads = ["{key.as_posix()}"]\n', "utf-8")
    monkeypatch.setenv("FALLBACK_DESK_POLICY", str(policy))
    assert main(["handin", "--store", str(desk.folder), "--out", str(tmp_path)]) == 0
    (file,) = tmp_path.glob("*.handin")
    assert lead.store in file.read_bytes().split(b"\n")[0].decode()


def test_a_place_that_is_not_there_is_one_sentence(
    desk: Desk, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with desk.unlock() as store:
        accept(store, party("01", Role.LEAD).identity, now=NOW)
    away = tmp_path / "away" / "stick"
    assert main(["handin", "--store", str(desk.folder), "--out", str(away)]) == 2
    told = capsys.readouterr().err
    assert len(told.splitlines()) == 1
    assert str(away) in told
