"""The draft behind one form on the screen, from before its number was minted until it is saved or void.

The store may refuse at any moment; the text then stays with whoever holds the form, and the next call tries
again from where the last one got to.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from desktop_app.domain.entries import Value
from desktop_app.domain.errors import KnownError
from desktop_app.domain.numbers import Number
from desktop_app.services.drafts import OpenDraft, list_drafts, put_aside, resume_draft, take_over_draft
from desktop_app.services.records import (
    Logged,
    discard_draft,
    keep_draft,
    save_draft,
    start_draft,
    undo_save,
)
from desktop_app.storage.drafts import Draft
from desktop_app.storage.store import Store

_MARK_UNWRITTEN = "store.mark_unwritten"
"""What was asked for is in the store; only the mark beside it could not be brought level."""


class DraftInHand:
    """One draft; its calls come one at a time, from the thread that writes to the store."""

    def __init__(
        self,
        store: Store,
        started_at: datetime,
        draft: Draft | None = None,
        *,
        number: Number | None = None,
        revived: Logged | None = None,
        follows: DraftInHand | None = None,
    ) -> None:
        """Hold a form begun at ``started_at``.

        ``revived`` is a record just saved that is typed on: the first keep undoes its save. ``follows`` is
        one whose save is still under way while it is typed on; the first call here comes after that.
        """
        self._store = store
        self._started_at = started_at
        self._draft = draft
        self._revived = revived
        self._follows = follows
        self._logged: Logged | None = None
        self._tried = False
        self.number = draft.number if draft else number

    @property
    def subject_id(self) -> str:
        """Return the id of the record it becomes; empty before it is in the store."""
        return self._draft.subject.id if self._draft else ""

    @property
    def values(self) -> Mapping[str, Value]:
        """Return what was typed when the draft was taken up; nothing for a new one."""
        return self._draft.values if self._draft else {}

    @property
    def kept_at(self) -> datetime:
        """Return when it was last kept before it was taken up."""
        return self._draft.kept_at if self._draft else self._started_at

    def keep(self, values: Mapping[str, Value], now: datetime, *, aside: bool = False) -> Number | None:
        """Write the texts into the draft, which the first call begins; ``aside``: it waits for later.

        Returns the number once it may be shown. A draft that was saved or made void elsewhere meanwhile is
        followed by a new one: what is typed now is not in it. Raises KnownError.
        """
        self._catch_up()
        if self._revived is not None:
            self._draft = self._undo(self._revived, now)
            self._revived = None
        if self._draft is not None:
            try:
                keep_draft(self._store, self._draft.subject.id, values, now=now, aside=aside)
            except KnownError as error:
                if error.code != "log.no_draft":
                    raise
                self._draft, self._started_at, self._tried = None, now, False
            else:
                return self.number
        self._begin(values, now, aside)
        return self.number

    def put_aside(self, aside: bool) -> None:
        """Note that it waits for later, or that it is in hand again; what was typed is not touched."""
        if self._draft is not None:
            put_aside(self._store, self._draft.subject.id, aside)

    def save(self, values: Mapping[str, Value], now: datetime) -> Logged:
        """Make a record of the texts; raises KnownError, and then the draft is as it was before."""
        if self._draft is None:
            self.keep(values, now)
        try:
            self._logged = self._save(values, now)
        except KnownError as error:
            if error.code != "log.no_draft":
                raise
            self.keep(values, now)
            self._logged = self._save(values, now)
        return self._logged

    def discard(self, reason: str, now: datetime) -> Number | None:
        """Make the draft void with its number; None where it never got one. Raises KnownError."""
        self._catch_up()
        if self._revived is not None:
            self.keep(self.values, now)
        if self._draft is None:
            return None
        return discard_draft(self._store, self._draft.subject.id, reason=reason, now=now)

    def _catch_up(self) -> None:
        """Go on from where the one before got to: with its record, or with its draft if refused."""
        before, self._follows = self._follows, None
        if before is not None:
            self._revived, self.number = before._logged, before.number
            self._draft = None if before._logged else before._draft
            self._started_at, self._tried = before._started_at, before._tried

    def _undo(self, logged: Logged, now: datetime) -> Draft | None:
        """Make the record a draft again; None where somebody has changed it since."""
        try:
            return undo_save(self._store, logged, now=now)
        except KnownError as error:
            if error.code != "log.changed_since":
                raise
            return None

    def _save(self, values: Mapping[str, Value], now: datetime) -> Logged:
        draft = self._draft
        if draft is None:
            raise KnownError("log.no_draft")
        try:
            return save_draft(self._store, draft.subject.id, values, now=now)
        except KnownError as error:
            if error.code != _MARK_UNWRITTEN:
                raise
            # The next number is asked of the mark, so the person is told then.
            return Logged(draft.number, draft.subject.id, ())

    def _begin(self, values: Mapping[str, Value], now: datetime, aside: bool) -> None:
        """Start the draft, or find what an earlier try left in the store before the mark could be written.

        The number of such a one is not shown before it is saved: another copy of the store may give it.
        """
        left = (
            next((one for one in list_drafts(self._store) if self._is_ours(one)), None)
            if self._tried
            else None
        )
        self._tried = True
        if left is None:
            self._draft = start_draft(self._store, values, now=self._started_at, aside=aside)
            self.number = self._draft.number
        else:
            self._draft = resume_draft(self._store, left.subject_id)
            keep_draft(self._store, left.subject_id, values, now=now, aside=aside)

    def _is_ours(self, one: OpenDraft) -> bool:
        return one.own and one.started_at == self._started_at


def take_up(store: Store, subject_id: str, *, now: datetime) -> DraftInHand:
    """Return a draft of the store to go on with; a colleague's becomes one's own. Raises KnownError."""
    draft = resume_draft(store, subject_id)
    if draft.actor != store.author.actor:
        draft = take_over_draft(store, subject_id, now=now)
    return DraftInHand(store, draft.started_at, draft)


def left_open(store: Store, *, now: datetime) -> DraftInHand | None:
    """Return the draft this person had in hand last, None where all are saved, void or put aside."""
    own = [one for one in list_drafts(store) if one.own and not one.aside]
    newest = max(own, key=lambda one: (one.kept_at, one.number.sequence), default=None)
    return take_up(store, newest.subject_id, now=now) if newest else None


def undone(store: Store, logged: Logged, *, now: datetime) -> DraftInHand:
    """Undo a save and return its draft; raises KnownError ``log.changed_since``."""
    draft = undo_save(store, logged, now=now)
    return DraftInHand(store, draft.started_at, draft)
