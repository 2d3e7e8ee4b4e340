"""What a sender signs is believed only as far as it is sound: one fault, and nothing of it is given out."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop_app.domain.bundles import Bundle, ListedNumber, Manifest, Run
from desktop_app.domain.entries import GENESIS, Change, Head, Payload, Stored, chain_hash, payload_digest
from desktop_app.domain.errors import Damaged
from desktop_app.domain.numbers import Number
from desktop_app.domain.roles import Role
from desktop_app.exchange.bundle_lines import entry_line, read_lines, write_lines
from desktop_app.exchange.signing import sign_head
from tests.exchange.parties import NOW, bundle_of, chained, hex_of, party, run_of, said

STATION, LEAD, OTHER = party("07"), party("01", Role.LEAD), party("08")
ENTRIES = chained(STATION.writer, [said("一"), said("二"), said("三")])
SOUND = bundle_of(STATION, run_of(STATION, ENTRIES))


def values(leaf: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return leaf | st.lists(leaf, max_size=3) | st.dictionaries(st.text(max_size=3), leaf, max_size=3)


LEAVES = st.none() | st.booleans() | st.integers(-(2**63) + 1, 2**63 - 1) | st.text(max_size=20)
LEAVES |= st.floats(allow_nan=False, allow_infinity=False)
PAYLOADS = st.builds(
    lambda changes, reason: Payload(changes, reason).to_bytes(),
    st.dictionaries(
        st.text(max_size=8), st.builds(Change, st.tuples(st.text(max_size=4)), values(LEAVES)), max_size=4
    ),
    st.text(max_size=9),
)
NUMBERS = st.builds(Number, st.sampled_from(["07", "0123"]), st.integers(1, 999_999_999)).map(str)
PRINTABLE = st.text(st.characters(exclude_categories=["C", "Z"]), max_size=9)
WRITERS = st.integers().map(hex_of)


@st.composite
def spans(draw: st.DrawFn) -> dict[str, tuple[tuple[int, int], ...]]:
    found = {}
    for writer in draw(st.lists(WRITERS, unique=True, max_size=3)):
        ends = sorted(draw(st.sets(st.integers(1, 2**48).map(lambda end: end & ~1 or 2), max_size=6)))
        found[writer] = tuple(zip(ends[::2], ends[1::2], strict=False))
    return found


@st.composite
def manifests(draw: st.DrawFn) -> Manifest:
    moments = st.datetimes(
        NOW.replace(year=2, tzinfo=None), NOW.replace(year=9998, tzinfo=None), timezones=st.just(NOW.tzinfo)
    )
    lives = (*draw(st.lists(WRITERS, unique=True, max_size=3)), STATION.writer)
    heads = [
        sign_head(STATION.keys, Head(life, draw(st.integers(1, 2**48)), hex_of(life, 64))) for life in lives
    ]
    return Manifest(
        replace(STATION.identity, role=draw(st.sampled_from(Role)), name=draw(PRINTABLE) + "王"),
        draw(moments),
        draw(st.integers(0, 2**48)),
        draw(PRINTABLE),
        lives,
        tuple(heads),
        draw(st.integers(0, 999_999_999)),
        draw(st.integers(1, 999_999_999)),
        tuple(draw(st.lists(NUMBERS, max_size=3))),
        tuple(draw(st.lists(NUMBERS, max_size=3))),
        draw(spans()),
        draw(spans()),
        draw(st.dictionaries(WRITERS, st.tuples(moments, moments), max_size=2)),
        draw(st.sampled_from([(), (LEAD.identity, OTHER.identity)])),
        tuple(draw(st.lists(st.builds(ListedNumber, NUMBERS, *[PRINTABLE] * 4), max_size=3))),
        draw(st.binary(max_size=99)),
    )


@st.composite
def runs(draw: st.DrawFn) -> tuple[Run, ...]:
    """Runs with holes between them, of the sender and of another store, some of whose payloads are gone."""
    made = []
    for sender in (STATION, OTHER):
        first = 0
        for payloads in draw(st.lists(st.lists(st.none() | PAYLOADS, min_size=1, max_size=4), max_size=3)):
            first += draw(st.integers(2, 2**40))
            link = bytes.fromhex(hex_of(first, 64))
            entries = chained(sender.writer, payloads, first, link)
            erased = [replace(one, withheld=False) if draw(st.booleans()) else one for one in entries]
            whole = run_of(sender, tuple(erased), link)
            made.append(replace(whole, **draw(st.sampled_from([{}, {"signed": None}, {"owner": None}]))))
            first += len(payloads)
    return tuple(made)


@settings(max_examples=50)
@given(manifests(), runs())
def test_what_is_written_is_read(manifest: Manifest, runs: tuple[Run, ...]) -> None:
    bundle = Bundle(manifest, runs, (LEAD.identity.store,))
    assert read_lines(write_lines(bundle), bundle.entry_count, bundle.recipients) == bundle


def refused(content: bytes, entries: int = 3) -> bool:
    try:
        read_lines(content, entries, ())
    except Damaged:
        return True
    return False


def changed(place: int, change: Callable[[Any], None]) -> bytes:
    """The sound content, one line of it changed."""
    lines = write_lines(SOUND).splitlines()
    told = json.loads(lines[place])
    change(told)
    lines[place] = json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()
    return b"\n".join(lines) + b"\n"


def test_members_nobody_knows_are_passed_over() -> None:
    assert not refused(changed(0, lambda told: told.update(later=1)))
    assert not refused(changed(0, lambda told: told["manifest"].update(later=1)))
    assert not refused(changed(1, lambda told: told.update(later=1)))


def places(told: Any) -> list[tuple[Any, Any]]:
    """Every member of every object and list in ``told``."""
    keys = told if isinstance(told, dict) else range(len(told)) if isinstance(told, list) else ()
    return [place for key in keys for place in ((told, key), *places(told[key]))]


@given(st.data())
def test_whatever_stands_in_a_place_is_refused_or_read(data: st.DataObject) -> None:
    lines = [json.loads(line) for line in write_lines(SOUND).splitlines()]
    where, key = data.draw(st.sampled_from(places(lines)))
    where[key] = data.draw(values(LEAVES | st.just("\ud800") | st.just(10**400)))
    content = b"".join(json.dumps(line).encode() + b"\n" for line in lines)
    if not refused(content):
        assert read_lines(content, 3, ()).runs[0].entries == ENTRIES


@pytest.mark.parametrize(
    ("member", "value"),
    [
        ("made_at", "2026-03-02T09:30:00Z"),
        ("made_at", 7),
        ("serial", -1),
        ("serial", 2**60),
        ("serial", "1"),
        ("program", "a\nb"),
        ("program", "x" * 100),
        ("lives", []),
        ("lives", "x"),
        ("lives", [STATION.writer] * 2),
        ("lives", [OTHER.writer]),
        ("lives", ["X" * 32]),
        ("heads", [[STATION.writer, 3, "00" * 32, "00" * 64]]),
        ("heads", {}),
        ("highest", 10**10),
        ("highest", 1.5),
        ("first_number", 0),
        ("open_drafts", ["07-00042-1"]),
        ("open_drafts", ["07-00042"]),
        ("voids", [7]),
        ("voids", "07"),
        ("holds", {"x": []}),
        ("holds", {STATION.writer: [[2, 1]]}),
        ("holds", {STATION.writer: [[1, 2], [3, 4]]}),
        ("holds", {STATION.writer: [[0, 2]]}),
        ("holds", {STATION.writer: [[1, 2**60]]}),
        ("holds", [1]),
        ("withheld", {STATION.writer: [1]}),
        ("heard", {STATION.identity.store: ["a", "b"]}),
        ("heard", {"x": []}),
        ("leads", [7]),
        ("leads", [LEAD.identity.to_json() | {"receive": "age1" + "q" * 58}]),
        ("identity", None),
        ("identity", STATION.identity.to_json() | {"version": 2}),
        ("identity", STATION.identity.to_json() | {"name": ""}),
    ],
)
def test_a_manifest_that_is_not_sound(member: str, value: object) -> None:
    assert refused(changed(0, lambda told: told["manifest"].update({member: value})))


@pytest.mark.parametrize(
    ("member", "value"),
    [
        ("writer", OTHER.writer),
        ("writer", 7),
        ("store", "x"),
        ("store", OTHER.identity.store),
        ("station", "x"),
        ("station", None),
        ("drill", True),
        ("drill", 0),
        ("link", "11" * 32),
        ("link", "0" * 63),
        ("entries", 2),
        ("entries", 4),
        ("entries", 0),
        ("entries", 10**6),
        ("owner", OTHER.identity.to_json()),
        ("owner", STATION.identity.to_json() | {"sign": OTHER.identity.sign}),
        ("owner", STATION.identity.to_json() | {"drill": True}),
        ("owner", 7),
        ("signed", [STATION.writer, 3, ENTRIES[1].entry.hash, "00" * 64]),
        ("signed", [OTHER.writer, 3, ENTRIES[2].entry.hash, "00" * 64]),
        ("signed", 7),
    ],
)
def test_a_run_that_is_not_sound(member: str, value: object) -> None:
    assert refused(changed(1, lambda told: told.update({member: value})))


def entries_changed(*entries: Stored) -> bool:
    run = replace(run_of(STATION, ENTRIES), entries=entries, signed=None)
    return refused(write_lines(bundle_of(STATION, run)), len(entries))


def test_entries_that_are_not_sound() -> None:
    one, two, three = ENTRIES
    assert not entries_changed(one, two, three)
    assert entries_changed(one, three)
    assert entries_changed(two, one, three)
    assert entries_changed(one, one, two)
    assert entries_changed(one, two, replace(three, payload=said("四")))
    assert entries_changed(one, two, replace(three, salt=bytes(16)))


def test_salt_and_payload_cannot_be_parted_elsewhere() -> None:
    """One byte of the salt counted with the payload gives the same digest."""
    salt, payload = ENTRIES[0].salt, said("一")
    assert salt is not None
    for cut in (0, 15):
        shifted = replace(ENTRIES[0].entry, digest=payload_digest(salt[:cut], payload))
        entry = replace(shifted, hash=chain_hash(GENESIS, shifted.envelope()))
        assert entries_changed(Stored(entry, salt[:cut], payload))


@pytest.mark.parametrize(
    "line",
    [
        [],
        {},
        [ENTRIES[2].entry.envelope().decode()],
        [ENTRIES[2].entry.envelope().decode(), "gone"],
        [ENTRIES[2].entry.envelope().decode(), "withheld", "x", "y"],
        [ENTRIES[2].entry.envelope().decode(), "zz" * 16, "{}"],
        [ENTRIES[2].entry.envelope().decode(), None, None],
        [ENTRIES[2].entry.envelope().decode() + " ", "withheld"],
        [" " * 5_000, "withheld"],
        [7, "withheld"],
        ["\ud800", "withheld"],
    ],
)
def test_lines_that_are_no_entry(line: object) -> None:
    lines = write_lines(SOUND).splitlines()
    assert refused(b"\n".join([*lines[:-1], json.dumps(line).encode()]) + b"\n")


@pytest.mark.parametrize(
    "payload",
    [
        b"",
        b"[]",
        b"{}",
        b'{"changes":[]}',
        b'{"changes":{"a":1}}',
        b'{"changes":{"a":[[],NaN]}}',
        b'{"changes":{"a":[[],-Infinity]}}',
        b'{"changes":{"a":[[],[1e999]]}}',
        b'{"changes":{"a":[[],9223372036854775808]}}',
        b'{"changes":{"a":[[],{"b":' + b"9" * 30 + b"}]}}",
        b'{"changes":{"a":[[],' + b"9" * 5_000 + b"]}}",
        b'{"changes":{"a":[[],"\\ud800"]}}',
        b'{"changes":{"\\udfff":[[],1]}}',
        b'{"changes":{},"reason":"\\ud800"}',
        b'{"changes":{"a":[[],' + b"[" * 20 + b"]" * 20 + b"]}}",
        b'{"changes":{"a":[[],' + b"[" * 50_000 + b"]" * 50_000 + b"]}}",
        b'{"changes":{"a":[[],' + b'{"a":' * 50_000 + b"1" + b"}" * 50_000 + b"]}}",
    ],
)
def test_payloads_nobody_could_fold(payload: bytes) -> None:
    """Digest, chain and signature are right: the sender itself wrote it."""
    run = run_of(STATION, chained(STATION.writer, [said("一"), payload]))
    assert refused(write_lines(bundle_of(STATION, run)), 2)


def test_counters_that_would_stop_all_others() -> None:
    for first in (2**48 + 1, 2**70):
        run = run_of(STATION, chained(STATION.writer, [said("一")], first))
        assert refused(write_lines(replace(SOUND, runs=(replace(run, signed=None),))), 1)


def test_runs_of_one_writer_stand_in_their_order_and_belong_to_one_store() -> None:
    late = run_of(STATION, chained(STATION.writer, [said("九")], 9), GENESIS)
    early = run_of(STATION, ENTRIES)
    following = replace(late, entries=chained(STATION.writer, [said("四")], 4), signed=None)
    moved = replace(late, store=OTHER.identity.store, owner=None, signed=None)
    for pair in ([late, early], [early, early], [early, following], [early, moved]):
        assert refused(write_lines(replace(SOUND, runs=tuple(pair))), sum(len(run.entries) for run in pair))
    assert not refused(write_lines(replace(SOUND, runs=(early, late))), 4)


def test_counts_that_lie_and_lines_too_many_or_few() -> None:
    content = write_lines(SOUND)
    assert not refused(content, 3)
    assert refused(content, 2)
    assert refused(content, 4)
    assert refused(content[:-1])
    assert refused(content + b"\n")
    assert refused(content + content)
    assert refused(b"")
    numbers = write_lines(
        replace(
            SOUND,
            manifest=replace(
                SOUND.manifest,
                site_pack=b"pack",
                numbers=(ListedNumber(str(Number("07", 1)), "urgent", "07", "recorded", "王芳"),),
            ),
        )
    )
    assert not refused(numbers)
    for old, new in (
        (b'"numbers":1', b'"numbers":2'),
        (b'"numbers":1', b'"numbers":0'),
        (b'"numbers":1', b'"numbers":10000000'),
        (b'"pack":8', b'"pack":7'),
        (b'"pack":8', b'"pack":9'),
        (b'"cGFjaw=="', b'"cGFj!w=="'),
        (b'"urgent"', b"7"),
        (b'"urgent"', b'"\\ud800"'),
    ):
        assert old in numbers
        assert refused(numbers.replace(old, new))


def test_an_entry_line_is_what_the_bundle_holds() -> None:
    assert b"".join(map(entry_line, ENTRIES)) in write_lines(SOUND)
