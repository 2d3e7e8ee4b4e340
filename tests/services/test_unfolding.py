"""Bundles read by a child while the parent writes: the same comes of it, whatever becomes of the child."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from select import select

import pytest

from desktop_app.domain.bundles import Bundle, Manifest, Result, Run
from desktop_app.domain.entries import GENESIS, Change
from desktop_app.domain.errors import Damaged
from desktop_app.domain.identities import Keys
from desktop_app.exchange.bundle_file import seal
from desktop_app.exchange.bundle_lines import write_lines
from desktop_app.exchange.bundles import write_bundle
from desktop_app.services.merge import merge_bundles
from desktop_app.services.pairing import accept, own
from desktop_app.services.progress import Cancelled, Progress
from desktop_app.services.unfolding import PATIENCE_SECONDS, Unfolding
from desktop_app.services.unfolding_child import MEMORY
from desktop_app.storage.checks import check_journal
from desktop_app.storage.folding_in import fold_ahead
from desktop_app.storage.stations import own_keys
from tests.bench.floor_of_bundles import Writer, new_writer, runs_of, write_calls
from tests.bundles import read_bundle
from tests.floor import NOW, Desk, Floor
from tests.runs import withholding

PARTS, SIZE, AGAIN, LONG = 3, 80, 5, 30


@pytest.fixture
def floor(tmp_path: Path) -> Iterator[Floor]:
    made = Floor(tmp_path)
    yield made
    made.close()


@pytest.fixture(scope="module")
def writer() -> Writer:
    made = new_writer("11")
    # Long reasons make files that are worth a child without many entries.
    for part in range(1, PARTS + 1):
        write_calls([made], part * SIZE - LONG, seed=part)
        for one in made.entries[-LONG:]:
            seen = Change((one.entry.id,), "女士")
            made.append(one.entry.subject, {"salutation": seen}, NOW, "客户来电更正" * 1_000)
    return made


def bundles_of(writer: Writer) -> list[Bundle]:
    found = []
    for entries in runs_of(writer, PARTS, SIZE, AGAIN):
        first = entries[0].entry.seq
        link = bytes.fromhex(writer.entries[first - 2].entry.hash) if first > 1 else GENESIS
        run = Run(writer.writer, writer.identity.store, "11", False, link, tuple(entries))
        serial = len(found) + 1
        manifest = Manifest(writer.identity, NOW, serial, "test", (writer.writer,), (), highest=9_000)
        found.append(Bundle(manifest, (run,)))
    return found


def write_all(folder: Path, writer: Writer, *leads: Desk) -> list[Path]:
    for lead in leads:
        accept(lead.store, writer.identity, now=NOW)
    recipients = [own(lead.store) for lead in leads]
    return [write_bundle(folder, bundle, writer.keys, recipients) for bundle in bundles_of(writer)]


def keys_of(desk: Desk) -> Keys:
    with desk.store.read() as view:
        keys = own_keys(view.connection)
    assert keys is not None
    return keys


def child_of(unfolding: Unfolding) -> int:
    assert unfolding._child is not None
    return unfolding._child._process.pid


def test_a_merge_with_a_child_leaves_the_same_as_one_without(
    floor: Floor, writer: Writer, tmp_path: Path
) -> None:
    lead, other = floor.lead("01"), floor.lead("02")
    files = write_all(tmp_path, writer, lead, other)
    with Unfolding(keys_of(lead), files) as unfolding:
        child_of(unfolding)
    merged = merge_bundles(lead.store, files, now=NOW)
    assert {one.result for one in merged.bundles} == {Result.MERGED}
    for file in files:
        with Unfolding(keys_of(other), [file]) as unfolding:
            assert unfolding._child is None
        other.merge(file)
    assert lead.state_hash() == other.state_hash() == merged.state_hash
    assert not check_journal(lead.store.database).problems


def test_what_a_child_folded_is_what_the_store_would_have(
    floor: Floor, writer: Writer, tmp_path: Path
) -> None:
    lead = floor.lead("01")
    files = write_all(tmp_path, writer, lead)
    with Unfolding(keys_of(lead), files) as unfolding:
        for file, following in zip(files, [*files[1:], None], strict=True):
            told = unfolding.unfold(file, following)
            assert told.bundle == read_bundle(file, keys_of(lead))
            (run,) = told.bundle.runs
            with lead.store.read() as view:
                folded = fold_ahead(view.connection, run.entries, ())
            assert told.fresh == folded


def test_payloads_that_were_withheld_come_through_a_child_too(
    floor: Floor, writer: Writer, tmp_path: Path
) -> None:
    lead = floor.lead("01")
    accept(lead.store, writer.identity, now=NOW)
    (run,) = bundles_of(writer)[0].runs
    bundle = replace(bundles_of(writer)[0], runs=(withholding(run, range(1, SIZE, 3)),))
    files = [write_bundle(tmp_path, bundle, writer.keys, [own(lead.store)])]
    files += write_all(tmp_path, writer, lead)
    with Unfolding(keys_of(lead), files) as unfolding:
        assert unfolding.unfold(files[0]).bundle == replace(bundle, recipients=(own(lead.store).store,))


def test_content_that_is_not_sound_is_refused_and_the_next_is_read(
    floor: Floor, writer: Writer, tmp_path: Path
) -> None:
    lead = floor.lead("01")
    files = write_all(tmp_path, writer, lead)
    content = write_lines(bundles_of(writer)[1]).replace("客户来电更正".encode(), "客户来电更改".encode(), 1)
    files[1].write_bytes(seal(content, SIZE, writer.identity, writer.keys, [own(lead.store)]))
    with Unfolding(keys_of(lead), files) as unfolding:
        unfolding.unfold(files[0], files[1])
        with pytest.raises(Damaged) as raised:
            unfolding.unfold(files[1], files[2])
        assert (raised.value.code, raised.value.details) == ("bundles.content", {"file": files[1]})
        assert unfolding.unfold(files[2]).fresh


def test_a_file_that_is_no_bundle_stops_nothing(floor: Floor, writer: Writer, tmp_path: Path) -> None:
    lead = floor.lead("01")
    files = write_all(tmp_path, writer, lead)
    files[1].write_bytes(b"nothing")
    results = [one.result for one in merge_bundles(lead.store, files, now=NOW).bundles]
    assert results == [Result.MERGED, Result.REFUSED, Result.MERGED]


@pytest.mark.parametrize("when", ["before", "at work", "answering"])
def test_a_child_that_was_killed_is_done_without(
    floor: Floor, writer: Writer, tmp_path: Path, when: str
) -> None:
    lead = floor.lead("01")
    files = write_all(tmp_path, writer, lead)
    with Unfolding(keys_of(lead), files) as unfolding:
        if when != "before":
            unfolding.unfold(files[0], files[1])
        if when == "answering":
            # More than a pipe takes, so that it cannot end by itself.
            assert unfolding._child is not None
            assert select([unfolding._child._out], [], [], 60.0)[0]
        os.kill(child_of(unfolding), signal.SIGTERM)
        told = unfolding.unfold(files[1])
        assert told.bundle == read_bundle(files[1], keys_of(lead))
        assert unfolding._child is None


@pytest.mark.skipif(os.name == "nt", reason="Windows has no signal that halts a process")
def test_a_child_that_stands_still_is_done_without(floor: Floor, writer: Writer, tmp_path: Path) -> None:
    lead = floor.lead("01")
    files = write_all(tmp_path, writer, lead)
    with Unfolding(keys_of(lead), files, patience=1.0) as unfolding:
        os.kill(child_of(unfolding), signal.SIGSTOP)
        told = unfolding.unfold(files[1])
        assert told.bundle == read_bundle(files[1], keys_of(lead))
        assert unfolding._child is None


@pytest.mark.skipif(os.name == "nt", reason="Windows has no signal that halts a process")
def test_a_merge_that_is_stopped_does_not_wait_for_its_child(
    floor: Floor, writer: Writer, tmp_path: Path
) -> None:
    lead, progress = floor.lead("01"), Progress()
    files = write_all(tmp_path, writer, lead)
    with Unfolding(keys_of(lead), files, progress.check) as unfolding:
        os.kill(child_of(unfolding), signal.SIGSTOP)
        stopping = threading.Timer(0.2, progress.stop)
        stopping.start()
        begun = time.monotonic()
        with pytest.raises(Cancelled):
            unfolding.unfold(files[0])
        stopping.join()
        assert time.monotonic() - begun < PATIENCE_SECONDS / 4
        assert unfolding._child is None


@pytest.mark.skipif(not Path("/proc/self/limits").exists(), reason="only here can limits be read")
def test_a_child_has_its_limits(floor: Floor, writer: Writer, tmp_path: Path) -> None:
    lead = floor.lead("01")
    files = write_all(tmp_path, writer, lead)
    with Unfolding(keys_of(lead), files) as unfolding:
        unfolding.unfold(files[0], files[1])
        told = Path(f"/proc/{child_of(unfolding)}/limits").read_text().splitlines()
    soft = {line[:26].strip(): line[26:].split()[0] for line in told}
    assert soft["Max address space"] == str(MEMORY)
    assert soft["Max core file size"] == "0"


def test_no_child_outlives_its_merge(floor: Floor, writer: Writer, tmp_path: Path) -> None:
    lead = floor.lead("01")
    files = write_all(tmp_path, writer, lead)
    unfolding = Unfolding(keys_of(lead), files)
    child = unfolding._child
    assert child is not None
    with unfolding:
        unfolding.unfold(files[0], files[1])
    assert child._process.returncode is not None
