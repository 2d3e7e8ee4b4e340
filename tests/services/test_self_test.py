"""The self-test finds what is broken and goes on."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from desktop_app.services.self_test import Missing, StoreWork, run


def missing() -> str:
    raise Missing("no icons")


def broken() -> str:
    raise ZeroDivisionError("by zero")


def test_what_fails_is_told_and_the_rest_is_still_tried() -> None:
    checks = list(run([("icons", missing), ("sum", broken), ("words", lambda: "two")]))
    assert [(check.name, check.ok) for check in checks] == [("icons", False), ("sum", False), ("words", True)]
    assert [check.detail for check in checks][::2] == ["no icons", "two"]
    assert "by zero" in checks[1].detail
    assert "broken" in checks[1].detail


def test_a_readable_store_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    work = dict(StoreWork(tmp_path).checks())
    work["store"]()
    (tmp_path / "store" / "notes.txt").write_text("王喆 has called", "utf-8")
    with pytest.raises(Missing, match=r"notes\.txt"):
        work["record"]()


def test_key_stores_that_were_not_brought_along_are_missed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "secretstorage", None)
    check = next(iter(run([("key stores", dict(StoreWork(tmp_path).checks())["key stores"])])))
    assert not check.ok
