"""What the buttons of this room do to the store, and what takes it back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from desktop_app.domain.identity import Subject
from desktop_app.services import conflicts, decisions, late_payloads, to_confirm, twins
from desktop_app.services.conflicts import Choice, Chosen
from desktop_app.services.decisions import Made
from desktop_app.services.late_payloads import SetAside
from desktop_app.services.stores import OpenStore
from desktop_app.services.to_confirm import ToConfirm
from desktop_app.services.twins import Joined, Proposal
from desktop_app.ui.conflicts.waiting import Item

Undo = Callable[[OpenStore, datetime], None]


@dataclass(frozen=True, slots=True)
class Act:
    """Something to write: ``code`` names its words, ``do`` returns what takes it back, if anything can.

    ``twins`` says that the records have to be compared again.
    """

    code: str
    do: Callable[[OpenStore, datetime], Undo | None]
    twins: bool = False


def choose(subject: Subject, choices: tuple[Choice, ...], reason: str) -> Act:
    """Choose values of fields."""

    def do(store: OpenStore, now: datetime) -> Undo:
        made = conflicts.decide(store, subject, choices, now=now, reason=reason)
        return lambda store, now: conflicts.undo(store, made, now=now)

    return Act("chosen", do)


def answer(item: Item, reason: str, *, yes: bool) -> Act | None:
    """Return what yes or no means for a line; None where it means nothing."""
    what = item.what
    if isinstance(what, Proposal):
        ids = [member.record for member in what.members]
        code, act = ("joined", twins.join) if yes else ("parted", twins.part)
        return Act(code, lambda store, now: _taking_back(act(store, ids, now=now)), twins=True)
    if isinstance(what, SetAside):
        return _reopen(what.subject, reason) if yes else _purge(what.subject)
    if isinstance(what, ToConfirm) and yes:
        return _confirm(what, reason)
    if isinstance(what, Chosen) and yes:
        return _turn(what)
    if isinstance(what, Joined) and yes:
        ids = [member.record for member in what.members]
        return Act(
            "separated", lambda store, now: _taking_back(twins.separate(store, ids, now=now)), twins=True
        )
    return None


def _reopen(subject: Subject, reason: str) -> Act:
    return Act(
        "reopened",
        lambda store, now: _taking_back(late_payloads.reopen(store, subject, now=now, reason=reason)),
    )


def _purge(subject: Subject) -> Act:
    def do(store: OpenStore, now: datetime) -> None:
        late_payloads.purge_late(store, subject, now=now)

    return Act("purged", do)


def _confirm(what: ToConfirm, reason: str) -> Act:
    def do(store: OpenStore, now: datetime) -> Undo:
        made = to_confirm.confirm(store, what.subject, what.entry_id, now=now, reason=reason)
        return lambda store, now: to_confirm.take_back(store, made, now=now)

    return Act("confirmed", do)


def _turn(what: Chosen) -> Act:
    def back(store: OpenStore, now: datetime) -> None:
        conflicts.undo(store, [(what.subject, what.entry_id)], now=now)

    def again(store: OpenStore, now: datetime) -> None:
        conflicts.redo(store, what.subject, what.entry_id, now=now)

    first, then = (again, back) if what.undone else (back, again)

    def do(store: OpenStore, now: datetime) -> Undo:
        first(store, now)
        return then

    return Act("restored" if what.undone else "taken_back", do)


def _taking_back(made: Made) -> Undo:
    return lambda store, now: decisions.undo(store, made, now=now)
