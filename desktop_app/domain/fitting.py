"""Which parts of a site pack fit a record: the same rule for playbooks and for chips."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from desktop_app.domain.entries import Value
from desktop_app.domain.form_fields import Values
from desktop_app.domain.site_pack import When

T = TypeVar("T")


def fits(when: When, values: Values) -> bool:
    """Whether every condition holds of a record's values; without any it always does."""
    return all(as_code(values.get(key)) in wanted for key, wanted in when.items())


def closest(found: Iterable[tuple[When, T]]) -> T | None:
    """Return the one with the most conditions, of several such the first; None where there is none."""
    best: tuple[int, T] | None = None
    for when, one in found:
        if best is None or len(when) > best[0]:
            best = (len(when), one)
    return best[1] if best else None


def as_code(value: Value) -> str:
    """Return a value as a pack writes it: *yes* and *no* for ticks, the code of a choice, else its text."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else str(value)
