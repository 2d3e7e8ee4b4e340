"""The role board of an incident: who commands, who deputises, which specialist looks after what (B§1-2).

Each line says who takes a post from when on; the next line of the same post is the hand-over. Nothing is
struck out, so that who led at a moment can be told years later, and two leads who wrote at once both stand.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from desktop_app.domain.joined_incidents import Item


class Post(StrEnum):
    """What somebody does in an incident (B§1-2). Several specialists each have a field of their own."""

    COMMANDER = "commander"
    DEPUTY = "deputy"
    SPECIALIST = "specialist"
    PRODUCT = "product"
    PLANNING = "planning"
    MARKETING = "marketing"
    OPERATIONS = "operations"


@dataclass(frozen=True, slots=True)
class Held:
    """A post that somebody held from ``since`` until ``until`` (UTC, None while they do).

    Attributes:
        area: what a specialist looks after, empty for the other posts.
        name: who; empty where the post was left and nobody took it over.
        acting: they stand in for somebody (代行), with ``reason``.
        handed_to: who took it over.
        entry: the list item, which undo and confirmation name.
    """

    post: str
    area: str
    name: str
    contact: str
    since: datetime
    until: datetime | None
    acting: bool
    reason: str
    handed_to: str
    entry: str


def roles_of(items: Iterable[Item]) -> tuple[Held, ...]:
    """Return every post as it was held, in the order of the posts, then of time.

    Of two lines of one moment the later written counts.
    """
    posts: dict[tuple[str, str], list[tuple[datetime, Item]]] = {}
    for one in items:
        if (at := one.at()) is not None:
            posts.setdefault((one.text("post"), one.text("area")), []).append((at, one))
    found: list[Held] = []
    for (post, area), lines in posts.items():
        ordered = sorted(lines, key=lambda line: (line[0], line[1].entry_id))
        for (since, one), after in zip(ordered, [*ordered[1:], None], strict=True):
            found.append(
                Held(
                    post,
                    area,
                    one.text("name"),
                    one.text("contact"),
                    since,
                    after[0] if after is not None else None,
                    one.told.get("acting") is True,
                    one.text("reason"),
                    after[1].text("name") if after is not None else "",
                    one.entry_id,
                )
            )
    return tuple(sorted((one for one in found if one.name), key=_order))


def held_at(roles: Iterable[Held], at: datetime) -> tuple[Held, ...]:
    """Return who has which post at a moment."""
    return tuple(one for one in roles if one.since <= at and (one.until is None or at < one.until))


def who_leads(roles: Iterable[Held], at: datetime) -> Held | None:
    """Return who leads at a moment: the commander, else the deputy; None where neither is named (B§1)."""
    there = {one.post: one for one in held_at(roles, at)}
    return there.get(Post.COMMANDER) or there.get(Post.DEPUTY)


def _order(one: Held) -> tuple[int, str, datetime]:
    posts = [post.value for post in Post]
    return (posts.index(one.post) if one.post in posts else len(posts), one.area, one.since)
