"""One hash over everything that is shared: stores that hold the same entries and payloads have the same.

It covers folded values only: no entry times, authors or local tables (JOURNAL, state hash). What was undone
leaves no trace in it: a subject with nothing left counts as one that never was.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from desktop_app.domain.folding import State, canonical


def state_hash(states: Iterable[State]) -> str:
    """Return SHA-256 in hex over the states of all shared subjects, in whatever order they come."""
    digests = {
        (state.subject.id, state.subject.kind.value): subject_digest(state)
        for state in states
        if not is_blank(state)
    }
    return hash_of(digest for _, digest in sorted(digests.items()))


def hash_of(digests: Iterable[bytes]) -> str:
    """Return SHA-256 in hex over the digests of all subjects with anything left, by id and kind."""
    whole = hashlib.sha256()
    for digest in digests:
        whole.update(digest)
    return whole.hexdigest()


def subject_digest(state: State) -> bytes:
    """Return SHA-256 over one subject: its kind and id, the distinct values of fields, its list items."""
    folded = canonical(
        [
            state.subject.kind.value,
            state.subject.id,
            {
                name: [canonical(held[0].value)] if len(held) == 1 else _distinct(state, name)
                for name, held in state.fields.items()
            },
            {name: [item.value for item in items] for name, items in state.lists.items() if items},
            None if state.tombstone is None else dict(state.tombstone),
        ]
    )
    return hashlib.sha256(folded.encode()).digest()


def _distinct(state: State, name: str) -> list[str]:
    return sorted(map(canonical, state.values(name)))


def is_blank(state: State) -> bool:
    """Whether nothing is left of the subject: no value, no list item, no tombstone."""
    return not state.fields and not any(state.lists.values()) and state.tombstone is None
