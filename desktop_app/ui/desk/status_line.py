"""The line at the bottom: first of all, what is saved (DESK §5)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from desktop_app.domain.skew import WARN_FROM
from desktop_app.domain.times import zone_of
from desktop_app.services.steady_time import set_by
from desktop_app.services.watching import Standing, standing, standing_if_changed
from desktop_app.ui.capture.drafting import DraftKeeper
from desktop_app.ui.delivery.delivery_pill import DeliveryPill
from desktop_app.ui.session import Session
from desktop_app.ui.theme.style import scaled
from desktop_app.ui.typing.keys import first_key
from desktop_app.ui.widgets.labels import ElidedLabel, PlainLabel, as_plain
from desktop_app.ui.widgets.pill import Pill

HEIGHT = 30
LOOK_MILLISECONDS = 2_000
"""How often others' writing is looked for: one small question on a reading thread."""


class StatusLine(QFrame):
    """Says how many records are saved here, how many drafts are open, and what the store has refused.

    ``store_changed`` is emitted when records were written, by this window or by a command beside it;
    ``delivery_changed`` when something was handed in or a receipt came.
    """

    store_changed = Signal()
    delivery_changed = Signal()

    def __init__(self, session: Session, keeper: DraftKeeper, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._keeper = session, keeper
        self._zone = zone_of(session.store.settings.zone)
        self._standing: Standing | None = None
        self._failing = False
        say = session.words.say
        self.setProperty("role", "status")
        self.setObjectName("status_line")
        self.setFixedHeight(scaled(HEIGHT))
        self.saved = Pill("ok", "shield", "", may_shrink=True)
        self.saved.hide()
        self.drafts, self.to_complete = ElidedLabel(role="secondary"), ElidedLabel(role="secondary")
        self.keys = ElidedLabel(say("window.desk.keys_hint", keys=first_key("help")), role="secondary")
        self.time = PlainLabel(role="secondary")
        self.time.setAccessibleName(say("window.desk.clock"))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(*map(scaled, (10, 0, 12, 0)))
        layout.setSpacing(scaled(16))
        delivery = [DeliveryPill(session, session.courier)] if session.courier is not None else []
        for part in (self.saved, *delivery, self.drafts, self.to_complete):
            layout.addWidget(part)
        layout.addStretch(1)
        for part in (self.keys, self.time):
            layout.addWidget(part)
        self._minute = self._timer(self._show_time)
        self._look = self._timer(self._ask_if_changed)
        keeper.unsaved_changed.connect(self._show)
        keeper.drafts_changed.connect(self.refresh)
        keeper.saved.connect(self.refresh)
        self._show_time()
        self.refresh()

    def refresh(self) -> None:
        """Read what stands in the store now."""
        self._ask(lambda: standing(self._session.store, now=self._session.clock()))

    def _ask_if_changed(self) -> None:
        self._ask(lambda: standing_if_changed(self._session.store, now=self._session.clock()))

    def _ask(self, work: Callable[[], Standing | None]) -> None:
        """Ask on a reading thread; the next look comes a while after the answer, however slow that is."""
        self._look.stop()
        self._session.background.query(work, self._answered, self._not_answered, owner=self)

    def _answered(self, found: Standing | None) -> None:
        self._look.start(LOOK_MILLISECONDS)
        self._failing = False
        if found is None:
            return
        before, self._standing = self._standing, found
        self._show()
        if before is not None and before.heads != found.heads:
            self.store_changed.emit()
        if before is not None and before.delivery != found.delivery:
            self.delivery_changed.emit()

    def _not_answered(self, error: Exception) -> None:
        self._look.start(LOOK_MILLISECONDS)
        if not self._failing:
            self._failing = True
            self._session.messages.tell(error)

    def _show(self, *_: object) -> None:
        say, unsaved = self._session.words.say, self._keeper.unsaved
        found = self._standing
        if unsaved:
            self.saved.show_state("warn", "warning", say("window.desk.not_saved", count=unsaved))
        elif found is not None:
            code = "window.desk.saved" if found.saved else "window.desk.none_saved"
            self.saved.show_state("ok", "shield", say(code, count=found.saved))
        self.saved.setVisible(bool(unsaved) or found is not None)
        aside = len(found.drafts - {self._keeper.in_hand}) if found else 0
        incomplete = found.to_complete if found else 0
        self.drafts.setText(say("window.desk.drafts", count=aside) if aside else "")
        self.to_complete.setText(say("window.desk.to_complete", count=incomplete) if incomplete else "")
        for one in (self.drafts, self.to_complete):
            one.setVisible(bool(one.text()))

    def _show_time(self) -> None:
        now, wall_set = self._session.clock().astimezone(self._zone), set_by(self._session.clock)
        told, tip = now.strftime("%Y-%m-%d %H:%M"), ""
        if abs(wall_set) >= WARN_FROM:
            # The time beside the one of the desktop: a person has to know which one counts.
            code = "clock_ahead" if wall_set > timedelta() else "clock_back"
            told = self._session.words.say("window.desk.clock_set", time=told)
            tip = self._session.words.say(f"window.desk.{code}", minutes=round(abs(wall_set) / WARN_FROM))
        self.time.setText(told)
        self.time.setToolTip(as_plain(tip))
        self.time.setAccessibleDescription(tip)
        self.time.set_tone("warn" if tip else "")
        self._minute.start(60_000 - now.second * 1000 - now.microsecond // 1000 + 20)

    def _timer(self, act: Callable[[], None]) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.timeout.connect(act)
        self._session.background.closing.connect(timer.stop)
        return timer
