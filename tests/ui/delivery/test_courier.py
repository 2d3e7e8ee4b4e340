"""Couriers over real stores and real folders, and over shares that hang."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from PySide6.QtTest import QSignalSpy

from desktop_app.domain.bundles import Result
from desktop_app.domain.delivery import Phase, Timetable
from desktop_app.domain.roles import Role
from desktop_app.exchange.shared_folder import SharedFolder
from desktop_app.services.delivery import hand_in_standing
from desktop_app.services.pairing import accept, own
from desktop_app.ui.delivery import courier as module
from desktop_app.ui.delivery.carrier import Means
from desktop_app.ui.delivery.courier import Courier
from tests.backgrounds import settle
from tests.posts import Post, pair
from tests.ui.delivery.shares import DeadShare

QUICK = Timetable(
    after_save=timedelta(milliseconds=150),
    poll=timedelta(milliseconds=150),
    soon=timedelta(milliseconds=20),
    first_retry=timedelta(milliseconds=100),
    longest_retry=timedelta(milliseconds=300),
    patience=timedelta(milliseconds=150),
    last=timedelta(milliseconds=400),
)
NEVER = timedelta(hours=10)
SLOW = Timetable(after_save=NEVER, poll=NEVER, first_retry=NEVER, longest_retry=NEVER)
"""Nothing happens by itself once the first round is over."""


@pytest.fixture
def share(tmp_path: Path) -> Path:
    (tmp_path / "share").mkdir()
    return tmp_path / "share"


@pytest.fixture
def seven(tmp_path: Path, share: Path) -> Iterator[Post]:
    post = Post(tmp_path, share, "07")
    yield post
    post.store.close()


@pytest.fixture
def lead(tmp_path: Path, share: Path, seven: Post) -> Iterator[Post]:
    post = Post(tmp_path, share, "01", Role.LEAD)
    pair(post, seven)
    yield post
    post.store.close()


@pytest.fixture
def hire(qtbot, background, errands):
    hired: list[Courier] = []

    def make(post: Post, times: Timetable = QUICK, shared=SharedFolder) -> Courier:
        means = Means(post.store, background, errands, lambda: datetime.now(UTC), times, shared)
        courier = Courier(means)
        hired.append(courier)
        return courier

    yield make
    for courier in hired:
        courier.stop()
    settle(qtbot, background)


@pytest.fixture
def dead() -> Iterator[DeadShare]:
    shared = DeadShare()
    yield shared
    shared.answer()


def until(qtbot, truth: Callable[[], bool]) -> None:
    qtbot.waitUntil(truth, timeout=20_000)


def on_share(share: Path, post: Post) -> list[str]:
    own = hand_in_standing(post.store).own
    return [file.name for file in share.iterdir() if file.name[:8] in own]


def holds(post: Post, of: Post) -> bool:
    with post.store.read() as theirs, of.store.read() as ours:
        writer = ours.life.writer
        return theirs.heads().get(writer) == ours.heads()[writer]


def test_a_save_reaches_the_lead_and_its_receipt_comes_back(qtbot, hire, seven, lead, share) -> None:
    station, at_lead = hire(seven), hire(lead)
    station.use(share, automatic=True)
    at_lead.use(share, automatic=True)
    until(qtbot, lambda: station.delivery.phase is Phase.OK)
    told = QSignalSpy(station.changed)
    seven.write()
    station.saved()
    until(qtbot, lambda: any(told.at(index)[0].waiting == 1 for index in range(told.count())))
    until(qtbot, lambda: holds(lead, seven))
    until(qtbot, lambda: station.delivery.waiting == 0)
    assert station.delivery.receipt_at is not None
    until(qtbot, lambda: on_share(share, seven) == [])


def test_an_urgent_record_does_not_wait_for_others(qtbot, hire, seven, lead, share) -> None:
    courier = hire(seven, SLOW)
    courier.use(share, automatic=True)
    until(qtbot, lambda: courier.delivery.phase is Phase.OK)
    first = on_share(share, seven)
    seven.write()
    courier.saved()
    qtbot.wait(300)
    assert courier.delivery.phase is Phase.DUE
    assert on_share(share, seven) == first
    seven.write(kind="urgent")
    courier.saved(urgent=True)
    until(qtbot, lambda: len(on_share(share, seven)) > len(first))
    until(qtbot, lambda: courier.delivery.phase is Phase.OK and courier.delivery.carried)


def test_what_lies_in_the_folder_is_not_told_as_still_to_be_handed_in(
    qtbot, hire, seven, lead, share
) -> None:
    courier = hire(seven, SLOW)
    courier.use(share, automatic=True)
    seven.write()
    courier.saved(urgent=True)
    until(qtbot, lambda: courier.delivery.carried and courier.delivery.waiting == 1)
    # Something else was written meanwhile, as when a receipt is taken in; the record still lies there.
    courier.saved()
    qtbot.wait(500)
    assert (courier.delivery.carried, courier.delivery.waiting) == (True, 1)
    seven.write()
    courier.saved()
    until(qtbot, lambda: courier.delivery.waiting == 2)
    assert not courier.delivery.carried


def test_a_lead_hears_that_an_unknown_station_waits(qtbot, hire, tmp_path, share, lead) -> None:
    stranger = Post(tmp_path, share, "12")
    accept(stranger.store, own(lead.store), now=datetime.now(UTC))
    courier = hire(lead)
    courier.use(share, automatic=True)
    until(qtbot, lambda: courier.delivery.phase is Phase.OK)
    assert courier.delivery.to_confirm == 0
    stranger.write()
    stranger.round()
    until(qtbot, lambda: courier.delivery.to_confirm == 1)
    stranger.store.close()


def test_by_hand_nothing_goes_until_it_is_asked_for(qtbot, hire, background, seven, lead, share) -> None:
    courier = hire(seven)
    courier.use(share, automatic=False)
    seven.write()
    courier.saved(urgent=True)
    qtbot.wait(400)
    assert (on_share(share, seven), courier.delivery.by_hand) == ([], True)
    courier.exchange_now()
    until(qtbot, lambda: courier.delivery.phase is Phase.OK)
    assert on_share(share, seven) != []
    settle(qtbot, background)


@pytest.mark.parametrize("replaced", [False, True])
def test_a_share_that_goes_away_is_told_tried_less_and_less_and_found_again(
    qtbot, hire, seven, lead, share, replaced
) -> None:
    looks: list[float] = []

    class Counting(SharedFolder):
        def look(self):
            looks.append(time.monotonic())
            return super().look()

    courier = hire(seven, shared=Counting)
    courier.use(share, automatic=True)
    until(qtbot, lambda: courier.delivery.phase is Phase.OK)
    share.rename(share.with_name("pulled out"))
    if replaced:
        share.write_bytes(b"a file where the folder was")
    seven.write()
    courier.saved()
    until(qtbot, lambda: courier.delivery.phase is Phase.AWAY)
    assert courier.delivery.reason.code == "delivery.away"
    since = courier.delivery.since
    looks.clear()
    until(qtbot, lambda: len(looks) >= 3)
    gaps = [later - earlier for earlier, later in pairwise(looks)]
    assert min(gaps) > 0.09
    assert courier.delivery.since == since
    if replaced:
        share.unlink()
    share.mkdir()
    until(qtbot, lambda: courier.delivery.phase is Phase.OK)
    assert (courier.delivery.reason, courier.delivery.since) == (None, None)
    until(qtbot, lambda: on_share(share, seven) != [])


def test_a_share_that_hangs_holds_up_nobody(qtbot, hire, dead, seven, lead, share) -> None:
    courier = hire(seven, shared=dead)
    courier.use(share, automatic=True)
    until(qtbot, lambda: dead.asked == 1)
    # All of this comes to its end while the share has not answered yet.
    for _ in range(5):
        seven.write()
        courier.saved(urgent=True)
        qtbot.wait(60)
    until(qtbot, lambda: courier.delivery.phase is Phase.AWAY)
    assert courier.delivery.reason.code == "delivery.not_answering"
    until(qtbot, lambda: courier.delivery.waiting == 5)
    until(qtbot, lambda: seven.spool.leaving() != [])
    assert dead.asked == 1, "one thread hangs, not one for each try"
    dead.answer()
    until(qtbot, lambda: courier.delivery.phase is Phase.OK and courier.delivery.carried)
    assert on_share(share, seven) != []


def test_locking_waits_for_the_last_hand_in_where_the_share_answers(
    qtbot, hire, background, seven, lead, share
) -> None:
    courier = hire(seven, SLOW)
    courier.use(share, automatic=True)
    until(qtbot, lambda: courier.delivery.phase is Phase.OK)
    before = on_share(share, seven)
    seven.write()
    courier.saved()
    done: list[bool] = []
    courier.finish(lambda: done.append(True))
    until(qtbot, lambda: bool(done))
    assert len(on_share(share, seven)) > len(before)
    settle(qtbot, background)
    seven.write()
    courier.saved(urgent=True)
    courier.exchange_now()
    assert background.pending == 0, "nothing is begun while the store is being closed"


def test_locking_does_not_wait_for_a_share_that_hangs(
    qtbot, hire, dead, background, seven, lead, share
) -> None:
    dead.answer()
    courier = hire(seven, QUICK, dead)
    courier.use(share, automatic=True)
    until(qtbot, lambda: courier.delivery.phase is Phase.OK)
    dead.die()
    seven.write()
    courier.saved()
    done: list[bool] = []
    courier.finish(lambda: done.append(True))
    until(qtbot, lambda: bool(done))  # the share has not answered yet
    assert seven.spool.leaving() != [], "made here all the same, and carried after the next unlocking"
    courier.stop()
    dead.answer()
    settle(qtbot, background)


def test_with_nothing_new_locking_is_immediate(qtbot, hire, background, seven, lead, share) -> None:
    courier = hire(seven, SLOW)
    courier.use(share, automatic=True)
    until(qtbot, lambda: courier.delivery.phase is Phase.OK)
    settle(qtbot, background)
    done: list[bool] = []
    courier.finish(lambda: done.append(True))
    assert done == [True]


def test_after_a_lock_that_failed_it_goes_on(qtbot, hire, seven, lead, share) -> None:
    courier = hire(seven)
    courier.use(share, automatic=True)
    until(qtbot, lambda: courier.delivery.phase is Phase.OK)
    courier.finish(lambda: None)
    courier.go_on()
    before = on_share(share, seven)
    seven.write()
    courier.saved()
    until(qtbot, lambda: len(on_share(share, seven)) > len(before))


def test_another_folder_is_used_at_once_while_the_old_one_hangs(
    qtbot, hire, dead, seven, lead, share, tmp_path
) -> None:
    other = tmp_path / "other"
    other.mkdir()
    seven.write()
    courier = hire(seven, SLOW, lambda path: dead(path) if path == share else SharedFolder(path))
    courier.use(share, automatic=True)
    until(qtbot, lambda: dead.asked == 1)
    courier.use(other, automatic=True)
    until(qtbot, lambda: courier.delivery.phase is Phase.OK)
    assert on_share(other, seven) != []
    dead.answer()
    qtbot.wait(100)
    assert courier.delivery.phase is Phase.OK


def test_a_stopped_courier_says_nothing_more(qtbot, hire, dead, background, seven, lead, share) -> None:
    courier = hire(seven, QUICK, dead)
    courier.use(share, automatic=True)
    until(qtbot, lambda: dead.asked == 1)
    courier.stop()
    settle(qtbot, background)
    told = QSignalSpy(courier.changed)
    dead.answer()
    qtbot.wait(400)
    assert told.count() == 0


def test_refused_bundles_are_told_with_the_place_where_they_lie(qtbot, hire, seven, lead, share) -> None:
    (share / "ffffffff-1-2.handin").write_bytes(b"nothing of ours\n")
    courier = hire(seven)
    told = QSignalSpy(courier.exchanged)
    courier.use(share, automatic=True)
    until(qtbot, lambda: bool(courier.delivery.refused))
    assert courier.delivery.refused[0].details["file"] == share / "ffffffff-1-2.handin"
    results = [
        one.result
        for index in range(told.count())
        for one in (told.at(index)[0].merged.bundles if told.at(index)[0].merged else ())
    ]
    assert results == [Result.REFUSED]
    qtbot.wait(500)
    assert len(courier.delivery.refused) == 1, "looked at once"


def test_a_bug_is_reported_and_the_next_round_goes_on(
    qtbot, hire, background, seven, lead, share, monkeypatch
) -> None:
    trouble = QSignalSpy(background.trouble)

    def broken(*_: object, **__: object) -> None:
        monkeypatch.undo()
        raise ZeroDivisionError

    monkeypatch.setattr(module, "carry", broken)
    courier = hire(seven)
    courier.use(share, automatic=True)
    until(qtbot, lambda: trouble.count() == 1)
    until(qtbot, lambda: courier.delivery.phase is Phase.OK)
