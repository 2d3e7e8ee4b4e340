"""The stations board over a real store: who was heard, what is missing, what is absent, whom to believe."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import event

from desktop_app.domain.entries import Action
from desktop_app.domain.identity import Subject, SubjectKind, user_id
from desktop_app.domain.roles import Role
from desktop_app.domain.skew import Clock
from desktop_app.domain.users import Grant
from desktop_app.services.station_rows import Board, StationRow, Trouble
from desktop_app.services.stations_board import board
from desktop_app.storage.stations import Standing, make_identity
from desktop_app.storage.store import Store
from tests.hearsay import MINUTE, NOW, Hearsay, hex_of, identity
from tests.stores import author, new_store

LEAD = identity("02", "赵敏", role=Role.LEAD)
SEVEN = identity("07", "王芳")
EIGHT = identity("08", "孙丽")


@pytest.fixture
def own(tmp_path: Path) -> Iterator[Store]:
    """The store of a lead at station 01."""
    opened = replace(new_store(tmp_path / "own", station="01"), author=author(role=Role.LEAD))
    with opened.database.change() as connection:
        make_identity(connection, "李娜", Role.LEAD)
    yield opened
    opened.close()


@pytest.fixture
def floor(own: Store) -> Hearsay:
    return Hearsay(own)


def read(store: Store) -> Board:
    return board(store, now=NOW)


def row(store: Store, station: str) -> StationRow:
    (found,) = (one for one in read(store).rows if one.station == station)
    return found


def test_a_lone_store_shows_itself_and_a_floor_that_adds_up(own: Store) -> None:
    found = read(own)
    (only,) = found.rows
    assert (only.own, only.station, only.name, only.role) == (True, "01", "李娜", Role.LEAD)
    assert only.troubles() == ()
    assert (found.numbers.holds, found.numbers.total) == (True, 0)
    assert (found.waiting, found.leads, found.may_decide, found.accepted_leads) == ((), True, True, 0)


def test_a_station_that_was_accepted_and_never_heard_is_expected(own: Store, floor: Hearsay) -> None:
    floor.knows(SEVEN)
    found = row(own, "07")
    assert found.heard_at is None
    assert found.troubles() == (Trouble.NEVER_HEARD,)


def test_what_a_station_says_of_itself_is_accounted_for(own: Store, floor: Hearsay) -> None:
    floor.knows(SEVEN)
    floor.writes(SEVEN, [1, 2, 4, 7])
    floor.writes(SEVEN, [5], state="void")
    # Number 2 was a draft when the manifest was made and is a record by now; 8 is still one.
    floor.hears(SEVEN, highest=9, drafts=[2, 8], voids=[5, 6])
    found = row(own, "07")
    assert (found.records, found.voids, found.drafts, found.highest) == (4, 2, (8,), 9)
    assert found.missing == ((3, 3), (9, 9))
    assert [found.number(first) for first, _ in found.missing] == ["07-00003-5", "07-00009-7"]
    whole = read(own)
    assert whole.numbers.parts == {"records": 4, "void": 2, "drafts": 1, "reserved": 0, "unaccounted": 2}
    assert (whole.numbers.total, whole.numbers.holds, whole.unaccounted) == (9, True, 2)
    # What the manifest says again of what is here by now is no second use.
    assert whole.twice == ()
    assert Trouble.MISSING in found.troubles()


def test_when_and_by_what_a_station_was_heard_last(own: Store, floor: Hearsay) -> None:
    floor.knows(SEVEN)
    floor.hears(SEVEN, at=NOW - 25 * MINUTE, by="stick")
    found = row(own, "07")
    assert (found.heard_at, found.heard_by, found.silent(NOW)) == (NOW - 25 * MINUTE, "stick", True)
    floor.hears(SEVEN, at=NOW - 2 * MINUTE)
    found = row(own, "07")
    assert (found.heard_at, found.heard_by, found.silent(NOW)) == (NOW - 2 * MINUTE, "folder", False)
    assert not row(own, "01").silent(NOW)


def test_absent_entries_are_named_by_life_and_range(own: Store, floor: Hearsay) -> None:
    floor.knows(SEVEN)
    old, new = hex_of("old"), hex_of("new")
    floor.writes(SEVEN, [1, 2, 3, 4], writer=old, seqs=[1, 2, 6, 7])
    floor.writes(SEVEN, [5], writer=new)
    floor.hears(SEVEN, lives=[old, new], heads={old: 9, new: 3}, highest=9)
    found = row(own, "07")
    assert [(life.writer, life.held) for life in found.lives] == [
        (old, ((1, 2), (6, 7))),
        (new, ((1, 1),)),
    ]
    assert [(one.writer, one.place, one.spans) for one in found.absent] == [
        (old, 1, ((3, 5), (8, 9))),
        (new, 2, ((2, 3),)),
    ]


def test_what_another_lead_holds_of_a_station_is_absent_here(own: Store, floor: Hearsay) -> None:
    floor.knows(LEAD)
    floor.knows(SEVEN)
    writer = floor.writes(SEVEN, [1, 2])
    floor.hears(LEAD, holds={writer: ((1, 5),)})
    assert [one.spans for one in row(own, "07").absent] == [((3, 5),)]


def test_an_agents_station_asks_for_no_entries_of_others(tmp_path: Path) -> None:
    with new_store(tmp_path / "agent", station="03") as store:
        with store.database.change() as connection:
            make_identity(connection, "周静", Role.AGENT)
        floor = Hearsay(store)
        floor.knows(LEAD)
        floor.hears(LEAD, heads={hex_of(f"life {LEAD.store}"): 50}, holds={hex_of("x"): ((1, 9),)})
        found = board(store, now=NOW)
        assert [one.absent for one in found.rows] == [(), ()]
        assert (found.leads, found.may_decide, found.accepted_leads) == (False, False, 1)


def test_the_clock_of_a_station_is_estimated_from_both_ways(own: Store, floor: Hearsay) -> None:
    with own.read() as view:
        us = view.life.store
    floor.knows(SEVEN)
    floor.hears(SEVEN, at=NOW, made=NOW + timedelta(seconds=290))
    assert row(own, "07").skew.least == timedelta(seconds=290)
    assert row(own, "07").skew.clock is Clock.AHEAD
    made, taken = NOW + timedelta(seconds=30), NOW + timedelta(seconds=340)
    floor.hears(SEVEN, at=NOW + MINUTE, made=NOW + timedelta(seconds=350), heard={us: (made, taken)})
    found = row(own, "07")
    assert (found.skew.least, found.skew.most) == (timedelta(seconds=290), timedelta(seconds=310))
    assert Trouble.SKEW in found.troubles()


def test_two_stores_under_one_code_are_named_with_both_people(own: Store, floor: Hearsay) -> None:
    other = identity("07", "孙丽", store="another PC")
    for who in (SEVEN, other):
        floor.knows(who)
    floor.hears(SEVEN, highest=40)
    floor.hears(other, highest=25)
    rows = {one.name: one for one in read(own).rows}
    assert [(one.name, one.overlap) for one in rows["王芳"].clash] == [("孙丽", (1, 25))]
    assert [(one.name, one.overlap) for one in rows["孙丽"].clash] == [("王芳", (1, 25))]
    assert rows["王芳"].troubles()[0] is Trouble.CLASH


def test_a_replaced_pc_is_no_clash_and_each_counts_its_own_numbers(own: Store, floor: Hearsay) -> None:
    replacing = identity("07", "孙丽", store="another PC")
    for who in (SEVEN, replacing):
        floor.knows(who)
    floor.writes(SEVEN, [1, 2])
    floor.writes(replacing, [1003])
    floor.hears(SEVEN, highest=3)
    floor.hears(replacing, highest=1004, first=1003)
    rows = {one.name: one for one in read(own).rows}
    assert [one.clash for one in rows.values()] == [(), (), ()]
    assert (rows["王芳"].records, rows["王芳"].missing) == (2, ((3, 3),))
    assert (rows["孙丽"].records, rows["孙丽"].missing) == (1, ((1004, 1004),))
    whole = read(own)
    assert (whole.numbers.total, whole.unaccounted) == (5, 2)


def test_a_clash_with_the_own_store_is_named(own: Store, floor: Hearsay) -> None:
    copy = identity("01", "孙丽", store="copy")
    floor.knows(copy)
    floor.hears(copy, highest=3)
    assert {one.name: [each.name for each in one.clash] for one in read(own).rows} == {
        "李娜": ["孙丽"],
        "孙丽": ["李娜"],
    }


def test_what_waits_for_a_person_stands_apart(own: Store, floor: Hearsay) -> None:
    floor.holds_back(SEVEN, 31)
    floor.holds_back(SEVEN, 4, at=NOW - MINUTE)
    floor.claims(EIGHT)
    found = read(own)
    assert [one.station for one in found.rows] == ["01"]
    handed_in, proposed = found.waiting
    assert (handed_in.identity, handed_in.entries, handed_in.bundles) == (SEVEN, 35, 2)
    assert handed_in.since == NOW - 8 * MINUTE
    assert (proposed.identity, proposed.entries, proposed.bundles) == (EIGHT, 0, 0)


def test_a_store_met_through_another_lead_says_who_vouches(own: Store, floor: Hearsay) -> None:
    floor.knows(LEAD)
    floor.knows(SEVEN, Standing.KNOWN, LEAD.store)
    floor.writes(SEVEN, [1, 2])
    found = row(own, "07")
    assert (found.vouched_by, found.records, found.name) == ("02 赵敏", 2, "王芳")
    assert found.troubles() == ()


def test_refused_bundles_are_shown_until_the_station_is_heard_again(own: Store, floor: Hearsay) -> None:
    floor.knows(SEVEN)
    floor.hears(SEVEN, at=NOW - 9 * MINUTE)
    floor.refuses(SEVEN)
    assert [one.reason for one in row(own, "07").refused] == ["bundle.altered"]
    assert row(own, "07").troubles() == (Trouble.REFUSED,)
    floor.hears(SEVEN, at=NOW)
    assert row(own, "07").refused == ()


def test_a_number_two_records_hold_is_named(own: Store, floor: Hearsay) -> None:
    floor.knows(SEVEN)
    floor.writes(SEVEN, [1, 1])
    assert read(own).twice == ("07-00001-9",)


def test_roles_people_gave_themselves_are_listed(own: Store) -> None:
    subject = Subject(SubjectKind.USER, user_id("8021"))
    with own.change() as unit:
        unit.change(subject, {"staff_number": "8021", "name": "李娜"}, at=NOW)
        for grant in (
            Grant(Role.LEAD, "01", "init"),
            Grant(Role.SUPERVISOR, "01", subject.id, "主管联系不上"),
        ):
            unit.append(subject, Action.ADD, grant.payload(), at=NOW)
    assert [(one.name, one.role, one.reason) for one in read(own).roles_taken] == [
        ("李娜", Role.SUPERVISOR, "主管联系不上")
    ]


def test_many_stations_cost_no_more_questions_than_few(own: Store, floor: Hearsay) -> None:
    def questions() -> int:
        asked: list[str] = []

        def count(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
            asked.append(statement)

        event.listen(own.database.reader, "before_cursor_execute", count)
        read(own)
        event.remove(own.database.reader, "before_cursor_execute", count)
        return len(asked)

    few = questions()
    for place in range(20, 32):
        who = identity(f"{place}")
        floor.knows(who)
        floor.writes(who, [1, 2])
        floor.hears(who, highest=3)
        floor.holds_back(identity(f"{place + 20}"), 5)
    assert len(read(own).rows) == 13
    assert questions() == few
