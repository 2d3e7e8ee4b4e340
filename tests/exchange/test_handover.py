"""A file is handed over whole or not at all, and every failure is one sentence."""

from collections.abc import Callable
from pathlib import Path

import pytest

from desktop_app.domain.errors import KnownError
from desktop_app.exchange.handover import check_place, handed_over
from desktop_app.words import LANGUAGES, Words


def write(path: Path, *, meanwhile: Callable[[], None] = lambda: None) -> None:
    with handed_over(path) as temporary:
        temporary.write_bytes(b"new")
        meanwhile()


def failure(path: Path) -> str:
    with pytest.raises(KnownError) as caught:
        write(path)
    for language in LANGUAGES:
        assert path.name in Words(language).sentence(caught.value)
    return caught.value.code


def test_takes_the_place_of_the_old(tmp_path: Path) -> None:
    path = tmp_path / "x.xlsx"
    path.write_bytes(b"old")
    with handed_over(path) as temporary:
        temporary.write_bytes(b"new")
        assert path.read_bytes() == b"old"
    assert path.read_bytes() == b"new"
    assert [found.name for found in tmp_path.iterdir()] == ["x.xlsx"]


def test_leaves_the_old_on_failure(tmp_path: Path) -> None:
    path = tmp_path / "x.xlsx"
    path.write_bytes(b"old")

    def stop() -> None:
        raise RuntimeError

    with pytest.raises(RuntimeError):
        write(path, meanwhile=stop)
    assert path.read_bytes() == b"old"
    assert [found.name for found in tmp_path.iterdir()] == ["x.xlsx"]


def test_missing_folder(tmp_path: Path) -> None:
    assert failure(tmp_path / "none" / "x.xlsx") == "writing.no_folder"


def test_a_folder_of_that_name(tmp_path: Path) -> None:
    (tmp_path / "x.xlsx").mkdir()
    assert failure(tmp_path / "x.xlsx") == "writing.is_folder"


def test_read_only_file(tmp_path: Path) -> None:
    path = tmp_path / "x.xlsx"
    path.write_bytes(b"old")
    path.chmod(0o444)
    assert failure(path) == "writing.read_only"
    assert path.read_bytes() == b"old"


@pytest.mark.parametrize("mark", [".~lock.x.xlsx#", "~$x.xlsx"])
def test_open_in_a_spreadsheet_program(tmp_path: Path, mark: str) -> None:
    path = tmp_path / "x.xlsx"
    (tmp_path / mark).touch()
    write(path)
    assert failure(path) == "writing.in_use"
    assert path.read_bytes() == b"new"


def test_a_folder_put_in_the_way_meanwhile(tmp_path: Path) -> None:
    path = tmp_path / "x.xlsx"
    check_place(path)
    with pytest.raises(KnownError) as caught:
        write(path, meanwhile=path.mkdir)
    assert caught.value.code == "writing.failed"
