"""How the people page says things: roles, days, whether a number was checked, what became of calls."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time, tzinfo

from desktop_app.domain.contact_book import BookContact, Tried
from desktop_app.domain.contacts import STANDBY, role_name
from desktop_app.domain.roster import Shift
from desktop_app.domain.site_pack import SitePack
from desktop_app.words import Words


class PeopleWords:
    """Words of the page in one language and time zone."""

    def __init__(self, words: Words, zone: tzinfo) -> None:
        self._words, self._zone = words, zone
        self.language = words.language

    def say(self, code: str, **details: object) -> str:
        """Return a text of the page."""
        return self._words.say(f"window.people.{code}", **details)

    def listed(self, names: Iterable[str]) -> str:
        """Return names one behind the other."""
        return self._words.say("window.capture.comma").join(names)

    def role(self, pack: SitePack, role: str) -> str:
        """Return how people call a role, of the program or of the site's contacts."""
        if role == STANDBY:
            return self.say("standby.role")
        for code in (f"window.people.role.{role}", f"role.{role}"):
            if self._words.has(code):
                return self._words.say(code)
        return role_name(pack, role).told(self.language)

    def name(self, one: BookContact) -> str:
        """Return a contact's name."""
        return one.contact.name.told(self.language)

    def department(self, one: BookContact) -> str:
        """Return whose they are, "outside" for strangers to the centre of whom nothing is said."""
        told = one.contact.department.told(self.language)
        return told or self.say("outside" if one.contact.external else "no_department")

    def checked(self, one: BookContact, *, stale: bool) -> str:
        """Return when a number was last checked, and where it is stale that this is too long ago."""
        if one.verified_at is None:
            return self.say("public_number" if one.public else "never_checked")
        on = one.verified_at.astimezone(self._zone) if one.verified_by else one.verified_at
        return self.say("checked_long_ago" if stale else "checked", on=f"{on:%Y-%m-%d}")

    def tried(self, one: Tried) -> str:
        """Return what became of one call."""
        at = f"{one.at.astimezone(self._zone):%m-%d %H:%M}"
        told = self.say("tried_reached" if one.reached else "tried_unreached", at=at)
        return f"{told}  {one.note}" if one.note else told

    def shift(self, one: Shift) -> str:
        """Return one shift in a line: when, who, what they do."""
        return "  ".join(part for part in (self.hours(one), one.name, self.duty(one.duty)) if part)

    def hours(self, one: Shift) -> str:
        """Return from when until when a shift lasts."""
        ends = f"{one.ends:%H:%M}" if one.ends != time(0) else "24:00"
        return f"{one.begins:%H:%M}-{ends}"

    def duty(self, code: str) -> str:
        """Return what somebody on duty does; a site's own word as it stands."""
        known = f"window.people.duty_kind.{code}"
        return self._words.say(known) if code and self._words.has(known) else code

    def moment(self, at: datetime | None) -> str:
        """Return a moment; empty where there is none."""
        return "" if at is None else f"{at.astimezone(self._zone):%m-%d %H:%M}"

    def day(self, on: date) -> str:
        """Return a day with its weekday."""
        return f"{on:%m-%d} {self.say(f'weekday.{on.weekday()}')}"
