"""``scripts/setup.sh`` for somebody who is not root; a stand-in dpkg-query tells what the system has."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
DPKG_QUERY = """#!/bin/bash
# Like the real one: tells what it knows and fails where a name is unknown.
failed=0
for name in "${@:4}"; do
    if grep -qx "$name" "$INSTALLED"; then echo "ii "; else failed=1; fi
done
exit $failed
"""
PYTHON = '#!/bin/bash\nexec "{python}" "$@"\n'
PACKAGES = (
    "libgl1 libegl1 libfontconfig1 libxkbcommon0 libdbus-1-3 libglib2.0-0t64 fonts-noto-cjk libxcb-cursor0 "
    "libxcb-icccm4 libxcb-keysyms1 libxcb-shape0 libxkbcommon-x11-0 libcups2t64"
).split()


def script(path: Path, text: str) -> None:
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, "utf-8")
    path.chmod(0o755)


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """Return a folder with what setup.sh looks at, its .venv already made."""
    folder = tmp_path / "clone"
    (folder / "scripts").mkdir(parents=True)
    shutil.copy(ROOT / "scripts" / "setup.sh", folder / "scripts")
    for name in ("requirements.lock", "pyproject.toml"):
        shutil.copy(ROOT / name, folder)
    both = (folder / "requirements.lock").read_bytes() + (folder / "pyproject.toml").read_bytes()
    (folder / ".venv" / "bin").mkdir(parents=True)
    script(folder / ".venv" / "bin" / "python", PYTHON.format(python=sys.executable))
    (folder / ".venv" / "locked").write_text(hashlib.sha256(both).hexdigest() + "\n")
    script(tmp_path / "bin" / "dpkg-query", DPKG_QUERY)
    script(tmp_path / "bin" / "id", "#!/bin/bash\necho 1000\n")
    script(tmp_path / "bin" / "python3.11", PYTHON.format(python=sys.executable))
    return folder


def setup(clone: Path, installed: list[str], *purpose: str) -> subprocess.CompletedProcess[str]:
    (clone.parent / "installed").write_text("\n".join(installed))
    return subprocess.run(
        ["bash", "scripts/setup.sh", *purpose],
        cwd=clone,
        env={
            "PATH": f"{clone.parent / 'bin'}:{os.environ['PATH']}",
            "INSTALLED": str(clone.parent / "installed"),
        },
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("purpose", [[], ["desktop"]])
def test_with_everything_there_it_says_and_does_nothing(clone: Path, purpose: list[str]) -> None:
    ended = setup(clone, PACKAGES, *purpose)
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, "", "")


@pytest.mark.parametrize(
    ("purpose", "told"), [([], "libegl1"), (["desktop"], "libegl1 libxcb-cursor0 libcups2")]
)
def test_only_what_is_missing_is_asked_for(clone: Path, purpose: list[str], told: str) -> None:
    there = [name for name in PACKAGES if name not in ("libegl1", "libxcb-cursor0", "libcups2t64")]
    ended = setup(clone, there, *purpose)
    assert ended.returncode == 1
    assert ended.stderr.endswith(f"apt-get install -y --no-install-recommends {told}\n")
