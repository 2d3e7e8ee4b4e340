"""The capture form at work: its draft kept, its record saved in the background, its calls parked and resumed.

The form is empty again at once after a save; a save that fails brings its text back (DESK §0).
"""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_app.domain.entries import Value
from desktop_app.domain.errors import KnownError
from desktop_app.domain.kinds import Kind
from desktop_app.domain.times import zone_of
from desktop_app.domain.typed import read_moment
from desktop_app.services.records import Logged
from desktop_app.ui.capture import rescue
from desktop_app.ui.capture.carets import Carets
from desktop_app.ui.capture.drafting import DraftKeeper, Shown
from desktop_app.ui.capture.editors import text_of
from desktop_app.ui.capture.form import CaptureForm
from desktop_app.ui.capture.parked_strip import ParkedStrip
from desktop_app.ui.capture.phrasing import Phrasing
from desktop_app.ui.capture.quick_start import QuickStart
from desktop_app.ui.sentences import sentence_in_window
from desktop_app.ui.session import Session
from desktop_app.ui.theme.style import scaled
from desktop_app.ui.typing.keys import KEYS
from desktop_app.ui.widgets.announce import announce
from desktop_app.ui.widgets.notice import Notice


class CapturePage(QWidget):
    """What an agent types in all shift; ``saved`` is emitted with each ``Logged``.

    ``record_asked`` carries the id of an earlier record of the caller that a person wants to see.
    """

    saved = Signal(object)
    record_asked = Signal(str)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._words = session.words
        self._zone = zone_of(session.store.settings.zone)
        self._closing = False
        self._restored = ""
        """What is told of a call that came back, until a person goes on with it."""
        self._elsewhere: list[Mapping[str, Value]] = []  # refused while another call was in the form
        self.form = CaptureForm(session)
        self.phrasing = Phrasing(session, self.form)
        self.keeper = DraftKeeper(session.store, session.background, session.clock, self)
        self.carets = Carets(self.form.fields, lambda: self.keeper.number, self)
        self.notice = Notice(session.words)
        self.parked = ParkedStrip(session.words, self._zone)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(scaled(6))
        for part in (self.notice, self.parked):
            layout.addWidget(part)
        layout.addWidget(self.form, 1)
        self._connect()
        session.shortcuts.add("undo", KEYS["undo"], self.keeper.undo, when=self.isVisible, owner=self)
        self.quick = QuickStart(session, self.form, self._make_room, self.notice)
        self.parked.add_keys(session.shortcuts, self.isVisible)
        self._list_parked()

    def focus_start(self) -> None:
        """Put the caret where every call begins, or where it was in a call that goes on."""
        last = self.form.fields.focusWidget()
        if self.form.is_empty() or last is None or not last.isVisible():
            self.form.focus_start()
        else:
            last.setFocus()

    def restore(self) -> None:
        """Show the draft that was being typed when the program last ended, if any."""
        self.keeper.restore()

    def event(self, event: QEvent) -> bool:
        """Keep what was typed as soon as the window is left for another program."""
        if event.type() == QEvent.Type.WindowDeactivate and not self._closing:
            self.keeper.flush()
        return super().event(event)

    def _close(self) -> None:
        self._closing = True

    def _connect(self) -> None:
        self._session.background.closing.connect(self._close)
        self.form.edited.connect(self._edited)
        self.form.save_requested.connect(self._save)
        self.form.park_requested.connect(self._park)
        self.form.undo_requested.connect(self.keeper.undo)
        self.form.fields.caller.record_asked.connect(self.record_asked)
        self.keeper.number_known.connect(self.form.set_number)
        self.keeper.kept.connect(self.form.set_kept)
        self.keeper.shown.connect(self._show)
        self.keeper.saved.connect(self._saved)
        self.keeper.failed.connect(self._failed)
        self.keeper.unsaved_changed.connect(self._unsaved_changed)
        self.keeper.drafts_changed.connect(self._list_parked)
        self.keeper.undo_offer.changed.connect(self._offer_undo)
        self.keeper.undo_offer.too_late.connect(self._tell_too_late)
        self.parked.chosen.connect(self.keeper.resume)

    def _edited(self) -> None:
        # Whoever types on has seen it; nothing else that is told goes by a key.
        if self._restored and self.notice.text() == self._restored:
            self.notice.dismiss()
        self._restored = ""
        # An empty form is no draft yet; one that was emptied again still is.
        if self.keeper.number or not self.form.is_empty():
            self.keeper.edited(self.form.values())

    def _save(self, following: bool) -> None:
        if self.form.is_empty():
            self.notice.tell(sentence_in_window(self._words, KnownError("log.empty")), "warn", seconds=6)
            self.form.focus_start()
            return
        self.notice.dismiss()
        self.keeper.save(_record_of(self.form.values()), following)
        if following:
            self._next()

    def _park(self) -> None:
        if self.form.is_empty() and not self.keeper.number:
            self.form.focus_start()
            return
        self.keeper.park()
        self._next()

    def _make_room(self) -> None:
        """Park the call that is being typed, if any."""
        if not self.form.is_empty() or self.keeper.number:
            self._park()

    def _next(self) -> None:
        self.form.clear()
        self.form.focus_start()

    def _show(self, shown: Shown) -> None:
        if shown.why == "refused":
            self._elsewhere = [one for one in self._elsewhere if dict(one) != dict(shown.values)]
            if not self.form.is_empty():
                self._elsewhere.append(self.form.values())
        caret = self.carets.of(shown.number)
        self.form.load(shown.values)
        self.form.set_number(shown.number)
        self.form.set_kept(shown.kept_at if shown.why != "refused" else None)
        # A draft that comes back behind the settings leaves the focus to them.
        if self.isVisible() and not self.carets.put(caret):
            self.form.focus_start()
        if shown.why == "undone":
            announce(self, self._words.say("window.capture.undone", number=shown.number))
        # Where the caret is known it is this person's own lock that ended: nothing was gone.
        self._restored = self._told_restored(shown) if shown.why == "restored" and not caret else ""
        if self._restored:
            self.notice.tell(self._restored, "info")
        elif shown.why != "refused":
            self.notice.dismiss()

    def _saved(self, logged: Logged) -> None:
        self.form.set_saved(str(logged.number))
        if self.form.number() == str(logged.number):
            self.form.set_kept(None)  # it stays on screen, but it is a record now
        announce(self, self._words.say("window.capture.saved", number=str(logged.number)))
        self.saved.emit(logged)

    def _offer_undo(self, logged: Logged | None) -> None:
        self.form.set_undoable(logged is not None)

    def _tell_too_late(self) -> None:
        if not self.keeper.unsaved:  # never over the buttons that save a refused text
            self.notice.tell(self._words.say("window.capture.undo_too_late"), "info", seconds=6)

    def _failed(self, error: Exception, values: Mapping[str, Value]) -> None:
        if not isinstance(error, KnownError):
            self._session.messages.tell(error)
        known = isinstance(error, KnownError)
        sentence = sentence_in_window(self._words, error) if isinstance(error, KnownError) else ""
        if not values:
            if known:
                self.notice.tell(sentence, "warn")
            return
        if _record_of(values) != _record_of(self.form.values()):
            self._elsewhere.append(values)
        actions = [
            (self._words.say("window.capture.copy"), lambda: rescue.copy(self._unsaved_text())),
            (self._words.say("window.capture.print"), lambda: rescue.print_out(self._unsaved_text(), self)),
        ]
        if self._elsewhere:
            actions.insert(0, (self._words.say("window.capture.take_back"), self.keeper.take_back))
        told = self._words.say("window.capture.not_saved", caller=self._caller(values), why=sentence)
        self.notice.tell(told.strip(), "warn", actions)

    def _unsaved_text(self) -> str:
        """Return the form in hand as it is by now, and what else the store refused."""
        texts = [rescue.as_text(self._words, "", values) for values in self._elsewhere]
        if not self.form.is_empty():
            texts.insert(0, rescue.as_text(self._words, self.keeper.number, self.form.values()))
        return "\n\n".join(texts)

    def _unsaved_changed(self, count: int) -> None:
        if not count:
            self._elsewhere.clear()

    def _list_parked(self) -> None:
        self.keeper.list_open(self.parked.show_drafts, owner=self)

    def _told_restored(self, shown: Shown) -> str:
        since = read_moment(
            text_of(shown.values.get("received_at")) or "t", self._zone, self._session.clock()
        )
        local = (since or shown.kept_at).astimezone(self._zone)
        caller = self._caller(shown.values)
        return self._words.say("window.capture.restored", caller=caller, time=f"{local:%H:%M}")

    def _caller(self, values: Mapping[str, Value]) -> str:
        told = (text_of(values.get(key)).strip() for key in ("caller_name", "phone"))
        return next((text for text in told if text), self._words.say("window.capture.nobody"))


def _record_of(values: Mapping[str, Value]) -> dict[str, Value]:
    """Return what a record is made of: a category chosen before the kind was switched is no longer meant."""
    ours = values.get("kind") == Kind.ENQUIRY.value
    return {key: value for key, value in values.items() if ours or key != "category"}
