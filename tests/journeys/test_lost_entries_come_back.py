"""Restored and copied stores: what they lost comes back from a lead, and they go on as a new life."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select

from desktop_app.services.drafts import list_drafts
from desktop_app.services.records import save_draft, start_draft
from desktop_app.storage.checks import check_journal
from desktop_app.storage.going_on import go_on
from desktop_app.storage.store import StoreMarks
from desktop_app.storage.tables import records
from tests.floor import NOW, Desk
from tests.floor import floor as floor
from tests.floor import lead as lead
from tests.floor import station as station
from tests.services.test_merge import refused, told


def copied(desk: Desk) -> dict[str, bytes]:
    """Return the store's files as they lie there now, the write-ahead log folded in."""
    desk.store.database.checkpoint()
    return {one.name: one.read_bytes() for one in desk.store.folder.iterdir() if one.is_file()}


def put_back(desk: Desk, files: dict[str, bytes]) -> None:
    """Put an older copy of the store's files in their place, as somebody does who knows no better."""
    for engine in (desk.store.database.reader, desk.store.database.writer):
        engine.dispose()  # the files are let go of; the same store goes on over those put back
    for one in desk.store.folder.iterdir():
        if one.is_file():
            one.unlink()
    for name, content in files.items():
        (desk.store.folder / name).write_bytes(content)


def test_a_restored_store_gets_its_lost_entries_back_from_a_lead(lead: Desk, station: Desk) -> None:
    station.log_many(2)
    files = copied(station)
    draft = start_draft(station.store, {"caller_name": "赵敏"}, now=NOW - timedelta(minutes=1))
    station.log_many(1)
    backup = copied(station)
    save_draft(station.store, draft.subject.id, {**draft.values, "summary": "停水"}, now=NOW)
    station.log_many(2)
    lead.merge(station.hand_in(lead))
    for old, drafts in ((files, 0), (backup, 0)):
        put_back(station, old)
        with station.store.read() as view:
            before = view.life.writer
        assert isinstance(station.store.marks, StoreMarks)
        assert go_on(station.store, station.store.marks, NOW)
        merged = station.merge(lead.hand_in(station))
        assert told(merged)[0][0] == "merged"
        assert merged.state_hash == station.state_hash()
        assert merged.missing == {}
        assert len(list_drafts(station.store)) == drafts
        with station.store.read() as view:
            assert view.life.writer != before
            assert merged.absent == ()
        logged = station.log()
        assert logged.number.sequence == lead_highest(lead, station) + 1
        assert told(lead.merge(station.hand_in(lead)))[0][0] == "merged"
        assert lead.state_hash() == station.state_hash()
        assert check_journal(station.store.database).problems == ()


def lead_highest(lead: Desk, station: Desk) -> int:
    with lead.store.read() as view:
        return max(
            row.sequence for row in view.connection.execute(select(records).where(records.c.station == "07"))
        )


def test_a_copy_put_back_with_its_mark_is_found_by_what_a_lead_holds(lead: Desk, station: Desk) -> None:
    station.log_many(2)
    files = copied(station)
    (mark_file,) = (station.store.folder.parent / "data").rglob("*.json")
    mark = mark_file.read_bytes()
    station.log_many(3)
    lead.merge(station.hand_in(lead))
    put_back(station, files)
    mark_file.write_bytes(mark)
    assert isinstance(station.store.marks, StoreMarks)
    assert not go_on(station.store, station.store.marks, NOW)
    with station.store.read() as view:
        before = view.life.writer
    merged = station.merge(lead.hand_in(station))
    (one,) = merged.bundles
    assert (one.result.value, one.new) == ("merged", 3)
    assert one.reason is not None
    assert one.reason.code == "merge.own_ahead"
    assert station.state_hash() == lead.state_hash()
    assert station.log().number.sequence == 6
    with station.store.read() as view:
        assert view.life.writer != before
    assert told(lead.merge(station.hand_in(lead))) == [("merged", 1)]


def test_a_copy_that_went_on_writing_is_refused_as_a_fork(lead: Desk, station: Desk) -> None:
    station.log_many(2)
    files = copied(station)
    (mark_file,) = (station.store.folder.parent / "data").rglob("*.json")
    mark = mark_file.read_bytes()
    station.log_many(2)
    lead.merge(station.hand_in(lead))
    before = lead.state_hash()
    put_back(station, files)
    mark_file.write_bytes(mark)
    station.log(detail="又写了一条")
    assert refused(station.merge(lead.hand_in(station))).code == "merge.altered"
    assert refused(lead.merge(station.hand_in(lead))).code == "merge.altered"
    assert lead.state_hash() == before
