"""The program and the site pack of every PC, carried by real hand-ins from station to lead."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from desktop_app.domain.errors import Damaged
from desktop_app.domain.manifests import LONGEST_PACK, manifest_json, manifest_of
from desktop_app.domain.pc_versions import PcVersion
from desktop_app.domain.readiness import Grade
from desktop_app.domain.site_pack import EMPTY_PACK
from desktop_app.domain.site_text import Version
from desktop_app.services.handin import clean_up
from desktop_app.services.own_manifest import own_manifest
from desktop_app.services.pc_versions import pc_versions
from desktop_app.services.readiness import ThisPc, readiness
from desktop_app.services.site_pack import note_in_use
from desktop_app.version import VERSION
from tests import floor as made_up
from tests.rounds import Rounds, own_bundles
from tests.rounds import floor as floor

PACK = replace(EMPTY_PACK, version=Version("KF-00", "3"))


def others(found: tuple[PcVersion, ...]) -> dict[str, tuple[str, str]]:
    return {one.station: (one.program, one.pack) for one in found if not one.own}


def test_a_lead_knows_what_each_station_said_last(floor: Rounds) -> None:
    lead = floor.stores["01"]
    assert others(pc_versions(lead, "")) == {"07": ("", ""), "12": ("", "")}
    note_in_use(floor.stores["07"], PACK)
    floor.log("07", summary="水费")
    floor.hand_in("07")
    floor.merge("01")
    own, *rest = pc_versions(lead, "KF-00 2")
    assert (own.own, own.station, own.program, own.pack) == (True, "01", VERSION, "KF-00 2")
    seven, twelve = rest
    assert (seven.program, seven.pack, seven.heard_at) == (VERSION, "KF-00 3", floor.now)
    assert (twelve.program, twelve.heard_at) == ("", None)
    # A station knows what its lead said.
    floor.hand_in("01")
    floor.merge("07")
    assert others(pc_versions(floor.stores["07"], ""))["01"] == (VERSION, "")


def test_a_new_pack_is_told_without_any_record(floor: Rounds) -> None:
    station = floor.stores["07"]
    floor.hand_in("07")
    note_in_use(station, PACK)
    told = floor.hand_in("07")
    assert (len(told.files), told.entries) == (1, 0)
    assert floor.hand_in("07").files == (), "it is said once"
    note_in_use(station, PACK)
    assert floor.hand_in("07").files == ()
    assert set(told.files) <= set(own_bundles(floor, "07"))
    clean_up(station, floor.share)
    assert set(told.files) <= set(own_bundles(floor, "07")), "no lead has read it"
    floor.merge("01")
    assert others(pc_versions(floor.stores["01"], ""))["07"] == (VERSION, "KF-00 3")
    floor.log("12", summary="水费")
    floor.hand_in("12")
    floor.merge("01")
    floor.hand_in("01")
    floor.merge("07")
    clean_up(station, floor.share)
    assert own_bundles(floor, "07") == [], "the lead has said that it was heard"


def test_another_program_at_a_station_is_to_be_seen_to(tmp_path: Path) -> None:
    floor = made_up.Floor(tmp_path)
    lead, station = floor.lead(), floor.desk("07")
    made_up.pair(lead, station, floor.desk("08"))
    station.log()
    lead.merge(station.hand_in(lead))
    assert others(pc_versions(lead.store, "")) == {"07": ("0.3.0", ""), "08": ("", "")}
    found = readiness(lead.store, ThisPc(tmp_path), now=made_up.NOW)
    (check,) = [one for one in found.checks if one.code == "version"]
    assert (check.found, check.grade) == ("other_program", Grade.DO)
    assert check.details["names"] == tuple(one.called for one in found.pcs if one.station == "07")
    floor.close()


def test_a_manifest_of_an_older_program_says_no_pack(floor: Rounds) -> None:
    with floor.stores["07"].read() as view:
        manifest, _ = own_manifest(view, 0, now=floor.now)
    written = manifest_json(replace(manifest, pack="KF-00 3"))
    assert manifest_of(written).pack == "KF-00 3"
    assert manifest_of(written | {"later": 1}).pack == "KF-00 3", "what is not known is passed over"
    with pytest.raises(Damaged):
        manifest_of(written | {"pack": "x" * (LONGEST_PACK + 1)})
    del written["pack"]
    assert manifest_of(written).pack == ""


def test_a_pack_may_call_itself_anything(floor: Rounds) -> None:
    note_in_use(floor.stores["07"], replace(EMPTY_PACK, version=Version("长" * 300, "\u202e1")))
    floor.hand_in("07")
    floor.merge("01")
    assert others(pc_versions(floor.stores["01"], ""))["07"][1] == "长" * LONGEST_PACK
