"""What waits for a lead and what was decided, as the lines of a list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import tzinfo
from itertools import groupby

from desktop_app.exchange.worksheets.wording import reasons_text
from desktop_app.services.conflicts import Chosen, Conflict, Found
from desktop_app.services.late_payloads import SetAside
from desktop_app.services.to_confirm import ToConfirm
from desktop_app.services.twins import Joined, Proposal, Twins
from desktop_app.ui.conflicts.wording import field_text, step_text, value_text
from desktop_app.ui.records.record_words import moment
from desktop_app.words import Words

SECTIONS = ("conflicts", "twins", "late", "steps", "decided")
ICONS = {"conflicts": "conflicts", "twins": "copy", "late": "clock", "steps": "shield", "decided": "check"}

What = tuple[Conflict, ...] | Proposal | SetAside | ToConfirm | Chosen | Joined


@dataclass(frozen=True, slots=True)
class Item:
    """One line: the record's number, what it is about, and the thing itself; ``key`` tells it from others."""

    section: str
    key: str
    number: str
    about: str
    what: What


@dataclass(frozen=True, slots=True)
class Waiting:
    """All there is; ``twins`` are None until they have been looked for."""

    conflicts: Found = field(default_factory=lambda: Found((), 0))
    late: tuple[SetAside, ...] = ()
    steps: tuple[ToConfirm, ...] = ()
    chosen: tuple[Chosen, ...] = ()
    twins: Twins | None = None

    def count(self, section: str) -> int | None:
        """Return how many things a section has, None where nobody knows yet."""
        found = self.conflicts
        whole = len(found.conflicts) == found.count
        proposals = None if self.twins is None else len(self.twins.proposals)
        joined = 0 if self.twins is None else len(self.twins.joined)
        counts = {
            # A line is a record; of more fields than are listed nobody knows in how many records they are.
            "conflicts": len({one.record for one in found.conflicts}) if whole else found.count,
            "twins": proposals,
            "late": len(self.late),
            "steps": len(self.steps),
            "decided": len(self.chosen) + joined,
        }
        return counts[section]


def most_urgent(waiting: Waiting) -> str | None:
    """Return the first section in which something waits, None where nothing does."""
    return next((one for one in SECTIONS if one != "decided" and waiting.count(one)), None)


def items(words: Words, zone: tzinfo, waiting: Waiting, section: str) -> list[Item]:
    """Return the lines of a section."""
    if section == "conflicts":
        return _conflicts(words, waiting.conflicts.conflicts)
    if section == "twins":
        return [_proposal(words, one) for one in (waiting.twins.proposals if waiting.twins else ())]
    if section == "late":
        return [
            Item(
                section,
                str(one.subject),
                one.number or "–",
                words.say("window.conflicts.late_count", count=len(one.entries)),
                one,
            )
            for one in waiting.late
        ]
    if section == "steps":
        return [Item(section, one.entry_id, one.number, step_text(words, one), one) for one in waiting.steps]
    return _decided(words, zone, waiting)


def _conflicts(words: Words, found: Sequence[Conflict]) -> list[Item]:
    told = []
    for (number, record), same in groupby(found, key=lambda one: (one.number, one.record)):
        group = tuple(same)
        comma = words.say("window.records.list_comma")
        names = comma.join(dict.fromkeys(field_text(words, one.subject, one.field) for one in group))
        told.append(Item("conflicts", record, number, names, group))
    return told


def _proposal(words: Words, one: Proposal) -> Item:
    ids = [member.record for member in one.members]
    numbers = " + ".join(member.told.number for member in one.members)
    return Item("twins", " ".join(ids), numbers, reasons_text(words, one.reasons), one)


def _decided(words: Words, zone: tzinfo, waiting: Waiting) -> list[Item]:
    told: list[tuple[object, Item]] = []
    comma = words.say("window.records.list_comma")
    for one in waiting.chosen:
        fields = comma.join(
            f"{field_text(words, one.subject, name)} {value_text(words, name, text)}"
            for name, text in one.fields
        )
        about = words.say("window.conflicts.taken_back", what=fields) if one.undone else fields
        told.append((one.at, Item("decided", one.entry_id, one.number, about, one)))
    for group in waiting.twins.joined if waiting.twins else ():
        numbers = " + ".join(member.told.number for member in group.members)
        about = words.say("window.conflicts.joined", name=group.name, time=moment(group.at, zone))
        told.append((group.at, Item("decided", group.members[0].record, numbers, about, group)))
    return [item for _, item in sorted(told, key=lambda pair: str(pair[0]), reverse=True)]
