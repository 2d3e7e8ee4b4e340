"""Whom an agent is offered while typing: customers of the snapshot, with what this store knows of each."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from desktop_app.domain.customers import Customer, CustomerMatch, MatchedBy, Snapshot
from desktop_app.domain.errors import KnownError
from desktop_app.domain.phones import phone_of
from desktop_app.services.caller import Glance, caller_in, day_began, glance_at
from desktop_app.services.customers import look_up, standing
from desktop_app.storage.caller import calls_from
from desktop_app.storage.store import Store
from desktop_app.storage.unit_of_work import View

LIMIT = 8
"""People offered at once: more are not read while a phone rings."""
_FEWEST_DIGITS = 7
"""A number shorter than that is being typed, or an extension: who called from it is not asked."""
LONGEST_INTERNAL = 5
"""Digits of an internal number at most: whoever called from one is meant, whoever's last digits it is."""
_MOST_PHONES = 3
_AS_IT_STANDS = (MatchedBy.NAME, MatchedBy.ADDRESS)


@dataclass(frozen=True, slots=True)
class Offer:
    """Somebody who may be calling.

    ``phone`` is the number of theirs that fits what was typed, else their main one. ``as_of`` is the moment
    of the snapshot (UTC); None of those who only called before: name and address are what they said then.
    """

    customer: Customer
    by: MatchedBy
    matched: str
    phone: str
    glance: Glance
    as_of: datetime | None = None


@dataclass(frozen=True, slots=True)
class Offers:
    """The answer to one text, likeliest first.

    Without a ``snapshot`` nobody of the CRM is known; ``problem`` says why the one there is cannot be read.
    ``exact``: the text is the whole number of the only one offered. ``likeliest``: the first may be taken
    without choosing; not where the text may be meant as it stands, a name, an address or an internal number,
    nor where several share the whole number.
    """

    found: tuple[Offer, ...]
    snapshot: Snapshot | None
    problem: KnownError | None = None
    exact: bool = False
    likeliest: bool = False


def offers(
    store: Store, text: str, *, now: datetime, limit: int = LIMIT, internal: Collection[str] = ()
) -> Offers:
    """Return whom a text may mean, whatever field it was typed into; a bad snapshot stops nobody.

    ``internal`` are the digits of the centre's own short numbers, as far as its site pack knows them.
    """
    matches, stands = look_up(store, text, limit=limit), standing(store)
    digits = phone_of(text).digits
    since = day_began(store, now)
    with store.read() as view:
        found = [_offer(view, match, since, stands.snapshot) for match in matches]
        short = digits in internal or (
            0 < len(digits) <= LONGEST_INTERNAL and bool(calls_from(view.connection, digits, 1))
        )
        if not any(_is_whole(one, digits) for one in found) and len(digits) >= _FEWEST_DIGITS:
            found = [*_earlier(view, text, digits, since, now), *found][:limit]
    whole = sum(_is_whole(one, digits) for one in found)
    exact = len(found) == 1 == whole
    likeliest = bool(found) and found[0].by not in _AS_IT_STANDS and whole < 2 and not short
    return Offers(tuple(found), stands.snapshot, stands.problem, exact, likeliest)


def _offer(view: View, match: CustomerMatch, since: str, known: Snapshot | None) -> Offer:
    customer = match.customer
    own = [phone_of(phone).digits for phone in customer.phones[:_MOST_PHONES]]
    phone = next(iter(customer.phones), "")
    if match.by in (MatchedBy.PHONE, MatchedBy.LAST_DIGITS):
        fitting = (one for one in customer.phones if match.matched in phone_of(one).digits)
        phone = next(fitting, phone)
    glance = glance_at(view, own, since=since)
    return Offer(customer, match.by, match.matched, phone, glance, known.as_of if known else None)


def _earlier(view: View, text: str, digits: str, since: str, now: datetime) -> list[Offer]:
    """Return whoever called from just this number before, where the snapshot has nobody."""
    caller = caller_in(view, digits, since=since, now=now)
    named = next((call for call in caller.calls if call.caller_name or call.address), None)
    if named is None:
        return []
    place = next((call.address for call in caller.calls if call.address), "")
    name = next((call.caller_name for call in caller.calls if call.caller_name), "")
    somebody = Customer(0, "", name, (text.strip(),), place)
    glance = Glance(caller.today, caller.calls[0], next(iter(caller.complaints), None))
    return [Offer(somebody, MatchedBy.PHONE, digits, text.strip(), glance)]


def _is_whole(offer: Offer, digits: str) -> bool:
    return bool(digits) and phone_of(offer.phone).digits == digits
