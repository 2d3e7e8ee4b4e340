"""What stands in the store, and that writing by anybody is noticed, once."""

from __future__ import annotations

import threading
from datetime import UTC, datetime

from desktop_app.services.records import discard_draft, log_record, start_draft
from desktop_app.services.watching import standing, standing_if_changed

NOW = datetime(2026, 7, 1, 1, 0, tzinfo=UTC)
WHOLE = {"kind": "enquiry", "phone": "13123450001", "caller_name": "王芳", "summary": "停水"}


def test_records_drafts_and_what_is_to_complete_are_counted(store) -> None:
    assert (standing(store, now=NOW).saved, standing(store, now=NOW).drafts) == (0, frozenset())
    log_record(store, {"phone": "13123450001"}, now=NOW)
    draft, void = start_draft(store, WHOLE, now=NOW), start_draft(store, WHOLE, now=NOW)
    discard_draft(store, void.subject.id, reason="打错", now=NOW)
    found = standing(store, now=NOW)
    assert (found.saved, found.drafts, found.to_complete) == (1, {draft.subject.id}, 1)


def test_a_change_is_noticed_on_whichever_connection_looks(store) -> None:
    """Reads run at once on several connections; none of them may miss what was written before."""
    standing_if_changed(store, now=NOW)
    assert standing_if_changed(store, now=NOW) is None
    for saved in range(1, 4):
        log_record(store, WHOLE, now=NOW)
        barrier, seen = threading.Barrier(2), []

        def look(barrier=barrier, seen=seen) -> None:
            with store.read():
                barrier.wait()
                seen.append(standing_if_changed(store, now=NOW))

        threads = [threading.Thread(target=look) for _ in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        # The second look may get the connection that the first has looked through.
        assert {found.saved for found in seen if found} == {saved}


def test_drafts_move_no_head(store) -> None:
    before = standing(store, now=NOW).heads
    start_draft(store, WHOLE, now=NOW)
    assert standing(store, now=NOW).heads == before
    log_record(store, WHOLE, now=NOW)
    assert standing(store, now=NOW).heads != before
