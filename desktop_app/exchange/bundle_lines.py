"""What a bundle says, as JSON Lines: its manifest, its list of numbers, its runs and their entries.

Envelopes and payloads are carried as the text they were sealed in, never written anew. Everything that is
read is checked here, so that a bundle either is sound as a whole or is not there.
"""

from __future__ import annotations

import base64
import io
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from desktop_app.domain.bundles import Bundle, ListedNumber, Manifest, Run, SignedHead
from desktop_app.domain.entries import Payload, Sealed, Stored, chain_hash, entry_of, known_entry
from desktop_app.domain.errors import Damaged, KnownError
from desktop_app.domain.foreign_entries import check_entry, check_payload, check_structure, is_writer
from desktop_app.domain.identities import Identity
from desktop_app.domain.manifests import (
    hex_of,
    manifest_json,
    manifest_of,
    number_text,
    signed_head_json,
    signed_head_of,
    whole,
)
from desktop_app.domain.numbers import valid_station
from desktop_app.exchange.recipients import check_recipient
from desktop_app.exchange.signing import is_head_signed

LONGEST_ENVELOPE = 1_000
"""Bytes of an envelope: ids, counters and names of known length, some three hundred."""
MOST_PACK = 16 * 1024 * 1024
"""Bytes of a site pack."""
_MOST_PACK_TEXT = MOST_PACK // 3 * 4 + 4
_MOST_LISTED = 1_000_000
_NUMBERS_A_LINE = 1_000
_PACK_A_LINE = 1024 * 1024
_LONGEST_CELL = 200
_WITHHELD, _ERASED = "withheld", "erased"
_HASH_BYTES = 32
_text = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode


def entry_line(stored: Stored) -> bytes:
    """Return the line of one entry, with its end; its length counts towards ``MOST_BYTES`` of a bundle."""
    envelope = stored.entry.envelope().decode()
    if stored.payload is None or stored.salt is None:
        return _line([envelope, _WITHHELD if stored.withheld else _ERASED])
    return _line([envelope, stored.salt.hex(), stored.payload.decode()])


def write_lines(bundle: Bundle) -> bytes:
    """Return the content of a bundle's file."""
    return b"".join(_lines(bundle))


def read_lines(
    content: bytes,
    entries: int,
    recipients: Sequence[str],
    each: Callable[[Sealed], None] = lambda sealed: None,
) -> Bundle:
    """Return the bundle that ``content`` holds, with as many entries as the header says.

    ``each`` is told of every entry once that is sound, its payload read; what follows may still not be.
    Raises Damaged where anything in it is not sound: shapes, counts, chains, digests, signed heads.
    """
    return _read(_Lines(content, each), entries, recipients)


def read_checked(content: bytes, entries: int, recipients: Sequence[str], hashes: Iterable[str]) -> Bundle:
    """Return the bundle that ``read_lines`` found sound, whose entries have these chain hashes, in its order.

    Entries are not looked at again: they are most of what reading costs.
    """
    return _read(_CheckedLines(content, hashes), entries, recipients)


def _read(lines: _Lines, entries: int, recipients: Sequence[str]) -> Bundle:
    try:
        manifest = _manifest(lines)
        runs = tuple(_runs(lines, manifest, entries))
    except (ValueError, TypeError, LookupError, AttributeError, RecursionError, KnownError) as problem:
        raise Damaged("bundles.content") from problem
    return Bundle(manifest, runs, tuple(recipients))


def _line(told: object) -> bytes:
    return _text(told).encode() + b"\n"


def _lines(bundle: Bundle) -> Iterator[bytes]:
    manifest, numbers = bundle.manifest, bundle.manifest.numbers
    pack = base64.b64encode(manifest.site_pack).decode()
    yield _line({"manifest": manifest_json(manifest), "numbers": len(numbers), "pack": len(pack)})
    for start in range(0, len(numbers), _NUMBERS_A_LINE):
        part = numbers[start : start + _NUMBERS_A_LINE]
        yield _line([[one.number, one.kind, one.station, one.state, one.owner] for one in part])
    for start in range(0, len(pack), _PACK_A_LINE):
        yield _line(pack[start : start + _PACK_A_LINE])
    for run in bundle.runs:
        yield _line(_run_json(run))
        yield from map(entry_line, run.entries)


def _run_json(run: Run) -> dict[str, Any]:
    return {
        "writer": run.writer,
        "store": run.store,
        "station": run.station,
        "drill": run.drill,
        "link": run.link.hex(),
        "entries": len(run.entries),
        "owner": None if run.owner is None else run.owner.to_json(),
        "signed": None if run.signed is None else signed_head_json(run.signed),
    }


class _Lines:
    """The lines one after the other: what somebody else wrote is never split into all of them at once."""

    def __init__(self, content: bytes, each: Callable[[Sealed], None]) -> None:
        self._file = io.BytesIO(content)
        self._each = each

    def entry(self, previous: bytes) -> Stored:
        """Return the entry in the next line, which follows the one with the hash ``previous``."""
        stored, payload = _entry(self.next(), previous)
        self._each(Sealed(stored.entry, payload))
        return stored

    def next(self) -> Any:
        """Return what the next line says; raises ValueError where there is none or too much in it."""
        line = self._file.readline()
        if not line.endswith(b"\n"):
            raise ValueError("no line")
        check_structure(line)
        return json.loads(line)

    def at_end(self) -> bool:
        """Whether nothing follows."""
        return self._file.tell() == len(self._file.getbuffer())


class _CheckedLines(_Lines):
    """Lines whose entries were found sound before."""

    def __init__(self, content: bytes, hashes: Iterable[str]) -> None:
        super().__init__(content, lambda sealed: None)
        self._hashes = iter(hashes)

    def entry(self, previous: bytes) -> Stored:
        envelope, *rest = json.loads(self._file.readline())
        entry = known_entry(envelope, next(self._hashes))
        if len(rest) == 1:
            return Stored(entry, None, None, rest[0] == _WITHHELD)
        return Stored(entry, bytes.fromhex(rest[0]), rest[1].encode())


def _manifest(lines: _Lines) -> Manifest:
    told = lines.next()
    manifest = manifest_of(told["manifest"])
    for identity in (manifest.identity, *manifest.leads):
        check_recipient(identity)
    if not all(is_head_signed(manifest.identity.sign, head) for head in manifest.heads):
        raise ValueError("head")
    return replace(
        manifest,
        numbers=tuple(_numbers(lines, whole(told.get("numbers", 0), 0, _MOST_LISTED))),
        site_pack=_pack(lines, whole(told.get("pack", 0), 0, _MOST_PACK_TEXT)),
    )


def _numbers(lines: _Lines, count: int) -> Iterator[ListedNumber]:
    left = count
    while left:
        rows = lines.next()
        if not isinstance(rows, list) or not 0 < len(rows) <= left:
            raise ValueError("numbers")
        left -= len(rows)
        for number, *cells in rows:
            kind, station, state, owner = cells
            if not all(len(cell) <= _LONGEST_CELL and cell.isprintable() for cell in cells):
                raise ValueError("cells")
            yield ListedNumber(number_text(number), kind, station, state, owner)


def _pack(lines: _Lines, length: int) -> bytes:
    parts, left = [], length
    while left:
        part = lines.next()
        if not isinstance(part, str) or not 0 < len(part) <= left:
            raise ValueError("pack")
        left -= len(part)
        parts.append(part)
    return base64.b64decode("".join(parts), validate=True)


def _runs(lines: _Lines, manifest: Manifest, entries: int) -> Iterator[Run]:
    """Yield the runs; those of one writer follow each other in their order and belong to one store."""
    left, ends = entries, dict[str, Run]()
    while not lines.at_end():
        run = _run(lines, left)
        left -= len(run.entries)
        _check_owner(run, manifest.identity)
        if (before := ends.get(run.writer)) is not None:
            _check_following(before, run)
        ends[run.writer] = run
        yield run
    if left:
        raise ValueError("count")


def _run(lines: _Lines, most: int) -> Run:
    told = lines.next()
    writer, store, station, drill = told["writer"], told["store"], told["station"], told["drill"]
    if not (is_writer(writer) and is_writer(store) and valid_station(station) and isinstance(drill, bool)):
        raise ValueError("run")
    link = bytes.fromhex(hex_of(told["link"], _HASH_BYTES))
    owner, signed = told.get("owner"), told.get("signed")
    return Run(
        writer,
        store,
        station,
        drill,
        link,
        tuple(_entries(lines, writer, link, whole(told["entries"], 1, most))),
        None if owner is None else Identity.from_json(owner),
        None if signed is None else signed_head_of(signed),
    )


def _entries(lines: _Lines, writer: str, link: bytes, count: int) -> Iterator[Stored]:
    previous, expected = link, 0
    for _ in range(count):
        stored = lines.entry(previous)
        entry = stored.entry
        if entry.writer != writer or entry.seq != (expected or entry.seq):
            raise ValueError("seq")
        previous, expected = bytes.fromhex(entry.hash), entry.seq + 1
        yield stored


def _entry(told: list[str], previous: bytes) -> tuple[Stored, Payload | None]:
    envelope = told[0].encode()
    if len(envelope) > LONGEST_ENVELOPE:
        raise ValueError("envelope")
    entry = entry_of(envelope, chain_hash(previous, envelope))
    check_entry(entry)
    match told:
        case [_, str(what)] if what in (_WITHHELD, _ERASED):
            return Stored(entry, None, None, what == _WITHHELD), None
        case [_, str(salt), str(payload)]:
            stored = Stored(entry, bytes.fromhex(salt), payload.encode())
            return stored, check_payload(stored)
    raise ValueError("entry")


def _check_following(before: Run, run: Run) -> None:
    """Two runs of one writer: the same store's, in their order, and chained where nothing lies between."""
    last, first = before.entries[-1].entry, run.entries[0].entry
    if (before.store, before.station) != (run.store, run.station) or first.seq <= last.seq:
        raise ValueError("runs")
    if first.seq == last.seq + 1 and run.link.hex() != last.hash:
        raise ValueError("link")


def _check_owner(run: Run, sender: Identity) -> None:
    """The run's owner is its store, of the sender's kind, and has signed what it is said to have."""
    own = sender if run.store == sender.store else None
    owner = run.owner or own
    if run.owner is not None:
        check_recipient(run.owner)
    if run.drill != sender.drill:
        raise ValueError("drill")
    if owner is not None and (owner.store, owner.drill) != (run.store, run.drill):
        raise ValueError("owner")
    if owner is not None and own is not None and owner.sign != own.sign:
        raise ValueError("owner")
    if run.signed is not None:
        _check_signed(run, run.signed, owner)


def _check_signed(run: Run, signed: SignedHead, owner: Identity | None) -> None:
    """Without an owner the signature is the reader's to check, who may know that store's key."""
    head = signed.head
    if head.writer != run.writer or (owner is not None and not is_head_signed(owner.sign, signed)):
        raise ValueError("signed")
    place = head.seq - run.entries[0].entry.seq
    if 0 <= place < len(run.entries) and run.entries[place].entry.hash != head.hash:
        raise ValueError("signed")
