"""Whom to ring: the contacts of a role, the one responsible for an address first (A§12.1, 1.5.3)."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from desktop_app.domain.site_pack import Contact, SitePack


def contacts_for(pack: SitePack, role: str, address: str = "") -> tuple[Contact, ...]:
    """Return the contacts of a role: those that serve the address, then those that serve every one.

    A contact serves an address that contains one of its words, whatever the width, case and blanks; where
    several do the longest word comes first (锦绣家园二期 before 锦绣家园). The rest is in the pack's order.
    """
    told = _plain(address)
    found: list[tuple[int, Contact]] = []
    for contact in pack.contacts:
        if contact.role != role:
            continue
        words = [len(word) for word in map(_plain, contact.serves) if word and word in told]
        if words or not contact.serves:
            found.append((-max(words, default=0), contact))
    return tuple(contact for _, contact in sorted(found, key=lambda one: one[0]))


@lru_cache(maxsize=16_384)
def _plain(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())
