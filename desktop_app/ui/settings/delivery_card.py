"""Hand-in in the settings: the shared folder of this PC, whether it goes by itself, a stick by hand."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QCheckBox, QFileDialog, QHBoxLayout, QWidget

from desktop_app.domain.delivery import Delivery
from desktop_app.domain.errors import KnownError
from desktop_app.domain.times import zone_of
from desktop_app.exchange.shared_folder import SharedFolder
from desktop_app.ui.delivery.courier import Courier
from desktop_app.ui.delivery.stick import OnStick, Stick
from desktop_app.ui.delivery.telling import sentences, short
from desktop_app.ui.sentences import sentence_in_window
from desktop_app.ui.session import Session
from desktop_app.ui.settings.card import Card
from desktop_app.ui.widgets.buttons import SecondaryButton
from desktop_app.ui.widgets.labels import PlainLabel
from desktop_app.ui.widgets.notice import Notice
from desktop_app.ui.widgets.pill import Pill


class DeliveryCard(Card):
    """What is chosen holds at once; how it stands follows the courier."""

    def __init__(self, session: Session, courier: Courier, parent: QWidget | None = None) -> None:
        super().__init__(session.words.say("window.delivery.title"), parent)
        self._session, self._courier = session, courier
        self._zone = zone_of(session.store.settings.zone)
        self._stick = Stick(courier.means, self)
        self._stick.done.connect(self._stick_done)
        self._stick.failed.connect(self._failed)
        self.body.addWidget(PlainLabel(self._say("intro"), role="secondary", wrap=True))
        self._place = PlainLabel("", wrap=True, selectable=True)
        self._place.setObjectName("handin_folder")
        self.body.addWidget(self._place)
        self._choose_button = self._button("choose", "folder", self._ask_folder)
        self._test_button = self._button("test", "check", self.test)
        self._clear_button = self._button("clear", "close", self.clear)
        self._line(self._choose_button, self._test_button, self._clear_button)
        self._automatic = QCheckBox(self._say("automatic"))
        self._automatic.setObjectName("handin_automatic")
        self._automatic.setAccessibleName(self._say("automatic"))
        self._automatic.setChecked(session.preferences.handin_automatic)
        self._automatic.toggled.connect(self._choose_automatic)
        self.body.addWidget(self._automatic)
        self.body.addWidget(PlainLabel(self._say("automatic_means"), role="secondary", wrap=True))
        self._pill = Pill("quiet", "clock", "")
        self.body.addWidget(self._pill)
        self._lines = PlainLabel("", role="secondary", wrap=True, selectable=True)
        self._lines.setObjectName("handin_lines")
        self.body.addWidget(self._lines)
        self._now_button = self._button("exchange_now", "reconcile", courier.exchange_now)
        self._stick_button = self._button("to_stick", "save", self._ask_stick)
        self._line(self._now_button, self._stick_button)
        self._notice = Notice(session.words)
        self.body.addWidget(self._notice)
        courier.changed.connect(self._show)
        self._show(courier.delivery)

    def told(self) -> str:
        """Return what the card says happened."""
        return self._notice.text()

    def use(self, folder: Path) -> None:
        """Exchange through this folder from now on, and try it out."""
        self._session.preferences.handin_folder = folder
        self._courier.use(folder, automatic=self._automatic.isChecked())
        self.test()

    def clear(self) -> None:
        """Exchange through no folder any more; what lies in it stays there."""
        self._session.preferences.handin_folder = None
        self._courier.use(None, automatic=self._automatic.isChecked())
        self._notice.dismiss()
        self._choose_button.setFocus()

    def test(self) -> None:
        """Try whether the folder can be written to and read."""
        folder = self._courier.folder
        if folder is None:
            return
        self._test_button.setEnabled(False)
        self._notice.tell(self._say("testing"), "info")
        work = partial(_try_out, folder)
        if not self._courier.means.errands.run(work, self._tested, self._failed, self):
            self._failed(KnownError("delivery.too_many_stuck"))

    def hand_in_to(self, folder: Path) -> None:
        """Put everything that no lead has confirmed onto a stick, and take what is for us off it."""
        self._stick_button.setEnabled(False)
        self._notice.tell(self._say("to_stick_under_way"), "info")
        self._stick.start(folder)

    def _ask_folder(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, self._say("choose_title"))
        if chosen:
            self.use(Path(chosen))

    def _ask_stick(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, self._say("to_stick_title"))
        if chosen:
            self.hand_in_to(Path(chosen))

    def _choose_automatic(self, automatic: bool) -> None:
        self._session.preferences.handin_automatic = automatic
        courier = self._courier
        courier.use(courier.folder, automatic=automatic, fixed=courier.fixed)

    def _tested(self, files: int) -> None:
        self._test_button.setEnabled(True)
        self._notice.tell(self._say("tested", count=files), "ok")

    def _stick_done(self, told: OnStick) -> None:
        self._stick_button.setEnabled(True)
        if told.problems:
            self._notice.tell(sentence_in_window(self._session.words, told.problems[0]), "warn")
            return
        code = "stick_done" if told.put or told.taken else "stick_nothing"
        self._notice.tell(self._say(code, put=told.put, taken=told.taken, folder=told.folder), "ok")

    def _failed(self, problem: Exception) -> None:
        self._test_button.setEnabled(True)
        self._stick_button.setEnabled(True)
        if isinstance(problem, KnownError):
            self._notice.tell(sentence_in_window(self._session.words, problem), "warn")
        else:
            self._notice.dismiss()
            self._session.messages.tell(problem)

    def _show(self, told: Delivery) -> None:
        courier, words = self._courier, self._session.words
        folder = courier.folder
        code = "place_none" if folder is None else "place_fixed" if courier.fixed else "place"
        self._place.setText(self._say(code, folder=folder))
        self._choose_button.setVisible(not courier.fixed)
        self._clear_button.setVisible(not courier.fixed and folder is not None)
        self._test_button.setVisible(folder is not None)
        self._now_button.setEnabled(folder is not None)
        self._automatic.setEnabled(folder is not None)
        self._pill.show_state(*short(words, told, self._session.clock(), self._zone))
        self._lines.setText("\n".join(sentences(words, told, self._zone)))

    def _button(self, code: str, icon: str, act: object) -> SecondaryButton:
        button = SecondaryButton(self._say(code), icon_name=icon)
        button.setObjectName(f"handin_{code}")
        button.clicked.connect(act)
        return button

    def _line(self, *buttons: SecondaryButton) -> None:
        line = QHBoxLayout()
        for button in buttons:
            line.addWidget(button)
        line.addStretch(1)
        self.body.addLayout(line)

    def _say(self, code: str, **details: object) -> str:
        return self._session.words.say(f"window.delivery.{code}", **details)


def _try_out(folder: Path) -> int:
    return SharedFolder(folder).try_out()
