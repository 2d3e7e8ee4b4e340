"""Drafts of calls that were parked or left: which comes back, and what makes room for it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from desktop_app.services.drafts import OpenDraft, list_drafts
from desktop_app.services.records import start_draft
from desktop_app.ui.capture.drafting import DraftKeeper
from tests.backgrounds import settle
from tests.faults.conftest import nobody as nobody
from tests.faults.conftest import open_folder as open_folder
from tests.ui.capture.keeping import (
    CALL,
    Page,
    records_of,
    texts_of,
)
from tests.ui.capture.keeping import (
    page as page,
)


def test_a_parked_call_is_resumed_and_the_one_in_hand_put_aside(qtbot, page, store, background) -> None:
    page.keeper.edited({"detail": "一"})
    page.keeper.park()
    page.keeper.edited({"detail": "二"})
    settle(qtbot, background)
    first, second = list_drafts(store)
    page.keeper.resume(first.subject_id)
    settle(qtbot, background)
    assert [(shown.why, dict(shown.values)) for shown in page.shown] == [("resumed", {"detail": "一"})]
    assert page.keeper.number == str(first.number)
    listed: list[object] = []
    page.keeper.list_open(listed.extend, page)
    settle(qtbot, background)
    assert [one.subject_id for one in listed] == [second.subject_id]
    page.keeper.save({**CALL, "detail": "一完"})
    settle(qtbot, background)
    assert records_of(store) == {str(first.number): "一完"}
    assert texts_of(store) == [{"detail": "二"}]


def test_a_new_start_shows_what_was_typed_last(qtbot, page, store, background) -> None:
    page.keeper.edited({"caller_name": "王芳"})
    page.keeper.park()
    page.keeper.edited({"caller_name": "赵敏"})
    page.keeper.flush()
    settle(qtbot, background)
    again = Page(DraftKeeper(store, background, lambda: datetime.now(UTC)))
    again.keeper.restore()
    settle(qtbot, background)
    assert [(shown.why, dict(shown.values)) for shown in again.shown] == [
        ("restored", {"caller_name": "赵敏"})
    ]
    assert again.shown[0].number == again.keeper.number == str(list_drafts(store)[1].number)
    assert abs((datetime.now(UTC) - again.shown[0].kept_at).total_seconds()) < 10


def restored(qtbot, store, background) -> tuple[list[str], set[str]]:
    """Return what a new start shows in the form, and what waits beside it."""
    again = Page(DraftKeeper(store, background, lambda: datetime.now(UTC)))
    again.keeper.restore()
    settle(qtbot, background)
    listed: list[OpenDraft] = []
    again.keeper.list_open(listed.extend, again)
    settle(qtbot, background)
    return [shown.values["caller_name"] for shown in again.shown], {one.caller_name for one in listed}


def test_a_parked_call_stays_parked_over_a_new_start(qtbot, page, store, background) -> None:
    page.keeper.edited({"caller_name": "王芳"})
    page.keeper.park()
    settle(qtbot, background)
    assert texts_of(store) == [{"caller_name": "王芳"}], "no mark of parking among the fields"
    assert restored(qtbot, store, background) == ([], {"王芳"})


@pytest.mark.parametrize("kept_before", [True, False])
def test_a_parked_call_that_was_taken_up_again_comes_back(
    qtbot, page, store, background, kept_before: bool
) -> None:
    page.keeper.edited({"caller_name": "王芳"})
    settle(qtbot, background)
    page.keeper.park()
    if kept_before:
        settle(qtbot, background)
    page.keeper.edited({"caller_name": "赵敏"})
    page.keeper.resume(list_drafts(store)[0].subject_id)
    settle(qtbot, background)
    assert restored(qtbot, store, background) == (["王芳"], {"赵敏"})


def test_a_call_begun_before_the_old_one_came_back_puts_that_aside(qtbot, page, store, background) -> None:
    start_draft(store, {"caller_name": "王芳"}, now=datetime.now(UTC))
    page.keeper.restore()
    page.keeper.edited({"caller_name": "赵敏"})
    settle(qtbot, background)
    page.keeper.save({"caller_name": "赵敏"})
    settle(qtbot, background)
    assert restored(qtbot, store, background) == ([], {"王芳"})


def test_nothing_is_restored_into_a_form_that_has_been_begun(qtbot, page, store, background) -> None:
    start_draft(store, {"detail": "旧"}, now=datetime.now(UTC))
    page.keeper.restore()
    page.keeper.edited({"detail": "新"})
    settle(qtbot, background)
    assert page.shown == []
    assert texts_of(store) == [{"detail": "旧"}, {"detail": "新"}]
