"""Keeps what is being typed and is not done: a lock, a crash and Esc lose nothing of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from desktop_app.domain.errors import KnownError
from desktop_app.ui.session import Session
from desktop_app.ui.typing.line_edit import LineEdit
from desktop_app.ui.typing.text_edit import LongTextEdit

if TYPE_CHECKING:
    from datetime import datetime

    from desktop_app.services.half_typed import HalfTypedTexts
    from desktop_app.services.stores import OpenStore

KEEP_MILLISECONDS = 500
"""A key is kept this long after the keep before it: a crash loses at most the last second of typing."""
_AGAIN_MS = 3_000
"""A store that refused is asked again after this long."""

Field = LineEdit | LongTextEdit
Seen = Mapping[str, tuple[str, ...]]


class KeptTexts(QObject):
    """Whoever has the texts says at every key that they were ``edited``; ``texts`` are those not done yet.

    ``found`` carries the ``HalfTypedTexts`` of before; ``seen`` are the candidates of the journal's fields
    that were on the screen.
    """

    found = Signal(object)

    def __init__(
        self,
        session: Session,
        texts: Callable[[], Mapping[str, str]],
        parent: QObject,
        seen: Callable[[], Seen] = dict,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._texts, self._seen = texts, seen
        self._kept: Mapping[str, str] = {}
        self._place = self._title = ""
        self._acting = False
        self._soon = QTimer(self, singleShot=True, interval=KEEP_MILLISECONDS)
        self._soon.timeout.connect(self.keep)
        session.background.closing.connect(self._soon.stop)

    def edited(self) -> None:
        """Keep it soon."""
        if self._place and not self._soon.isActive():
            self._soon.start(KEEP_MILLISECONDS)

    def go_to(self, place: str, title: str, *, look: bool = True) -> None:
        """Keep under this place from now on, and ``look`` for what was left half typed there."""
        self._place, self._title, self._kept = place, title, {}
        if not place or not look:
            return
        store = self._session.store
        from desktop_app.services.half_typed import half_typed_at  # not needed to type

        def show(held: HalfTypedTexts | None) -> None:
            if held is not None and self._place == place:
                self._kept = self._kept or held.texts
                self.found.emit(held)

        self._session.background.query(
            lambda: half_typed_at(store, place), show, self._session.messages.tell, owner=self
        )

    def leave(self) -> str:
        """Keep it a last time and return the place; until another is gone to nothing more is kept."""
        self.keep()
        place, self._place = self._place, ""
        return place

    def keep(self, *, left: bool = False, done: Callable[[bool], None] | None = None) -> None:
        """Keep what stands there now; ``left``: the person goes; ``done`` hears whether it is stored."""
        self._soon.stop()
        place, title, texts, seen = self._place, self._title, dict(self._texts()), dict(self._seen())
        if not place or self._acting or (texts == self._kept and not (left and texts)):
            if done is not None:
                done(True)
            return
        from desktop_app.services.half_typed import keep_half_typed  # loaded by now

        before, self._kept = self._kept, texts
        store, now = self._session.store, self._session.clock()

        def failed(_problem: Exception) -> None:
            if self._place == place:
                self._kept = before
                self._soon.start(_AGAIN_MS)
            if done is not None:
                done(False)

        self._session.background.change(
            lambda: keep_half_typed(store, place, title, texts, now=now, left=left, seen=seen),
            lambda _none: done(True) if done is not None else None,
            failed,
            owner=self,
        )

    def forgetting(self, act: Callable[[], object]) -> Callable[[], object]:
        """Return an act that gives up what is half typed once it is done; ``go_on`` where it was refused."""
        self._soon.stop()
        self._acting = True
        from desktop_app.services.half_typed import forget_place  # loaded by now

        store, place = self._session.store, self._place

        def work() -> object:
            made = act()
            # What was done counts; a text that stays behind is only offered once more.
            with suppress(KnownError):
                if place:
                    forget_place(store, place)
            return made

        return work

    def go_on(self) -> None:
        """Watch again after an act that was refused."""
        self._acting = False
        self.keep()


class HalfTyped(KeptTexts):
    """Watches fields by their object names; only what differs from what they began with is kept.

    ``came_back`` says that texts were filled in which nobody had finished.
    """

    came_back = Signal()

    def __init__(self, session: Session, fields: Iterable[Field], parent: QObject) -> None:
        super().__init__(session, self._typed, parent)
        self._fields = {one.objectName(): one for one in fields if one.objectName()}
        self._began: dict[str, str] = {}
        self.found.connect(self._fill)
        for field in self._fields.values():
            field.edited.connect(self.edited)

    def begin(self, place: str, title: str) -> None:
        """Watch from now on under this place, and fill in what was left half typed there.

        What is typed at another place is kept for it, and not taken along.
        """
        if place == self._place:
            return
        if self.leave():
            self.clear()
        self._began = {name: field.full_text() for name, field in self._fields.items()}
        self.go_to(place, title)

    def clear(self) -> None:
        """Put the fields back to what they began with."""
        for name, field in self._fields.items():
            fill(field, self._began.get(name, ""))
        self.keep()

    def _typed(self) -> Mapping[str, str]:
        """Return what was typed and is not what the fields began with."""
        now = {name: field.full_text() for name, field in self._fields.items()}
        return {name: text for name, text in now.items() if text != self._began.get(name, "")}

    def _fill(self, held: HalfTypedTexts) -> None:
        # Whoever types already is not written over; a field may change others while it is filled.
        free = {name for name, field in self._fields.items() if field.full_text() == self._began.get(name)}
        for name, text in held.texts.items():
            if name in free:
                fill(self._fields[name], text)
        if free & held.texts.keys():
            self.came_back.emit()


def fill(field: Field, text: str) -> None:
    """Show a text in a field of one line or of many."""
    if isinstance(field, LineEdit):
        field.setText(text)
    else:
        field.setPlainText(text)


def keep_all(window: QWidget, done: Callable[[bool], None]) -> None:
    """Keep whatever is half typed in a window and its dialogs; ``done`` hears whether the store has it."""
    waiting = window.findChildren(KeptTexts)

    def go_on(kept: bool) -> None:
        if not kept or not waiting:
            done(kept)
        else:
            waiting.pop().keep(done=go_on)

    go_on(True)


def tell_broken_off(session: Session, owner: QObject) -> None:
    """Say what was being typed in a dialog when the desk was locked, or the program ended."""
    store, now, say = session.store, session.clock(), session.words.say

    def tell(titles: tuple[str, ...]) -> None:
        if titles:
            what = say("window.records.list_comma").join(titles)
            session.messages.say(say("window.half_typed.broken_off", what=what))

    session.background.change(lambda: _broken_off(store, now), tell, session.messages.tell, owner=owner)


def _broken_off(store: OpenStore, now: datetime) -> tuple[str, ...]:
    from desktop_app.services.half_typed import broken_off  # not needed to type

    return broken_off(store, now=now)
