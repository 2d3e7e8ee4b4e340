"""Records begun by one choice, and when their call-back is due (4 art. 4, row 91)."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta, tzinfo

from desktop_app.domain.entries import Value
from desktop_app.domain.fields import FIELDS
from desktop_app.domain.form_fields import FieldType
from desktop_app.domain.site_pack import QuickRecord

_TICKS = (FieldType.YES_NO, FieldType.TICK)


def due(quick: QuickRecord, now: datetime, zone: tzinfo) -> datetime | None:
    """Return the UTC moment at which the call-back is due: the next one behind ``now``; None for none.

    Without ``weekdays`` every day counts. A time that the zone's clock leaps over comes as much later.
    """
    if not quick.until:
        return None
    at = time.fromisoformat(quick.until)
    today = now.astimezone(zone).date()
    for days in range(8):
        day = today + timedelta(days=days)
        moment = datetime.combine(day, at, zone).astimezone(UTC)
        if moment > now and (not quick.weekdays or day.weekday() in quick.weekdays):
            return moment
    return None


def values_of(quick: QuickRecord, language: str) -> dict[str, Value]:
    """Return the values that a quick record begins with, its texts in a language (``zh`` or ``en``)."""
    told: dict[str, Value] = {"kind": quick.kind.value}
    for key, code in quick.values.items():
        told[key] = code == "yes" if FIELDS[key].type in _TICKS else code
    told.update((key, text.told(language)) for key, text in quick.texts.items())
    return told
