"""What one store hands over and another takes in: files, real keys, real stores."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from desktop_app.domain.bundles import Bundle, ListedNumber, Manifest, Result, Run
from desktop_app.domain.entries import GENESIS
from desktop_app.domain.errors import KnownError
from desktop_app.domain.merging import cut
from desktop_app.domain.numbers import Number
from desktop_app.domain.roles import Role
from desktop_app.exchange.bundles import write_bundle
from desktop_app.services.merge import QUARANTINE, Merged, merge_bundles, merge_quarantined
from desktop_app.services.pairing import accept, own, proposals
from desktop_app.services.progress import Cancelled, Progress
from desktop_app.storage.checks import check_journal
from desktop_app.storage.merging import PORTION
from desktop_app.storage.stations import Standing, known_stations
from desktop_app.storage.store import Store
from desktop_app.storage.tables import manifests, numbers, quarantine, taken
from desktop_app.words import LANGUAGES, Words
from tests.bench.floor_of_bundles import new_writer, write_calls
from tests.floor import NOW, Desk, Floor, pair
from tests.floor import floor as floor
from tests.floor import lead as lead
from tests.floor import station as station
from tests.runs import withholding


def told(merged: Merged) -> list[tuple[str, int]]:
    return [(one.result.value, one.new) for one in merged.bundles]


def refused(merged: Merged) -> KnownError:
    (one,) = merged.bundles
    assert one.result is Result.REFUSED
    assert one.reason is not None
    assert all(Words(language).sentence(one.reason) for language in LANGUAGES)
    return one.reason


def standings(desk: Desk) -> dict[str, tuple[str, str]]:
    with desk.store.read() as view:
        return {
            one.identity.station: (one.standing.value, one.vouched_by)
            for one in known_stations(view.connection)
        }


def rows(store: Store, table: object) -> list[object]:
    with store.read() as view:
        return list(view.connection.execute(select(table)).all())


def part(bundle: Bundle, first: int, last: int) -> Bundle:
    """Return the bundle with only these entries of its one run."""
    (run,) = bundle.runs
    return replace(bundle, runs=(cut(cut(run, last)[0], first - 1)[1],))


def test_a_lead_takes_what_stations_hand_in_in_any_order_as_often_as_it_comes(
    floor: Floor, lead: Desk
) -> None:
    other = floor.lead("02")
    stations = [floor.desk(code) for code in ("07", "08", "09")]
    for one in (lead, other):
        pair(one, *stations)
    files = []
    for number, giver in enumerate(stations, 1):
        giver.log_many(number * 2)
        files.append(giver.hand_in(lead, other))
        giver.log_many(1)
        files.append(giver.hand_in(lead, other))
    random.Random(4).shuffle(files)
    merged = lead.merge(*files)
    assert {one.result.value for one in merged.bundles} <= {"merged", "known"}
    assert sum(one.new for one in merged.bundles) == 2 + 4 + 6 + 3
    assert merged.missing == {}
    assert told(lead.merge(*files)) == [("known", 0)] * 6
    again = other.merge(*reversed(files))
    assert again.state_hash == merged.state_hash == lead.state_hash()


def test_what_a_lost_bundle_held_is_named_and_comes_later(lead: Desk, station: Desk) -> None:
    station.log_many(9)
    whole = station.bundle([lead])
    late = station.hand_in(lead, bundle=part(whole, 4, 6))
    merged = lead.merge(station.hand_in(lead, bundle=part(whole, 1, 3)))
    (missing,) = merged.absent
    assert (missing.station, missing.spans) == ("07", ((4, 9),))
    merged = lead.merge(station.hand_in(lead, bundle=part(whole, 7, 9)))
    assert [one.spans for one in merged.absent] == [((4, 6),)]
    assert [str(one)[:8] for one in merged.missing["07"]] == ["07-00004", "07-00005", "07-00006"]
    assert check_journal(lead.store.database).problems == ()
    merged = lead.merge(late)
    assert merged.absent == ()
    assert merged.missing == {}
    assert merged.state_hash == station.state_hash()


def test_leads_who_exchange_everything_stand_the_same(floor: Floor, lead: Desk, station: Desk) -> None:
    other = floor.lead("02")
    mine = floor.desk("08")
    pair(other, mine, lead)
    lead.accepts(other)
    station.log_many(3)
    mine.log_many(2)
    lead.log(detail="组长自己记的")
    lead.merge(station.hand_in(lead))
    other.merge(mine.hand_in(other))
    there = other.merge(lead.hand_in(other))
    here = lead.merge(other.hand_in(lead))
    assert here.state_hash == there.state_hash
    assert standings(lead)["08"] == ("known", other.identity.store)
    # Who is only known through a lead is no station whose own hand-ins are taken.
    assert told(lead.merge(mine.hand_in(lead))) == [("quarantined", 0)]


def test_a_hand_in_of_an_unknown_station_waits_until_it_is_accepted(lead: Desk, floor: Floor) -> None:
    stranger = floor.desk("12")
    stranger.accepts(lead)
    stranger.log_many(3)
    file = stranger.hand_in(lead)
    merged = lead.merge(file, file)
    assert [one.result.value for one in merged.bundles] == ["quarantined"] * 2
    assert merged.unknown == ("12",)
    (row,) = rows(lead.store, quarantine)
    assert (row.store, row.entries) == (stranger.identity.store, 3)
    assert len(list((lead.store.folder / QUARANTINE).iterdir())) == 1
    file.unlink()
    lead.accepts(stranger)
    merged = merge_quarantined(lead.store, stranger.identity.store, now=NOW)
    assert told(merged) == [("merged", 3)]
    assert merged.unknown == ()
    assert merged.state_hash == stranger.state_hash()
    assert rows(lead.store, quarantine) == []
    assert list((lead.store.folder / QUARANTINE).iterdir()) == []
    assert told(merge_quarantined(lead.store, stranger.identity.store, now=NOW)) == []


def test_a_lead_vouches_for_a_lead_whose_hand_in_came_before(lead: Desk, floor: Floor) -> None:
    second, third = floor.lead("02"), floor.lead("03")
    pair(second, lead, third)
    third.accepts(lead)
    third.log_many(2)
    early = third.hand_in(lead)
    assert told(lead.merge(early, second.hand_in(lead))) == [("merged", 2), ("known", 0)]
    assert standings(lead)["03"] == ("accepted", second.identity.store)
    assert rows(lead.store, quarantine) == []


def test_only_a_lead_vouches_for_other_leads(lead: Desk, station: Desk, floor: Floor) -> None:
    liar = floor.lead("66")
    station.accepts(liar)
    station.log_many(1)
    assert told(lead.merge(station.hand_in(lead))) == [("merged", 1)]
    assert "66" not in standings(lead)


def test_a_station_brings_no_entries_of_another(lead: Desk, station: Desk, floor: Floor) -> None:
    victim = floor.desk("08")
    pair(station, victim)
    victim.log_many(2)
    station.merge(victim.hand_in(station))
    relayed = station.bundle([lead], writers_of=[run.writer for run in victim.bundle([lead]).runs])
    problem = refused(lead.merge(station.hand_in(lead, bundle=replace(relayed, runs=_unsigned(relayed)))))
    assert problem.code == "merge.not_theirs"
    # Not even with their signature, while nobody knows the key.
    signed = replace(relayed, runs=victim.bundle([lead]).runs)
    assert refused(lead.merge(station.hand_in(lead, bundle=signed))).code == "merge.not_theirs"
    lead.accepts(victim)
    assert told(lead.merge(station.hand_in(lead, bundle=signed))) == [("merged", 2)]


def _unsigned(bundle: Bundle) -> tuple:
    return tuple(replace(run, signed=None, owner=None) for run in bundle.runs)


def test_a_fork_is_refused_and_named(lead: Desk, station: Desk, floor: Floor) -> None:
    station.log_many(3)
    lead.merge(station.hand_in(lead))
    before = lead.state_hash()
    station.log_many(2)
    bundle = station.bundle([lead])
    (run,) = bundle.runs
    _, tail = cut(run, 3)
    forged = replace(bundle.manifest, heads=())
    broken = replace(tail, link=bytes(32), entries=_chained(tail.entries, bytes(32)), signed=None)
    merged = lead.merge(station.hand_in(lead, bundle=replace(bundle, manifest=forged, runs=(broken,))))
    assert refused(merged).code == "merge.altered"
    assert [dict(one) for one in merged.altered] == [{"station": "07", "writer": run.writer[:8], "seq": 4}]
    assert lead.state_hash() == before
    assert told(lead.merge(station.hand_in(lead, bundle=bundle))) == [("merged", 2)]


def _chained(entries: tuple, link: bytes) -> tuple:
    from desktop_app.domain.entries import chain_hash

    made = []
    for stored in entries:
        entry = replace(stored.entry, hash=chain_hash(link, stored.entry.envelope()))
        link = bytes.fromhex(entry.hash)
        made.append(replace(stored, entry=entry))
    return tuple(made)


def test_a_store_with_another_key_under_a_known_name_is_refused(
    lead: Desk, station: Desk, floor: Floor
) -> None:
    other = floor.desk("08")
    pair(lead, other)
    bundle = other.bundle([lead])
    posing = replace(bundle.manifest.identity, store=station.identity.store)
    forged = replace(bundle, manifest=replace(bundle.manifest, identity=posing, heads=()), runs=())
    assert refused(lead.merge(other.hand_in(lead, bundle=forged))).code == "merge.other_key"


def test_a_life_of_another_store_is_not_taken_over(lead: Desk, station: Desk, floor: Floor) -> None:
    station.log_many(1)
    lead.merge(station.hand_in(lead))
    other = floor.desk("08")
    pair(lead, other)
    bundle = other.bundle([lead])
    lives = station.bundle([lead]).manifest.lives
    stolen = replace(bundle, manifest=replace(bundle.manifest, lives=lives, heads=()))
    assert refused(lead.merge(other.hand_in(lead, bundle=stolen))).code == "merge.bound"


@pytest.mark.parametrize(("real", "drill", "code"), [(0, 1, "merge.drill"), (1, 0, "merge.real")])
def test_drills_and_real_work_never_meet(floor: Floor, real: int, drill: int, code: str) -> None:
    desks = [floor.desk("01", Role.LEAD), floor.desk("01", Role.LEAD, drill=True)]
    desks[drill].log_many(1)
    # Nobody can pair them, so the bundle is made by hand.
    assert refused(desks[real].merge(desks[drill].hand_in(desks[real]))).code == code
    assert rows(desks[real].store, quarantine) == []


def test_files_that_are_no_bundles_are_refused_alone(lead: Desk, station: Desk, tmp_path: Path) -> None:
    station.log_many(1)
    text = tmp_path / "x.handin"
    text.write_text("hello")
    merged = lead.merge(text, tmp_path / "gone.handin", station.hand_in(lead), station.hand_in(station))
    assert [one.result.value for one in merged.bundles] == ["refused", "refused", "merged", "refused"]
    codes = [one.reason.code for one in merged.bundles if one.reason]
    assert codes == ["bundles.not_one", "bundles.missing", "bundles.not_for_us"]
    assert merged.bundles[3].station == "07"


def test_what_was_withheld_is_filled_in_later(lead: Desk, station: Desk) -> None:
    lead.log(detail="只有组长可见")
    bundle = lead.bundle([station])
    hidden = replace(bundle, runs=tuple(withholding(run, [1]) for run in bundle.runs))
    assert told(station.merge(lead.hand_in(station, bundle=hidden))) == [("merged", 1)]
    assert station.state_hash() != lead.state_hash()
    assert told(station.merge(lead.hand_in(station, bundle=bundle))) == [("merged", 1)]
    assert station.state_hash() == lead.state_hash()


def test_nobody_becomes_a_lead_by_saying_so(lead: Desk, station: Desk) -> None:
    bundle = station.bundle([lead])
    claimed = replace(
        bundle.manifest, identity=replace(bundle.manifest.identity, role=Role.LEAD, name="李娜")
    )
    lead.merge(station.hand_in(lead, bundle=replace(bundle, manifest=claimed)))
    with lead.store.read() as view:
        (known,) = known_stations(view.connection, Standing.ACCEPTED)
    assert (known.identity.name, known.identity.role) == ("李娜", Role.AGENT)
    assert [one.identity.role for one in proposals(lead.store)] == [Role.LEAD]


def test_the_newest_list_of_numbers_of_a_lead_stands(lead: Desk, station: Desk) -> None:
    def listing(serial: int, *sequences: int) -> Path:
        told = [str(Number("09", one)) for one in sequences]
        listed = tuple(ListedNumber(one, "urgent", "09", "recorded", "李娜") for one in told)
        bundle = lead.bundle([station])
        made = replace(bundle.manifest, made_at=NOW + timedelta(minutes=serial), numbers=listed)
        return lead.hand_in(station, bundle=replace(bundle, manifest=made))

    old, new = listing(1, 1, 2), listing(2, 2, 3)
    for files in ((old, new), (new, old)):
        station.merge(*files)
        listed = [row.number[:8] for row in rows(station.store, numbers)]
        assert listed == ["09-00002", "09-00003"]


def test_a_station_says_nothing_of_all_numbers(lead: Desk, station: Desk) -> None:
    bundle = station.bundle([lead])
    listed = (ListedNumber(str(Number("09", 1)), "urgent", "09", "recorded", "李娜"),)
    lead.merge(
        station.hand_in(lead, bundle=replace(bundle, manifest=replace(bundle.manifest, numbers=listed)))
    )
    assert rows(lead.store, numbers) == []


def test_the_last_manifest_of_a_writer_is_kept_whatever_comes_last(lead: Desk, station: Desk) -> None:
    first, second = station.hand_in(lead), station.hand_in(lead)
    lead.merge(second, first)
    assert [row.serial for row in rows(lead.store, manifests)] == [2]


def test_a_merge_that_is_stopped_goes_on_where_it_was(lead: Desk, tmp_path: Path) -> None:
    writer, many = new_writer("11"), PORTION + PORTION // 2
    write_calls([writer], many)
    accept(lead.store, writer.identity, now=NOW)
    run = Run(writer.writer, writer.identity.store, "11", False, GENESIS, tuple(writer.entries))
    manifest = Manifest(writer.identity, NOW, 1, "test", (writer.writer,), (), highest=writer.sequence)
    file = write_bundle(tmp_path, Bundle(manifest, (run,)), writer.keys, [own(lead.store)])
    progress = Progress(lambda step, done, of: progress.stop() if step == "merging_entries" else None)
    with pytest.raises(Cancelled):
        merge_bundles(lead.store, [file], now=NOW, progress=progress)
    kept = len(rows(lead.store, taken)), lead.state_hash()
    assert kept[0] == 0
    merged = lead.merge(file)
    ((result, new),) = told(merged)
    assert result == "merged"
    assert 0 < new < many
    assert lead.state_hash() == merged.state_hash != kept[1]
