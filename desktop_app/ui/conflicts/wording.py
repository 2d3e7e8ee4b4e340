"""Fields, values and steps in the words of this room."""

from __future__ import annotations

from collections.abc import Collection

from desktop_app.domain.guards import LADDER
from desktop_app.domain.identity import Subject, SubjectKind
from desktop_app.domain.roles import Role
from desktop_app.services.to_confirm import ToConfirm
from desktop_app.ui.records.record_words import said
from desktop_app.words import Words


def field_text(words: Words, subject: Subject, name: str) -> str:
    """Return what a field of a record or a promise is called; one that nobody knows by its key."""
    promise = subject.kind is SubjectKind.PROMISE
    for code in (f"window.records.promise.{name}" if promise else "", f"field.{name}"):
        if code and words.has(code):
            return words.say(code)
    return name


def value_text(words: Words, name: str, text: str) -> str:
    """Return a field's text in words; an empty one says so."""
    if name == "state":
        return state_text(words, text)
    return said(words, name, text) or words.say("window.records.nothing")


def state_text(words: Words, state: str) -> str:
    """Return the word of a record's, promise's or incident's state."""
    for code in (
        f"window.records.state.{state}",
        f"window.conflicts.state.{state}",
        f"incident_state.{state}",
    ):
        if words.has(code):
            return words.say(code)
    return state


def step_text(words: Words, one: ToConfirm) -> str:
    """Return what is to be confirmed: a step taken for somebody, or one that could not be taken."""
    return words.say(f"window.conflicts.step.{'broken' if one.code else 'acting'}", step=_step(words, one))


def whose_text(words: Words, by: Collection[Role]) -> str:
    """Return whose step it was, the most junior who may; empty where it was not taken for anybody."""
    may = next((role for role in LADDER if role in by), None)
    return words.say(f"role.{may.value}") if may is not None else ""


def _step(words: Words, one: ToConfirm) -> str:
    if one.state:
        notice = f"window.conflicts.notice.{one.state}"
        if one.subject.kind is SubjectKind.ANNOUNCEMENT and words.has(notice):
            return words.say(notice)
        state = state_text(words, one.state)
        of_incident = one.subject.kind is SubjectKind.INCIDENT
        return words.say("window.conflicts.to_state", state=state) if of_incident else state
    code = f"window.conflicts.change.{one.wrote}"
    if not words.has(code):
        return words.say("window.conflicts.a_change")
    chosen, post = str(one.item.get("code") or ""), str(one.item.get("post") or "")
    said_as = {
        key: words.say(key)
        for key in (f"option.{one.wrote}.{chosen}", f"option.incident_post.{post}")
        if words.has(key)
    }
    what = next(iter(said_as.values()), "")
    name = str(one.item.get("name") or "")
    return words.say(code, what=" ".join(part for part in (what, name) if part)).strip()
