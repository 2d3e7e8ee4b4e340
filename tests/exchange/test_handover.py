"""A file is handed over whole or not at all, and every failure is one sentence."""

import os
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


@pytest.mark.parametrize("file", ["keys.json", "store.db"])
def test_nothing_is_put_into_a_store(tmp_path: Path, file: str) -> None:
    deep = tmp_path / "store" / "aside"
    deep.mkdir(parents=True)
    (tmp_path / "store" / file).write_bytes(b"old")
    (tmp_path / "link").symlink_to(deep)
    for place in (tmp_path / "store" / file, deep / "x.xlsx", tmp_path / "link" / "x.xlsx"):
        assert failure(place) == "writing.in_store"
    assert (tmp_path / "store" / file).read_bytes() == b"old"
    assert list(deep.iterdir()) == []


def test_links_and_pipes_stay(tmp_path: Path) -> None:
    (tmp_path / "real.xlsx").write_bytes(b"old")
    (tmp_path / "link.xlsx").symlink_to(tmp_path / "real.xlsx")
    (tmp_path / "nowhere.xlsx").symlink_to(tmp_path / "gone.xlsx")
    os.mkfifo(tmp_path / "pipe.xlsx")
    for name in ("link.xlsx", "nowhere.xlsx", "pipe.xlsx"):
        assert failure(tmp_path / name) == "writing.not_regular"
    assert (tmp_path / "link.xlsx").is_symlink()
    assert (tmp_path / "real.xlsx").read_bytes() == b"old"
