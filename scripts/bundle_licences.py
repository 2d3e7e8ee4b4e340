"""The licence texts that travel with the frozen program: of every package and library inside it."""

from __future__ import annotations

import re
import shutil
import subprocess
import tomllib
from collections.abc import Iterable
from importlib.metadata import Distribution, distribution
from pathlib import Path

from packaging.requirements import Requirement

_LICENCE = re.compile(r"licen[cs]e|copying|notice", re.IGNORECASE)


def licence_files(project: Path) -> list[tuple[str, str]]:
    """Return ``(file, folder in the bundle)`` for all that the project file names as needed at run time."""
    return [
        (str(file), f"licences/{package.name}")
        for package in needed_packages(project)
        for file in licence_texts(package)
    ]


def needed_packages(project: Path) -> list[Distribution]:
    """Return the installed packages that the project needs on this system, and those that they need."""
    waiting = list(tomllib.loads(project.read_text("utf-8"))["project"]["dependencies"])
    found: dict[str, Distribution] = {}
    while waiting:
        requirement = Requirement(waiting.pop())
        wanted = requirement.marker is None or requirement.marker.evaluate({"extra": ""})
        if wanted and requirement.name.lower() not in found:
            package = distribution(requirement.name)
            found[requirement.name.lower()] = package
            waiting += package.requires or ()
    return list(found.values())


def licence_texts(package: Distribution) -> list[Path]:
    """Return the licence files that a package was installed with."""
    inside = [file for file in package.files or () if ".dist-info" in str(file)]
    return [Path(str(package.locate_file(file))) for file in inside if _LICENCE.search(file.name)]


def system_licence_files(entries: Iterable[tuple[str, str, str]]) -> list[tuple[str, str]]:
    """Return ``(file, folder in the bundle)`` for the libraries taken from this Debian; elsewhere nothing."""
    sources = {str(Path(source).resolve()) for _, source, kind in entries if kind == "BINARY"}
    taken = sorted(source for source in sources if source.startswith(("/usr/lib/", "/lib/")))
    if not taken or shutil.which("dpkg-query") is None:
        return []
    # The package may know the file by the place that it had before /lib became a link.
    asked = [*taken, *(source.removeprefix("/usr") for source in taken)]
    told = subprocess.run(
        ["dpkg-query", "--search", *asked],
        capture_output=True,
        text=True,
        check=False,
    ).stdout
    packages = sorted({line.split(":", 1)[0] for line in told.splitlines() if ": " in line})
    texts = [(Path("/usr/share/doc") / package / "copyright", package) for package in packages]
    return [(str(text), f"licences/system/{package}") for text, package in texts if text.exists()]
