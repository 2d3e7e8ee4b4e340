"""Whatever number a caller quotes: who holds it is told at once, or whom to ask."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from desktop_app.domain.entries import Action, moment_text
from desktop_app.domain.identity import Subject, SubjectKind
from desktop_app.domain.numbers import Number
from desktop_app.domain.purging import purge_payload
from desktop_app.services.number_search import MOST_FOUND, Absent, Where, find_number
from desktop_app.services.record_changes import void
from desktop_app.services.records import (
    Logged,
    discard_draft,
    log_record,
    reserve_numbers,
    save_draft,
    start_draft,
)
from desktop_app.storage.store import Store
from desktop_app.storage.tables import numbers
from tests.hearsay import Hearsay, hex_of, identity
from tests.stores import new_store

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
CALL = {"kind": "complaint", "channel": "phone", "caller_name": "王芳", "phone": "13123450001"}


def log(store: Store, count: int = 1) -> Logged:
    return [log_record(store, CALL, now=NOW) for _ in range(count)][-1]


def know(store: Store, station: str, *, highest: int = 0, drafts: tuple[int, ...] = ()) -> None:
    """Know a station and what it said of itself."""
    floor, who = Hearsay(store), identity(station)
    floor.knows(who)
    if highest:
        floor.hears(who, at=NOW, highest=highest, drafts=drafts)


def put_in_list(store: Store, *listed: Number, state: str = "recorded") -> None:
    with store.change() as unit:
        for number in listed:
            unit.connection.execute(
                numbers.insert().values(
                    number=str(number),
                    kind="urgent",
                    station=number.station,
                    state=state,
                    owner="张敏",
                    listed_by="0" * 32,
                    listed_at=moment_text(NOW),
                )
            )


def test_a_record_of_this_station_is_found_as_it_is_typed(store: Store) -> None:
    logged = log(store, 2)
    for text in (str(logged.number), "07 2", "2", "0700002", "０７－２"):
        found = find_number(store, text)
        assert [one.number for one in found.numbers] == [Number("07", 2)], text
        hit = found.numbers[0]
        assert (hit.where, hit.subject_id, hit.own_station) == (Where.RECORD, logged.subject_id, True)
        assert (hit.kind, hit.state, hit.holder, hit.caller_name) == ("complaint", "recorded", "8021", "王芳")
        assert hit.received_at == NOW


def test_the_phone_is_masked(store: Store) -> None:
    log(store)
    assert find_number(store, "07 1").numbers[0].phone == "131****0001"


def test_only_a_whole_number_counts_as_checked(store: Store) -> None:
    logged = log(store)
    assert find_number(store, str(logged.number)).checked
    assert not find_number(store, "07 1").checked


def test_a_wrong_digit_leads_to_the_numbers_that_exist(store: Store) -> None:
    logged = log(store, 3)
    found = find_number(store, str(logged.number).replace("00003", "00008"))
    assert found.corrected
    assert [one.number for one in found.numbers] == [logged.number]


def test_a_wrong_digit_of_a_number_that_nobody_has_is_said(store: Store) -> None:
    assert find_number(store, "07-00042-8").absent is Absent.MISHEARD


def test_a_draft_here_is_found_with_what_it_holds(store: Store) -> None:
    draft = start_draft(store, CALL, now=NOW)
    (hit,) = find_number(store, str(draft.number)).numbers
    assert (hit.where, hit.subject_id, hit.state, hit.kind) == (
        Where.DRAFT,
        draft.subject.id,
        "draft",
        "complaint",
    )
    assert hit.phone == "131****0001"


def test_void_numbers_say_so(store: Store) -> None:
    discard_draft(store, start_draft(store, CALL, now=NOW).subject.id, reason="误建", now=NOW)
    void(store, log(store).subject_id, reason="重复登记", now=NOW)
    assert [find_number(store, text).numbers[0].state for text in ("07 1", "07 2")] == ["void", "void"]


def test_a_purged_record_is_told_but_not_opened(store: Store) -> None:
    logged = log(store)
    with store.change() as unit:
        state = unit.state(Subject(SubjectKind.RECORD, logged.subject_id))
        unit.append(state.subject, Action.PURGE, purge_payload(state, unit.heads(), open_promises=0), at=NOW)
    (hit,) = find_number(store, "07 1").numbers
    assert (hit.state, hit.subject_id, hit.caller_name, hit.phone) == ("purged", "", "", "")


def test_the_list_of_all_numbers_tells_who_holds_it(store: Store) -> None:
    put_in_list(store, Number("12", 31))
    (hit,) = find_number(store, "12 31").numbers
    assert (hit.where, hit.subject_id, hit.own_station) == (Where.LISTED, "", False)
    assert (hit.kind, hit.state, hit.holder) == ("urgent", "recorded", "张敏")
    assert (hit.caller_name, hit.phone) == ("", "")


def test_what_is_here_comes_before_the_list(store: Store) -> None:
    log(store)
    put_in_list(store, Number("07", 1), Number("12", 1))
    know(store, "12", highest=3)
    found = find_number(store, "1").numbers
    assert [(one.number.station, one.where) for one in found] == [("07", Where.RECORD), ("12", Where.LISTED)]


def test_a_draft_of_another_station_is_told_from_what_it_said(store: Store) -> None:
    know(store, "12", highest=40, drafts=(33,))
    (hit,) = find_number(store, "12 33").numbers
    assert (hit.where, hit.state, hit.holder) == (Where.LISTED, "draft", "")


@pytest.mark.parametrize(
    ("text", "absent"),
    [
        ("", Absent.EMPTY),
        ("  ", Absent.EMPTY),
        ("王芳", Absent.UNREADABLE),
        ("07 3", Absent.NOT_GIVEN),
        ("D07 1", Absent.DRILL),
        ("12 40", Absent.ON_ITS_WAY),
        ("12 41", Absent.BEYOND),
        ("13 1", Absent.NOT_HEARD),
        ("34 1", Absent.NO_STATION),
    ],
)
def test_what_is_unknown_says_why(store: Store, text: str, absent: Absent) -> None:
    log(store, 2)
    know(store, "12", highest=40)
    know(store, "13")
    found = find_number(store, text)
    assert (found.numbers, found.absent) == ((), absent)


def test_another_stations_highest_is_told_with_when_it_was_heard(store: Store) -> None:
    know(store, "12", highest=40)
    found = find_number(store, "12 41")
    assert (found.number, found.highest, found.heard_at) == (Number("12", 41), 40, NOW)


def test_the_list_shows_how_far_a_station_is_that_was_not_heard_itself(store: Store) -> None:
    put_in_list(store, Number("13", 7), Number("13", 10), Number("14", 99))
    know(store, "13")
    found = find_number(store, "13 9")
    assert (found.absent, found.highest) == (Absent.ON_ITS_WAY, 10)


def test_drafts_of_an_older_life_are_over_and_its_numbers_are_not(store: Store) -> None:
    know(store, "12", highest=40, drafts=(33,))
    who = identity("12")
    Hearsay(store).hears(who, at=NOW, lives=[hex_of("life " + who.store), hex_of("new life")], highest=35)
    found = find_number(store, "12 33")
    assert (found.numbers, found.absent, found.highest) == ((), Absent.ON_ITS_WAY, 40)


def test_a_number_of_a_form_on_paper_says_so(store: Store) -> None:
    reserve_numbers(store, 5, now=NOW)
    assert find_number(store, "07 3").absent is Absent.PAPER


def test_a_given_number_without_a_record_says_so(store: Store) -> None:
    log(store)
    with store.change() as unit:
        unit.mint_number()
    log(store)
    assert find_number(store, "07 2").absent is Absent.NO_RECORD


def test_in_a_drill_numbers_are_the_drills(tmp_path) -> None:
    with new_store(tmp_path / "drill", drill=True) as drill:
        logged = log(drill)
        assert str(logged.number).startswith("D")
        for text in (str(logged.number), str(logged.number)[1:], "07 1"):
            assert find_number(drill, text).numbers[0].number == logged.number


def test_many_numbers_are_cut_short(store: Store) -> None:
    for station in range(20, 40):
        know(store, str(station), highest=9)
        put_in_list(store, Number(str(station), 5))
    assert len(find_number(store, "5").numbers) == MOST_FOUND


def test_a_saved_draft_is_a_record(store: Store) -> None:
    draft = start_draft(store, CALL, now=NOW)
    save_draft(store, draft.subject.id, CALL, now=NOW)
    assert find_number(store, "07 1").numbers[0].where is Where.RECORD
