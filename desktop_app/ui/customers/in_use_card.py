"""Which snapshot of the customers is in use now, how old it is, and who brought it in."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QWidget

from desktop_app.domain.times import zone_of
from desktop_app.services.customers import Standing, standing
from desktop_app.ui.customers.age_words import is_old, snapshot_told
from desktop_app.ui.sentences import sentence_in_window
from desktop_app.ui.session import Session
from desktop_app.ui.theme.style import scaled
from desktop_app.ui.typing.keys import KEYS, shown_keys
from desktop_app.ui.widgets.buttons import SecondaryButton
from desktop_app.ui.widgets.cards import card_layout
from desktop_app.ui.widgets.combo import Combo
from desktop_app.ui.widgets.labels import Heading, PlainLabel
from desktop_app.ui.widgets.pill import Pill

_WIDEST = 760
_FACTS = ("customers", "as_of", "file", "imported")


class InUseCard(QFrame):
    """``file_asked`` asks for a file to import, from the folder it carries ("" for the last one)."""

    file_asked = Signal(str)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._words = session, session.words
        self._zone = zone_of(session.store.settings.zone)
        say = self._words.say
        layout = card_layout(self)
        self._state = Pill("quiet", "info", "")
        self._state.setObjectName("snapshot_state")
        head = QHBoxLayout()
        head.addWidget(Heading(say("window.customers.in_use")))
        head.addWidget(self._state)
        head.addStretch(1)
        layout.addLayout(head)
        layout.addWidget(PlainLabel(say("window.customers.what"), role="secondary", wrap=True))
        self._empty = PlainLabel(wrap=True, tone="warn")
        self._empty.setObjectName("snapshot_none")
        self._all_facts = self._make_facts()
        for part in (self._empty, self._all_facts):
            layout.addWidget(part)
            part.hide()
        self._choose = SecondaryButton(
            say("window.customers.choose"), shown_keys(KEYS["add_files"]), icon_name="folder"
        )
        self._choose.setObjectName("choose_customers")
        self._choose.clicked.connect(lambda: self.file_asked.emit(""))
        self._recent = Combo(name=say("window.reconcile.files.recent"))
        self._recent.setObjectName("recent_folder")
        self._recent.code_changed.connect(self._choose_in)
        row = QHBoxLayout()
        row.addWidget(self._choose)
        row.addWidget(self._recent, 1)
        row.addStretch(1)
        layout.addSpacing(scaled(6))
        layout.addLayout(row)
        self.setMaximumWidth(scaled(_WIDEST))
        self.fill_recent()

    def focus_start(self) -> None:
        """Put the focus on the button that chooses a file."""
        self._choose.setFocus()

    def enable(self, possible: bool) -> None:
        """Let a file be chosen, or not while one is being read."""
        self._choose.setEnabled(possible)
        self._recent.setEnabled(possible and self._recent.count() > 1)

    def refresh(self) -> None:
        """Ask for the snapshot anew."""
        store = self._session.store
        self._session.background.query(
            lambda: standing(store), self._show, self._session.messages.tell, owner=self
        )

    def fill_recent(self) -> None:
        """Offer the folders that lists were taken from."""
        folders = self._session.preferences.folders("customers")
        self._recent.fill([(folder, folder) for folder in folders])
        self._recent.setItemText(0, self._words.say("window.reconcile.files.recent"))
        self._recent.set_code("")
        self._recent.setVisible(bool(folders))

    def _make_facts(self) -> QWidget:
        page = QWidget()
        grid = QGridLayout()
        grid.setHorizontalSpacing(scaled(14))
        grid.setVerticalSpacing(scaled(8))
        grid.setColumnStretch(1, 1)
        self._facts: dict[str, PlainLabel] = {}
        for row, name in enumerate(_FACTS):
            self._facts[name] = PlainLabel(wrap=True, selectable=True)
            self._facts[name].setObjectName(f"snapshot_{name}")
            grid.addWidget(PlainLabel(self._words.say(f"window.customers.{name}"), role="field"), row, 0)
            grid.addWidget(self._facts[name], row, 1)
        grid.setContentsMargins(0, scaled(6), 0, 0)
        page.setLayout(grid)
        return page

    def _show(self, found: Standing) -> None:
        self._empty.setVisible(found.snapshot is None)
        self._all_facts.setVisible(found.snapshot is not None)
        self._tell_state(found)
        if found.problem is not None:
            self._empty.setText(sentence_in_window(self._words, found.problem))
        else:
            self._empty.setText(self._words.say("window.customers.none"))
        if (snapshot := found.snapshot) is None:
            return
        as_of, imported = (at.astimezone(self._zone) for at in (snapshot.as_of, snapshot.imported_at))
        told = {
            "customers": f"{snapshot.customers:,}",
            "as_of": f"{as_of:%Y-%m-%d %H:%M}",
            "file": snapshot.file,
            "imported": self._words.say(
                "window.customers.imported_by", time=f"{imported:%Y-%m-%d %H:%M}", who=snapshot.imported_by
            ),
        }
        for name, text in told.items():
            self._facts[name].setText(text)

    def _tell_state(self, found: Standing) -> None:
        say = self._words.say
        if found.snapshot is None:
            code = "unreadable" if found.problem is not None else "absent"
            self._state.show_state("warn", "warning", say(f"window.customers.state.{code}"))
            return
        now, most = self._session.clock(), self._session.store.settings.customers_max_age_days
        old = is_old(found.snapshot, most, now)
        told = snapshot_told(self._words, found.snapshot, self._zone, most, now)
        self._state.show_state("warn" if old else "ok", "warning" if old else "check", told)

    def _choose_in(self, folder: str) -> None:
        self._recent.set_code("")
        if folder:
            self.file_asked.emit(folder)
