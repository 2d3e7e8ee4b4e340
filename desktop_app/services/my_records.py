"""The records a person sees in a list: their own or the station's, filtered and counted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from desktop_app.domain.entries import moment_text
from desktop_app.domain.folding import State
from desktop_app.domain.identity import SubjectKind
from desktop_app.domain.phones import masked
from desktop_app.domain.priorities import Priority, priority_of
from desktop_app.domain.steps import RECORDS, current
from desktop_app.domain.times import parse_iso
from desktop_app.services.decisions import groups_of_records
from desktop_app.services.receipts import Delivery
from desktop_app.services.record_delivery import delivery_of, not_handed_in
from desktop_app.storage import record_list
from desktop_app.storage.folded import missing_of, states_by_id
from desktop_app.storage.record_list import Key, Show
from desktop_app.storage.search import asked
from desktop_app.storage.store import Store

ShowRecords = Show
"""Which of the records a list shows."""
RowKey = Key
"""Where a row stands in the list: what the next page begins behind."""
LIMIT = 60
_EXCERPT = 160


@dataclass(frozen=True, slots=True)
class Row:
    """A record as a list shows it: the phone masked, codes for words, UTC moments.

    ``delivery`` is None where nothing is handed in: at a lead's store, and of another station's record.
    """

    key: RowKey
    number: str
    received_at: datetime | None
    kind: str
    caller_name: str
    phone: str
    content: str
    state: str
    missing: tuple[str, ...]
    callback_open: bool
    callback_due: datetime | None
    crm_id: str
    own: bool
    in_conflict: bool
    important: bool = False
    priority: Priority = Priority.NORMAL
    same_matter: int = 1
    delivery: Delivery | None = None

    @property
    def subject_id(self) -> str:
        """The record's id."""
        return self.key.id


@dataclass(frozen=True, slots=True)
class Page:
    """Some rows of a list, and whether there are more beyond them, the way they were asked for."""

    rows: tuple[Row, ...]
    more: bool


@dataclass(frozen=True, slots=True)
class Tally:
    """How many records each list shows, and how many of the call-backs are overdue."""

    shown: Mapping[ShowRecords, int]
    overdue: int


def page(
    store: Store,
    *,
    show: ShowRecords = Show.ALL,
    filter_text: str = "",
    station: bool = False,
    after: RowKey | None = None,
    limit: int = LIMIT,
    back: bool = False,
) -> Page:
    """Return rows newest first, behind the key ``after``: this person's, or the whole ``station``'s.

    With ``back`` the rows before that key, or the last of all; ``more`` are then before the first of them.

    A filter finds record numbers, phones in any notation or by their last digits, names, addresses and words
    of the account; several words have to be there all.
    """
    wanted = asked(filter_text)
    if filter_text.strip() and not wanted:
        return Page((), more=False)
    handler = None if station else store.author.actor
    among = (not_handed_in(store) or frozenset()) if show is Show.NOT_HANDED_IN else None
    with store.read() as view:
        keys = record_list.find(
            view.connection,
            show=show,
            handler=handler,
            wanted=wanted,
            after=after,
            limit=limit + 1,
            among=among,
            back=back,
        )
        if not keys:
            return Page((), more=False)
        shown = keys[:limit][::-1] if back else keys[:limit]
        ids = [key.id for key in shown]
        states = states_by_id(view.connection, SubjectKind.RECORD, ids)
        due = record_list.callbacks_of(view.connection, ids)
        missing = missing_of(view.connection, ids)
        groups = groups_of_records(view, ids)
    delivered = delivery_of(store, ids)
    rows = (
        replace(
            _row(key, states[key.id], missing[key.id], due.get(key.id), store.author.actor),
            delivery=delivered.get(key.id),
            same_matter=len(groups[key.id].members) if key.id in groups else 1,
        )
        for key in shown
        if key.id in states
    )
    return Page(tuple(rows), more=len(keys) > limit)


def tally(store: Store, *, now: datetime, station: bool = False, delivery: bool = False) -> Tally:
    """Return how many records each list shows now, of this person or of the whole ``station``.

    ``delivery``: also how many are not handed in, which is left out of ``shown`` at a lead's store.
    """
    handler = None if station else store.author.actor
    among = not_handed_in(store) if delivery else None
    with store.read() as view:
        shown = record_list.count(view.connection, handler)
        if among is not None:
            shown[Show.NOT_HANDED_IN] = record_list.count_among(view.connection, among, handler)
        return Tally(shown, record_list.overdue(view.connection, moment_text(now), handler))


def _row(key: RowKey, state: State, missing: str, due: str | None, actor: str) -> Row:
    content = " ".join((state.text("summary") or state.text("detail"))[:_EXCERPT].split())
    return Row(
        key=key,
        number=state.text("number"),
        received_at=parse_iso(key.received_at, UTC),
        kind=state.text("kind"),
        caller_name=state.text("caller_name"),
        phone=masked(state.text("phone")),
        content=content,
        state=current(state, RECORDS).value,
        missing=tuple(missing.split()),
        callback_open=due is not None,
        callback_due=parse_iso(due, UTC) if due else None,
        crm_id=state.text("crm_id"),
        own=actor in state.values("first_handler"),
        in_conflict=bool(state.conflicts()),
        important=True in state.values("important"),
        priority=priority_of(state.text),
    )
