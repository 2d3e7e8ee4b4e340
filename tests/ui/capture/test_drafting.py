"""The keeper of drafts against a real store: kept within a second, saved once, refused without a loss."""

from __future__ import annotations

import time
from datetime import UTC, datetime

import pytest
from PySide6.QtTest import QSignalSpy

from desktop_app.domain.numbers import parse_number
from desktop_app.services.drafts import list_drafts
from desktop_app.services.records import save_draft, start_draft
from desktop_app.ui.capture import drafting
from desktop_app.ui.capture.drafting import DraftKeeper
from tests.backgrounds import settle
from tests.faults.conftest import nobody as nobody
from tests.faults.conftest import open_folder as open_folder
from tests.refusing import no_room
from tests.stores import author, new_store
from tests.ui.capture.keeping import (
    CALL,
    REFUSED,
    Page,
    records_of,
    texts_of,
)
from tests.ui.capture.keeping import (
    page as page,
)


def test_the_first_key_begins_a_draft_and_its_number_may_be_shown(qtbot, page, store, background) -> None:
    page.keeper.edited({"phone": "1"})
    assert page.keeper.number == ""
    settle(qtbot, background)
    assert texts_of(store) == [{"phone": "1"}]
    assert page.numbers == [str(list_drafts(store)[0].number)] == [page.keeper.number]


def test_typing_without_a_pause_is_kept_all_along(qtbot, page, store, background) -> None:
    """A pause is not waited for: somebody who never stops typing is kept as well, twice a second."""
    kept, text = QSignalSpy(page.keeper.kept), ""
    while kept.count() < 3 and len(text) < 1_000:
        text += "水"
        page.keeper.edited({"detail": text})
        qtbot.wait(20)
    assert kept.count() >= 3
    assert drafting.KEEP_MILLISECONDS <= 500
    assert len(page.numbers) == 1
    qtbot.waitUntil(lambda: texts_of(store) == [{"detail": text}])
    settle(qtbot, background)


def test_keys_are_not_kept_one_by_one(qtbot, page, store, background) -> None:
    kept, began = QSignalSpy(page.keeper.kept), time.monotonic()
    for index in range(60):
        page.keeper.edited({"detail": "水" * index})
        qtbot.wait(10)
    qtbot.waitUntil(lambda: texts_of(store) == [{"detail": "水" * 59}])
    settle(qtbot, background)
    assert kept.count() <= 2 + (time.monotonic() - began) / 0.5


def test_a_save_is_told_after_its_commit_and_the_draft_is_gone(qtbot, page, store, background) -> None:
    at_signal: list[dict[str, str]] = []
    page.keeper.saved.connect(lambda logged: at_signal.append(records_of(store)))
    page.keeper.edited(CALL)
    qtbot.waitUntil(lambda: bool(page.numbers))
    page.keeper.save(CALL)
    settle(qtbot, background)
    assert at_signal == [{page.numbers[0]: "停水了"}]
    assert (page.saved, page.failed, list_drafts(store)) == (page.numbers, [], [])
    assert page.keeper.number == ""


def test_a_save_before_the_number_came_back_has_the_number_of_its_draft(
    qtbot, page, store, background
) -> None:
    page.keeper.edited({"phone": "1"})
    page.keeper.save(CALL)
    settle(qtbot, background)
    assert (len(page.saved), list_drafts(store), page.shown) == (1, [], [])
    assert records_of(store) == {page.saved[0]: "停水了"}
    assert parse_number(page.saved[0]).sequence == 1


def test_two_fast_saves_are_two_records(qtbot, page, store, background) -> None:
    for text in ("一", "二", "三"):
        page.keeper.edited({**CALL, "detail": text})
        page.keeper.save({**CALL, "detail": text})
    page.keeper.edited({"detail": "四"})
    settle(qtbot, background)
    assert sorted(records_of(store).values()) == ["一", "三", "二"]
    assert len(set(page.saved)) == 3
    assert texts_of(store) == [{"detail": "四"}]
    assert page.keeper.number == str(list_drafts(store)[0].number) not in page.saved


def test_a_full_disk_loses_nothing_and_goes_on_once_there_is_room(qtbot, page, store, background) -> None:
    page.keeper._retry_timer.setInterval(100)
    unsaved = QSignalSpy(page.keeper.unsaved_changed)
    with no_room():
        page.keeper.edited({"detail": "停"})
        settle(qtbot, background)
        page.keeper.edited({"detail": "停水"})
        qtbot.wait(350)
        assert [values for _, values in page.failed] == [{"detail": "停"}], "told once, not at every try"
        assert page.failed[0][0] in REFUSED
        assert (page.keeper.unsaved, page.numbers) == (1, [])
        answers: list[bool] = []
        page.keeper.flush(answers.append)
        settle(qtbot, background)
        assert answers == [False]
    qtbot.waitUntil(lambda: page.keeper.unsaved == 0)
    settle(qtbot, background)
    assert texts_of(store) == [{"detail": "停水"}]
    assert [unsaved.at(index)[0] for index in range(unsaved.count())] == [1, 0]
    assert page.numbers == [str(list_drafts(store)[0].number)]


def test_a_refused_save_puts_the_text_back_into_an_empty_form(qtbot, page, store, background) -> None:
    page.keeper.edited(CALL)
    settle(qtbot, background)
    with no_room():
        page.keeper.save({**CALL, "detail": "改过"})
        settle(qtbot, background)
    assert [(shown.why, shown.values["detail"], shown.number) for shown in page.shown] == [
        ("refused", "改过", page.numbers[0])
    ]
    assert [code in REFUSED for code, _ in page.failed] == [True]
    page.keeper.save({**CALL, "detail": "改过"})
    settle(qtbot, background)
    assert records_of(store) == {page.numbers[0]: "改过"}
    assert (page.keeper.unsaved, list_drafts(store)) == (0, [])


def test_a_refused_save_waits_beside_a_call_that_has_begun_meanwhile(qtbot, page, store, background) -> None:
    with no_room():
        page.keeper.edited(CALL)
        page.keeper.save(CALL)
        page.keeper.edited({"detail": "第二个电话"})
        settle(qtbot, background)
        assert (page.shown, page.keeper.unsaved) == ([], 2)
    page.keeper.take_back()
    settle(qtbot, background)
    assert [(shown.why, dict(shown.values)) for shown in page.shown] == [("refused", CALL)]
    page.keeper.save(CALL)
    page.keeper.flush()
    settle(qtbot, background)
    assert list(records_of(store).values()) == ["停水了"]
    assert texts_of(store) == [{"detail": "第二个电话"}]
    assert page.keeper.unsaved == 0


def test_an_empty_record_is_refused_and_stays_a_draft(qtbot, page, store, background) -> None:
    page.keeper.edited({"kind": "enquiry"})
    page.keeper.save({"kind": "enquiry"})
    settle(qtbot, background)
    assert page.failed == [("log.empty", {"kind": "enquiry"})]
    assert (page.shown[0].why, texts_of(store)) == ("refused", [{"kind": "enquiry"}])


def test_flush_keeps_at_once_for_a_lock_in_the_middle_of_a_word(qtbot, page, store, background) -> None:
    page.keeper.edited({"detail": "停"})
    settle(qtbot, background)
    page.keeper.edited({"detail": "停水"})
    page.keeper._keep_timer.setInterval(3_600_000)
    at_done: list[object] = []
    page.keeper.flush(lambda kept: at_done.append((kept, texts_of(store))))
    settle(qtbot, background)
    assert at_done == [(True, [{"detail": "停水"}])]


def test_closing_right_after_a_flush_has_it_in_the_store(qtbot, page, store, background) -> None:
    page.keeper.edited({"detail": "停水"})
    page.keeper.flush()
    background.close()
    assert texts_of(store) == [{"detail": "停水"}]


def test_a_discarded_draft_leaves_its_number_void(qtbot, page, store, background) -> None:
    gone: list[str] = []
    page.keeper.discarded.connect(gone.append)
    page.keeper.edited({"detail": "打错了"})
    page.keeper.discard("打错")
    settle(qtbot, background)
    assert gone == ["07-00001-" + gone[0][-1]]
    assert (list_drafts(store), records_of(store), page.failed) == ([], {}, [])
    page.keeper.edited({"detail": "新"})
    settle(qtbot, background)
    assert page.keeper.number != gone[0]


def test_a_discard_without_a_reason_gives_the_text_back(qtbot, page, store, background) -> None:
    page.keeper.edited({"detail": "打错了"})
    page.keeper.discard("  ")
    settle(qtbot, background)
    assert page.failed == [("log.reason_needed", {"detail": "打错了"})]
    assert (page.shown[0].why, texts_of(store)) == ("refused", [{"detail": "打错了"}])


def test_a_draft_saved_elsewhere_is_followed_by_a_new_one(qtbot, page, store, background) -> None:
    """A colleague in a second copy of the window: both texts are there afterwards."""
    page.keeper.edited(CALL)
    settle(qtbot, background)
    save_draft(store, page.keeper.in_hand, CALL, now=datetime.now(UTC))
    page.keeper.edited({**CALL, "detail": "又打来"})
    page.keeper.flush()
    settle(qtbot, background)
    assert list(records_of(store)) == page.numbers[:1]
    assert texts_of(store) == [{**CALL, "detail": "又打来"}]
    assert (len(page.numbers), page.keeper.number) == (2, page.numbers[1])


def test_a_colleagues_draft_becomes_ones_own(qtbot, page, store, background) -> None:
    started = start_draft(store, CALL, now=datetime.now(UTC))
    object.__setattr__(store, "author", author("8022"))
    assert not list_drafts(store)[0].own
    page.keeper.resume(started.subject.id)
    settle(qtbot, background)
    assert list_drafts(store)[0].own
    assert dict(page.shown[0].values) == CALL


def test_a_number_that_was_never_marked_is_not_shown_and_not_doubled(
    qtbot,
    background,
    open_folder,
) -> None:
    """The mark beside the store cannot be written: the draft is found again, not begun anew."""
    store = new_store(open_folder / "store")
    start_draft(store, {}, now=datetime.now(UTC))
    marks = open_folder / "data" / "marks"
    for path in open_folder.rglob("*"):
        path.chmod(0o777)
    marks.chmod(0o555)
    page = Page(DraftKeeper(store, background, lambda: datetime.now(UTC)))
    page.keeper._retry_timer.setInterval(50)
    assert texts_of(store) == [{}], "which also loads what nobody may not read"
    with nobody():
        page.keeper.edited(CALL)
        qtbot.waitUntil(lambda: page.keeper.unsaved == 0 and bool(page.failed))
        settle(qtbot, background)
        assert ([code for code, _ in page.failed], page.numbers) == (["store.mark_unwritten"], [])
        assert texts_of(store) == [{}, CALL]
        page.keeper.save(CALL)
        settle(qtbot, background)
    assert list(records_of(store)) == page.saved
    assert texts_of(store) == [{}]
    store.close()


@pytest.mark.parametrize("after", [[False, False], [True], [False, True]])
def test_saving_again_before_the_answer_makes_one_record(qtbot, page, store, background, after) -> None:
    page.keeper.edited(CALL)
    page.keeper.save(CALL, next=False)
    for following in after:
        page.keeper.save(CALL, next=following)
    settle(qtbot, background)
    assert len(records_of(store)) == 1
    assert page.saved == [str(one) for one in records_of(store)]


def test_typing_on_before_a_save_is_answered_goes_on_with_that_record(qtbot, page, store, background) -> None:
    page.keeper.edited(CALL)
    page.keeper.save(CALL, next=False)
    page.keeper.edited({**CALL, "detail": "停水了，一整天"})
    settle(qtbot, background)
    assert records_of(store) == {}, "it is a draft again"
    assert texts_of(store) == [{**CALL, "detail": "停水了，一整天"}]
    page.keeper.save({**CALL, "detail": "停水了，一整天"})
    settle(qtbot, background)
    assert list(records_of(store).values()) == ["停水了，一整天"]
    assert set(page.saved) == set(records_of(store))


def test_typing_on_while_a_save_is_refused_goes_on_with_its_draft(
    qtbot, page, store, background, monkeypatch
) -> None:
    monkeypatch.setattr(drafting, "RETRY_MILLISECONDS", 100)
    page.keeper.edited(CALL)
    settle(qtbot, background)
    with no_room():
        page.keeper.save(CALL, next=False)
        page.keeper.edited({**CALL, "detail": "停水了，一整天"})
        settle(qtbot, background)
        assert {code for code, _values in page.failed} <= REFUSED
        assert page.failed[-1][1]["detail"] == "停水了，一整天"
        assert page.keeper.unsaved == 1
    qtbot.waitUntil(lambda: page.keeper.unsaved == 0, timeout=10_000)
    assert texts_of(store) == [{**CALL, "detail": "停水了，一整天"}]


def test_a_draft_asked_for_twice_keeps_what_was_typed_between(qtbot, page, store, background) -> None:
    page.keeper.edited(CALL)
    page.keeper.park()
    settle(qtbot, background)
    (parked,) = list_drafts(store)
    typed = {**CALL, "detail": "停水了，一整天"}
    page.keeper.shown.connect(lambda shown: page.keeper.edited(typed))
    for _ in range(2):
        page.keeper.resume(parked.subject_id)
    settle(qtbot, background)
    page.keeper.flush()
    settle(qtbot, background)
    assert len(page.shown) == 1
    assert texts_of(store) == [typed]


def test_a_draft_asked_for_again_while_it_is_saved_stays_saved(qtbot, page, store, background) -> None:
    page.keeper.edited(CALL)
    page.keeper.park()
    settle(qtbot, background)
    (parked,) = list_drafts(store)
    page.keeper.shown.connect(lambda shown: page.keeper.save(CALL))
    for _ in range(2):
        page.keeper.resume(parked.subject_id)
    settle(qtbot, background)
    assert len(page.shown) == 1
    assert list(records_of(store)) == [str(parked.number)]
    assert page.keeper.in_hand == ""
