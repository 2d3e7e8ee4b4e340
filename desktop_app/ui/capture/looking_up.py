"""Looks people up while a field is typed into: by number, name, initials or address, composing text too.

One question is under way at a time; an answer to what is no longer typed is dropped. Enter takes somebody
only where the pop-up answers what is typed by now: whoever types on faster meant somebody else.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from desktop_app.domain.phones import phone_of
from desktop_app.services.offers import LONGEST_INTERNAL, Offer, Offers, offers
from desktop_app.ui.capture.look_up_foot import LookUpFoot
from desktop_app.ui.capture.look_up_row import LookUpRow
from desktop_app.ui.capture.offer_words import OfferWords
from desktop_app.ui.session import Session
from desktop_app.ui.typing.line_edit import LineEdit
from desktop_app.ui.widgets.announce import announce
from desktop_app.ui.widgets.offer_list import OfferList, place_in

LOOK_UP_FIELDS = ("phone", "caller_name", "address")
"""Fields that people are looked up from."""
PAUSE_MILLISECONDS = 25
_FEWEST_CHARACTERS = 2


class LookingUp(QObject):
    """Shows a pop-up under whichever of ``fields`` is typed into.

    ``taken`` carries the field's key and the ``Offer`` that Enter or a click took. The pop-up lies on
    ``over``, which has to reach far enough below the fields.
    """

    taken = Signal(str, object)
    nobody_known = Signal(str)
    """Once for each unlocking: there is no snapshot that anybody could be found in, with what to do."""

    def __init__(
        self, session: Session, fields: Mapping[str, LineEdit], words: OfferWords, over: QWidget
    ) -> None:
        super().__init__(over)
        self._session, self._over, self._words = session, over, words
        self._fields = dict(fields)
        self._key = self._text = self._answered = ""
        self._asking = False
        self._told_none = False
        self._quiet = False
        self._found: Offers | None = None
        self._foot = LookUpFoot(words)
        self.popup = OfferList(over, LookUpRow, foot=self._foot)
        self.popup.setObjectName("look_up")
        self.popup.taken.connect(self._take_place)
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MILLISECONDS)
        self._pause.timeout.connect(self._ask)
        session.background.closing.connect(self._pause.stop)
        for field in self._fields.values():
            field.installEventFilter(self)
        over.installEventFilter(self)
        self._add_keys(over)

    def typed(self, key: str) -> None:
        """Look up what a field holds now, after a key of a person."""
        field = self._fields.get(key)
        if field is None or self._quiet or not field.hasFocus():
            return
        text = field.full_text().strip()
        if (key, text) == (self._key, self._text):
            # Input methods tell of nothing new all the time: the row chosen stays the row chosen.
            return
        self._key, self._text, self._answered = key, text, ""
        if len(self._text) < _FEWEST_CHARACTERS:
            self.dismiss()
        else:
            self._pause.start()

    def dismiss(self) -> None:
        """Close the pop-up and wait for the next key; what is typed stays."""
        self._pause.stop()
        self._text = ""
        self.popup.dismiss()

    @contextmanager
    def quiet(self) -> Iterator[None]:
        """Let nothing of what the block puts into a field count as typed."""
        self._quiet = True
        try:
            yield
        finally:
            self._quiet = False

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        left = event.type() == QEvent.Type.FocusOut and watched in self._fields.values()
        moved = event.type() == QEvent.Type.Resize and watched is self._over
        if left or moved:
            self.dismiss()
        return False

    def _add_keys(self, owner: QWidget) -> None:
        actions = {
            "look_up_take": ("Return", self._take_current, lambda: self._current() is not None),
            "look_up_next": ("Down", lambda: self._step(1), self.popup.isVisible),
            "look_up_before": ("Up", lambda: self._step(-1), self.popup.isVisible),
            "look_up_close": ("Esc", self.dismiss, self.popup.isVisible),
        }
        for code, (keys, action, when) in actions.items():
            self._session.shortcuts.add(code, keys, action, when=when, owner=owner)

    def _ask(self) -> None:
        if self._asking or not self._text:
            return
        self._asking = True
        store, text, now = self._session.store, self._text, self._session.clock()
        phones = (phone_of(one.phone).digits for one in self._session.shelf.pack.contacts)
        internal = frozenset(one for one in phones if len(one) <= LONGEST_INTERNAL)
        self._session.background.query(
            lambda: offers(store, text, now=now, internal=internal),
            lambda found: self._answer(text, found),
            self._fail,
            owner=self,
        )

    def _answer(self, text: str, found: Offers) -> None:
        self._asking = False
        if text != self._text:
            if self._text and not self._pause.isActive():
                self._ask()
            return
        field = self._fields[self._key]
        if not field.hasFocus() or self._answered == text:
            return
        self._answered = text
        if found.found:
            self._offer(found, field)
            return
        self.popup.dismiss()
        if found.snapshot is None and not self._told_none:
            self._told_none = True
            self.nobody_known.emit(self._words.foot(found, self._session.clock(), chosen=False))

    def _offer(self, found: Offers, field: LineEdit) -> None:
        """Show people below a field, the likeliest chosen; where nobody is, Enter goes to the next field."""
        now, self._found = self._session.clock(), found
        lines = [self._words.row(one, now) for one in found.found]
        self._foot.show_found(found, now, chosen=found.likeliest)
        self.popup.offer(lines, place_in(self._over, field), 0 if found.likeliest else -1)
        # The only one whose number was typed is said; of several only how many they are.
        said = self._words.exact(lines[0].told()) if found.exact else self._words.several(self.popup.count)
        announce(self.popup, said)

    def _fail(self, problem: Exception) -> None:
        self._asking = False
        self.popup.dismiss()
        self._session.messages.tell(problem)

    def _current(self) -> Offer | None:
        chosen = self.popup.chosen
        held = self._found is not None and chosen >= 0 and self._answered == self._text
        return self._found.found[chosen] if self._found is not None and held else None

    def _step(self, by: int) -> None:
        """Choose among the people on screen, whom no answer that is still to come moves away."""
        self._pause.stop()
        self._answered = self._text
        self.popup.step(by)
        if self._found is not None:
            self._foot.show_found(self._found, self._session.clock(), chosen=True)

    def _take_place(self, place: int) -> None:
        if self._found is not None and place < len(self._found.found):
            self._take(self._found.found[place])

    def _take_current(self) -> None:
        offer = self._current()
        if offer is not None:
            self._take(offer)

    def _take(self, offer: Offer) -> None:
        key = self._key
        self.dismiss()
        self.taken.emit(key, offer)
