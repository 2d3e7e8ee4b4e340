"""Whom to ring: the contacts of a role, the one responsible for an address first (A§12.1, 1.5.3)."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from functools import lru_cache

from desktop_app.domain.initials import initials
from desktop_app.domain.site_pack import Contact, SitePack
from desktop_app.domain.site_text import Bilingual

STANDBY = "standby"
"""The role under which the contact book keeps whoever can be called in."""
_LONGEST = 200
"""Characters of a search that are looked at."""


def contacts_for(pack: SitePack, role: str, address: str = "") -> tuple[Contact, ...]:
    """Return the contacts of a role: those that serve the address, then those that serve every one.

    A contact serves an address that contains one of its words, whatever the width, case and blanks; where
    several do the longest word comes first (锦绣家园二期 before 锦绣家园). The rest is in the pack's order.
    """
    told = _folded(address)
    found: list[tuple[int, Contact]] = []
    for contact in pack.contacts:
        if contact.role != role:
            continue
        words = [len(word) for word in map(_plain, contact.serves) if word and word in told]
        if words or not contact.serves:
            found.append((-max(words, default=0), contact))
    return tuple(contact for _, contact in sorted(found, key=lambda one: one[0]))


def role_name(pack: SitePack, role: str) -> Bilingual:
    """Return how people call a role: the name of its first contact, or the code where it has none."""
    return next((one.name for one in pack.contacts if one.role == role), Bilingual(role))


def contacts_like(
    pack: SitePack, text: str, address: str = "", roles: Sequence[str] = ()
) -> tuple[Contact, ...]:
    """Return the contacts that every typed word is found in: names, their initials, roles, places, numbers.

    Those of ``roles`` come first in that order, those responsible for the address before others; the rest is
    in the pack's order. Without a word all of them come.
    """
    first = tuple(one for role in dict.fromkeys(roles) for one in contacts_for(pack, role, address))
    keys = {one.key for one in first}
    ordered = (*first, *(one for one in pack.contacts if one.key not in keys))
    words = tuple(_folded(word) for word in unicodedata.normalize("NFKC", text[:_LONGEST]).split())
    return tuple(one for one in ordered if all(_names(one, word) for word in words))


def _names(contact: Contact, word: str) -> bool:
    texts = (contact.name, contact.department, contact.owns)
    said = (*(part for text in texts for part in (text.zh, text.en)), contact.role, *contact.serves)
    digits = "".join(
        char for char in f"{contact.phone} {contact.other_phone}" if char.isdigit() or char == " "
    )
    known = (*map(_plain, said), initials(contact.name.zh), *digits.split(), digits.replace(" ", ""))
    return any(word in one for one in known)


def _folded(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())


@lru_cache(maxsize=16_384)
def _plain(of_pack: str) -> str:
    """Return a text of the pack folded; what a caller says is never held here: it would outlast a lock."""
    return _folded(of_pack)
