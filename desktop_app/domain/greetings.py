"""The opening sentence of the day, and what to mention on it (1.7)."""

from __future__ import annotations

from datetime import date

from desktop_app.domain.site_pack import Greeting, SitePack


def greetings_on(pack: SitePack, day: date) -> tuple[Greeting, ...]:
    """Return the greetings that hold on a day, those bound to dates before the usual ones."""
    valid = (greeting for greeting in pack.greetings if greeting.span.holds(day))
    return tuple(sorted(valid, key=lambda one: one.span.first is None and one.span.last is None))
