"""Envelopes, payloads and chains: nothing is altered, removed, swapped or cut without being named."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.domain.entries import (
    GENESIS,
    ChainProblem,
    Change,
    Entry,
    Head,
    Payload,
    chain_hash,
    check_chain,
    check_heads,
    entry_of,
    moment_of,
    moment_text,
)
from desktop_app.domain.errors import Damaged
from desktop_app.domain.times import parse_iso
from tests.domain.journals import Station

JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)
IDS = st.lists(st.from_regex(r"[0-9a-f]{4}-[1-9]", fullmatch=True), max_size=3).map(tuple)
CHANGES = st.dictionaries(st.text(max_size=8), st.builds(Change, IDS, JSON_VALUES), max_size=4)

Row = tuple[Entry, bytes | None, bytes | None]


def chain(length: int) -> list[Row]:
    station = Station("aa")
    for number in range(length):
        station.change(summary=f"call {number}")
    return list(station.chain)


def problems(rows: list[Row]) -> list[tuple[int, str]]:
    return [(problem.seq, problem.what) for problem in check_chain(rows, GENESIS)]


def test_an_envelope_is_a_json_array_without_spaces() -> None:
    for row in chain(3):
        entry = replace(row[0], actor='"\\\u2028\x01Ä')
        told = [
            *(entry.writer, entry.seq, entry.lamport, moment_text(entry.at), entry.actor, entry.role.value),
            *([entry.subject.kind.value, entry.subject.id], entry.action.value, entry.digest),
        ]
        assert entry.envelope() == json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()
        assert entry_of(entry.envelope(), entry.hash) == entry


@pytest.mark.parametrize(
    "text",
    [
        "2026-03-02T09:30:00Z",
        "2026-03-02T09:30:00.000Z",
        "2026-03-02T09:30:00.000000+00:00",
        "2026-03-02 09:30:00.000000Z",
        "20260302T093000.000000Z",
        "2026-W10-1T09:30:00.000000Z",
        "2026-03-02T09:30:00.000000z",
        "2026-03-02T09:30:00,000000Z",
        "Z",
        "",
    ],
)
def test_no_other_spelling_of_a_moment_is_read(text: str) -> None:
    with pytest.raises(ValueError):
        moment_of(text)
    assert moment_of("2026-03-02T09:30:00.000000Z") == datetime(2026, 3, 2, 9, 30, tzinfo=UTC)


def test_a_hole_before_a_known_break_is_no_problem() -> None:
    rows = chain(8)
    breaks = {5: bytes.fromhex(rows[3][0].hash)}
    holed = [*rows[:2], *rows[4:]]
    assert list(check_chain(holed, GENESIS, breaks)) == []
    assert [one.what for one in check_chain(holed, GENESIS)] == ["gap"]
    assert [one.what for one in check_chain(holed, GENESIS, {5: GENESIS})] == ["hash"]
    assert [one.seq for one in check_chain(holed[:-2] + holed[-1:], GENESIS, breaks)] == [7]


@given(CHANGES, st.text(), st.text())
def test_payload_round_trip(changes: dict[str, Change], reason: str, target: str) -> None:
    payload = Payload(changes, reason, target)
    assert Payload.from_bytes(payload.to_bytes()) == payload


@pytest.mark.parametrize(
    "stored",
    [
        b"",
        b"{}",
        b"[]",
        b"\xff",
        b'{"changes":[]}',
        b'{"changes":{"a":1}}',
        b'{"changes":{"a":[1,2]}}',
        b'{"changes":{"a":[[],1,2]}}',
        b"[" * 100_000,
    ],
)
def test_payload_that_is_none(stored: bytes) -> None:
    with pytest.raises(Damaged):
        Payload.from_bytes(stored)


@given(st.datetimes(datetime(2, 1, 1), datetime(9998, 12, 31), timezones=st.just(UTC)))  # noqa: DTZ001 - zones follow
def test_moment_round_trip(at: datetime) -> None:
    assert moment_of(moment_text(at)) == at


@pytest.mark.parametrize("year", [1, 9999])
def test_a_moment_that_some_zone_has_no_date_for_is_none(year: int) -> None:
    text = moment_text(datetime(year, 1, 1, tzinfo=UTC))
    with pytest.raises(ValueError, match=text):
        moment_of(text)
    assert parse_iso(text, UTC) is None
    assert parse_iso(text.replace(".000000", ""), UTC) is None


def test_a_moment_has_one_spelling() -> None:
    shanghai = datetime(2026, 3, 2, 12, 0, tzinfo=timezone(timedelta(hours=8)))
    assert moment_text(shanghai) == "2026-03-02T04:00:00.000000Z"


def test_envelope_round_trip_and_order() -> None:
    entry = chain(1)[0][0]
    assert entry_of(entry.envelope(), entry.hash) == entry
    assert json.loads(entry.envelope()) == [
        "aa",
        1,
        1,
        "2026-03-02T04:00:01.000000Z",
        "li",
        "agent",
        ["record", entry.subject.id],
        "change",
        entry.digest,
    ]
    assert b" " not in entry.envelope()


def test_envelope_holds_no_value() -> None:
    station = Station("aa")
    sealed = station.change(caller_name="王芳", reason="客户更正")
    assert "王芳" not in sealed.entry.envelope().decode()
    assert "客户" not in sealed.entry.envelope().decode()


@pytest.mark.parametrize(
    "alter",
    [
        lambda parts: parts[:-1],
        lambda parts: [*parts, 1],
        lambda parts: [1, *parts[1:]],
        lambda parts: [parts[0], 0, *parts[2:]],
        lambda parts: [parts[0], True, *parts[2:]],
        lambda parts: [parts[0], 1.0, *parts[2:]],
        lambda parts: [parts[0], 1, "2", *parts[3:]],
        lambda parts: [*parts[:3], "2026-03-02T04:00:01Z", *parts[4:]],
        lambda parts: [*parts[:5], "boss", *parts[6:]],
        lambda parts: [*parts[:6], ["record", 7], *parts[7:]],
        lambda parts: [*parts[:6], ["car", "x"], *parts[7:]],
        lambda parts: [*parts[:7], "erase", *parts[8:]],
        lambda parts: [*parts[:8], None],
        lambda _: {"writer": "aa"},
        lambda _: 7,
    ],
)
def test_envelope_that_is_none(alter: object) -> None:
    parts = json.loads(chain(1)[0][0].envelope())
    text = json.dumps(alter(parts), ensure_ascii=False, separators=(",", ":"))
    with pytest.raises(Damaged):
        entry_of(text.encode(), "")


@pytest.mark.parametrize("text", [b"", b"\xff", b"[" * 100_000, b"[ 1 ]"])
def test_envelope_that_is_no_json(text: bytes) -> None:
    with pytest.raises(Damaged):
        entry_of(text, "")


def test_envelope_with_a_space_is_not_canonical() -> None:
    with pytest.raises(Damaged):
        entry_of(chain(1)[0][0].envelope().replace(b",", b", ", 1), "")


def test_a_sound_chain_has_no_problems() -> None:
    rows = chain(6)
    assert problems(rows) == []
    assert problems([(entry, None, None) for entry, _, _ in rows]) == []  # payloads erased
    assert problems([]) == []


@given(st.integers(2, 8), st.data())
def test_every_single_edit_is_named_once(length: int, data: st.DataObject) -> None:
    rows = chain(length)
    at = data.draw(st.integers(0, length - 1))
    entry, salt, stored = rows[at]
    edits: dict[str, Row] = {
        "actor": (replace(entry, actor="someone"), salt, stored),
        "at": (replace(entry, at=entry.at + timedelta(hours=1)), salt, stored),
        "digest": (replace(entry, digest="0" * 64), None, None),
        "hash": (replace(entry, hash="0" * 64), salt, stored),
        "no hash": (replace(entry, hash="none"), salt, stored),
        "payload": (entry, salt, Payload({"summary": Change((), "other")}).to_bytes()),
        "salt": (entry, b"other", stored),
        "salt gone": (entry, None, stored),
    }
    kind = data.draw(st.sampled_from(sorted(edits)))
    rows[at] = edits[kind]
    expected = "digest" if kind in ("payload", "salt", "salt gone") else "hash"
    assert problems(rows) == [(at + 1, expected)]


@given(st.integers(2, 8), st.data())
def test_a_removed_entry_is_named(length: int, data: st.DataObject) -> None:
    rows = chain(length)
    at = data.draw(st.integers(0, length - 2))
    del rows[at]
    assert problems(rows) == [(at + 1, "gap")]


@given(st.integers(2, 8), st.data())
def test_swapped_entries_are_found(length: int, data: st.DataObject) -> None:
    rows = chain(length)
    one, other = sorted(data.draw(st.sets(st.integers(0, length - 1), min_size=2, max_size=2)))
    rows[one], rows[other] = rows[other], rows[one]
    assert (one + 1, "gap") in problems(rows)
    # The same with the seqs made to fit: contents of two entries exchanged.
    first, second = rows[one], rows[other]
    rows[one] = (replace(first[0], seq=one + 1), *first[1:])
    rows[other] = (replace(second[0], seq=other + 1), *second[1:])
    assert (one + 1, "hash") in problems(rows)


def test_swapped_payloads_are_found() -> None:
    rows = chain(3)
    rows[0], rows[1] = (rows[0][0], *rows[1][1:]), (rows[1][0], *rows[0][1:])
    assert problems(rows) == [(1, "digest"), (2, "digest")]


def test_a_chain_of_another_link_is_found() -> None:
    assert [problem.what for problem in check_chain(chain(3), bytes([1] * 32))] == ["hash"]


def test_a_cut_tail_shows_only_by_a_head_kept_outside() -> None:
    rows = chain(5)
    head = Head("aa", 5, rows[-1][0].hash)
    cut = rows[:3]
    held = {(entry.writer, entry.seq): entry.hash for entry, _, _ in cut}
    assert problems(cut) == []
    assert list(check_heads([head], lambda writer, seq: held.get((writer, seq)))) == [
        ChainProblem("aa", 5, "cut")
    ]
    assert list(check_heads([Head("aa", 2, rows[1][0].hash)], lambda writer, seq: held[writer, seq])) == []


def test_a_chain_computed_anew_shows_only_by_a_head_kept_outside() -> None:
    rows, forged, previous = chain(4), [], GENESIS
    for entry, _, _ in rows:
        other = replace(entry, actor="someone")
        other = replace(other, hash=chain_hash(previous, other.envelope()))
        previous = bytes.fromhex(other.hash)
        forged.append((other, None, None))
    assert problems(forged) == []
    head = Head("aa", 4, rows[-1][0].hash)
    found = list(check_heads([head], lambda _writer, seq: forged[seq - 1][0].hash))
    assert found == [ChainProblem("aa", 4, "head")]
