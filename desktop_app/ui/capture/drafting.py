"""Nothing typed is ever lost: what stands in the form is in the store at most a second after its key.

No widgets. The form tells ``edited`` and ``save``; the keeper answers by signals. A form that the store
refuses stays here with its text, is tried again, and can be taken back.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from PySide6.QtCore import QObject, QTimer, Signal

from desktop_app.domain.entries import Value
from desktop_app.domain.numbers import Number
from desktop_app.services.draft_in_hand import DraftInHand, left_open, take_up, undone
from desktop_app.services.drafts import OpenDraft, list_drafts
from desktop_app.services.records import Logged
from desktop_app.services.stores import OpenStore
from desktop_app.ui.background.background import Background
from desktop_app.ui.capture.held_form import HeldForm
from desktop_app.ui.capture.undo_offer import UndoOffer

KEEP_MILLISECONDS = 500
"""A key is kept this long after the keep before it: a slow commit leaves it below the promised second."""
RETRY_MILLISECONDS = 3_000

Why = Literal["restored", "resumed", "undone", "refused"]


@dataclass(frozen=True, slots=True)
class Shown:
    """What the form has to show now, and why; ``kept_at`` is UTC, ``number`` empty before there is one."""

    values: Mapping[str, Value]
    number: str
    kept_at: datetime
    why: Why


class DraftKeeper(QObject):
    """Keeps the form in hand and those put aside; lives as long as the store is unlocked.

    The page calls ``edited`` for what a person did only, never while it clears or fills the form itself.
    """

    number_known = Signal(str)
    """The number of the form in hand may be shown."""
    kept = Signal(object)
    """The form in hand is in the store as it was at this datetime (UTC)."""
    saved = Signal(object)
    """A record is in the store: its ``Logged``. Never before COMMIT."""
    failed = Signal(object, object)
    """What the store refused: the exception, and the values it was about, which are still here."""
    shown = Signal(object)
    """The form has to show something else: ``Shown``."""
    discarded = Signal(str)
    """A draft was made void under this number; empty where it had none yet."""
    drafts_changed = Signal()
    """Drafts were begun, put aside, saved or made void: a list of them is out of date."""
    unsaved_changed = Signal(int)
    """How many forms the store has refused so far and that are only here."""

    def __init__(
        self,
        store: OpenStore,
        background: Background,
        clock: Callable[[], datetime],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._store, self._background, self._clock = store, background, clock
        self._form: HeldForm | None = None
        self._standing: Logged | None = None
        self._staying: HeldForm | None = None
        self._aside: list[HeldForm] = []
        self.undo_offer = UndoOffer(background, self)
        self._keep_timer = self._timer(KEEP_MILLISECONDS, self._keep_in_hand)
        self._retry_timer = self._timer(RETRY_MILLISECONDS, self._retry)

    @property
    def number(self) -> str:
        """Return the number of the form in hand, empty before it is known."""
        return self._form.number if self._form else ""

    @property
    def in_hand(self) -> str:
        """Return the id of the record that the form in hand becomes, empty before it is in the store."""
        return self._form.draft.subject_id if self._form else ""

    @property
    def unsaved(self) -> int:
        """Return how many forms the store has refused so far."""
        return sum(form.refused for form in (*self._aside, *([self._form] if self._form else [])))

    def edited(self, values: Mapping[str, Value]) -> None:
        """Take the form's texts after a key; the first key begins a draft."""
        fresh = self._form is None
        form = self._form = self._form or self._begin()
        form.values, form.dirty = dict(values), True
        if fresh:
            self._keep(form)
        elif not form.keeping and not self._keep_timer.isActive():
            self._keep_timer.start()

    def flush(self, done: Callable[[bool], None] = lambda kept: None) -> None:
        """Keep at once what is not kept yet; ``done`` hears whether everything typed is in the store now.

        For the loss of focus, locking and closing.
        """
        for form in self._held():
            if form.dirty:
                self._keep(form)
        self._keep_timer.stop()
        self._background.change(lambda: None, lambda _: done(self._all_kept()), owner=self)

    def save(self, values: Mapping[str, Value], next: bool = True) -> None:
        """Make a record of the form in hand; ``saved`` or ``failed`` follows.

        With ``next`` the page shows an empty form at once; refused text comes back into it by ``shown``, or
        waits for ``take_back`` where a new call was begun meanwhile. Without it the record stays on screen:
        typing on undoes the save and goes on under the same number.
        """
        if self._form is None and self._standing is not None:
            self.saved.emit(self._standing)
            self._standing = None if next else self._standing
            return
        if self._form is None and self._staying is not None:
            # The same text is on its way: pressed twice, it is one record.
            self._staying = None if next else self._staying
            return
        form, self._form = self._form or self._begin(), None
        form.values = typed = dict(values)
        self._leave(form)
        self._staying = None if next else form
        self.undo_offer.begin(form)
        now = self._clock()
        self._background.change(
            lambda: form.draft.save(typed, now),
            lambda logged: self._saved(form, logged),
            lambda error: self._refused(form, error),
            owner=self,
        )

    def discard(self, reason: str) -> None:
        """Make the form in hand void, for a reason; its number stays accounted for."""
        form, self._form = self._form, None
        self._standing = self._staying = None
        if form is None:
            return
        self._leave(form)
        now = self._clock()
        self._background.change(
            lambda: form.draft.discard(reason, now),
            lambda number: self._discarded(form, number),
            lambda error: self._refused(form, error),
            owner=self,
        )

    def park(self) -> None:
        """Put the form in hand aside, for another call; it stays a draft."""
        form, self._form = self._form, None
        self._standing = self._staying = None
        if form is None:
            return
        self._keep_timer.stop()
        self._aside.append(form)
        if form.dirty:
            self._keep(form)
        else:
            self._mark(form)

    def resume(self, subject_id: str) -> None:
        """Take a draft into the form, a colleague's too; the one in hand is put aside first."""
        if subject_id == self.in_hand:
            return
        waiting = (form for form in self._aside if not form.leaving)
        held = next((form for form in waiting if form.draft.subject_id == subject_id), None)
        if held is not None:
            self._put_in_hand(held, "resumed")
            return
        now = self._clock()
        self._background.change(
            lambda: take_up(self._store, subject_id, now=now),
            lambda draft: self._take_up(draft, "resumed"),
            lambda error: self.failed.emit(error, {}),
            owner=self,
        )

    def take_back(self) -> None:
        """Take the text that the store refused last into the form; the one in hand is put aside first."""
        refused = [form for form in self._aside if form.refused and not form.leaving]
        if refused:
            self._put_in_hand(refused[-1], "refused")

    def restore(self) -> None:
        """On unlocking: show the draft that this person had in hand last; those put aside stay there."""
        now = self._clock()
        self._background.change(
            lambda: left_open(self._store, now=now),
            self._restored,
            lambda error: self.failed.emit(error, {}),
            owner=self,
        )

    def undo(self) -> None:
        """Undo the last save, once it is done, while that is offered: the record is the draft it was."""
        if (logged := self.undo_offer.take()) is not None:
            self._undo(logged)

    def _undo(self, logged: Logged) -> None:
        self._standing = None
        now = self._clock()
        self._background.change(
            lambda: undone(self._store, logged, now=now),
            lambda draft: self._take_up(draft, "undone"),
            lambda error: self.failed.emit(error, {}),
            owner=self,
        )

    def list_open(self, done: Callable[[list[OpenDraft]], None], owner: QObject) -> None:
        """Tell ``done`` every open draft of the station but the one in hand."""
        self._background.query(
            lambda: list_drafts(self._store),
            lambda drafts: done([one for one in drafts if one.subject_id != self.in_hand]),
            owner=owner,
        )

    def _begin(self) -> HeldForm:
        now = self._clock()
        if self._staying is not None:
            before, self._staying = self._staying, None
            follower = HeldForm(
                DraftInHand(self._store, now, follows=before.draft), now, number=before.number
            )
            before.follower = follower
            return follower
        if self._standing is None:
            return HeldForm(DraftInHand(self._store, now), now)
        standing, self._standing = self._standing, None
        self.undo_offer.withdraw(standing)
        revived = DraftInHand(self._store, now, number=standing.number, revived=standing)
        return HeldForm(revived, now, number=str(standing.number))

    def _keep_in_hand(self) -> None:
        if self._form is not None and self._form.dirty:
            self._keep(self._form)

    def _keep(self, form: HeldForm) -> None:
        form.dirty = False
        form.keeping += 1
        values, now, aside = form.values, self._clock(), form is not self._form
        self._background.change(
            lambda: form.draft.keep(values, now, aside=aside),
            lambda number: self._kept(form, number, now),
            lambda error: self._not_kept(form, error),
            owner=self,
        )

    def _mark(self, form: HeldForm) -> None:
        """Tell the store whether a form it has is in hand or put aside."""
        form.keeping += 1
        aside = form is not self._form
        self._background.change(
            lambda: form.draft.put_aside(aside),
            lambda _: self._marked(form),
            lambda error: self._not_kept(form, error),
            owner=self,
        )

    def _marked(self, form: HeldForm) -> None:
        form.keeping -= 1
        self._tidy(form)

    def _kept(self, form: HeldForm, number: Number | None, at: datetime) -> None:
        form.keeping -= 1
        self._set_refused(form, False)
        told = str(number) if number else ""
        is_new, form.number = told != form.number, told
        if form is not self._form:
            self._tidy(form)
            return
        if is_new:
            self.number_known.emit(told)
            self.drafts_changed.emit()
        self.kept.emit(at)
        if form.dirty and not self._keep_timer.isActive():
            self._keep_timer.start()

    def _not_kept(self, form: HeldForm, error: Exception) -> None:
        form.keeping -= 1
        form.dirty = True
        self._retry_timer.start()
        if not form.refused:
            self._set_refused(form, True)
            self.failed.emit(error, form.values)

    def _saved(self, form: HeldForm, logged: Logged) -> None:
        self._aside.remove(form)
        self._set_refused(form, False)
        if self._staying is form:
            self._standing, self._staying = logged, None
        asked = self.undo_offer.end(form)
        self.undo_offer.make(None if form.follower or asked else logged)
        self.saved.emit(logged)
        self.drafts_changed.emit()
        if asked and form.follower is None:
            self._undo(logged)

    def _discarded(self, form: HeldForm, number: Number | None) -> None:
        self._aside.remove(form)
        self._set_refused(form, False)
        self.discarded.emit(str(number) if number else "")
        self.drafts_changed.emit()

    def _refused(self, form: HeldForm, error: Exception) -> None:
        """A save or a voiding failed: the text goes back where it can be seen, and into the draft."""
        self.undo_offer.end(form)
        if self._staying is form:
            self._staying = None
        if form.follower is not None:
            # Its text is in the form that goes on with it, which asks the store itself.
            self._aside.remove(form)
            self.failed.emit(error, form.follower.values)
            return
        form.dirty, form.leaving = True, False
        self._set_refused(form, True)
        if self._form is None and self._standing is None:
            self._put_in_hand(form, "refused")
        self._keep(form)
        self.failed.emit(error, form.values)

    def _retry(self) -> None:
        for form in self._held():
            if form.refused and form.dirty and not form.keeping:
                self._keep(form)

    def _restored(self, draft: DraftInHand | None) -> None:
        if draft is None:
            return
        if self._form is None:
            self._take_up(draft, "restored")
            return
        # A call was begun meanwhile: the one from before waits.
        self._aside.append(self._taken(draft))
        self._mark(self._aside[-1])

    def _take_up(self, draft: DraftInHand, why: Why) -> None:
        held = next((one for one in self._held() if one.draft.subject_id == draft.subject_id), None)
        if held is not None:
            # Asked for twice: what was read later is no newer than what is being typed.
            if held is not self._form and not held.leaving:
                self._put_in_hand(held, why)
            return
        self._put_in_hand(self._taken(draft), why)

    def _taken(self, draft: DraftInHand) -> HeldForm:
        return HeldForm(draft, self._clock(), dict(draft.values), number=str(draft.number or ""))

    def _put_in_hand(self, form: HeldForm, why: Why) -> None:
        self.park()
        if form in self._aside:
            self._aside.remove(form)
        self._form = form
        self._mark(form)
        self.shown.emit(Shown(form.values, form.number, form.draft.kept_at, why))
        self.drafts_changed.emit()

    def _leave(self, form: HeldForm) -> None:
        self._keep_timer.stop()
        self._aside.append(form)
        form.dirty, form.leaving = False, True

    def _tidy(self, form: HeldForm) -> None:
        """Forget a form put aside once the store has all of it."""
        at_work = form.dirty or form.keeping or form.refused or form.leaving
        if form in self._aside and not at_work:
            self._aside.remove(form)
            self.drafts_changed.emit()

    def _held(self) -> list[HeldForm]:
        return [*self._aside, *([self._form] if self._form else [])]

    def _all_kept(self) -> bool:
        return not any(form.dirty or form.refused for form in self._held())

    def _set_refused(self, form: HeldForm, refused: bool) -> None:
        if form.refused != refused:
            form.refused = refused
            self.unsaved_changed.emit(self.unsaved)

    def _timer(self, milliseconds: int, act: Callable[[], None]) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(milliseconds)
        timer.timeout.connect(act)
        self._background.closing.connect(timer.stop)
        return timer
