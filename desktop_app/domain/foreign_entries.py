"""What another store's entry has to be like before it is taken in, besides being an entry at all.

Whoever has a key can sign anything: ids, counters and values are bounded here, once, so that nothing behind
it meets what this program would never write.
"""

from __future__ import annotations

import json
import math
import re

from desktop_app.domain.entries import SALT_BYTES, Entry, Payload, Stored, Value, payload_digest
from desktop_app.domain.errors import Damaged

DEEPEST_VALUE = 16
"""How deep lists and objects may lie in each other in a value."""
LARGEST_COUNT = 2**48
"""The highest seq and Lamport counter; one counts for ever below it."""
LARGEST_WHOLE = 2**63 - 1
"""The largest whole number a value may be: what SQLite can hold."""
MOST_STRUCTURE = 1 << 20
"""Bytes of JSON outside of its texts. Read, an empty list takes some twenty times what it takes written; a
text takes as much."""
_TEXT = re.compile(rb'"[^"\\]*+(?:\\.[^"\\]*+)*+(?:"|\\?\Z)', re.DOTALL)
"""A text in JSON; one without an end reaches to the last byte, so that none is looked at twice."""
_WRITER = re.compile("[0-9a-f]{32}")
_ID = re.compile("[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_DIGEST = re.compile("[0-9a-f]{64}")


def is_writer(text: object) -> bool:
    """Whether a value has the shape of a writer's or a store's id: 32 hex digits."""
    return isinstance(text, str) and _WRITER.fullmatch(text) is not None


def check_structure(written: bytes) -> None:
    """Raise ValueError where JSON from elsewhere would take many times its size once it is read."""
    if len(written) <= MOST_STRUCTURE:
        return
    structure = end = 0
    for text in _TEXT.finditer(written):
        structure += text.start() - end
        end = text.end()
        if structure > MOST_STRUCTURE:
            break
    if structure + len(written) - end > MOST_STRUCTURE:
        raise ValueError("too much structure")


def check_entry(entry: Entry) -> None:
    """Raise Damaged where ids or counters are not of this program's shapes."""
    if not (
        _WRITER.fullmatch(entry.writer)
        and _ID.fullmatch(entry.actor)
        and _ID.fullmatch(entry.subject.id)
        and _DIGEST.fullmatch(entry.digest)
        and max(entry.seq, entry.lamport) <= LARGEST_COUNT
    ):
        raise Damaged("journal.envelope_unreadable")


def check_payload(stored: Stored) -> Payload | None:
    """Return a carried payload as it was read, None where there is none.

    Raises Damaged where it is not the one its envelope names, or cannot be folded.
    """
    if stored.payload is None:
        return None
    # Of one length always: what follows the salt could otherwise be read as its end.
    if stored.salt is None or len(stored.salt) != SALT_BYTES:
        raise Damaged("journal.payload_unreadable")
    if payload_digest(stored.salt, stored.payload) != stored.entry.digest:
        raise Damaged("journal.payload_unreadable")
    try:
        check_structure(stored.payload)
    except ValueError as problem:
        raise Damaged("journal.payload_unreadable") from problem
    payload = Payload.from_bytes(stored.payload)
    for change in payload.changes.values():
        # Most values are texts and need no call.
        if type(change.value) is not str:
            _check_value(change.value, DEEPEST_VALUE)
    if b"\\u" in stored.payload:
        _check_escaped(stored.payload)
    return payload


def _check_value(value: Value, deepest: int) -> None:
    """Refuse numbers that no table holds, and what lies so deep that going through it would fail."""
    match value:
        case str() | bool() | None:
            sound = True
        case int():
            sound = abs(value) <= LARGEST_WHOLE
        case float():
            sound = math.isfinite(value)
        case list() | dict():
            sound = deepest > 0
            for member in (value.values() if isinstance(value, dict) else value) if sound else ():
                _check_value(member, deepest - 1)
    if not sound:
        raise Damaged("journal.payload_unreadable")


def _check_escaped(payload: bytes) -> None:
    """Refuse half a surrogate pair, which can only be written as an escape: no table and no file takes it."""
    try:
        json.dumps(json.loads(payload), ensure_ascii=False).encode()
    except ValueError as problem:
        raise Damaged("journal.payload_unreadable") from problem
