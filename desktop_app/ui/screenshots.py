"""``make screenshots``: every window of the running program as a picture, drawn where nobody sees it.

Two languages, two themes, two sizes; the store and its records are made by the services that the window
uses, of invented people. Not part of what users run.
"""

from __future__ import annotations

import argparse
import itertools
import os
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

SIZES = ("1366x768", "1920x1080")
LOOKS = ("light", "dark")


def main(arguments: Sequence[str]) -> int:
    """Write ``<out>/<language>-<theme>-<size>/<window>.png``; nothing is asked and no display needed."""
    parser = argparse.ArgumentParser(prog="screenshots")
    parser.add_argument("--out", type=Path, default=Path("out/screenshots"))
    parser.add_argument("--languages", nargs="+", default=["zh", "en"], choices=["zh", "en"])
    parser.add_argument("--themes", nargs="+", default=LOOKS, choices=LOOKS)
    parser.add_argument("--sizes", nargs="+", default=SIZES)
    parser.add_argument("--zooms", nargs="+", default=[100], type=int, help="text sizes in percent")
    parser.add_argument("--scenes", nargs="+", default=[], help="only these, such as `capture unlock`")
    asked = parser.parse_args(arguments)
    # Qt reads its platform when it is first imported; no key store of this PC is asked for a picture.
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.fail.Keyring"
    from desktop_app.ui.scenes.pictures import Pictures
    from desktop_app.ui.scenes.playing import Look, play

    looks = itertools.product(asked.languages, asked.themes, asked.sizes, asked.zooms)
    for language, theme, size, zoom in looks:
        folder = asked.out / f"{language}-{theme}-{size}{f'-{zoom}' if zoom != 100 else ''}"
        pictures = Pictures(folder)
        width, height = (int(part) for part in size.split("x"))
        with tempfile.TemporaryDirectory(prefix="fallback-desk-") as name:
            look = Look(language, theme, width, height, zoom / 100)
            play(Path(name), look, pictures.see, only=asked.scenes)
        print(f"{folder}: {pictures.count}")  # noqa: T201 - a command of the developers
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
