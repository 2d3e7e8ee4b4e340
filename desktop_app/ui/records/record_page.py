"""One record in full: read, corrected in place with a reason, made void, its history shown."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from desktop_app.domain.errors import KnownError
from desktop_app.domain.times import zone_of
from desktop_app.services.record_changes import Changed, undo_change, void
from desktop_app.services.record_delivery import Delivered, delivered
from desktop_app.services.record_history import HistoryEntry, record_history
from desktop_app.services.record_view import RecordDetails, view_record
from desktop_app.ui.act_dialog import ActDialog
from desktop_app.ui.records.history_dialog import HistoryDialog
from desktop_app.ui.records.record_edit import RecordEdit
from desktop_app.ui.records.record_read import RecordRead
from desktop_app.ui.records.record_words import KIND_TONES, STATE_LOOKS, kind_of, moment, stages_line
from desktop_app.ui.records.report_dialog import ReportDialog
from desktop_app.ui.records.row_words import DELIVERY_LOOKS
from desktop_app.ui.sentences import sentence_in_window
from desktop_app.ui.session import Session
from desktop_app.ui.theme.style import scaled
from desktop_app.ui.typing.keys import KEYS, first_key
from desktop_app.ui.widgets.buttons import IconButton, PrimaryButton, QuietButton, SecondaryButton
from desktop_app.ui.widgets.dialog import Dialog
from desktop_app.ui.widgets.labels import PlainLabel
from desktop_app.ui.widgets.notice import Notice
from desktop_app.ui.widgets.pill import Pill, Tone

_UNDO_SECONDS = 20


class RecordPage(QWidget):
    """Shows the record asked for last. ``closed`` goes back to the list; ``changed`` after every change."""

    closed = Signal()
    changed = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._zone = zone_of(session.store.settings.zone)
        self.subject_id = ""
        self._details: RecordDetails | None = None
        self.edit: RecordEdit | None = None
        self._dialog: Dialog | None = None
        say = session.words.say
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.back = IconButton("back", say("window.records.back"), keys="Esc")
        self.back.clicked.connect(self._leave)
        self.number = PlainLabel(role="title", selectable=True)
        self.number.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.copy = IconButton("copy", say("window.records.copy_number"))
        self.copy.clicked.connect(self._copy)
        self._kind = Pill("quiet", "info", "")
        self._state = Pill("quiet", "info", "")
        self._delivery = Pill("quiet", "info", "")
        self._delivery.hide()
        self._same = Pill("info", "copy", "")
        self._same.setObjectName("same_matter")
        self._important = Pill("warn", "warning", "")
        self._important.setObjectName("important")
        self._important.hide()
        self._stages = PlainLabel(role="secondary", wrap=True)
        self._stages.setObjectName("stages")
        self._receipt = PlainLabel(role="secondary", wrap=True)
        self._receipt.hide()
        self._written = PlainLabel(role="secondary", wrap=True)
        self.notice = Notice(session.words)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.correct = PrimaryButton(say("window.records.correct"), icon_name="edit")
        self.correct.clicked.connect(lambda: self.begin_edit())
        self.report = SecondaryButton(say("window.records.report.button"), first_key("stamp"))
        self.report.setObjectName("report")
        self.report.clicked.connect(self._report)
        self.report.hide()
        session.shortcuts.add("stamp", KEYS["stamp"], self._report, when=self._may_report, owner=self)
        self.void = SecondaryButton(say("window.records.make_void"), icon_name="void")
        self.void.clicked.connect(self._void)
        self.history = QuietButton(say("window.records.history"), icon_name="history")
        self.history.clicked.connect(self._history)
        self._lay_out()

    def show_record(self, subject_id: str, *, correcting: bool = False) -> None:
        """Read a record and show it; ``correcting`` with the caret in its first missing field.

        A correction of it that was not saved is gone on with, wherever the focus is.
        """
        if subject_id != self.subject_id:
            self.notice.dismiss()
        self.subject_id = subject_id
        self._close_edit()
        store = self._session.store

        def shown(details: RecordDetails) -> None:
            if details.subject_id == self.subject_id:
                self._show(details)
                if details.unfinished is not None and details.changeable:
                    self._edit(details).restore(details.unfinished)
                elif correcting and details.changeable:
                    self.begin_edit(details.missing[0] if details.missing else "")

        self._query(lambda: view_record(store, subject_id), shown)

    def begin_edit(self, focus: str = "") -> None:
        """Turn the fields into inputs, the caret in ``focus`` or the first one."""
        details = self._details
        if details is None or not details.changeable or self.edit is not None:
            return
        self._edit(details).begin(focus)

    def refresh_delivery(self) -> None:
        """Read anew how far the record has come to the lead."""
        store, subject_id = self._session.store, self.subject_id
        if not subject_id:
            return

        def told(found: Delivered | None) -> None:
            if subject_id == self.subject_id:
                self._show_delivery(found)

        self._query(lambda: delivered(store, subject_id), told)

    def unsaved(self) -> bool:
        """Whether a correction is being typed."""
        return self.edit is not None and bool(self.edit.changes())

    def flush(self, done: Callable[[bool], None]) -> None:
        """Keep a correction that is being typed; ``done`` hears whether the store has all of it."""
        if self.edit is not None:
            self.edit.keep_rest()
        # Saved meanwhile, it is gone with its editor: this page answers.
        self._session.background.change(
            lambda: None, lambda _none: done(self.edit is None or self.edit.in_store), owner=self
        )

    def _edit(self, details: RecordDetails) -> RecordEdit:
        self.notice.dismiss()
        self.edit = edit = RecordEdit(self._session, details)
        edit.saved.connect(self._corrected)
        edit.cancelled.connect(self._cancel_edit)
        self._scroll.hide()
        self._buttons.hide()
        self._whole.insertWidget(self._whole.indexOf(self._scroll), edit, 1)
        return edit

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back one step; what was typed is never thrown away by it."""
        if event.key() == Qt.Key.Key_Escape:
            self._leave()
        else:
            super().keyPressEvent(event)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(scaled(6))
        for part in (self.back, self.number, self.copy):
            head.addWidget(part)
        head.addStretch(1)
        about = QHBoxLayout()
        about.setSpacing(scaled(6))
        about.addWidget(self._kind)
        about.addWidget(self._state)
        about.addWidget(self._important)
        about.addWidget(self._same)
        about.addWidget(self._delivery)
        about.addStretch(1)
        self._buttons = QWidget()
        foot = QHBoxLayout(self._buttons)
        foot.setContentsMargins(0, 0, 0, 0)
        foot.addWidget(self.history)
        foot.addStretch(1)
        foot.addWidget(self.report)
        foot.addWidget(self.void)
        foot.addWidget(self.correct)
        self._whole = QVBoxLayout(self)
        self._whole.setContentsMargins(0, 0, 0, 0)
        self._whole.setSpacing(scaled(7))
        self._whole.addLayout(head)
        self._whole.addLayout(about)
        self._whole.addWidget(self._written)
        self._whole.addWidget(self._stages)
        self._whole.addWidget(self._receipt)
        self._whole.addWidget(self.notice)
        self._whole.addWidget(self._scroll, 1)
        self._whole.addWidget(self._buttons)

    def _show(self, details: RecordDetails) -> None:
        say = self._session.words.say
        self._details = details
        self.number.setText(details.number)
        kind = kind_of(details.kind)
        word = say(f"window.records.kind.{kind.value if kind else 'none'}")
        self._kind.show_state(KIND_TONES.get(details.kind, "info"), kind.value if kind else "help", word)
        tone, icon = STATE_LOOKS.get(details.state, ("ok", "check"))
        self._state.show_state(tone, icon, say(f"window.records.state.{details.state}"))
        reported = bool(details.texts.get("reported_at"))
        self._important.setVisible(details.texts.get("important") == "yes")
        look: tuple[Tone, str] = ("info", "check") if reported else ("warn", "warning")
        self._important.show_state(*look, say(f"window.records.important_{'told' if reported else 'open'}"))
        self._stages.setText(stages_line(self._session.words, details.stages))
        self._same.setVisible(len(details.same_matter) > 1)
        one_matter = say("window.conflicts.same_matter", count=len(details.same_matter))
        self._same.show_state("info", "copy", one_matter)
        self._same.setToolTip("\n".join(details.same_matter))
        told = {
            "name": details.writer_name or say("window.records.unknown_person"),
            "station": details.station,
            "time": moment(details.recorded_at, self._zone),
        }
        self._written.setText(say("window.records.written", **told))
        read = RecordRead(self._session.words, details, self._zone, self.begin_edit)
        self._scroll.setWidget(read)
        self._scroll.show()
        self._buttons.show()
        self.refresh_delivery()
        self.correct.setVisible(details.changeable)
        self.void.setVisible(details.voidable)
        important = details.texts.get("important") == "yes"
        self.report.setVisible(important and not reported and details.changeable)

    def _show_delivery(self, found: Delivered | None) -> None:
        self._delivery.setVisible(found is not None)
        self._receipt.setVisible(found is not None and bool(found.lead))
        if found is None:
            return
        say = self._session.words.say
        icon, tone = DELIVERY_LOOKS[found.state]
        self._delivery.show_state(tone, icon, say(f"window.records.delivery.{found.state.value}"))
        receipt = {"name": found.lead, "time": moment(found.at, self._zone)}
        self._receipt.setText(say("window.records.delivery.receipt", **receipt))

    def _leave(self) -> None:
        if self.edit is None:
            self.closed.emit()
        else:
            self.edit.ask_to_leave()

    def _cancel_edit(self) -> None:
        self._close_edit()
        self._scroll.show()
        self._buttons.show()
        self.correct.setFocus(Qt.FocusReason.OtherFocusReason)

    def _close_edit(self) -> None:
        if self.edit is not None:
            self.edit.keep_rest()
            self._whole.removeWidget(self.edit)
            self.edit.hide()
            self.edit.deleteLater()
            self.edit = None

    def _corrected(self, changed: Changed) -> None:
        focus = QApplication.focusWidget()
        # The answer may be late: a caret that has gone to the next call stays there.
        left_here = focus is None or focus is self or self.isAncestorOf(focus)
        self._close_edit()
        self._changed(changed, "window.records.corrected")
        if left_here:
            self.correct.setFocus(Qt.FocusReason.OtherFocusReason)

    def _changed(self, changed: Changed, code: str) -> None:
        say = self._session.words.say
        self.show_record(changed.subject_id)
        undo = (say("window.records.undo"), lambda: self._undo(changed))
        self.notice.tell(say(code, number=changed.number), "ok", [undo], seconds=_UNDO_SECONDS)
        self.changed.emit()

    def _undo(self, changed: Changed) -> None:
        session = self._session
        # Now, not with the answer: by then the caret may be in the next call.
        self.setFocus(Qt.FocusReason.OtherFocusReason)

        def undone(_none: None) -> None:
            self.show_record(changed.subject_id)
            self.notice.tell(
                session.words.say("window.records.undone", number=changed.number), "info", seconds=6
            )
            self.changed.emit()

        session.background.change(
            lambda: undo_change(session.store, changed, now=session.clock()), undone, self._failed, owner=self
        )

    def _void(self) -> None:
        details = self._details
        if details is None:
            return
        session, say = self._session, self._session.words.say
        dialog = ActDialog(
            session,
            say("window.records.void_title", number=details.number),
            say("window.records.make_void"),
            say("window.records.void_means"),
            lambda reason: void(session.store, details.subject_id, reason=reason, now=session.clock()),
            label=say("window.records.reason"),
            needed="log.change_reason_needed",
            parent=self,
        )
        dialog.reason.setPlaceholderText(say("window.records.void_hint"))
        dialog.done_it.connect(lambda changed: self._changed(changed, "window.records.voided"))
        self._open(dialog)

    def _may_report(self) -> bool:
        """Whether the key means this record: the caret is here, not in the call beside it."""
        focus = QApplication.focusWidget()
        here = focus is not None and (focus is self or self.isAncestorOf(focus))
        return here and self.edit is None and self.report.isVisible()

    def _report(self) -> None:
        if self._details is None:
            return
        dialog = ReportDialog(self._session, self._details, self)
        dialog.reason.setPlaceholderText(self._session.words.say("window.records.report.to_hint"))
        dialog.done_it.connect(lambda changed: self._changed(changed, "window.records.report.done"))
        self._open(dialog)

    def _history(self) -> None:
        store, subject_id = self._session.store, self.subject_id

        def told(entries: tuple[HistoryEntry, ...]) -> None:
            self._open(HistoryDialog(self._session, self.number.text(), entries, self))

        self._query(lambda: record_history(store, subject_id), told)

    def _open(self, dialog: Dialog) -> None:
        # Its parent does not keep it: Python's collector destroyed an open dialog that nobody else held.
        self._dialog = dialog
        dialog.finished.connect(self._let_dialog_go)
        dialog.open()

    def _let_dialog_go(self) -> None:
        self._dialog = None

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.number.text())
        told = self._session.words.say("window.records.copied", number=self.number.text())
        self.notice.tell(told, "info", seconds=4)

    def _query(self, work: Callable[[], object], done: Callable[..., None]) -> None:
        self._session.background.query(work, done, self._failed, owner=self)

    def _failed(self, problem: Exception) -> None:
        if isinstance(problem, KnownError):
            self.notice.tell(sentence_in_window(self._session.words, problem), "warn")
        else:
            self._session.messages.tell(problem)
