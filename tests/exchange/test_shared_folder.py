"""A real folder with everything in it that may lie on a share."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from desktop_app.domain.errors import KnownError
from desktop_app.exchange.shared_folder import LARGEST, Gone, Lying, SharedFolder, names_other


@pytest.fixture
def share(tmp_path: Path) -> SharedFolder:
    (tmp_path / "share").mkdir()
    return SharedFolder(tmp_path / "share")


def lying(share: SharedFolder, name: str) -> Lying:
    return next(one for one in share.look() if one.name == name)


def test_only_plain_files_of_ours_are_seen_the_oldest_first(share: SharedFolder) -> None:
    for age, name in enumerate(["b.handin", "a.handin", "k.fdkey", "photo.jpg", ".hidden.handin", "x.part"]):
        (share.path / name).write_bytes(b"x")
        os.utime(share.path / name, ns=(0, 10**9 * (10 - age)))
    (share.path / "folder.handin").mkdir()
    (share.path / "link.handin").symlink_to(share.path / "a.handin")
    (share.path / "dangling.handin").symlink_to(share.path / "nothing")
    os.mkfifo(share.path / "pipe.handin")
    assert [one.name for one in share.look()] == ["k.fdkey", "a.handin", "b.handin"]


def test_a_pipe_or_link_put_in_the_place_of_a_file_is_not_read(share: SharedFolder, tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_bytes(b"not yours")
    (share.path / "a.handin").write_bytes(b"123456789")
    seen = lying(share, "a.handin")
    for replace in (
        lambda path: os.mkfifo(path),
        lambda path: path.symlink_to(secret),
        lambda path: path.mkdir(),
    ):
        (share.path / "a.handin").unlink()
        replace(share.path / "a.handin")
        with pytest.raises(Gone):
            share.start_of("a.handin", 100)
        with pytest.raises(Gone):
            share.take(seen, tmp_path)
        if (share.path / "a.handin").is_dir():
            continue
    assert not (tmp_path / "a.handin").exists()
    assert [path.name for path in tmp_path.iterdir() if path.name.endswith(".part")] == []


@pytest.mark.parametrize("then", [b"", b"12345", b"1234567890"])
def test_a_file_that_changes_under_the_copy_is_left_for_the_next_visit(
    share: SharedFolder, tmp_path: Path, then: bytes
) -> None:
    (share.path / "a.handin").write_bytes(b"12345")
    os.utime(share.path / "a.handin", ns=(0, 10**9))
    seen = lying(share, "a.handin")
    (share.path / "a.handin").write_bytes(then)
    with pytest.raises(Gone):
        share.take(seen, tmp_path)
    assert not (tmp_path / "a.handin").exists()
    share.take(lying(share, "a.handin"), tmp_path)
    assert (tmp_path / "a.handin").read_bytes() == then


def test_what_is_put_appears_whole_and_leaves_nothing_beside_it(share: SharedFolder, tmp_path: Path) -> None:
    file = tmp_path / "a.handin"
    file.write_bytes(os.urandom(3 << 20))
    (share.path / "a.handin").write_bytes(b"cut")
    share.put(file)
    assert (share.path / "a.handin").read_bytes() == file.read_bytes()
    assert [path.name for path in share.path.iterdir()] == ["a.handin"]
    file.unlink()
    with pytest.raises(Gone):
        share.put(file)


def test_a_folder_that_is_away_says_so_whatever_is_asked(share: SharedFolder, tmp_path: Path) -> None:
    file = tmp_path / "a.handin"
    file.write_bytes(b"x")
    share.path.rmdir()

    def codes() -> list[str]:
        told = []
        for ask in (share.look, share.try_out, lambda: share.put(file), lambda: share.sweep(frozenset())):
            with pytest.raises(KnownError) as raised:
                ask()
            told.append(raised.value.code)
        return told

    assert codes() == ["delivery.away"] * 4
    share.path.write_bytes(b"a file where the folder was")
    assert codes() == ["delivery.away"] * 4


def test_what_a_killed_visit_left_is_swept_and_nothing_else(share: SharedFolder) -> None:
    mine, other = ".0a0b0c0d-1-5.handin.12ab34cd.part", ".ffffffff-1-5.handin.12ab34cd.part"
    for name in (mine, other, "0a0b0c0d-1-5.handin"):
        (share.path / name).write_bytes(b"x")
    share.sweep(frozenset({"0a0b0c0d"}))
    assert {path.name for path in share.path.iterdir()} == {other, "0a0b0c0d-1-5.handin"}


def test_trying_out_writes_and_leaves_nothing(share: SharedFolder) -> None:
    (share.path / "a.handin").write_bytes(b"x")
    assert share.try_out() == 1
    assert [path.name for path in share.path.iterdir()] == ["a.handin"]


def test_a_full_stick_says_so_and_keeps_no_half_file(tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(stick)], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("mounting a small file system takes an administrator")
    try:
        file = tmp_path / "a.handin"
        file.write_bytes(bytes(200_000))
        with pytest.raises(KnownError) as raised:
            SharedFolder(stick).put(file)
        assert raised.value.code == "delivery.full"
        assert list(stick.iterdir()) == []
        subprocess.run(["mount", "-o", "remount,ro", str(stick)], check=True)
        with pytest.raises(KnownError) as raised:
            SharedFolder(stick).put(file)
        assert raised.value.code == "delivery.not_allowed"
    finally:
        subprocess.run(["umount", str(stick)], check=True)


@pytest.mark.parametrize(
    ("start", "other"),
    [
        (b'{"to":["aa","bb"]}\nrest', False),
        (b'{"to":["bb"]}\nrest', True),
        (b'{"to":[]}\n', True),
        (b'{"to":["bb"]}', False),  # no end of the line: cut, or not ours; merging says what is wrong with it
        (b"\xff\xfe\n", False),
        (b"[" * 60_000 + b"\n", False),
        (b'{"to":"bb"}\n', False),
        (b"", False),
    ],
)
def test_only_a_plain_word_that_it_is_for_others_spares_a_look(start: bytes, other: bool) -> None:
    assert names_other(start, "aa") is other


def test_larger_than_any_bundle_is_known(share: SharedFolder) -> None:
    assert LARGEST[".handin"] > 32 << 20
    assert LARGEST[".fdkey"] == 65_536
