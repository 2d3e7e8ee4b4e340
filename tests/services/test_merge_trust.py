"""What a store with an accepted key signs though this program would never write it: nobody else suffers."""

from __future__ import annotations

import uuid
from dataclasses import replace

import pytest

from desktop_app.domain.bundles import Result
from desktop_app.domain.entries import Action, Change, Payload, Value
from desktop_app.domain.errors import KnownError
from desktop_app.domain.identity import Subject, SubjectKind
from desktop_app.domain.numbers import Number, parse_number
from desktop_app.domain.roles import Role
from desktop_app.services.conflicts import conflicts
from desktop_app.services.purging import check_lead
from desktop_app.services.records import template_rows
from desktop_app.services.stations_board import board
from tests.floor import NOW, Desk, Floor, pair
from tests.floor import floor as floor
from tests.stores import author


def says(insider: Desk, subject: Subject, values: dict[str, Value], action: Action = Action.CHANGE) -> None:
    """Write an entry past every check of the program."""
    payload = Payload({name: Change((), value) for name, value in values.items()})
    with insider.store.change() as unit:
        unit.append(subject, action, payload, at=NOW)


def new_record() -> Subject:
    return Subject(SubjectKind.RECORD, str(uuid.uuid4()))


def test_no_station_erases_what_a_lead_has(floor: Floor) -> None:
    lead, victim, insider = floor.lead(), floor.desk("08"), floor.desk("07")
    pair(lead, victim, insider)
    logged = victim.log()
    lead.merge(victim.hand_in(lead))
    with lead.store.read() as view:
        heads = dict(view.heads())
    record = Subject(SubjectKind.RECORD, logged.subject_id)
    # In a lead's name and role: an envelope says whatever its writer likes.
    insider.store = replace(insider.store, author=author("8001", Role.ADMIN))
    says(insider, record, {"number": str(logged.number), "heads": heads}, Action.PURGE)
    (one,) = lead.merge(insider.hand_in(lead)).bundles
    assert (one.result, one.reason and one.reason.code) == (Result.REFUSED, "merge.purge")
    with lead.store.read() as view:
        assert view.state(record).text("caller_name") == "王小明"


def test_a_leads_purge_is_taken_and_an_agents_store_makes_none(floor: Floor) -> None:
    lead, other, station = floor.lead(), floor.lead("02"), floor.desk("07")
    pair(lead, other, station)
    pair(other, station)
    logged = station.log()
    for one in (lead, other):
        one.merge(station.hand_in(one))
    record = Subject(SubjectKind.RECORD, logged.subject_id)
    says(lead, record, {"number": str(logged.number), "heads": {}}, Action.PURGE)
    for one in (other, station):
        assert one.merge(lead.hand_in(one)).bundles[0].result is Result.MERGED
        with one.store.read() as view:
            assert view.state(record).tombstone is not None
    # The station may give on what a lead wrote, too.
    assert lead.merge(station.hand_in(lead)).bundles[0].result is Result.KNOWN
    check_lead(lead.store)
    with pytest.raises(KnownError, match="purging"):
        check_lead(replace(station.store, author=author("8001", Role.LEAD)))


def test_nobody_uses_up_the_counter_that_all_go_on_from(floor: Floor) -> None:
    lead, other, insider = floor.lead(), floor.lead("02"), floor.desk("07")
    pair(lead, other, insider)
    with insider.store.change() as unit:
        unit._lamport = 2**48 - 1
        unit.append(new_record(), Action.CHANGE, Payload({"number": Change((), "x")}), at=NOW)
    (one,) = lead.merge(insider.hand_in(lead)).bundles
    assert (one.result, one.reason and one.reason.code) == (Result.REFUSED, "merge.counter")
    lead.log()
    assert other.merge(lead.hand_in(other)).bundles[0].result is Result.MERGED


@pytest.mark.parametrize("kind", [SubjectKind.RECORD, SubjectKind.NUMBER_BLOCK])
def test_nobody_uses_up_the_numbers_of_another_station(floor: Floor, kind: SubjectKind) -> None:
    lead, insider = floor.lead(), floor.desk("07")
    pair(lead, insider)
    lead.log()
    told: dict[str, Value] = {"number": str(Number("01", 999_999_999))}
    if kind is SubjectKind.NUMBER_BLOCK:
        told = {"station": "01", "drill": False, "first": 1, "last": 999_999_999, "use": "reserved"}
    says(insider, Subject(kind, str(uuid.uuid4())), told)
    assert lead.merge(insider.hand_in(lead)).bundles[0].result is Result.MERGED
    number = lead.log().number
    assert (number.station, number.sequence) == ("01", 2)
    assert parse_number(str(number)) == number


def test_any_value_in_any_field_of_any_subject_is_merged_and_shown(floor: Floor) -> None:
    lead, insider = floor.lead(), floor.desk("07")
    pair(lead, insider)
    names = ("number", "kind", "channel", "state", "name", "record", "due", "station", "received_at", "use")
    names += ("first", "last", "owner", "incident", "crm_id", "category", "severity", "records", "phone")
    values: list[Value] = [[], {}, [[1]], {"a": [1]}, 2**63 - 1, 1e308, True, None, "\x00\u202e"]
    for kind in SubjectKind:
        for value in values:
            says(insider, Subject(kind, str(uuid.uuid4())), dict.fromkeys(names, value))
            says(insider, Subject(kind, str(uuid.uuid4())), {"grants": value}, Action.ADD)
    (one,) = lead.merge(insider.hand_in(lead)).bundles
    assert one.result is Result.MERGED
    lead.state_hash()
    board(lead.store, now=NOW)


def test_the_end_of_time_breaks_no_list(floor: Floor) -> None:
    lead, insider = floor.lead(), floor.desk("07")
    pair(lead, insider)
    record = new_record()
    for said in ("9999-12-31T23:59:58.000000Z", "9999-12-31T23:59:59.000000Z", "0001-01-01T00:00:00.000000Z"):
        says(insider, record, {"number": "07-00009-5", "received_at": said, "recorded_at": said})
    assert lead.merge(insider.hand_in(lead)).bundles[0].result is Result.MERGED
    assert template_rows(lead.store)
    assert conflicts(lead.store)
