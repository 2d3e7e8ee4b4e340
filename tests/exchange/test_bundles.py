"""Bundles are read as they were written, those of the first version for ever."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from desktop_app.domain.bundles import MOST_ENTRIES, MOST_RECIPIENTS
from desktop_app.domain.entries import GENESIS, Payload
from desktop_app.domain.errors import Damaged, KnownError
from desktop_app.domain.identities import Keys
from desktop_app.domain.roles import Role
from desktop_app.exchange.bundle_lines import write_lines
from desktop_app.exchange.bundles import bundle_name, read_header, write_bundle
from tests.bundles import read_bundle
from tests.exchange.parties import bundle_of, chained, party, run_of, said, sealed_by

SAMPLES = Path(__file__).parents[1] / "samples" / "handin"
STATION, OTHER, LEAD, SECOND = party("07"), party("08"), party("01", Role.LEAD), party("02", Role.LEAD)


def test_what_is_written_is_read_by_everybody_it_is_for(tmp_path: Path) -> None:
    run = run_of(STATION, chained(STATION.writer, [said("水管漏水"), None, said('a\nb\t"c"')]))
    bundle = bundle_of(STATION, run, recipients=[LEAD, SECOND])
    file = write_bundle(tmp_path, bundle, STATION.keys, [LEAD.identity, SECOND.identity])
    assert read_bundle(file, LEAD.keys) == read_bundle(file, SECOND.keys) == bundle
    header = read_header(file)
    assert (header.store, header.sign) == (STATION.identity.store, STATION.identity.sign)
    assert header.recipients == (LEAD.identity.store, SECOND.identity.store)
    assert (header.entries, header.drill) == (3, False)


def test_nothing_personal_can_be_read_from_outside(tmp_path: Path) -> None:
    run = run_of(STATION, chained(STATION.writer, [said("13123450001")]))
    file = write_bundle(tmp_path, bundle_of(STATION, run), STATION.keys, [LEAD.identity])
    assert file.name == f"{STATION.writer[:8]}-1-1.handin"
    content = file.read_bytes()
    for told in (STATION.identity.name, "13123450001", STATION.writer, "07-000", "8021"):
        assert told.encode() not in content
    assert json.loads(content.split(b"\n")[0]).keys() == {
        *("bundle", "format", "drill", "store", "sign", "to", "entries", "plain", "sealed", "sha256")
    }


def test_the_name_tells_the_senders_newest_entries() -> None:
    early = run_of(STATION, chained(STATION.writer, [said("一")] * 3))
    late = run_of(STATION, chained(STATION.writer, [said("九")], 9), GENESIS)
    others = run_of(OTHER, chained(OTHER.writer, [said("二")] * 3))
    start = STATION.writer[:8]
    assert bundle_name(bundle_of(STATION, early, late)) == f"{start}-1-9.handin"
    assert bundle_name(bundle_of(STATION, others)) == f"{start}-0-0.handin"
    older = bundle_of(STATION, early)
    older = replace(older, manifest=replace(older.manifest, lives=(STATION.writer, OTHER.writer)))
    assert bundle_name(older) == f"{start}-1-3.handin"
    assert bundle_name(replace(older, runs=(early, others))) == f"{OTHER.writer[:8]}-1-3.handin"


def test_another_bundle_over_the_same_entries_stands_beside_the_first(tmp_path: Path) -> None:
    run = run_of(STATION, chained(STATION.writer, [said("一")]))
    files = [
        write_bundle(tmp_path, bundle_of(STATION, run, serial=serial), STATION.keys, [LEAD.identity])
        for serial in (1, 2, 3)
    ]
    assert [file.name[8:] for file in files] == ["-1-1.handin", "-1-1-2.handin", "-1-1-3.handin"]
    assert [read_bundle(file, LEAD.keys).manifest.serial for file in files] == [1, 2, 3]
    assert sorted(tmp_path.iterdir()) == sorted(files)


def test_what_is_too_much_is_not_written(tmp_path: Path) -> None:
    entries = chained(STATION.writer, [None] * (MOST_ENTRIES + 1))
    with pytest.raises(ValueError, match="too much"):
        write_bundle(tmp_path, bundle_of(STATION, run_of(STATION, entries)), STATION.keys, [LEAD.identity])
    small = bundle_of(STATION, run_of(STATION, entries[:1]))
    for recipients in ([], [LEAD.identity] * (MOST_RECIPIENTS + 1)):
        with pytest.raises(ValueError, match="nobody"):
            write_bundle(tmp_path, small, STATION.keys, recipients)
    with pytest.raises(KnownError, match=r"sharing\.unwritable"):
        write_bundle(tmp_path / "gone", small, STATION.keys, [LEAD.identity])
    assert not list(tmp_path.iterdir())


def test_the_most_that_a_bundle_holds_is_read(tmp_path: Path) -> None:
    run = run_of(STATION, chained(STATION.writer, [said("满")] * MOST_ENTRIES))
    many = [LEAD.identity] * MOST_RECIPIENTS
    file = write_bundle(tmp_path, bundle_of(STATION, run), STATION.keys, many)
    assert read_bundle(file, LEAD.keys).runs == (run,)


def test_every_field_full_of_quotes_can_be_handed_in(tmp_path: Path) -> None:
    """The longest record that can be typed, in the spelling that takes the most room."""
    full = Payload.from_bytes(said('"' * 196_608))
    payload = Payload({f"field_{number}": full.changes["summary"] for number in range(30)}).to_bytes()
    run = run_of(STATION, chained(STATION.writer, [payload]))
    file = write_bundle(tmp_path, bundle_of(STATION, run), STATION.keys, [LEAD.identity])
    assert read_bundle(file, LEAD.keys).runs == (run,)


def test_who_signs_outside_is_who_tells_inside(tmp_path: Path) -> None:
    content = write_lines(bundle_of(STATION, run_of(STATION, chained(STATION.writer, [said("一")]))))
    file = tmp_path / "x.handin"
    for sender in (
        OTHER,
        replace(STATION, identity=replace(STATION.identity, drill=True)),
        replace(STATION, identity=replace(STATION.identity, store=OTHER.identity.store)),
        replace(STATION, keys=OTHER.keys),
    ):
        file.unlink(missing_ok=True)
        file.write_bytes(sealed_by(sender, content, 1, [LEAD]))
        with pytest.raises(Damaged, match=r"bundles\.content"):
            read_bundle(file, LEAD.keys)


@pytest.fixture
def sample_keys() -> Keys:
    told = json.loads((SAMPLES / "lead_keys.json").read_text())
    return Keys(bytes.fromhex(told["sign"]), told["receive"])


def test_the_first_version_is_always_read(sample_keys: Keys) -> None:
    bundle = read_bundle(SAMPLES / "whole.handin", sample_keys)
    manifest, (run,) = bundle.manifest, bundle.runs
    assert (manifest.identity.name, manifest.identity.station, manifest.serial) == ("王芳", "07", 1)
    assert (manifest.highest, manifest.first_number) == (42, 1)
    assert (manifest.open_drafts, manifest.voids) == (("07-00042-9",), ("07-00003-5",))
    assert manifest.holds == {run.writer: ((1, 1), (3, 4))}
    assert manifest.withheld == {run.writer: ((2, 2),)}
    assert [lead.store for lead in manifest.leads] == list(manifest.heard) == list(bundle.recipients)
    assert [one.number for one in manifest.numbers] == ["07-00001-9"]
    assert manifest.site_pack == b"pack"
    assert run.signed is not None
    assert run.signed in manifest.heads
    said_ = [one.sealed().payload for one in run.entries]
    assert [one and one.changes["summary"].value for one in said_] == [
        "三号楼电梯停在四层不动",
        None,
        None,
        "回访",
    ]
    assert [one.withheld for one in run.entries] == [False, True, False, False]


def test_what_an_older_program_did_not_say_reads_as_nothing(sample_keys: Keys) -> None:
    bundle = read_bundle(SAMPLES / "least.handin", sample_keys)
    manifest, (run,) = bundle.manifest, bundle.runs
    assert (manifest.highest, manifest.first_number, manifest.open_drafts, manifest.voids) == (0, 1, (), ())
    assert (manifest.holds, manifest.withheld, manifest.heard) == ({}, {}, {})
    assert (manifest.leads, manifest.numbers, manifest.site_pack) == ((), (), b"")
    assert (run.owner, run.signed) == (None, None)
    assert run.entries == read_bundle(SAMPLES / "whole.handin", sample_keys).runs[0].entries
