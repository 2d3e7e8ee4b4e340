"""How the exchange stands, in words: one for the status line, sentences for its tool tip and the settings."""

from __future__ import annotations

from datetime import datetime, tzinfo

from desktop_app.domain.delivery import LATE, Delivery, Phase
from desktop_app.ui.sentences import sentence_in_window
from desktop_app.ui.typing.keys import first_key
from desktop_app.ui.widgets.pill import Tone
from desktop_app.words import Words


def short(words: Words, told: Delivery, now: datetime, zone: tzinfo) -> tuple[Tone, str, str]:
    """Return tone, icon and words of the pill; red only where something has waited for too long."""

    def say(code: str, at: datetime | None = None) -> str:
        time = "" if at is None else clock(at, zone)
        minutes = round(LATE.total_seconds() / 60)
        return words.say(f"window.delivery.{code}", count=told.waiting, time=time, minutes=minutes)

    if told.is_late(now) and told.leads:
        return "urgent", "warning", say("late")
    if told.reason is not None:
        return "warn", "warning", say("away_waiting" if told.waiting else "away")
    if told.to_confirm:
        return "warn", "key", words.say("window.delivery.to_confirm", count=told.to_confirm)
    if not told.leads:
        nothing = told.phase is Phase.NOTHING_SET_UP
        return "quiet", "info" if nothing else "key", say("not_set_up" if nothing else "no_lead")
    if told.phase is Phase.NOTHING_SET_UP and not told.waiting:
        return "quiet", "info", say("not_set_up")
    if told.waiting:
        return "info", "clock", say("carried" if told.carried else "waiting")
    if told.receipt_at is not None:
        return "ok", "check", say("receipt", told.receipt_at)
    if told.at is not None:
        return "ok", "check", say("exchanged", told.at)
    return "quiet", "clock", say("not_yet")


def sentences(words: Words, told: Delivery, zone: tzinfo) -> list[str]:
    """Return what there is to know and to do, one sentence a line."""

    def say(code: str, at: datetime | None = None) -> str:
        return words.say(f"window.delivery.{code}", time="" if at is None else clock(at, zone))

    lines = []
    if told.at is not None:
        lines.append(say("last_exchange", told.at))
    if told.receipt_at is not None:
        lines.append(say("last_receipt", told.receipt_at))
    if told.since is not None:
        lines.append(say("away_since", told.since))
    for problem in (*((told.reason,) if told.reason else ()), *told.trouble, *told.refused):
        lines.append(sentence_in_window(words, problem))
    if told.to_confirm:
        keys = first_key("stations")
        lines.append(words.say("window.delivery.to_confirm_do", count=told.to_confirm, keys=keys))
    elif not told.leads:
        lines.append(say("no_lead_do"))
    if told.phase is Phase.NOTHING_SET_UP:
        lines.append(say("not_set_up_do"))
    elif told.by_hand:
        lines.append(say("by_hand"))
    return lines


def clock(at: datetime, zone: tzinfo) -> str:
    """Return a time of today as it is read out, ``14:02``."""
    return f"{at.astimezone(zone):%H:%M}"
