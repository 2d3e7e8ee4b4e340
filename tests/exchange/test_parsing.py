"""Hostile files end in one sentence, quickly, in little memory, and leave the program alone."""

import json
import re
import subprocess
import sys
import time
import tomllib
from pathlib import Path

import pytest

from desktop_app.domain.errors import KnownError
from desktop_app.exchange.parsing import parse
from desktop_app.words import LANGUAGES
from tests.exchange import hostile

ROOT = Path(__file__).parents[2]
SECONDS = 5
MEGABYTES = 300
MEASURE = """
import json, re, resource, sys, time
from pathlib import Path
from desktop_app.domain.errors import KnownError
from desktop_app.exchange.parsing import parse
from desktop_app.exchange.tabular import table_of
for path in sorted(Path(sys.argv[1]).iterdir()):
    started, code = time.monotonic(), ""
    try:
        table_of(parse(path), lambda header: False)
    except KnownError as error:
        code = error.code
    took = time.monotonic() - started
    child = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
    # Not RUSAGE_SELF: it remembers the process that started this one.
    parent = int(re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())[1]) // 1024
    print(json.dumps([path.name, code, took, child, parent]))
"""


@pytest.mark.skipif(sys.platform != "linux", reason="memory is measured as Linux tells it")
def test_hostile_files(tmp_path: Path) -> None:
    for name, (make, _) in hostile.REFUSED.items():
        (tmp_path / name).write_bytes(make())
    (tmp_path / "dimension_lie.xlsx").write_bytes(hostile.dimension_lie())
    told = subprocess.run(
        [sys.executable, "-c", MEASURE, tmp_path], capture_output=True, text=True, check=True
    ).stdout
    for line in told.splitlines():
        name, code, took, child, parent = json.loads(line)
        expected = hostile.REFUSED[name][1] if name in hostile.REFUSED else {""}
        assert code in expected, name
        assert took < SECONDS, name
        assert max(child, parent) < MEGABYTES, name
    assert len(told.splitlines()) == len(hostile.REFUSED) + 1


@pytest.mark.parametrize(
    ("name", "code"),
    [("absent.csv", "reading.not_found"), ("", "reading.not_opened")],
)
def test_no_file(tmp_path: Path, name: str, code: str) -> None:
    with pytest.raises(KnownError) as refused:
        parse(tmp_path / name)
    assert refused.value.code == code


def test_names_with_every_character(tmp_path: Path) -> None:
    path = tmp_path / "-o 记录 'x' $(y).csv"
    path.write_text("编号,电话\n1,13123450001\n", "utf-8")
    assert parse(path).sheets[0].rows == [(1, ["编号", "电话"]), (2, ["1", "13123450001"])]


def test_every_code_has_words() -> None:
    """Each KnownError of reading and each note has its sentence in both languages, and none is left over."""
    source = "".join(path.read_text("utf-8") for path in (ROOT / "desktop_app").rglob("*.py"))
    refusals = set(re.findall(r'"reading\.(\w+)"', source))
    notes = set(re.findall(r'\bNote\(\s*"(\w+)"', source))
    for language in LANGUAGES:
        table = tomllib.loads((ROOT / "resources" / "i18n" / f"words.{language}.toml").read_text("utf-8"))
        assert set(table["error"]["reading"]) == refusals
        assert set(table["note"]) == notes


def test_the_child_is_killed_when_nobody_waits_for_it_any_more(tmp_path: Path) -> None:
    path = tmp_path / "large.csv"
    path.write_text("编号,电话\n" + "1,13123450001\n" * 150_000, "utf-8")
    begun = time.monotonic()

    class Stopped(Exception):
        pass

    def check() -> None:
        if time.monotonic() - begun > 0.3:
            raise Stopped

    with pytest.raises(Stopped):
        parse(path, check=check)
    assert time.monotonic() - begun < 20
