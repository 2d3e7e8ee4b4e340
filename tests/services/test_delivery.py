"""Two stations and a lead exchange through a real folder, step by step."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from desktop_app.domain.bundles import Result
from desktop_app.domain.errors import KnownError
from desktop_app.domain.roles import Role
from desktop_app.exchange.shared_folder import SharedFolder
from desktop_app.services import delivery
from desktop_app.services.carrying import spool_of
from desktop_app.services.delivery import hand_in_standing
from desktop_app.services.pairing import become_lead, proposals
from desktop_app.services.receipts import Delivery
from desktop_app.services.record_delivery import delivery_of, not_handed_in
from tests.posts import Post, pair
from tests.refusing import no_room


@pytest.fixture
def share(tmp_path: Path) -> Path:
    (tmp_path / "share").mkdir()
    return tmp_path / "share"


@pytest.fixture
def posts(tmp_path: Path, share: Path) -> Iterator[list[Post]]:
    made = [Post(tmp_path, share, "07"), Post(tmp_path, share, "12"), Post(tmp_path, share, "01", Role.LEAD)]
    pair(*made)
    yield made
    for post in made:
        post.store.close()


def bundles(share: Path) -> list[str]:
    return sorted(file.name for file in share.iterdir())


def held(post: Post) -> dict[str, int]:
    with post.store.read() as view:
        return view.heads()


def test_entries_arrive_receipts_return_and_then_it_is_quiet(posts: list[Post], share: Path) -> None:
    seven, twelve, lead = posts
    for post in (seven, twelve):
        post.write()
    assert hand_in_standing(seven.store).waiting == 1
    for post in (seven, twelve):
        post.round()
    told = lead.round()
    assert told.merged is not None
    assert [one.result for one in told.merged.bundles] == [Result.MERGED, Result.MERGED]
    assert set(held(lead)) >= set(held(seven)) & set(held(twelve))
    for post in (seven, twelve):
        post.round()
        now = hand_in_standing(post.store)
        assert (now.waiting, now.leads) == (0, 1)
        assert now.receipt_at is not None
    own = hand_in_standing(seven.store).own
    assert [name for name in bundles(share) if name[:8] in own] == [], "every lead has it"
    for _ in range(2):
        for post in posts:
            post.round()
    quiet = bundles(share)
    for _ in range(3):
        for post in posts:
            told = post.round()
            assert (told.written, told.merged, told.problems) == ((), None, ())
    assert bundles(share) == quiet


def test_without_a_lead_nothing_is_written_and_nothing_fails(tmp_path: Path, share: Path) -> None:
    alone = Post(tmp_path, share, "07")
    alone.write()
    told = alone.round()
    assert (told.written, told.problems, told.standing.leads) == ((), (), 0)
    assert bundles(share) == []
    alone.store.close()


def test_key_files_become_proposals_once(tmp_path: Path, share: Path) -> None:
    station, lead = Post(tmp_path, share, "07"), Post(tmp_path, share, "01", Role.LEAD)
    become_lead(lead.store, share, now=datetime.now(UTC))
    (share / "broken.fdkey").write_bytes(b"{")
    station.visit()
    told = station.local()
    assert told.waits_for_a_person
    assert [one.identity.station for one in told.proposals] == ["01"]
    assert [one.identity.station for one in proposals(station.store)] == ["01"]
    assert station.visit().taken == []
    assert station.local().proposals == ()
    for post in (station, lead):
        post.store.close()


def test_a_damaged_bundle_is_refused_with_its_name_and_keeps_no_other_out(
    posts: list[Post], share: Path
) -> None:
    seven, twelve, lead = posts
    for post in (seven, twelve):
        post.write()
        post.round()
    (file, *_) = [share / name for name in bundles(share) if name[:8] in hand_in_standing(seven.store).own]
    whole = file.read_bytes()
    file.write_bytes(whole[:-40])
    lead.visit()
    told = lead.local()
    assert [problem.code for problem in told.refused] == ["bundles.cut"]
    assert lead.spool.waiting() == []
    assert len(told.merged.bundles) == 2
    file.write_bytes(whole)
    os.utime(file, ns=(0, 5))
    assert lead.visit().taken == [file.name], "written anew, so looked at anew"
    assert [one.result for one in lead.local().merged.bundles] == [Result.MERGED]


def test_what_this_pc_has_no_room_for_waits_and_hand_in_goes_on(posts: list[Post], share: Path) -> None:
    seven, _, lead = posts
    seven.write()
    seven.round()
    lead.visit()
    waiting = lead.spool.waiting()
    assert waiting
    with no_room():
        told = lead.local()
    assert told.problems
    assert lead.spool.waiting() == waiting
    assert lead.local().problems == ()
    assert lead.spool.waiting() == []


def test_one_step_that_fails_keeps_no_other_from_being_done(
    posts: list[Post], share: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seven = posts[0]
    seven.write()

    def refuse(*_: object, **__: object) -> None:
        raise KnownError("store.busy")

    monkeypatch.setattr(delivery, "clean_up", refuse)
    told = seven.local()
    assert [problem.code for problem in told.problems] == ["store.busy"]
    assert len(told.written) == 1


def test_a_share_that_was_emptied_is_filled_again_until_the_receipt(posts: list[Post], share: Path) -> None:
    seven, _, lead = posts
    seven.write()
    seven.round()
    there = bundles(share)
    shutil.rmtree(share)
    share.mkdir()
    seven.round()
    assert bundles(share) == there
    lead.round()
    assert set(held(seven)) <= set(held(lead))


def test_a_stick_carries_all_that_lacks_a_receipt_every_time(posts: list[Post], tmp_path: Path) -> None:
    seven, _, lead = posts
    sticks = [tmp_path / "stick 1", tmp_path / "stick 2"]
    seven.spool = spool_of(seven.store.folder, stick=True)
    lead.spool = spool_of(lead.store.folder, stick=True)
    seven.write()
    for stick in sticks:
        stick.mkdir()
        seven.share = SharedFolder(stick)
        seven.local("stick", everything=True)
        assert len(seven.visit().put) == 1
    lead.share = SharedFolder(sticks[1])
    lead.visit()
    told = lead.local("stick", everything=True)
    assert [one.result for one in told.merged.bundles] == [Result.MERGED]
    lead.visit()
    seven.visit()
    assert seven.local("stick", everything=True).written == ()
    assert hand_in_standing(seven.store).waiting == 0


def test_a_record_counts_as_handed_in_once_it_lies_on_the_share(posts: list[Post], share: Path) -> None:
    seven = posts[0]
    record = seven.write().subject_id
    share.rename(share.with_name("pulled out"))
    seven.local()
    with pytest.raises(KnownError):
        seven.visit()
    assert delivery_of(seven.store, [record]) == {record: Delivery.NOT_HANDED_IN}
    assert not_handed_in(seven.store) == {record}
    share.mkdir()
    seven.visit()
    assert delivery_of(seven.store, [record]) == {record: Delivery.HANDED_IN}
    assert not_handed_in(seven.store) == frozenset()
    posts[2].round()
    seven.round()
    assert delivery_of(seven.store, [record]) == {record: Delivery.RECEIVED}
    assert [file.suffix for file in seven.spool.outgoing.iterdir()] == []
