"""What a site pack would change against the one in use, told by titles: what is new, changed, left out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from desktop_app.domain.site_pack import Chips, SitePack
from desktop_app.domain.site_text import Bilingual, Version

PARTS = (
    "playbooks",
    "phrases",
    "contacts",
    "articles",
    "greetings",
    "quick_records",
    "chips",
    "incident_types",
    "ladders",
    "level_lists",
    "announcements",
    "forms",
)
"""The parts of a pack in the order they are told."""
_NO_VERSION = Version("", "")


@dataclass(frozen=True, slots=True)
class PartChange:
    """What becomes of one part: how many it then has, and the titles of what differs."""

    part: str
    count: int
    new: tuple[Bilingual, ...] = ()
    changed: tuple[Bilingual, ...] = ()
    removed: tuple[Bilingual, ...] = ()

    @property
    def differs(self) -> bool:
        """Whether anything of the part differs."""
        return bool(self.new or self.changed or self.removed)


def changes(before: SitePack, after: SitePack) -> tuple[PartChange, ...]:
    """Return for each part that either pack has what becomes of it."""
    found = []
    for part in PARTS:
        old, new = _by_key(before, part), _by_key(after, part)
        if old or new:
            found.append(
                PartChange(
                    part,
                    len(new),
                    tuple(_title(new[key]) for key in new if key not in old),
                    tuple(_title(new[key]) for key in new if key in old and old[key] != new[key]),
                    tuple(_title(old[key]) for key in old if key not in new),
                )
            )
    return tuple(found)


def same_name_other_content(before: SitePack, after: SitePack) -> bool:
    """Whether two packs call themselves the same version and are not: records could not tell them apart."""
    return before.version == after.version and any(one.differs for one in changes(before, after))


def _by_key(pack: SitePack, part: str) -> Mapping[tuple[str, int], Any]:
    """Return the members of a part by what tells them apart, and the how-manieth they are of it.

    A member that has the edition of the pack itself is compared without it: a new edition changes no text.
    """
    found: dict[tuple[str, int], Any] = {}
    counts: dict[str, int] = {}
    for one in getattr(pack, part):
        key = str(_first(one, "key", "code", "level", "fills"))
        if isinstance(one, Chips):
            key = f"{one.kind} {sorted(one.when.items())} {key}"
        counts[key] = counts.get(key, 0) + 1
        inherited = getattr(one, "version", None) == pack.version
        found[key, counts[key]] = replace(one, version=_NO_VERSION) if inherited else one
    return found


def _title(one: object) -> Bilingual:
    told = _first(one, "title", "name", "text", "texts")
    if isinstance(told, tuple):
        told = told[0] if told else ""
    return told if isinstance(told, Bilingual) else Bilingual(str(told))


def _first(one: object, *names: str) -> object:
    return next((getattr(one, name) for name in names if hasattr(one, name)), "")
