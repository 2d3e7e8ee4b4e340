"""Records that are not begun from nothing: quick records of the site pack, and the caller's last record."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from desktop_app.domain.entries import Value
from desktop_app.domain.quick_records import due, values_of
from desktop_app.domain.site_pack import QuickRecord
from desktop_app.domain.times import zone_of
from desktop_app.domain.typed import moment_shown
from desktop_app.services.repeat_last import last_of_number
from desktop_app.ui.capture.form import CaptureForm
from desktop_app.ui.capture.quick_menu import QuickMenu
from desktop_app.ui.session import Session
from desktop_app.ui.typing.keys import KEYS
from desktop_app.ui.widgets.announce import announce
from desktop_app.ui.widgets.notice import Notice

_SECONDS = 6


class QuickStart(QObject):
    """Ctrl+Q and Alt+Up. ``make_room`` puts aside the call that is being typed: nothing is typed over."""

    def __init__(
        self, session: Session, form: CaptureForm, make_room: Callable[[], None], notice: Notice
    ) -> None:
        super().__init__(form)
        self._session, self._form, self._make_room, self._notice = session, form, make_room, notice
        self._words = session.words
        self.menu = QuickMenu(self._words.say("window.keys.quick"), form)
        self.menu.begun.connect(self._begin)
        for code, action in (("quick", self._open), ("repeat_last", self._repeat)):
            session.shortcuts.add(code, KEYS[code], action, when=form.isVisible, owner=form)

    def _open(self) -> None:
        records = self._session.shelf.pack.quick_records
        if records:
            self.menu.open(records, self._words.language, QApplication.focusWidget())
        else:
            self._tell("no_quick")

    def _begin(self, quick: QuickRecord) -> None:
        """Begin the record of the pack."""
        zone = zone_of(self._session.store.settings.zone)
        values: dict[str, Value] = values_of(quick, self._words.language)
        moment = due(quick, self._session.clock(), zone)
        if moment is not None:
            values.update(callback_needed=True, callback_due=moment_shown(moment, zone))
        self.begin(values)
        announce(self._form, quick.title.told(self._words.language))

    def begin(self, values: Mapping[str, Value]) -> None:
        """Begin a record with what is known of it already.

        It is a draft at once: whatever comes next puts it aside with all it holds.
        """
        self._make_room()
        self._form.load(values)
        self._form.begin_call()
        self._form.edited.emit()
        self._form.focus_start()

    def _repeat(self) -> None:
        """Ask the store for the last record of the number in the form."""
        phone, store = self._form.text("phone"), self._session.store
        if not phone.strip():
            self._tell("repeat_needs_phone")
            return
        self._session.background.query(
            lambda: last_of_number(store, phone),
            lambda texts: self._take(phone, texts),
            self._session.messages.tell,
            owner=self,
        )

    def _take(self, phone: str, texts: dict[str, str]) -> None:
        """Fill what is still empty, as long as the number is the one that was asked for."""
        if self._form.text("phone") != phone:
            return
        empty = {key: text for key, text in texts.items() if not self._form.text(key).strip()}
        for key, text in empty.items():
            self._form.enter(key, text)
        if not empty:
            self._tell("nothing_to_repeat")

    def _tell(self, code: str) -> None:
        self._notice.tell(self._words.say(f"window.capture.{code}"), "info", seconds=_SECONDS)
