"""``pair``: a key file goes from store to store, and the code that two people compare is printed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from desktop_app.cli import main
from desktop_app.domain.identities import Identity
from desktop_app.exchange.bundles import write_bundle
from desktop_app.services.merge import merge_bundles
from desktop_app.services.pairing import own
from tests.exchange.parties import NOW, bundle_of, chained, party, run_of, said
from tests.faults.desk import PIN, STAFF_NUMBER, Desk


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    made = Desk(tmp_path).create()
    monkeypatch.setenv("FALLBACK_DESK_DATA", str(made.data))
    monkeypatch.setenv("FALLBACK_DESK_USER", STAFF_NUMBER)
    monkeypatch.setenv("FALLBACK_DESK_PIN", PIN)
    monkeypatch.setenv("LANG", "en_GB.UTF-8")
    return made


def test_show_and_accept(desk: Desk, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shown = tmp_path / "own.fdkey"
    assert main(["pair", "--store", str(desk.folder), "--show", str(shown)]) == 0
    own = Identity.from_json(json.loads(shown.read_bytes()))
    assert own.code in capsys.readouterr().out
    assert main(["pair", "--store", str(desk.folder), "--accept", str(shown)]) == 2
    assert "this store itself" in capsys.readouterr().err
    other = party("01").identity
    file = tmp_path / "01.fdkey"
    file.write_text(json.dumps(other.to_json()), "utf-8")
    for told in ("is accepted", "was accepted already"):
        assert main(["pair", "--store", str(desk.folder), "--accept", str(file)]) == 0
        out = capsys.readouterr().out
        assert told in out
        assert other.code in out


def test_what_waited_is_merged(desk: Desk, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    station = party("09")
    with desk.unlock() as store:
        own_ = own(store)
        run = run_of(station, chained(station.writer, [said("一"), said("二")]))
        waiting = write_bundle(tmp_path, bundle_of(station, run), station.keys, [own_])
        (result,) = merge_bundles(store, [waiting], now=NOW).bundles
        assert result.result == "quarantined"
    file = tmp_path / "09.fdkey"
    file.write_text(json.dumps(station.identity.to_json()), "utf-8")
    for told in (["station 09, entries merged: 2"], []):
        assert main(["pair", "--store", str(desk.folder), "--accept", str(file)]) == 0
        out = capsys.readouterr().out.splitlines()
        assert [line.partition(": ")[2] for line in out[1:-1]] == told


def test_one_of_both_has_to_be_asked_for(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main(["pair", "--store", str(desk.folder)])
    assert caught.value.code == 2
    assert "--show" in capsys.readouterr().err
