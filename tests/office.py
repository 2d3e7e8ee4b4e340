"""A real spreadsheet program, where one is installed.

LibreOffice ends with 0 also where it could not load a file, so the output file is what counts.
"""

import shutil
import subprocess
from pathlib import Path

import pytest

SOFFICE = shutil.which("soffice")
IN_OFFICE = [
    pytest.mark.soak,
    pytest.mark.skipif(SOFFICE is None, reason="LibreOffice (soffice) is not installed"),
]


def converted(source: Path, folder: Path, kind: str) -> list[Path]:
    folder.mkdir()
    profile = f"-env:UserInstallation=file://{folder.parent / 'profile'}"
    command = [
        str(SOFFICE),
        profile,
        "--headless",
        "--convert-to",
        kind,
        "--outdir",
        str(folder),
        str(source),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    found = sorted(folder.iterdir())
    assert found, f"no {kind} came out"
    return found
