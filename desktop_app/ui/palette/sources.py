"""What the palette finds: commands and the site pack at once, the store a moment later."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, tzinfo

from desktop_app.domain.phones import grouped
from desktop_app.domain.site_pack import SitePack
from desktop_app.domain.site_text import PLACEHOLDER
from desktop_app.services.knowledge import ArticleIndex, search_articles
from desktop_app.services.my_records import Row, page
from desktop_app.services.number_search import Where, find_number
from desktop_app.services.offers import offers
from desktop_app.services.stores import OpenStore
from desktop_app.ui.palette.ranking import Entry, fit_of, ranked, words_of
from desktop_app.ui.records.row_words import RowWords
from desktop_app.ui.typing.keys import shown_keys
from desktop_app.words import Words

MOST = 12
"""Lines shown at once; headings are not counted."""
AT_ONCE = {"command": 5, "contact": 3, "playbook": 2, "phrase": 3}
FROM_STORE = {"record": 3, "customer": 4, "article": 3}
"""The groups in the order they stand, each with the lines it gets beside others."""
PREFIXES = {">": "command", "#": "record", "@": "contact", ";": "phrase"}
"""What a text may begin with to ask for one group alone, in any width."""
_FEWEST = 2
"""Characters from which on the store is asked."""


@dataclass(frozen=True, slots=True)
class Command:
    """Something that can be done now, by the code of its key."""

    code: str


@dataclass(frozen=True, slots=True)
class Record:
    """A record, or a draft to go on with."""

    subject_id: str
    draft: bool = False


@dataclass(frozen=True, slots=True)
class Asked:
    """What is typed: the one group asked for ("" for all) and the text behind its sign."""

    group: str
    text: str


def asked(text: str) -> Asked:
    """Return what a text asks for."""
    told = unicodedata.normalize("NFKC", text).strip()
    group = PREFIXES.get(told[:1], "")
    return Asked(group, told[1:].strip() if group else told)


def commands(words: Words, table: Iterable[tuple[str, str]]) -> list[Entry]:
    """Return the commands of a table of codes and keys, each once, with the key that does the same."""
    told: dict[str, Entry] = {}
    for code, keys in table:
        if code not in told and words.has(f"window.keys.{code}"):
            title = words.say(f"window.keys.{code}")
            also = f"window.palette.also.{code}"
            names = tuple(words.say(also).split("|")) if words.has(also) else ()
            told[code] = Entry("command", Command(code), title, hint=shown_keys(keys), also=names)
    return list(told.values())


def pack_entries(pack: SitePack, language: str, today: date) -> list[Entry]:
    """Return the contacts and phrases of the site pack, and the playbooks that hold on a day."""
    contacts = [
        Entry(
            "contact",
            one,
            one.name.told(language),
            hint=grouped(one.phone),
            also=(one.name.zh, one.name.en),
            about=(one.role, *one.serves),
        )
        for one in pack.contacts
    ]
    phrases = [
        Entry(
            "phrase",
            one,
            one.title.told(language),
            hint=f";{one.code}",
            detail=PLACEHOLDER.sub("…", one.text.told(language)),
            also=(one.code, one.title.zh, one.title.en),
        )
        for one in pack.phrases
    ]
    playbooks = [
        Entry("playbook", one, one.title.told(language), str(one.version), also=(one.title.zh, one.title.en))
        for one in pack.playbooks
        if one.span.holds(today)
    ]
    return [*contacts, *phrases, *playbooks]


def at_once(entries: Sequence[Entry], what: Asked) -> list[Entry]:
    """Return what fits of the entries that are in memory, group by group; without a text the commands."""
    words = words_of(what.text)
    if what.group:
        return ranked([one for one in entries if one.group == what.group], words, MOST)
    if not words:
        return ranked([one for one in entries if one.group == "command"], words, MOST)
    groups = [
        ranked([one for one in entries if one.group == group], words, most) for group, most in AT_ONCE.items()
    ]
    # The group that has the best stands first; of equals the usual order holds.
    groups.sort(key=lambda found: -fit_of(found[0], words) if found else 0)
    return [one for found in groups for one in found]


def from_store(
    store: OpenStore, articles: ArticleIndex, what: Asked, words: Words, zone: tzinfo, now: datetime
) -> list[Entry]:
    """Return the records, customers and articles that fit, none for one letter; for another thread."""
    if len(what.text) < _FEWEST and not (what.group == "record" and what.text):
        return []
    sources: dict[str, Callable[[int], list[Entry]]] = {
        "record": lambda most: _records(store, what.text, words, zone, now, most),
        "customer": lambda most: _customers(store, what.text, now, most),
        "article": lambda most: _articles(articles, what.text, words.language, zone, now, most),
    }
    if what.group:
        return sources[what.group](MOST) if what.group in sources else []
    return [found for group, most in FROM_STORE.items() for found in sources[group](most)]


def asks_store(what: Asked) -> bool:
    """Whether the store has anything to say to this."""
    return bool(what.text) and what.group in ("", *FROM_STORE)


def _records(
    store: OpenStore, text: str, words: Words, zone: tzinfo, now: datetime, most: int
) -> list[Entry]:
    """Return the record or draft that a number means, then records by their words, newest first."""
    found: dict[str, Entry] = {}
    told = RowWords(words, zone)
    if any(char.isdigit() for char in text):
        for one in find_number(store, text).numbers:
            if one.subject_id and one.where is not Where.LISTED:
                title = f"{one.number}　{one.caller_name or one.phone}".rstrip("　")
                draft = one.where is Where.DRAFT
                found[one.subject_id] = Entry("record", Record(one.subject_id, draft), title)
    for row in page(store, filter_text=text, station=True, limit=most).rows:
        found[row.subject_id] = _record(row, told, now)
    return list(found.values())[:most]


def _record(row: Row, told: RowWords, now: datetime) -> Entry:
    title = f"{row.number}　{told.who(row)}"
    hint = f"{told.kind(row)} {told.time(row.received_at, now)}"
    return Entry("record", Record(row.subject_id), title, hint=hint, detail=row.content)


def _customers(store: OpenStore, text: str, now: datetime, most: int) -> list[Entry]:
    """Return the customers of the snapshot; who only called before is found by their records."""
    return [
        Entry(
            "customer",
            offer,
            offer.customer.name or offer.customer.customer_no,
            hint=grouped(offer.phone),
            detail=offer.customer.address,
        )
        for offer in offers(store, text, now=now, limit=most).found
        if offer.as_of is not None
    ]


def _articles(
    index: ArticleIndex, text: str, language: str, zone: tzinfo, now: datetime, most: int
) -> list[Entry]:
    """Return the articles that have every word; a letter or two mean a title, not any text they stand in."""
    today = now.astimezone(zone).date()
    found = [
        Entry(
            "article",
            hit.article,
            hit.title,
            hint=str(hit.article.version),
            detail=hit.excerpt,
            also=(hit.article.title.zh, hit.article.title.en),
        )
        for hit in search_articles(index, text, today=today, language=language)
    ]
    if text.isascii() and text.isalpha() and len(text) <= _FEWEST:
        found = ranked([replace(one, detail="") for one in found], words_of(text), most)
    return found[:most]
