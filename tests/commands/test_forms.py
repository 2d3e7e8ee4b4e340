"""``forms``: the outage form of a store as a PDF."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from desktop_app.cli import main
from desktop_app.domain.roles import Role
from desktop_app.paths import data_folder
from desktop_app.services.incidents import report_fault
from desktop_app.services.stores import Person, create

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
PIN = "a long pass phrase"


def test_the_form_of_an_incident_is_written(
    qapp, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    owner = Person("8021", "李娜", Role.LEAD)
    made = create(tmp_path / "07", station="07", owner=owner, pin=PIN, data_folder=data_folder(), now=NOW)
    with made.store as store:
        report_fault(store, symptom="CRM 打不开", now=NOW)
    monkeypatch.setenv("FALLBACK_DESK_USER", "8021")
    monkeypatch.setenv("FALLBACK_DESK_PIN", PIN)
    asked = ["forms", "--store", str(tmp_path / "07"), "--kind", "incident", "--lang", "zh", "--out"]
    out = tmp_path / "form.pdf"
    assert main([*asked, str(out)]) == 0
    assert out.read_bytes().startswith(b"%PDF")
    assert "G07-260302-1" in capsys.readouterr().out
    assert main([*asked, str(tmp_path / "gone" / "form.pdf")]) == 2
    assert main([*asked, str(out), "--number", "G07-1"]) == 2
    assert "form.pdf" in capsys.readouterr().err
