"""A frozen folder that lacks a library is found on the machine that built it, which has it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from scripts import check_bundle
from scripts.check_bundle import main, missing


def test_a_library_that_nobody_brings_is_missing() -> None:
    linked = {
        "libqxcb.so": ["libxcb-cursor.so.0", "libxcb.so.1", "libQt6Gui.so.6", "libc.so.6"],
        "QtGui.so": ["libQt6Gui.so.6", "libGL.so.1", "ld-linux-x86-64.so.2"],
    }
    assert missing({"libQt6Gui.so.6"}, linked) == ["libxcb-cursor.so.0 is missing, for libqxcb.so"]


@pytest.mark.skipif(shutil.which("objdump") is None, reason="only `make build` needs binutils")
def test_a_folder_that_is_whole(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shutil.copy(Path("/bin/cat").resolve(), tmp_path / "program")
    (tmp_path / "link").symlink_to("program")
    assert main(tmp_path) == 0
    assert capsys.readouterr().out.startswith("1 files")


def test_what_is_wrong_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(check_bundle, "MOST_BYTES", 3)
    (tmp_path / "words").write_text("停水")
    (tmp_path / "link").symlink_to("nowhere")
    assert main(tmp_path) == 1
    told = capsys.readouterr().out
    assert "dangling link" in told
    assert "more than the 3 agreed on" in told
