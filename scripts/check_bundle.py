"""Whether the frozen folder is whole and not too big: ``check_bundle.py FOLDER`` (Linux)."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

from scripts.bundle_filter import linked_with

MOST_BYTES = 180_000_000
FROM_THE_SYSTEM = (
    # the C library
    *(
        "ld-linux",
        "libc.so",
        "libdl.so",
        "libm.so",
        "libpthread.so",
        "libresolv.so",
        "librt.so",
        "libutil.so",
    ),
    # what scripts/deb/control depends on: libgl1, libegl1, libxcb1
    *("libEGL.so", "libGL.so", "libxcb.so"),
    # and recommends
    "libcups.so",
)
"""Beginnings of the names of libraries that a PC has to bring itself."""


def main(folder: Path) -> int:
    """Print what is wrong; 0 where nothing is."""
    files = [path for path in folder.rglob("*") if path.is_file() and not path.is_symlink()]
    size = sum(path.stat().st_size for path in files)
    wrong = [
        f"dangling link: {path}" for path in folder.rglob("*") if path.is_symlink() and not path.exists()
    ]
    wrong += missing(
        {path.name for path in files}, {str(path): linked_with(str(path)) for path in elf(files)}
    )
    if size > MOST_BYTES:
        wrong.append(f"{size} bytes are more than the {MOST_BYTES} agreed on")
    print(*wrong, f"{len(files)} files, {size / 1e6:.1f} MB", sep="\n")
    return 1 if wrong else 0


def elf(files: Iterable[Path]) -> list[Path]:
    """Return the programs and libraries among ``files``."""
    found = []
    for path in files:
        with path.open("rb") as opened:
            if opened.read(4) == b"\x7fELF":
                found.append(path)
    return found


def missing(there: set[str], linked: Mapping[str, Iterable[str]]) -> list[str]:
    """Return a line for every library that a file is linked with and nobody brings."""
    return [
        f"{name} is missing, for {file}"
        for file, names in sorted(linked.items())
        for name in sorted(names)
        if name not in there and not name.startswith(FROM_THE_SYSTEM)
    ]


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
