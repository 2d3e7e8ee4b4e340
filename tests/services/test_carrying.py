"""Visits to real folders; what lies there is what may lie there."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from desktop_app.domain.errors import KnownError
from desktop_app.exchange import shared_folder
from desktop_app.exchange.shared_folder import SharedFolder
from desktop_app.services import carrying
from desktop_app.services.carrying import Carried, Errand, Seen, carry, spool_of

STORE, OWN = "aa" * 16, "0a0b0c0d"


class Post:
    """A share and this PC's side of it."""

    def __init__(self, folder: Path) -> None:
        self.share, self.here = folder / "share", folder / "store"
        self.share.mkdir()
        self.here.mkdir()
        self.spool = spool_of(self.here)
        self.spool.make()
        self.seen: Seen = {}

    def visit(self) -> Carried:
        told = carry(SharedFolder(self.share), Errand(self.spool, STORE, frozenset({OWN}), seen=self.seen))
        self.seen = told.seen
        return told

    def lay(self, name: str, *, to: str = STORE, age: int = 0, body: bytes = b"x") -> None:
        start = json.dumps({"bundle": "fallback-desk", "to": [to]}).encode()
        (self.share / name).write_bytes(start + b"\n" + body)
        os.utime(self.share / name, ns=(0, (1_000 - age) * 10**9))

    def here_now(self) -> list[str]:
        return [file.name for file in self.spool.waiting()]

    def there_now(self) -> list[str]:
        return sorted(file.name for file in self.share.iterdir())


@pytest.fixture
def post(tmp_path: Path) -> Post:
    return Post(tmp_path)


def test_both_ways_and_then_quiet(post: Post) -> None:
    (post.spool.outgoing / f"{OWN}-1-5.handin").write_bytes(b"mine")
    (post.spool.outgoing / "07.fdkey").write_bytes(b"{}")
    post.lay("ffffffff-1-9.handin")
    post.lay("eeeeeeee-1-9.handin", to="bb" * 16)
    (post.share / "03.fdkey").write_bytes(b"{}")
    told = post.visit()
    assert (sorted(told.put), sorted(told.taken)) == (
        ["07.fdkey", f"{OWN}-1-5.handin"],
        ["03.fdkey", "ffffffff-1-9.handin"],
    )
    assert post.here_now() == ["ffffffff-1-9.handin", "03.fdkey"], "in the order of the share"
    for file in post.spool.waiting():
        file.unlink()
    again = post.visit()
    assert (again.put, again.taken, again.more, again.problems) == ([], [], False, [])


def test_files_seen_before_are_not_opened_again(post: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    for count in range(20):
        post.lay(f"{count:08x}-1-2.handin", to="bb" * 16)
    post.visit()
    opened = []
    real = SharedFolder.start_of
    monkeypatch.setattr(
        SharedFolder, "start_of", lambda self, name, count: opened.append(name) or real(self, name, count)
    )
    post.visit()
    assert opened == []
    post.lay("00000003-1-2.handin", age=-5)  # written anew, and for us now
    assert post.visit().taken == ["00000003-1-2.handin"]
    assert opened == ["00000003-1-2.handin"]


def test_a_crowded_share_is_taken_in_bounded_visits_the_oldest_first(post: Post) -> None:
    for count in range(120):
        post.lay(f"{count:08x}-1-2.handin", age=count)
    first = post.visit()
    assert first.more
    assert first.taken[:2] == ["00000077-1-2.handin", "00000076-1-2.handin"]
    assert len(first.taken) == carrying.MOST_TAKEN
    assert post.visit().taken == [], "what waits here has to be merged first"
    taken = len(first.taken)
    for _ in range(2):
        for file in post.spool.waiting():
            file.unlink()
        taken += len(post.visit().taken)
    assert taken == 120


def test_one_visit_is_short_with_hundreds_of_files(post: Post) -> None:
    for count in range(800):
        post.lay(f"{count:08x}-1-2.handin", to="bb" * 16)
    told = post.visit()
    assert told.more
    assert len(told.seen) == carrying.MOST_OPENED


def test_what_every_lead_has_is_removed_and_only_own_files(post: Post) -> None:
    own, other = f"{OWN}-1-5.handin", "ffffffff-1-5.handin"
    post.lay(own)
    post.lay(other, to="bb" * 16)
    post.spool.give_up([own, other, f"{OWN}-9-9.handin"])
    assert post.visit().removed == [own]
    assert post.there_now() == [other]
    assert post.spool.given_up() == []


def test_own_bundles_of_a_life_before_are_left_alone(post: Post) -> None:
    """A restored store no longer has in ``outgoing`` what only the share still holds for the lead."""
    post.lay(f"{OWN}-1-500.handin")
    told = post.visit()
    assert (told.taken, told.removed) == ([], [])
    assert post.there_now() == [f"{OWN}-1-500.handin"]


def test_a_share_that_was_emptied_is_filled_again(post: Post) -> None:
    (post.spool.outgoing / f"{OWN}-1-5.handin").write_bytes(b"mine")
    post.visit()
    (post.share / f"{OWN}-1-5.handin").write_bytes(b"mi")  # a cut copy somebody put back
    assert post.visit().put == [f"{OWN}-1-5.handin"]
    shutil.rmtree(post.share)
    with pytest.raises(KnownError) as raised:
        post.visit()
    assert raised.value.code == "delivery.away"
    post.share.mkdir()
    assert post.visit().put == [f"{OWN}-1-5.handin"]
    assert (post.share / f"{OWN}-1-5.handin").read_bytes() == b"mine"


def test_a_share_replaced_by_a_file_is_away(post: Post) -> None:
    post.share.rmdir()
    post.share.write_bytes(b"")
    with pytest.raises(KnownError) as raised:
        post.visit()
    assert raised.value.code == "delivery.away"


def test_a_file_deleted_after_the_listing_is_no_failure(post: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    post.lay("ffffffff-1-5.handin", age=2)
    post.lay("eeeeeeee-1-5.handin", age=1)
    real = SharedFolder.look

    def look_then_lose(self: SharedFolder) -> list[shared_folder.Lying]:
        found = real(self)
        (post.share / "ffffffff-1-5.handin").unlink()
        return found

    monkeypatch.setattr(SharedFolder, "look", look_then_lose)
    told = post.visit()
    assert (told.taken, told.problems) == (["eeeeeeee-1-5.handin"], [])


def test_an_oversized_file_is_told_once_and_never_copied(post: Post) -> None:
    with (post.share / "ffffffff-1-5.handin").open("wb") as file:
        file.truncate(200 << 20)
    assert [problem.code for problem in post.visit().problems] == ["delivery.too_large"]
    assert post.visit().problems == []
    assert post.here_now() == []


def test_a_full_stick_still_gives_what_lies_on_it(post: Post) -> None:
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(post.share)], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("mounting a small file system takes an administrator")
    try:
        post.lay("ffffffff-1-5.handin")
        (post.spool.outgoing / f"{OWN}-1-5.handin").write_bytes(bytes(100_000))
        told = post.visit()
        assert [problem.code for problem in told.problems] == ["delivery.full"]
        assert told.taken == ["ffffffff-1-5.handin"]
        assert post.there_now() == ["ffffffff-1-5.handin"]
        subprocess.run(["mount", "-o", "remount,size=1m", str(post.share)], check=True)
        assert post.visit().put == [f"{OWN}-1-5.handin"]
    finally:
        subprocess.run(["umount", str(post.share)], check=True)


_CARRIER = """
import os, sys
from pathlib import Path
from desktop_app.exchange.shared_folder import SharedFolder
from desktop_app.services.carrying import Errand, carry, spool_of
share, here = Path(sys.argv[1]), Path(sys.argv[2])
slow = os.fsync
os.fsync = lambda descriptor: (print("half", flush=True), sys.stdin.readline(), slow(descriptor))
carry(SharedFolder(share), Errand(spool_of(here), "aa" * 16, frozenset({"0a0b0c0d"})))
"""


def test_a_visit_killed_half_way_leaves_no_bundle_that_anybody_takes(post: Post) -> None:
    name = f"{OWN}-1-5.handin"
    (post.spool.outgoing / name).write_bytes(os.urandom(2 << 20))
    process = subprocess.Popen(
        [sys.executable, "-c", _CARRIER, str(post.share), str(post.here)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    with process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"half\n"
        process.send_signal(signal.SIGKILL)
    assert [one.endswith(".part") for one in post.there_now()] == [True]
    assert SharedFolder(post.share).look() == []
    post.visit()
    assert post.there_now() == [name]
    assert (post.share / name).read_bytes() == (post.spool.outgoing / name).read_bytes()
