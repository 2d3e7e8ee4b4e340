"""The contact book: what the pack says of whom to ring, and what people at the site said since (B§3, 2§8).

A pack is files that somebody prepared; a number that changed last night is an entry of the journal, and goes
to every station. What an entry says of a field counts, what it does not say is as the pack has it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

from desktop_app.domain.folding import State
from desktop_app.domain.identity import contact_id
from desktop_app.domain.site_pack import Contact, SitePack
from desktop_app.domain.site_text import Bilingual
from desktop_app.domain.times import parse_iso

TEXTS = ("role", "phone", "other_phone", "hours", "told_by")
BILINGUAL = ("name", "department", "owns")
WORDS = ("serves", "skills")
"""Fields of a contact by what they hold; words are kept with blanks between."""
TRIED = "tried"
"""The list of calls to a contact: whether somebody was reached, when, by whom (B§3)."""


@dataclass(frozen=True, slots=True)
class Tried:
    """One try to reach a contact; ``at`` is UTC, ``by`` the id of whoever rang."""

    at: datetime
    by: str
    reached: bool
    note: str = ""


_PUBLIC_DIGITS = 3


@dataclass(frozen=True, slots=True)
class BookContact:
    """One contact as the book has it.

    Attributes:
        verified_at: when somebody last checked that the number is right; a day's beginning where the pack
            says so; None where nobody ever did.
        verified_by: the id of that person, "" where the pack says so.
        tried: what became of calls, the latest first.
        from_pack: the site pack has it.
        changed: somebody said something else than the pack.
    """

    contact: Contact
    verified_at: datetime | None = None
    verified_by: str = ""
    tried: tuple[Tried, ...] = ()
    from_pack: bool = True
    changed: bool = False

    @property
    def public(self) -> bool:
        """Whether it is a public service number (119, 110): nobody rings the fire brigade to check it."""
        return len("".join(self.contact.phone.split())) <= _PUBLIC_DIGITS

    def stale(self, today: date, most_days: int) -> bool:
        """Whether nobody has checked the number for longer than the site allows; never a public one."""
        if self.public:
            return False
        return self.verified_at is None or (today - self.verified_at.date()).days > most_days


def book(contacts: Iterable[Contact], states: Iterable[State]) -> tuple[BookContact, ...]:
    """Return the contacts of a pack with what the journal says of them, then those it adds, by name."""
    held = {state.subject.id: state for state in states}
    packed = tuple(contacts)
    ids = {contact_id(one.key) for one in packed}
    found = [
        _told(one, held[contact_id(one.key)]) if contact_id(one.key) in held else _of_pack(one)
        for one in packed
    ]
    added = [
        _told(Contact(state.text("key"), "", Bilingual(), ""), state, from_pack=False)
        for one, state in held.items()
        if one not in ids and state.text("key")
    ]
    found += sorted(added, key=lambda one: (one.contact.name.zh, one.contact.key))
    return tuple(one for one in found if not _is_removed(held.get(contact_id(one.contact.key))))


def with_book(pack: SitePack, found: Sequence[BookContact]) -> SitePack:
    """Return the pack with the contacts that the book has, so that every card shows the number of today."""
    contacts = tuple(one.contact for one in found)
    return pack if contacts == pack.contacts else replace(pack, contacts=contacts)


def tree(found: Sequence[BookContact]) -> tuple[tuple[int, BookContact], ...]:
    """Return the contact tree in the order in which it is rung: each with how deep it stands (B§3).

    Whoever is told by somebody the book does not have, or in a ring, stands at the top.
    """
    by_key = {one.contact.key: one for one in found}
    below: dict[str, list[BookContact]] = {}
    for one in found:
        above = one.contact.told_by
        below.setdefault(above if above in by_key and above != one.contact.key else "", []).append(one)
    ordered: list[tuple[int, BookContact]] = []
    seen: set[str] = set()

    def walk(key: str, depth: int) -> None:
        for one in below.get(key, ()):
            if one.contact.key not in seen:
                seen.add(one.contact.key)
                ordered.append((depth, one))
                walk(one.contact.key, depth + 1)

    walk("", 0)
    for one in found:
        if one.contact.key not in seen:
            seen.add(one.contact.key)
            ordered.append((0, one))
            walk(one.contact.key, 1)
    return tuple(ordered)


def values_of(contact: Contact) -> dict[str, str]:
    """Return a contact's fields as texts, as an editor shows them."""
    texts = {name: str(getattr(contact, name)) for name in TEXTS}
    texts |= {name: " ".join(getattr(contact, name)) for name in WORDS}
    for name in BILINGUAL:
        told: Bilingual = getattr(contact, name)
        texts |= {name: told.zh, f"{name}_en": told.en}
    return texts


def _of_pack(one: Contact) -> BookContact:
    return BookContact(one, _day(one.verified_on))


def _told(base: Contact, state: State, *, from_pack: bool = True) -> BookContact:
    def text(name: str, packed: str) -> str:
        return state.text(name) if state.candidates(name) else packed

    def words(name: str, packed: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(state.text(name).split()) if state.candidates(name) else packed

    def both(name: str, packed: Bilingual) -> Bilingual:
        return Bilingual(text(name, packed.zh), text(f"{name}_en", packed.en))

    contact = replace(
        base,
        role=text("role", base.role),
        name=both("name", base.name),
        phone=text("phone", base.phone),
        other_phone=text("other_phone", base.other_phone),
        hours=text("hours", base.hours),
        serves=words("serves", base.serves),
        department=both("department", base.department),
        owns=both("owns", base.owns),
        told_by=text("told_by", base.told_by),
        skills=words("skills", base.skills),
        external=state.value("external") is True if state.candidates("external") else base.external,
    )
    verified = parse_iso(state.text("verified_at"), UTC)
    by = state.text("verified_by") if verified else ""
    return BookContact(
        contact,
        verified or _day(base.verified_on),
        by,
        tuple(sorted(_tries(state), key=lambda one: one.at, reverse=True)),
        from_pack,
        contact != base,
    )


def _tries(state: State) -> Iterable[Tried]:
    for item in state.lists.get(TRIED, ()):
        told: Mapping[str, object] = item.value if isinstance(item.value, dict) else {}
        at = parse_iso(str(told.get("at", "")), UTC)
        if at is not None:
            yield Tried(at, str(told.get("by", "")), told.get("reached") is True, str(told.get("note", "")))


def _is_removed(state: State | None) -> bool:
    return state is not None and state.value("removed") is True


def _day(on: date | None) -> datetime | None:
    return None if on is None else datetime(on.year, on.month, on.day, tzinfo=UTC)
