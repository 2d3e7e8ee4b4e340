"""A pack that a lead sends: signed, carried by bundles to every store, in use by a rule, and taken back."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from desktop_app.domain.errors import KnownError
from desktop_app.domain.identities import Keys
from desktop_app.domain.roles import Role
from desktop_app.domain.site_pack import EMPTY_PACK
from desktop_app.exchange.pack_seal import opened, seal_of, sealed
from desktop_app.services.handin import clean_up
from desktop_app.services.pairing import accept, own
from desktop_app.services.sent_packs import (
    keep_carried,
    look_at,
    look_at_shipped,
    may_send,
    send_again,
    send_pack,
    sent_packs,
)
from desktop_app.services.site_pack import OWN_FOLDER, LoadedPack, PackSource, load_pack, pack_in_use
from desktop_app.storage.site_packs import KEPT, put_site_pack
from desktop_app.storage.stations import own_keys
from tests import rounds
from tests.rounds import NAMES, NOON, Rounds, last_pack, own_bundles, readable
from tests.rounds import floor as floor
from tests.written_packs import FILES, write_files

TODAY = NOON.date()
HEAD = 'name = "包 {0}"\nnumber = "A-1"\nversion = "{0}"\n'


@pytest.fixture
def leads(floor: Rounds) -> Rounds:
    """A floor with a second lead."""
    floor.add("02", Role.LEAD)
    for code in ("01", "07", "12"):
        accept(floor.stores["02"], own(floor.stores[code]), now=floor.now)
        accept(floor.stores[code], own(floor.stores["02"]), now=floor.now)
    return floor


def send(floor: Rounds, version: str, *, code: str = "01", head: str = "") -> None:
    folder = write_files(floor.place / f"pack{version}", {"pack.toml": HEAD.format(version) + head})
    send_pack(floor.stores[code], look_at(folder, EMPTY_PACK), now=floor.tick())


def in_use(floor: Rounds, code: str, day: date = TODAY) -> LoadedPack:
    return load_pack(floor.place / "data", floor.stores[code], day)


def version_at(floor: Rounds, code: str, day: date = TODAY) -> str:
    loaded = in_use(floor, code, day)
    assert loaded.problem is None
    return loaded.pack.version.version if loaded.source is PackSource.SENT else loaded.source


def test_what_a_lead_sends_is_in_use_at_every_station(floor: Rounds) -> None:
    assert version_at(floor, "07") == PackSource.SHIPPED
    send(floor, "2")
    assert version_at(floor, "01") == "2"
    floor.hand_in("01")
    floor.merge("07")
    loaded = in_use(floor, "07")
    assert (loaded.pack.version.version, loaded.source) == ("2", PackSource.SENT)
    assert loaded.seal is not None
    assert (loaded.seal.sender, loaded.seal.station) == (NAMES["01"], "01")
    assert loaded.pack == in_use(floor, "01").pack
    assert loaded.articles.articles == loaded.pack.articles
    assert version_at(floor, "12") == PackSource.SHIPPED, "has not taken anything in yet"
    floor.merge("12")
    assert version_at(floor, "12") == "2"


def test_it_counts_more_than_the_folder_of_the_pc_which_counts_more_than_the_shipped(floor: Rounds) -> None:
    write_files(floor.place / "data" / OWN_FOLDER, {})
    assert version_at(floor, "01") == PackSource.OWN
    send(floor, "3")
    assert version_at(floor, "01") == "3"


def test_a_lead_with_an_older_pack_does_not_put_it_over_a_newer(leads: Rounds) -> None:
    send(leads, "1")
    leads.hand_in("01")
    leads.merge("02")
    send(leads, "2")
    leads.hand_in("01")
    leads.merge("07")
    # The second lead has the first version only, and gives all it has away now.
    leads.hand_in("02", everything=True)
    leads.merge("07")
    assert version_at(leads, "07") == "2"
    leads.merge("02")
    assert version_at(leads, "02") == "2"
    assert [one.seal.version.version for one in sent_packs(leads.stores["07"])] == ["2", "1"]


def test_a_lead_whose_clock_goes_ahead_does_not_have_the_last_word(leads: Rounds) -> None:
    leads.now += timedelta(days=900)
    send(leads, "1")
    leads.hand_in("01")
    leads.now = NOON
    leads.merge("02")
    send(leads, "2", code="02")
    assert version_at(leads, "02") == "2"


def test_going_back_is_sending_the_earlier_one_again(floor: Rounds) -> None:
    lead = floor.stores["01"]
    send_pack(lead, look_at_shipped(EMPTY_PACK), now=floor.tick())
    send(floor, "2")
    later, earlier = sent_packs(lead)
    send_again(lead, earlier, now=floor.tick())
    assert version_at(floor, "01") == "1.0"
    first = sent_packs(lead)[0].seal
    assert (first.digest, first.version.number) == (earlier.seal.digest, "YJ-00")
    floor.hand_in("01")
    floor.merge("07")
    assert version_at(floor, "07") == "1.0"
    with floor.stores["01"].change() as unit:
        unit.connection.exec_driver_sql("DELETE FROM site_packs")
    with pytest.raises(KnownError, match=r"pack\.gone"):
        send_again(lead, later, now=floor.tick())


def test_a_pack_for_a_later_day_waits(floor: Rounds) -> None:
    send(floor, "1")
    send(floor, "2", head="effective = 2027-01-01\n")
    assert version_at(floor, "01") == "1"
    assert version_at(floor, "01", date(2027, 1, 1)) == "2"


def packs_of(floor: Rounds, code: str) -> list[str]:
    return [one.seal.version.version for one in sent_packs(floor.stores[code])]


def exchange(floor: Rounds) -> int:
    """Let the lead hand in and the stations merge; returns how many bundles were written."""
    files = floor.hand_in("01").files
    for code in ("07", "12"):
        floor.merge(code)
    return len(files)


def test_every_pack_that_is_needed_until_the_last_holds_is_carried(floor: Rounds) -> None:
    send(floor, "1")
    send(floor, "2", head="effective = 2027-03-01\n")
    send(floor, "3", head="effective = 2027-06-01\n")
    send(floor, "4", head="effective = 2027-02-01\n")
    exchange(floor)
    assert packs_of(floor, "07") == ["4", "1"], "the second and third are never in use"
    send(floor, "5", head="effective = 2027-04-01\n")
    exchange(floor)
    for code in ("01", "07", "12"):
        days = (TODAY, date(2027, 2, 1), date(2027, 4, 1))
        assert [version_at(floor, code, day) for day in days] == ["1", "4", "5"], code
    assert exchange(floor) == 0, "nothing is new"


def test_a_station_that_comes_late_finds_every_pack_it_needs(floor: Rounds) -> None:
    send(floor, "1")
    send(floor, "2", head="effective = 2027-02-01\n")
    floor.hand_in("01")
    clean_up(floor.stores["01"], floor.share)
    floor.merge("07")
    for code in ("07", "12"):
        floor.log(code, summary="x")
        floor.hand_in(code)
    floor.merge("01")
    floor.hand_in("01")
    clean_up(floor.stores["01"], floor.share)
    floor.merge("12")
    assert packs_of(floor, "12") == ["2", "1"]
    # The next one is in use at once, and what was needed until then goes from the folder.
    send(floor, "3")
    exchange(floor)
    for _ in range(2):
        for code in ("07", "12"):
            floor.log(code, summary="y")
            floor.hand_in(code)
        floor.merge("01")
        exchange(floor)
    clean_up(floor.stores["01"], floor.share)
    left = [file for file in own_bundles(floor, "01") if readable(floor, "12", file)]
    assert len([one for one in left if rounds.opened(floor, "12", one).manifest.site_pack]) == 1


def test_it_is_read_again_only_where_something_came(floor: Rounds) -> None:
    store, data = floor.stores["01"], floor.place / "data"
    send(floor, "1")
    first = pack_in_use(data, store, now=floor.now)
    assert pack_in_use(data, store, now=floor.tick(), known=first) is first
    send(floor, "2")
    assert pack_in_use(data, store, now=floor.now, known=first).pack.version.version == "2"
    assert pack_in_use(data, store, now=floor.now + timedelta(days=1), known=first) is not first


def test_a_pack_without_anything_for_outages_has_that_of_the_shipped_one(floor: Rounds) -> None:
    bare = {name: None for name in FILES if name.startswith(("incident", "ladders", "levels"))}
    folder = write_files(floor.place / "old", bare)
    send_pack(floor.stores["01"], look_at(folder, EMPTY_PACK), now=floor.tick())
    loaded, shipped = in_use(floor, "01"), load_pack(floor.place / "none").pack
    assert loaded.filled == ("incident_types", "ladders", "level_lists")
    assert loaded.pack.ladders == shipped.ladders
    assert loaded.pack.incident_types == shipped.incident_types
    send(floor, "5")
    assert not in_use(floor, "01").filled


def test_one_that_cannot_be_read_leaves_the_one_before_with_the_reason(floor: Rounds) -> None:
    send(floor, "1")
    store, pack = floor.stores["01"], in_use(floor, "01").pack
    whole = sealed(b"PK no zip", pack, own(store), own_keys_of(floor, "01"), "x", floor.tick())
    with store.change() as unit:
        put_site_pack(unit.connection, whole, said_by=own(store).store, said_at=floor.now)
    loaded = in_use(floor, "01")
    assert loaded.pack.version.version == "1"
    assert loaded.problem is not None
    assert loaded.problem.code == "pack.zip_damaged"


def test_only_leads_send_and_only_from_a_leads_store(floor: Rounds) -> None:
    look = look_at_shipped(EMPTY_PACK)
    agent = floor.stores["07"]
    for store, code in (
        (agent, "pack.leads_only"),
        (replace(agent, author=floor.stores["01"].author), "pack.lead_station_only"),
    ):
        problem = may_send(store)
        assert problem is not None
        assert problem.code == code
        with pytest.raises(KnownError, match=code):
            send_pack(store, look, now=floor.now)
    assert may_send(floor.stores["01"]) is None


def test_what_was_changed_on_the_way_is_not_kept(floor: Rounds) -> None:
    send(floor, "1")
    whole = last_pack(floor.stores["01"])
    seal, content = opened(whole)
    assert seal == seal_of(whole[: len(whole) - len(content)])
    target = floor.stores["07"]
    other = own_keys_of(floor, "12")
    forged = sealed(content, in_use(floor, "01").pack, own(floor.stores["01"]), other, "x", NOON)
    for changed in (
        whole[:-1],
        whole.replace(NAMES["01"].encode(), NAMES["02"].encode()),
        b"",
        b"{}",
        forged,
    ):
        with target.change() as unit:
            keep_carried(unit, changed)
    assert sent_packs(target) == ()
    # Signed well, yet with another key than that store is known by.
    stranger = replace(own(floor.stores["01"]), sign=own(floor.stores["12"]).sign)
    well = sealed(content, in_use(floor, "01").pack, stranger, other, "x", NOON)
    assert seal_of(well).store == own(floor.stores["01"]).store
    with target.change() as unit:
        keep_carried(unit, well)
        assert sent_packs_in(floor, "07") == 0
        keep_carried(unit, whole)
    assert len(sent_packs(target)) == 1


def test_the_oldest_are_dropped(floor: Rounds) -> None:
    lead = floor.stores["01"]
    look = look_at(write_files(floor.place / "p", {}), EMPTY_PACK)
    for _ in range(KEPT + 2):
        send_pack(lead, look, now=floor.tick())
    kept = sent_packs(lead)
    assert len(kept) == KEPT
    assert kept[0].seal.sent_at == floor.now


def own_keys_of(floor: Rounds, code: str) -> Keys:
    with floor.stores[code].read() as view:
        keys = own_keys(view.connection)
    assert keys is not None
    return keys


def sent_packs_in(floor: Rounds, code: str) -> int:
    return len(sent_packs(floor.stores[code]))


def test_a_folder_with_a_mistake_is_one_sentence(tmp_path: Path) -> None:
    folder = write_files(tmp_path / "p", {"phrases.toml": "x"})
    with pytest.raises(KnownError, match=r"pack\.syntax"):
        look_at(folder, EMPTY_PACK)
