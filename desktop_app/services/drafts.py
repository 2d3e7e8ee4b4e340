"""What is still being typed at this station: listed after a crash, resumed, taken over by a colleague."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from desktop_app.domain.errors import KnownError
from desktop_app.domain.identity import Subject, SubjectKind
from desktop_app.domain.numbers import Number
from desktop_app.storage.drafts import Draft, all_drafts, find_draft, put_draft
from desktop_app.storage.store import Store
from desktop_app.storage.unit_of_work import View


@dataclass(frozen=True, slots=True)
class OpenDraft:
    """A draft as a list shows it; times are UTC, ``kind`` is a code, ``own`` that this person typed it.

    ``aside``: it was put aside for another call.
    """

    subject_id: str
    number: Number
    started_at: datetime
    kept_at: datetime
    kind: str
    caller_name: str
    phone: str
    actor_name: str
    own: bool
    aside: bool


def list_drafts(store: Store) -> list[OpenDraft]:
    """Return every open draft of the station, the oldest number first."""
    with store.read() as view:
        names: dict[str, str] = {}
        drafts = all_drafts(view)
        for actor in {draft.actor for draft in drafts}:
            names[actor] = person_name(view, actor)
        return [_listed(draft, names[draft.actor], store.author.actor) for draft in drafts]


def resume_draft(store: Store, subject_id: str) -> Draft:
    """Return a draft to go on with; raises KnownError ``log.no_draft`` where it is saved or void."""
    with store.read() as view:
        draft = find_draft(view, subject_id)
    if draft is None:
        raise KnownError("log.no_draft")
    return draft


def take_over_draft(store: Store, subject_id: str, *, now: datetime) -> Draft:
    """Make a colleague's draft one's own and return it; who saves it is its first handler."""
    with store.change() as unit:
        draft = find_draft(unit, subject_id)
        if draft is None:
            raise KnownError("log.no_draft")
        taken = replace(draft, actor=unit.author.actor, kept_at=now, aside=False)
        put_draft(unit, taken)
        return taken


def put_aside(store: Store, subject_id: str, aside: bool) -> None:
    """Note whether a draft waits for later or is in hand; nothing where it is saved or void."""
    with store.change() as unit:
        draft = find_draft(unit, subject_id)
        if draft is not None and draft.aside != aside:
            put_draft(unit, replace(draft, aside=aside))


def person_name(view: View, actor: str) -> str:
    """Return the name of a person by id; the staff number where no name is known, else nothing."""
    person = view.state(Subject(SubjectKind.USER, actor))
    return person.text("name") or person.text("staff_number")


def _listed(draft: Draft, name: str, actor: str) -> OpenDraft:
    def text(key: str) -> str:
        value = draft.values.get(key)
        return "" if value is None else str(value)

    return OpenDraft(
        draft.subject.id,
        draft.number,
        draft.started_at,
        draft.kept_at,
        text("kind"),
        text("caller_name"),
        text("phone"),
        name,
        draft.actor == actor,
        draft.aside,
    )
