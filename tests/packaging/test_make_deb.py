"""The package's own files: what a desktop and dpkg read of them."""

from __future__ import annotations

import configparser
import shutil
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pytest

from desktop_app.paths import APP_NAME
from desktop_app.version import VERSION
from desktop_app.words import Words
from scripts import make_deb


def test_the_tree_that_is_installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    program = tmp_path / "program"
    (program / "_internal").mkdir(parents=True)
    (program / "fallback-desk").write_text("#!")
    (program / "_internal" / "data").write_text("x")
    tree = tmp_path / "tree"
    make_deb.place(program, tree)
    make_deb.set_modes(tree)
    assert (tree / "usr/bin/fallback-desk").readlink() == Path("/opt/fallback-desk/fallback-desk")
    assert (tree / "opt/fallback-desk/fallback-desk").stat().st_mode & 0o777 == 0o755
    assert (tree / "opt/fallback-desk/_internal/data").stat().st_mode & 0o777 == 0o644
    share = tree / "usr/share"
    assert (share / "icons/hicolor/scalable/apps/fallback-desk.svg").exists()
    metainfo = ElementTree.parse(share / "metainfo/fallback-desk.metainfo.xml")  # noqa: S314 (our own)
    release = metainfo.find("releases/release")
    assert release is not None
    assert release.attrib == {"version": VERSION, "date": "2023-11-14"}


@pytest.mark.skipif(shutil.which("objdump") is None, reason="only `make build` needs binutils")
def test_the_control_file_is_filled_in(tmp_path: Path) -> None:
    program, tree = tmp_path / "program", tmp_path / "tree"
    program.mkdir()
    tree.mkdir()
    (program / "some.so").write_bytes(Path("/bin/sh").read_bytes())
    file = tmp_path / "control"
    file.write_text((make_deb.PARTS / "control").read_text("utf-8"), "utf-8")
    make_deb.fill(file, make_deb.control_marks(program, tree, "amd64"))
    control = file.read_text("utf-8")
    assert "@" not in control.replace("@example.invalid", "")
    assert f"\nVersion: {VERSION}\n" in control
    assert "libc6 (>= 2." in control


def test_the_menu_entry_has_the_programs_names() -> None:
    entry = configparser.ConfigParser(interpolation=None)
    entry.optionxform = str
    entry.read(make_deb.PARTS / "fallback-desk.desktop", "utf-8")
    told = entry["Desktop Entry"]
    assert make_deb.NAME == APP_NAME
    assert told["Name"] == Words("en").say("window.name")
    assert told["Name[zh_CN]"] == Words("zh").say("window.name")
