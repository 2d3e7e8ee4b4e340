"""``--self-test`` as IT calls it: nothing of this user's is touched, one file tells what was found."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.faults.desk import ROOT


def self_test(home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "desktop_app", "--self-test", *arguments],
        env={"HOME": str(home), "PATH": os.environ["PATH"], "LANG": "C.UTF-8"},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )


def test_everything_is_found_on_an_empty_folder(tmp_path: Path) -> None:
    home, out = tmp_path / "home", tmp_path / "found.json"
    home.mkdir()
    ended = self_test(home, "--out", str(out))
    assert out.exists(), ended.stderr
    found = json.loads(out.read_text("utf-8"))
    assert [check for check in found["checks"] if not check["ok"]] == []
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, "", "")
    assert found["ok"]
    assert found["platform"] == "offscreen"
    left = [path for path in home.rglob("*") if path.is_file() and path.parent.name != "fontconfig"]
    assert left == []


@pytest.mark.parametrize(
    ("arguments", "told"), [([], "--out"), (["--out", "no/such/folder/found.json"], "no/such/folder")]
)
def test_a_file_for_the_findings_is_needed(tmp_path: Path, arguments: list[str], told: str) -> None:
    ended = self_test(tmp_path, *arguments)
    assert ended.returncode == 2
    assert told in ended.stderr
    assert len(ended.stderr.splitlines()) == 1
