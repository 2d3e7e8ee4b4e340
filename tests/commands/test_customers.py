"""``customers``: the list of a CRM becomes the snapshot, and what was not understood is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop_app.cli import main
from desktop_app.services.customers import look_up, snapshot
from tests.faults.desk import PIN, STAFF_NUMBER, Desk

LIST = (
    "客户姓名,联系电话,客户编号\n王小明,13123450001,K1\n,查无,K2\n赵一,查无,K4\n"
    "李娜,13123450002,K3\n李娜,13123450003,K3\n"
)


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    desk = Desk(tmp_path / "pc").create()
    monkeypatch.setenv("FALLBACK_DESK_DATA", str(desk.data))
    monkeypatch.setenv("FALLBACK_DESK_USER", STAFF_NUMBER)
    monkeypatch.setenv("FALLBACK_DESK_PIN", PIN)
    monkeypatch.setenv("LANG", "en_GB.UTF-8")
    return desk


def test_a_list_becomes_the_snapshot_beside_an_open_window(
    desk: Desk, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "customers.csv"
    file.write_text(LIST, "utf-8")
    told = ["customers", "--store", str(desk.folder), "--as-of", "2026-11-20T18:00", str(file)]
    with desk.unlock() as window:
        assert look_up(window, "王小明") == ()
        assert main(told) == 0
        out = capsys.readouterr().out
        assert "Customers in the snapshot: 3, as of 2026-11-20 18:00." in out
        assert "no phone number stands in its place: 1 (first: 4)" in out
        assert "left out: 1 (first: 3)" in out
        assert "comes again further down: 1" in out
        assert [match.customer.name for match in look_up(window, "王小明")] == ["王小明"]
        found = snapshot(window)
        assert found is not None
        assert (found.file, found.customers, found.imported_by) == ("customers.csv", 3, STAFF_NUMBER)


@pytest.mark.parametrize(
    ("content", "more", "sentence"),
    [
        ("a,b\n1,2\n", [], "No column"),
        ("", [], "is empty"),
        ("姓名,电话\n,\n", [], "no row with a name or a phone"),
        (LIST, ["--as-of", "yesterday"], "is not a moment"),
    ],
)
def test_what_cannot_be_imported_is_one_sentence(
    desk: Desk,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    content: str,
    more: list[str],
    sentence: str,
) -> None:
    file = tmp_path / "customers.csv"
    file.write_text(content, "utf-8")
    assert main(["customers", "--store", str(desk.folder), *more, str(file)]) == 2
    told = capsys.readouterr().err
    assert sentence in told
    assert len(told.splitlines()) == 1
    assert [path.name for path in desk.folder.iterdir() if path.name.startswith(("customers.db", "."))] == []
