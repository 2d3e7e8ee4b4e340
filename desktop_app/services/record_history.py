"""What happened to a record: every entry about it and its promises, newest first, for a person to read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, tzinfo

from desktop_app.domain.entries import Action, Entry, Payload, Sealed
from desktop_app.domain.fields import FIELDS, RESTRICTED
from desktop_app.domain.folding import State, fold, fold_next
from desktop_app.domain.form_fields import FieldType
from desktop_app.domain.identity import Subject, SubjectKind
from desktop_app.domain.roles import Role
from desktop_app.domain.times import zone_of
from desktop_app.domain.typed import item_text, typed
from desktop_app.services.drafts import person_name
from desktop_app.storage.folded import promises_of
from desktop_app.storage.journal import history
from desktop_app.storage.store import Store
from desktop_app.storage.unit_of_work import View

_WRITTEN_BY_ITSELF = frozenset(
    {"number", "station", "agent", "first_handler", "recorded_at", "record", "state"}
)
"""Fields that every save fills and nobody typed."""


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field's text before and after."""

    key: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """One entry as people read it.

    ``what`` is a code: saved, corrected, voided, added, struck, undone, redone, purged, promised,
    promise_changed, promise_withdrawn. ``undone_by`` names who took it back, ``undoes`` is the entry it took
    back, ``withheld`` says that its content is not for this person.
    """

    id: str
    at: datetime
    name: str
    role: Role
    what: str
    changes: tuple[FieldChange, ...]
    reason: str
    undone_by: str = ""
    undoes: str = ""
    withheld: bool = False


def record_history(store: Store, subject_id: str) -> tuple[HistoryEntry, ...]:
    """Return the entries about a record and its promises, newest first."""
    zone = zone_of(store.settings.zone)
    agent = store.author.role is Role.AGENT
    with store.read() as view:
        subject = Subject(SubjectKind.RECORD, subject_id)
        told: list[tuple[tuple[int, str, int], HistoryEntry]] = []
        for one in (subject, *promises_of(view.connection, subject_id)):
            sealed = [stored.sealed() for stored in history(view.connection, one)]
            told += [(entry.order, line) for entry, line in _lines(view, one, sealed, zone, agent)]
    return tuple(line for _, line in sorted(told, key=lambda pair: pair[0], reverse=True))


def _lines(
    view: View, subject: Subject, made: list[Sealed], zone: tzinfo, agent: bool
) -> list[tuple[Entry, HistoryEntry]]:
    undone = _undone(view, made)
    by_id = {sealed.entry.id: sealed for sealed in made}
    lines, state = [], State(subject)
    for place, sealed in enumerate(made):
        entry, payload = sealed.entry, sealed.payload
        after = fold_next(state, sealed) or fold(subject, made[: place + 1])
        hidden = payload is None or (agent and bool(RESTRICTED & payload.changes.keys()))
        lines.append(
            (
                entry,
                HistoryEntry(
                    id=entry.id,
                    at=entry.at,
                    name=person_name(view, entry.actor),
                    role=entry.role,
                    what=_what(sealed, by_id),
                    changes=() if hidden or payload is None else _changes(payload, entry, state, after, zone),
                    reason="" if hidden or payload is None else payload.reason,
                    undone_by=undone.get(entry.id, ""),
                    undoes=payload.target if payload and entry.action is Action.REVOKE else "",
                    withheld=hidden,
                ),
            )
        )
        state = after
    return lines


def _undone(view: View, made: list[Sealed]) -> dict[str, str]:
    """Return who took each entry back, by its id; a taking back that was itself taken back counts not."""
    found: dict[str, str] = {}
    for sealed in reversed(made):
        if sealed.entry.action is Action.REVOKE and sealed.payload and sealed.entry.id not in found:
            found[sealed.payload.target] = person_name(view, sealed.entry.actor)
    return found


def _what(sealed: Sealed, by_id: dict[str, Sealed]) -> str:
    entry, payload = sealed.entry, sealed.payload
    if entry.action is Action.REVOKE:
        target = by_id.get(payload.target) if payload else None
        return "redone" if target is not None and target.entry.action is Action.REVOKE else "undone"
    plain = {Action.ADD: "added", Action.STRIKE: "struck", Action.PURGE: "purged"}.get(entry.action)
    if plain is not None:
        return plain
    stands = payload.changes["state"].value if payload and "state" in payload.changes else None
    if entry.subject.kind is SubjectKind.PROMISE:
        return {"due": "promised", "withdrawn": "promise_withdrawn"}.get(str(stands), "promise_changed")
    return {"recorded": "saved", "void": "voided"}.get(str(stands), "corrected")


def _changes(
    payload: Payload, entry: Entry, before: State, after: State, zone: tzinfo
) -> tuple[FieldChange, ...]:
    if entry.action is Action.STRIKE:
        struck = [
            (name, item.value)
            for name, items in before.lists.items()
            for item in items
            if item.entry_id == payload.target
        ]
        return tuple(FieldChange(name, item_text(value), "") for name, value in struck)
    told = []
    for name, change in payload.changes.items():
        if name in _WRITTEN_BY_ITSELF:
            continue
        field = FIELDS.get("callback_due" if name == "due" else name)
        if entry.action is Action.ADD or field is None or field.type is FieldType.LIST:
            told.append(FieldChange(name, "", item_text(change.value)))
        else:
            told.append(
                FieldChange(name, typed(field, before.value(name), zone), typed(field, change.value, zone))
            )
    return tuple(told)
