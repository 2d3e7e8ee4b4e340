"""Nobody meets half a file, and no file takes the place of another."""

from __future__ import annotations

import errno
import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from desktop_app.domain.errors import KnownError
from desktop_app.exchange.shared_files import opened_regular, put_file, replace_file


def test_writers_of_one_name_all_keep_their_file(tmp_path: Path) -> None:
    contents = [bytes([number]) * 100 for number in range(24)]
    with ThreadPoolExecutor(8) as pool:
        files = list(pool.map(lambda content: put_file(tmp_path, "a.handin", content), contents))
    assert [file.read_bytes() for file in files] == contents
    assert sorted(tmp_path.iterdir()) == sorted(files)
    assert {file.name for file in files} >= {"a.handin", "a-2.handin", "a-24.handin"}


def test_a_place_without_hard_links(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """FAT sticks and many shares."""

    def refuse(*_: object) -> None:
        raise OSError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(os, "link", refuse)
    files = [put_file(tmp_path, "a.handin", content) for content in (b"1", b"2")]
    assert [file.read_bytes() for file in files] == [b"1", b"2"]
    assert sorted(tmp_path.iterdir()) == sorted(files)


@pytest.mark.parametrize(("problem", "written"), [(errno.EINVAL, True), (errno.ENOSPC, False)])
def test_syncing(problem: int, written: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_: int) -> None:
        raise OSError(problem, os.strerror(problem))

    monkeypatch.setattr(os, "fsync", fail)
    if written:
        put_file(tmp_path, "a.handin", b"1")
        replace_file(tmp_path / "a.handin", b"2")
        assert (tmp_path / "a.handin").read_bytes() == b"2"
        return
    (tmp_path / "a.handin").write_bytes(b"0")
    for write in (lambda: put_file(tmp_path, "b", b"1"), lambda: replace_file(tmp_path / "a.handin", b"2")):
        with pytest.raises(KnownError, match=r"sharing\.unwritable"):
            write()
    assert [file.read_bytes() for file in tmp_path.iterdir()] == [b"0"]


def test_a_link_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "real").write_bytes(b"1")
    (tmp_path / "link").symlink_to("real")
    with pytest.raises(KnownError, match=r"sharing\.not_regular"), opened_regular(tmp_path / "link"):
        pass
    with opened_regular(tmp_path / "real") as file:
        assert file.read() == b"1"
