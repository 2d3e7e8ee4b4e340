"""What stands half typed, and is not done: kept while a person types, found again after lock or crash."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from types import MappingProxyType

from desktop_app.storage.half_typed import (
    CORRECTION,
    HalfTyped,
    forget_half_typed,
    half_typed_of,
    put_half_typed,
)
from desktop_app.storage.store import Store

HalfTypedTexts = HalfTyped
"""Texts as they were last kept, and what they are of."""
_LONGEST = timedelta(days=30)
"""Nobody goes on with what is older."""


def keep_half_typed(
    store: Store,
    place: str,
    title: str,
    texts: Mapping[str, str],
    *,
    now: datetime,
    left: bool = False,
    seen: Mapping[str, tuple[str, ...]] = MappingProxyType({}),
) -> None:
    """Keep what stands in the fields of a place; nothing typed keeps nothing."""
    if not texts:
        forget_place(store, place)
        return
    with store.change() as unit:
        one = HalfTyped(place, store.author.actor, now, title, dict(texts), left, seen)
        put_half_typed(unit.connection, one)


def forget_place(store: Store, place: str) -> None:
    """Give up what is half typed at a place: it was done, or nobody wants it."""
    with store.change() as unit:
        forget_half_typed(unit.connection, place, store.author.actor)


def half_typed_at(store: Store, place: str) -> HalfTypedTexts | None:
    """Return what this person left half typed at a place."""
    with store.read() as view:
        found = half_typed_of(view.connection, store.author.actor)
    return next((one for one in found if one.place == place), None)


def broken_off(store: Store, *, now: datetime) -> tuple[str, ...]:
    """Return what this person was at when the desk was locked or ended, the latest first, by title.

    What nobody came back to for a month is given up.
    """
    with store.read() as view:
        found = half_typed_of(view.connection, store.author.actor)
    found = [one for one in found if not one.place.startswith(CORRECTION)]
    for one in found:
        if one.kept_at < now - _LONGEST:
            forget_place(store, one.place)
    fresh = [one.title for one in found if not one.left and one.kept_at >= now - _LONGEST]
    return tuple(dict.fromkeys(fresh))
