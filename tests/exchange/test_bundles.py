"""Bundles are read as they were written, and nothing else is read at all."""

from __future__ import annotations

from pathlib import Path

from desktop_app.domain.roles import Role
from desktop_app.exchange.bundles import read_bundle, read_header, write_bundle
from tests.exchange.parties import bundle_of, chained, party, run_of, said


def test_what_is_written_is_read(tmp_path: Path) -> None:
    station, lead = party("07"), party("01", Role.LEAD)
    run = run_of(station, chained(station.writer, [said("水管漏水"), None, said('a\nb\t"c"')]))
    bundle = bundle_of(station, run, recipients=[lead])
    file = write_bundle(tmp_path, bundle, station.keys, [lead.identity])
    assert file.name == f"{station.writer[:8]}-1-3.handin"
    assert read_bundle(file, lead.keys) == bundle
    header = read_header(file)
    assert (header.store, header.sign) == (station.identity.store, station.identity.sign)
    assert (header.recipients, header.entries, header.drill) == ((lead.identity.store,), 3, False)
    assert write_bundle(tmp_path, bundle, station.keys, [lead.identity]).name.endswith("-1-3-2.handin")
    assert len(list(tmp_path.iterdir())) == 2
