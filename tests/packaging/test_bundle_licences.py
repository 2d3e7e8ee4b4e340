"""Every package that travels with the program brings its licence, and the notices name it."""

from __future__ import annotations

from pathlib import Path

from scripts.bundle_licences import licence_files, needed_packages

ROOT = Path(__file__).parents[2]
WITHOUT_TEXT = {"PySide6_Essentials", "shiboken6"}
"""Their wheels hold no licence text; it lies in resources/licences."""


def test_each_package_brings_its_licence() -> None:
    packages = {package.name for package in needed_packages(ROOT / "pyproject.toml")}
    told = {folder.removeprefix("licences/") for _, folder in licence_files(ROOT / "pyproject.toml")}
    assert {"SQLAlchemy", "openpyxl", "cffi", "cryptography"} <= told
    assert packages - told <= WITHOUT_TEXT
    for name in ("LGPL-3.0", "GPL-3.0"):
        text = (ROOT / "resources" / "licences" / f"{name}.txt").read_text("utf-8")
        assert "GENERAL PUBLIC LICENSE" in text


def test_the_notices_name_each_package() -> None:
    notices = (ROOT / "THIRD_PARTY_NOTICES.md").read_text("utf-8").lower().replace("_", "-")
    used = notices[: notices.index("## used to build and test")]
    for package in needed_packages(ROOT / "pyproject.toml"):
        assert package.name.lower().replace("_", "-") in used, package.name
