"""Mark files never go back, whoever writes them and in whatever order."""

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from desktop_app.domain.marks import Mark
from desktop_app.storage.mark_files import Marked, MarkFile, _later

HERE = Path("/stores/07")
FIRST = Mark(store="s1", writer="a" * 32, seq=3, hash="11" * 32, highest=7)

marks = st.builds(
    Mark,
    store=st.just("s1"),
    writer=st.sampled_from(["a" * 32, "b" * 32]),
    seq=st.integers(0, 50),
    hash=st.just("11" * 32),
    highest=st.integers(0, 50),
)


def mark_file(folder: Path, *, drill: bool = False) -> MarkFile:
    return MarkFile(folder, "07", drill=drill)


def test_kept_and_read_again(tmp_path: Path) -> None:
    assert mark_file(tmp_path).read() is None
    mark_file(tmp_path).keep(FIRST, HERE, synced=True)
    assert mark_file(tmp_path).read() == Marked(FIRST, HERE)
    assert (tmp_path / "marks" / "07.json").is_file()


def test_a_folder_given_from_here_is_found_from_anywhere(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    mark_file(tmp_path).keep(FIRST, Path("07"), synced=False)
    assert mark_file(tmp_path).read() == Marked(FIRST, tmp_path / "07")


def test_a_drill_has_a_mark_of_its_own(tmp_path: Path) -> None:
    mark_file(tmp_path, drill=True).keep(FIRST, HERE, synced=True)
    assert mark_file(tmp_path).read() is None
    assert (tmp_path / "marks" / "D07.json").is_file()


def test_an_older_mark_changes_nothing(tmp_path: Path) -> None:
    mark_file(tmp_path).keep(FIRST, HERE, synced=False)
    mark_file(tmp_path).keep(replace(FIRST, seq=2, hash="22" * 32, highest=6), HERE, synced=False)
    assert mark_file(tmp_path).read() == Marked(FIRST, HERE)


def test_an_earlier_life_only_raises_the_highest_number(tmp_path: Path) -> None:
    mark_file(tmp_path).keep(FIRST, HERE, synced=True)
    second = replace(FIRST, writer="b" * 32, seq=0, highest=5)
    mark_file(tmp_path).begin(second, HERE)
    mark_file(tmp_path).keep(replace(FIRST, seq=9, highest=9), Path("/elsewhere"), synced=False)
    assert mark_file(tmp_path).read() == Marked(replace(second, highest=9), HERE)


def test_a_damaged_mark_is_moved_aside_and_counts_as_none(tmp_path: Path) -> None:
    mark_file(tmp_path).keep(FIRST, HERE, synced=True)
    path = tmp_path / "marks" / "07.json"
    stored = path.read_bytes()
    for damage in (stored.replace(b":7", b":1"), stored[:-9], b"", b"[]", b"\xff\xfe"):
        path.write_bytes(damage)
        assert mark_file(tmp_path).read() is None
        assert path.with_suffix(".damaged").read_bytes() == damage


@given(st.lists(st.tuples(marks, st.booleans()), min_size=1, max_size=12))
def test_never_goes_back(history: list[tuple[Mark, bool]]) -> None:
    held = Marked(history[0][0], HERE)
    for mark, begin in history[1:]:
        after = _later(held, Marked(mark, HERE), begin=begin)
        assert after.mark.highest == max(held.mark.highest, mark.highest)
        if after.mark.writer == held.mark.writer and not begin:
            assert after.mark.seq >= held.mark.seq
        else:
            assert begin
        held = after


WRITER = """
import sys
from pathlib import Path
from desktop_app.domain.marks import Mark
from desktop_app.storage.mark_files import MarkFile
kept = MarkFile(Path(sys.argv[1]), "07", drill=False)
for step in range(int(sys.argv[2]), 200, 2):
    kept.keep(Mark("s1", "a" * 32, step, "11" * 32, 200 - step), Path("/stores/07"), synced=False)
"""


def test_two_processes_lose_nothing(tmp_path: Path) -> None:
    running = [
        subprocess.Popen([sys.executable, "-c", WRITER, str(tmp_path), str(start)]) for start in (0, 1)
    ]
    assert [process.wait(60) for process in running] == [0, 0]
    held = mark_file(tmp_path).read()
    assert (held.mark.seq, held.mark.highest) == (199, 200)
