"""What goes to whom over real stores: withheld, assigned, purged and lost entries, other leads."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from desktop_app.domain.bundles import MOST_RECIPIENTS
from desktop_app.domain.entries import Action, check_chain
from desktop_app.domain.identity import Subject, SubjectKind, user_id
from desktop_app.domain.purging import purge_payload
from desktop_app.domain.roles import Role
from desktop_app.exchange.bundles import read_header
from desktop_app.services.handin import clean_up
from desktop_app.services.pairing import accept, own
from desktop_app.services.receipts import pending
from desktop_app.storage import journal
from desktop_app.storage.folded import promises_of
from desktop_app.storage.outgoing import readable_spans, withheld_spans
from desktop_app.storage.tables import breaks
from tests.exchange.parties import party
from tests.rounds import (
    MARKERS,
    Rounds,
    correct,
    everything_in,
    own_bundles,
    own_writers_of,
    round_,
)
from tests.rounds import floor as floor


def test_restricted_payloads_are_nowhere_at_a_station_and_chains_check(floor: Rounds) -> None:
    logged = floor.log("07", kind="complaint", summary="投诉")
    round_(floor)
    correct(floor, "01", logged.subject_id, supervisor_decision=MARKERS[3])
    correct(floor, "01", logged.subject_id, summary="投诉坐席")
    with floor.stores["01"].change() as unit:
        incident = unit.new_subject(SubjectKind.INCIDENT, floor.tick())
        unit.change(incident, {"title": "CRM 登录失败"}, at=floor.now)
    floor.hand_in("01")
    for code in ("07", "12"):
        floor.merge(code)
        store = floor.stores[code]
        with store.read() as view:
            (lead,) = own_writers_of(floor.stores["01"])
            held = list(journal.chain(view.connection, lead))
            problems = check_chain(
                ((one.entry, one.salt, one.payload) for one in held), journal.link(view.connection, lead)
            )
            assert not list(problems)
            assert not view.connection.execute(select(breaks)).all()
            assert view.state(incident).text("title") == "CRM 登录失败"
            assert bool(withheld_spans(view.connection))
        assert MARKERS[3] not in everything_in(store)
    with floor.stores["07"].read() as view:
        assert view.state(Subject(SubjectKind.RECORD, logged.subject_id)).text("summary") == "投诉坐席"
    assert MARKERS[3] in everything_in(floor.stores["01"])


def test_a_station_gets_back_what_it_lost(floor: Rounds) -> None:
    logged = floor.log("07", summary="电梯停运")
    round_(floor)
    # Another PC took the station's place: nothing of before is there.
    again = floor.add("07", place="spare")
    floor.pair()
    floor.hand_in("07")
    floor.merge("01")
    floor.hand_in("01")
    floor.merge("07", own_bundles(floor, "01"))
    with again.read() as view:
        assert view.state(Subject(SubjectKind.RECORD, logged.subject_id)).text("summary") == "电梯停运"
        assert not view.connection.execute(select(breaks)).all()


def test_an_assigned_record_goes_whole_to_the_station_of_its_new_owner(floor: Rounds) -> None:
    logged = floor.log("07", summary="回电", callback_due="2026-12-28T18:00:00+08:00", phone=MARKERS[1])
    floor.log("12", summary="x")
    round_(floor)
    store = floor.stores["01"]
    with store.change() as unit:
        (promise,) = promises_of(unit.connection, logged.subject_id)
        unit.change(promise, {"owner": user_id("8012"), "state": "assigned"}, at=floor.tick())
    floor.hand_in("01")
    floor.merge("12")
    with floor.stores["12"].read() as view:
        assert view.state(Subject(SubjectKind.RECORD, logged.subject_id)).text("summary") == "回电"
        assert view.state(promise).text("owner") == user_id("8012")


def test_a_purge_reaches_the_station(floor: Rounds) -> None:
    logged = floor.log("07", summary="x", callback_due="2026-12-28T18:00:00+08:00", phone=MARKERS[1])
    round_(floor)
    store = floor.stores["01"]
    with store.change() as unit:
        (promise,) = promises_of(unit.connection, logged.subject_id)
        for subject in (promise, Subject(SubjectKind.RECORD, logged.subject_id)):
            payload = purge_payload(unit.state(subject), unit.heads(), open_promises=0)
            unit.append(subject, Action.PURGE, payload, at=floor.tick())
    floor.hand_in("01")
    floor.merge("07")
    with floor.stores["07"].read() as view:
        for subject in (promise, Subject(SubjectKind.RECORD, logged.subject_id)):
            assert view.state(subject).tombstone is not None
    assert MARKERS[1] not in everything_in(floor.stores["07"])


def test_two_leads_hold_the_same(floor: Rounds) -> None:
    floor.add("02", Role.SUPERVISOR)
    floor.pair()
    floor.log("07", summary="x")
    floor.log("12", summary="y")
    # 02 sees nothing but what 01 gives on.
    for code in ("07", "12"):
        floor.hand_in(code)
    stations = [*own_bundles(floor, "07"), *own_bundles(floor, "12")]
    floor.merge("01", stations)
    floor.hand_in("01")
    floor.merge("02", own_bundles(floor, "01"))
    floor.hand_in("02")
    floor.merge("01", own_bundles(floor, "02"))
    spans = []
    for code in ("01", "02"):
        with floor.stores[code].read() as view:
            spans.append(readable_spans(view.connection))
    assert spans[0] == spans[1]
    # Neither goes on telling the other what both know.
    floor.hand_in("01")
    floor.merge("02", own_bundles(floor, "01"))
    assert floor.hand_in("02").files == ()
    assert floor.hand_in("01").files == ()


def test_many_entries_are_several_bundles(floor: Rounds, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("desktop_app.services.outgoing.MOST_ENTRIES", 4)
    for _ in range(7):
        floor.log("07", summary="x")
    handed = floor.hand_in("07")
    assert (handed.entries, len(handed.files)) == (9, 3)
    for file in reversed(handed.files):
        floor.merge("01", [file])
    with floor.stores["01"].read() as view:
        assert not view.connection.execute(select(breaks)).all()
    floor.hand_in("01")
    floor.merge("07", own_bundles(floor, "01"))
    assert set(clean_up(floor.stores["07"], floor.share)) == set(handed.files)


def test_a_new_lead_gets_everything(floor: Rounds) -> None:
    floor.log("07", summary="x")
    round_(floor)
    clean_up(floor.stores["07"], floor.share)
    late = floor.add("02", Role.LEAD)
    for one, other in ((floor.stores["07"], late), (late, floor.stores["07"])):
        accept(one, own(other), now=floor.tick())
    assert pending(floor.stores["07"]).entries == 3
    handed = floor.hand_in("07")
    assert handed.entries == 3
    assert floor.merge("02", handed.files) == 1


def test_more_readers_than_a_bundle_takes_are_told_by_several(floor: Rounds) -> None:
    lead = floor.stores["01"]
    for station in range(300):
        accept(lead, party(f"{2000 + station}").identity, now=floor.now)
    floor.log("01", summary="x")
    handed = floor.hand_in("01")
    to_all = [read_header(file) for file in handed.files]
    readers = [header.recipients for header in to_all if len(header.recipients) > 1]
    assert sorted(map(len, readers)) == [302 - MOST_RECIPIENTS, MOST_RECIPIENTS]
    assert len({store for its in readers for store in its}) == 302
    # Each part of them is remembered by itself, so that nothing is told twice.
    assert floor.hand_in("01").files == ()
    floor.merge("07")
    floor.hand_in("07")
    floor.merge("01")
    again = [read_header(file).recipients for file in floor.hand_in("01").files]
    assert sorted(map(len, again)) == [302 - MOST_RECIPIENTS, MOST_RECIPIENTS]
