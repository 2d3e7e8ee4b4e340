"""What the look-up says: of each person what to mind, of the snapshot how old it is."""

from __future__ import annotations

from datetime import datetime, tzinfo

from desktop_app.domain.customers import Snapshot
from desktop_app.domain.kinds import Kind
from desktop_app.domain.phones import grouped
from desktop_app.services.caller import Call
from desktop_app.services.offers import Offer, Offers
from desktop_app.ui.capture.look_up_row import RowText
from desktop_app.ui.customers.age_words import is_old, snapshot_told
from desktop_app.ui.sentences import sentence_in_window
from desktop_app.words import Words


class OfferWords:
    """Turns offers into rows; a snapshot of ``most_days`` or more is warned of."""

    def __init__(self, words: Words, zone: tzinfo, most_days: int) -> None:
        self._words, self._zone, self._most_days = words, zone, most_days

    def row(self, offer: Offer, now: datetime) -> RowText:
        """Return what a row says of somebody; what is most pressing stands at the right."""
        customer, glance = offer.customer, offer.glance
        mind, tone, icon = "", "muted", ""
        if glance.complaint is not None:
            told = self._say("complaint", number=glance.complaint.number)
            mind, tone, icon = told, "warn", "complaint"
        elif customer.vip or customer.note:
            parts = filter(None, (customer.vip, customer.note))
            mind = self._words.say("window.capture.dot").join(parts)
            tone, icon = ("warn", "warning") if customer.note else ("accent", "user")
        elif glance.last is not None:
            mind = self.last(glance.today, glance.last, now)
        elif offer.as_of is None:
            mind = self._say("earlier")
        phone = grouped(offer.phone)
        return RowText(phone, customer.name, customer.address, offer.matched, mind, tone, icon)

    def last(self, today: int, last: Call, now: datetime) -> str:
        """Return how often somebody called today, or when they called last."""
        kind = self.kind(last.kind)
        local = last.received_at.astimezone(self._zone) if last.received_at else None
        if today and local is not None:
            return self._say("today", nth=today + 1, time=f"{local:%H:%M}", kind=kind)
        return self._say("before", date=f"{local:%m-%d}" if local else "–", kind=kind)

    def kind(self, code: str) -> str:
        """Return the word of a kind; a record can be without one."""
        known = code in set(Kind)
        return self._words.say(f"window.records.kind.{code if known else 'none'}")

    def is_old(self, snapshot: Snapshot | None, now: datetime) -> bool:
        """Whether the snapshot is as old as the site warns of, or there is none."""
        return snapshot is None or is_old(snapshot, self._most_days, now)

    def foot(self, found: Offers, now: datetime, *, chosen: bool) -> str:
        """Return the line below the rows: how old what they say is, and the keys.

        The age stands first: where the line is cut, a key may go. Enter takes somebody only once somebody
        is ``chosen``; before, it goes on to the next field.
        """
        age = self.age(found.snapshot, now)
        if found.problem is not None:
            age = sentence_in_window(self._words, found.problem)
        return self._say("foot" if chosen else "foot_choose", age=age) if found.found else age

    def age(self, snapshot: Snapshot | None, now: datetime) -> str:
        """Return how old the snapshot is, in words; without one whom to ask."""
        if snapshot is None:
            return self._say("no_snapshot")
        return snapshot_told(self._words, snapshot, self._zone, self._most_days, now)

    def exact(self, row: str) -> str:
        """Return what is announced of the only one whose number was typed."""
        return self._say("exact", who=row)

    def several(self, count: int) -> str:
        """Return what is announced of several people."""
        return self._say("several", count=count)

    def _say(self, code: str, **told: object) -> str:
        return self._words.say(f"window.capture.look_up.{code}", **told)
