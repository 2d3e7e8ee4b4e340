"""How long a step may still take, in words: ``剩 08:20``, ``超时 03:10`` (DESK §3)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from desktop_app.domain.site_pack import Step
from desktop_app.ui.widgets.pill import Tone
from desktop_app.words import Words

SOON = timedelta(minutes=2)
"""Told to a screen reader when so much is left, and again when nothing is."""


@dataclass(frozen=True, slots=True)
class Limit:
    """Tone, icon and words of what is left; ``left`` is None before the call begins."""

    tone: Tone
    icon: str
    text: str
    left: timedelta | None


def limit_of(words: Words, step: Step, since: datetime | None, now: datetime) -> Limit:
    """Return what is left of a step's minutes, which count from the beginning of the call."""
    if since is None:
        return Limit("quiet", "clock", words.say("window.beside.within", minutes=step.minutes), None)
    left = since + timedelta(minutes=step.minutes) - now
    if left >= timedelta(0):
        return Limit("warn", "clock", words.say("window.beside.left", time=span(left)), left)
    return Limit("urgent", "warning", words.say("window.beside.over", time=span(-left)), left)


def span(length: timedelta) -> str:
    """Return a length as minutes and seconds, hours before them where there are any."""
    minutes, seconds = divmod(int(length.total_seconds()), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02d}:{seconds:02d}" if hours else f"{minutes:02d}:{seconds:02d}"
