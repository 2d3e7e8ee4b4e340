"""A record's fields as inputs, with a reason: only what was touched is written."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QHBoxLayout,
    QPlainTextEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from desktop_app.domain.errors import KnownError
from desktop_app.domain.texts import Cleaned
from desktop_app.domain.times import zone_of
from desktop_app.services.record_changes import Changed, correct
from desktop_app.services.record_view import RecordDetails
from desktop_app.services.unfinished import UnfinishedCorrection, forget_correction, keep_correction
from desktop_app.ui.capture import rescue
from desktop_app.ui.capture.editors import Editing, Editor, make_editor
from desktop_app.ui.capture.time_edit import TimeEdit
from desktop_app.ui.capture.unread import id_number_told
from desktop_app.ui.records.record_words import groups, typed_keys
from desktop_app.ui.sentences import sentence_in_window
from desktop_app.ui.session import Session
from desktop_app.ui.theme.style import scaled
from desktop_app.ui.typing.keys import KEYS
from desktop_app.ui.typing.line_edit import LineEdit
from desktop_app.ui.widgets.buttons import PrimaryButton, QuietButton, SecondaryButton
from desktop_app.ui.widgets.form_row import FormGrid
from desktop_app.ui.widgets.labels import Heading, restyle
from desktop_app.ui.widgets.notice import Notice

_LONG, _LABEL = 84, 128
_KEEP_MS = 800
"""A crash loses at most the last second of typing."""
_AGAIN_MS = 3_000
"""A store that refused is asked again after this long."""


class RecordEdit(QWidget):
    """Emits ``saved`` with the ``Changed`` once it is in the store, ``cancelled`` when nothing is to be kept.

    Filled and missing fields are shown at once, the rest of the form under "more".
    """

    saved = Signal(object)
    cancelled = Signal()

    def __init__(self, session: Session, details: RecordDetails, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._details = details
        self._touched: dict[str, None] = {}
        self._editors: dict[str, Editor] = {}
        self._loading = True
        self._seen = details.seen
        self.unkept = False
        """Whether there is text that the store has not and that is in no keep under way."""
        self._refused = False
        self._keeping = QTimer(self, singleShot=True, interval=_KEEP_MS)
        self._keeping.timeout.connect(self.keep)
        session.background.closing.connect(self._keeping.stop)
        say = session.words.say
        self._editing = Editing(
            words=session.words,
            label_of=lambda key: say(f"field.{key}"),
            zone=zone_of(session.store.settings.zone),
            clock=session.clock,
            edited=self._edited,
            cleaned=self._cleaned,
            unread=lambda _key, sentence: self.notice.tell(sentence, "warn"),
            warned=partial(id_number_told, session),
        )
        self.notice = Notice(session.words)
        self.reason = LineEdit()
        self.reason.setObjectName("reason")
        self.reason.setPlaceholderText(say("window.records.reason_hint"))
        self.reason.edited.connect(self._keep_soon)
        self.save = PrimaryButton(say("window.records.save_correction"), "Ctrl+Enter")
        self.save.clicked.connect(self.commit)
        self.cancel = SecondaryButton(say("window.widgets.cancel"), "Esc")
        self.cancel.clicked.connect(self.ask_to_leave)
        self.more = QuietButton(say("window.records.more"), icon_name="down")
        self.more.clicked.connect(self._show_rest)
        self._lay_out()
        self._loading = False
        for code, action in (("save_next", self.commit), ("save", self.commit), ("stamp", self._stamp)):
            session.shortcuts.add(code, KEYS[code], action, when=self._has_focus, owner=self)

    def restore(self, unfinished: UnfinishedCorrection) -> None:
        """Show what was typed before a lock or a crash; ``seen`` then counts as it was then."""
        self._loading = True
        hidden = [key for key in unfinished.texts if key in self._every and key not in self._editors]
        if hidden:
            self._add(hidden)
        for key, text in unfinished.texts.items():
            if key in self._editors:
                self._editors[key].show(text)
                self._touched[key] = None
        self._seen = {**self._details.seen, **unfinished.seen}
        self.reason.setText(unfinished.reason)
        self._loading = False
        self.notice.tell(self._session.words.say("window.records.restored"), "info")

    @property
    def in_store(self) -> bool:
        """Whether the store has everything typed, as far as it has answered.

        What it refused once it has not, even while it is being asked again.
        """
        return not (self.unkept or self._refused)

    def keep_rest(self) -> None:
        """Keep what no keep under way contains."""
        if self.unkept:
            self.keep()

    def keep(self) -> None:
        """Keep what was typed so far, on the way out of here or a moment after the last key."""
        self._keeping.stop()
        self.unkept = False
        session, subject_id, seen = self._session, self._details.subject_id, self._seen
        texts, reason = self.changes(), self.reason.full_text().strip()
        session.background.change(
            lambda: keep_correction(session.store, subject_id, texts, seen, reason, now=session.clock()),
            self._kept,
            self._not_kept,
            owner=self,
        )

    def begin(self, focus: str = "") -> None:
        """Put the caret into a field, the first one where it is not here."""
        keys = list(self._editors)
        target = self._editors[focus if focus in self._editors else keys[0]].widget
        target.setFocus(Qt.FocusReason.OtherFocusReason)
        self._scroll.ensureWidgetVisible(target)

    def changes(self) -> dict[str, str]:
        """Return the texts of the fields that were touched and say something else now."""
        texts = self._details.texts
        told = {key: self._editors[key].read().strip() for key in self._touched}
        return {key: text for key, text in told.items() if text != texts.get(key, "")}

    def commit(self) -> None:
        """Write the correction; without a reason the caret goes where it is missing."""
        changes, reason = self.changes(), self.reason.full_text().strip()
        words, session = self._session.words, self._session
        if not changes and not self._details.conflicts.keys() & self._touched.keys():
            self.notice.tell(sentence_in_window(words, KnownError("log.nothing_changed")), "warn")
            return
        if not reason:
            self.notice.tell(sentence_in_window(words, KnownError("log.change_reason_needed")), "warn")
            self.reason.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        decided = {
            key: self._editors[key].read().strip() for key in self._touched if key in self._details.conflicts
        }
        self._forget_rest()
        self.setEnabled(False)
        details, seen = self._details, self._seen
        session.background.change(
            lambda: correct(
                session.store,
                details.subject_id,
                {**changes, **decided},
                reason=reason,
                now=session.clock(),
                seen=seen,
            ),
            self._saved,
            self._not_saved,
            owner=self,
        )

    def ask_to_leave(self) -> None:
        """Leave where nothing was typed; else ask inside the page."""
        say = self._session.words.say
        if not self.changes():
            self.cancelled.emit()
            return
        discard = (say("window.records.discard"), self._discard)
        self.notice.tell(say("window.records.unsaved"), "warn", [discard])

    def _discard(self) -> None:
        self._forget_rest()
        session, subject_id = self._session, self._details.subject_id
        session.background.change(
            lambda: forget_correction(session.store, subject_id), failed=self._failed, owner=self
        )
        self.cancelled.emit()

    def _lay_out(self) -> None:
        page = QWidget()
        page.setProperty("role", "page")
        rows = QVBoxLayout(page)
        rows.setContentsMargins(0, 0, scaled(8), 0)
        rows.setSpacing(scaled(8))
        self._groups = QVBoxLayout()
        self._groups.setSpacing(scaled(8))
        rows.addLayout(self._groups)
        self._every = typed_keys(self._details)
        first = [key for key in self._every if key in self._details.texts or key in self._details.missing]
        self._add(first)
        rows.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeft)
        rows.addStretch(1)
        self.more.setVisible(len(first) < len(self._every))
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setWidget(page)
        why = QWidget()
        FormGrid(why).row(self._session.words.say("window.records.reason"), self.reason)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self.cancel)
        buttons.addWidget(self.save)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(scaled(7))
        layout.addWidget(self.notice)
        layout.addWidget(self._scroll, 1)
        layout.addWidget(why)
        layout.addLayout(buttons)

    def _add(self, keys: list[str]) -> None:
        say = self._session.words.say
        for group in groups(self._session.words, self._details, keys):
            part = QWidget()
            grid = FormGrid(part)
            for key in group.keys:
                editor = self._editors[key] = make_editor(key, self._editing)
                editor.show(self._details.texts.get(key, ""))
                if isinstance(editor.widget, QPlainTextEdit):
                    editor.widget.setFixedHeight(scaled(_LONG))
                if key in self._details.missing:
                    self._mark(key)
                if isinstance(editor.widget, QCheckBox):
                    grid.under(editor.widget)  # it says itself what it ticks
                else:
                    label = grid.row(say(f"field.{key}"), editor.widget)
                    label.setWordWrap(True)
                    label.setFixedWidth(scaled(_LABEL))
            self._groups.addWidget(Heading(group.heading))
            self._groups.addWidget(part)

    def _show_rest(self) -> None:
        self._loading = True
        rest = [key for key in self._every if key not in self._editors]
        self._add(rest)
        self._loading = False
        self.more.hide()
        if rest:
            self._editors[rest[0]].widget.setFocus(Qt.FocusReason.OtherFocusReason)

    def _has_focus(self) -> bool:
        focus = QApplication.focusWidget()
        return focus is not None and self.isAncestorOf(focus)

    def _stamp(self) -> None:
        focus = QApplication.focusWidget()
        if isinstance(focus, TimeEdit):
            focus.stamp()

    def _mark(self, key: str) -> None:
        """Frame a field that is missing as long as nothing is in it."""
        editor = self._editors[key]
        editor.widget.setProperty("missing", key in self._details.missing and not editor.read().strip())
        restyle(editor.widget)

    def _edited(self, key: str) -> None:
        if key in self._details.missing and key in self._editors:
            self._mark(key)
        if not self._loading:
            self._touched[key] = None
            self._keep_soon()

    def _keep_soon(self) -> None:
        if self._loading:
            return
        self.unkept = True
        if not self._keeping.isActive():
            self._keeping.start(_AGAIN_MS if self._refused else _KEEP_MS)

    def _forget_rest(self) -> None:
        self._keeping.stop()
        self.unkept = False

    def _kept(self, _none: None) -> None:
        if self._refused:
            self._refused = False
            self.notice.dismiss()

    def _not_kept(self, problem: Exception) -> None:
        """Say so once, and try until the store takes it: the text is here alone."""
        told, self._refused = self._refused, True
        self._keep_soon()
        if not told:
            self._failed(problem)

    def _not_saved(self, problem: Exception) -> None:
        self._keep_soon()
        self._failed(problem)

    def _cleaned(self, key: str, cleaned: Cleaned) -> None:
        words = self._session.words
        told = words.say("window.records.cleaned", field=words.say(f"field.{key}"))
        self.notice.tell(told, "warn")

    def _saved(self, changed: Changed) -> None:
        self.saved.emit(changed)

    def _failed(self, problem: Exception) -> None:
        self.setEnabled(True)
        words = self._session.words
        if isinstance(problem, KnownError):
            actions = [
                (words.say("window.capture.copy"), lambda: rescue.copy(self._as_text())),
                (words.say("window.capture.print"), lambda: rescue.print_out(self._as_text(), self)),
            ]
            self.notice.tell(sentence_in_window(words, problem), "warn", actions)
        else:
            self._session.messages.tell(problem)

    def _as_text(self) -> str:
        return rescue.as_text(self._session.words, self._details.number, self.changes())
