"""Packs the frozen program with dpkg-deb: ``make_deb.py FOLDER OUT`` (on Debian-like systems)."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PARTS = ROOT / "scripts" / "deb"
NAME = "fallback-desk"
ICON_SIZE = 256
_NEEDED_GLIBC = re.compile(r"\bGLIBC_(\d+)\.(\d+)")


def main(program: Path, out: Path) -> None:
    """Write ``out/fallback-desk_VERSION_ARCHITECTURE.deb`` from the one-folder program and print its name."""
    architecture = _told("dpkg", "--print-architecture").strip()
    target = out / f"{NAME}_{version()}_{architecture}.deb"
    with tempfile.TemporaryDirectory() as folder:
        tree = Path(folder) / "tree"
        place(program, tree)
        control = tree / "DEBIAN" / "control"
        control.parent.mkdir()
        shutil.copyfile(PARTS / "control", control)
        fill(control, control_marks(program, tree, architecture))
        set_modes(tree)
        made = Path(folder) / target.name
        _told("dpkg-deb", "--root-owner-group", "-Zxz", "--build", str(tree), str(made))
        # Nobody is to find half a package.
        shutil.move(made, target)
    print(target)


def version() -> str:
    """Return the program's version, read where it is told and not imported."""
    text = (ROOT / "desktop_app" / "version.py").read_text("utf-8")
    found = re.search(r'VERSION = "(.+)"', text)
    if found is None:
        raise SystemExit("desktop_app/version.py tells no VERSION")
    return found[1]


def place(program: Path, tree: Path) -> None:
    """Lay out everything that is installed, as it will lie under ``/``."""
    shutil.copytree(program, tree / "opt" / NAME, symlinks=True)
    link = tree / "usr" / "bin" / NAME
    link.parent.mkdir(parents=True)
    link.symlink_to(f"/opt/{NAME}/{NAME}")
    share = tree / "usr" / "share"
    icon = ROOT / "resources" / "icons" / f"{NAME}.svg"
    for source, folder in (
        (PARTS / f"{NAME}.desktop", "applications"),
        (icon, "icons/hicolor/scalable/apps"),
        (PARTS / f"{NAME}.metainfo.xml", "metainfo"),
        (PARTS / "copyright", f"doc/{NAME}"),
    ):
        (share / folder).mkdir(parents=True)
        shutil.copyfile(source, share / folder / source.name)
    metainfo = share / "metainfo" / f"{NAME}.metainfo.xml"
    fill(metainfo, {"@VERSION@": version(), "@DATE@": f"{built_at():%Y-%m-%d}"})
    _draw(icon, share / f"icons/hicolor/{ICON_SIZE}x{ICON_SIZE}/apps/{NAME}.png")


def fill(file: Path, told: Mapping[str, str]) -> None:
    """Write what is told in place of the marks in ``file``."""
    text = file.read_text("utf-8")
    for mark, value in told.items():
        text = text.replace(mark, value)
    file.write_text(text, "utf-8")


def built_at() -> datetime:
    """Return when the source was made, where the environment tells, else now."""
    told = os.environ.get("SOURCE_DATE_EPOCH")
    return datetime.fromtimestamp(int(told), UTC) if told else datetime.now(UTC)


def control_marks(program: Path, tree: Path, architecture: str) -> dict[str, str]:
    """Return what the control file tells; the C library it asks for is the newest that any file names."""
    kilobytes = sum(path.lstat().st_size for path in tree.rglob("*")) // 1024
    major, minor = max(glibc_versions(program))
    return {
        "@VERSION@": version(),
        "@ARCHITECTURE@": architecture,
        "@SIZE@": str(kilobytes),
        "@GLIBC@": f"{major}.{minor}",
    }


def glibc_versions(program: Path) -> Iterator[tuple[int, int]]:
    """Return the versions of the C library that the program's files were linked against."""
    files = [path for path in program.rglob("*") if path.is_file() and not path.is_symlink()]
    binaries = [path for path in files if path.name == NAME or ".so" in path.name]
    symbols = _told("objdump", "-T", *map(str, binaries))
    for major, minor in set(_NEEDED_GLIBC.findall(symbols)):
        yield int(major), int(minor)


def set_modes(tree: Path) -> None:
    """Let everybody read and only the program be run, whatever the umask of whoever builds."""
    for path in tree.rglob("*"):
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or path.name == NAME else 0o644)
    tree.chmod(0o755)


def _draw(icon: Path, target: Path) -> None:
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from PySide6.QtGui import QGuiApplication, QIcon

    application = QGuiApplication.instance() or QGuiApplication([NAME])
    target.parent.mkdir(parents=True)
    if not QIcon(str(icon)).pixmap(ICON_SIZE).save(str(target)):
        raise SystemExit(f"{icon} cannot be drawn")
    del application


def _told(*command: str) -> str:
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
