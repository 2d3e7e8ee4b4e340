"""The site pack in the settings: which one is in use, and how a lead puts another into use everywhere."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.domain.errors import KnownError
from desktop_app.domain.identities import LEADS
from desktop_app.domain.site_pack import SitePack
from desktop_app.domain.times import zone_of
from desktop_app.paths import resources
from desktop_app.ui.sentences import sentence_in_window
from desktop_app.ui.session import Session
from desktop_app.ui.settings.card import Card
from desktop_app.ui.settings.folder_line import FolderLine
from desktop_app.ui.site_pack.pack_facts import PackFacts, told_changes
from desktop_app.ui.widgets.buttons import PrimaryButton, SecondaryButton
from desktop_app.ui.widgets.combo import Combo
from desktop_app.ui.widgets.labels import Heading, PlainLabel
from desktop_app.ui.widgets.notice import Notice

if TYPE_CHECKING:
    from desktop_app.services.clocks import DueRung
    from desktop_app.services.sent_packs import PackLook, SentPack

_MOST_LOST = 5
"""So many of the clocks that would stop are named; all are counted."""
SHIPPED = "shipped"
"""The code of the program's own pack among the earlier ones."""


class PackCard(Card):
    """Anybody sees what is in use; a lead chooses another, looks at what it changes, and uses it.

    ``went`` names the place that a button leads to.
    """

    grown = Signal(QWidget)
    """Something to look at next was added at the widget's place."""
    went = Signal(str)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session.words.say("window.pack.title"), parent)
        self._session = session
        self._zone = zone_of(session.store.settings.zone)
        self._look: PackLook | None = None
        self._kept: dict[str, SentPack] = {}
        leads = session.person.role in LEADS
        code = "what" if leads else "what_agent"
        self.body.addWidget(PlainLabel(self._say(code), role="secondary", wrap=True))
        self._facts = PackFacts(session.words, "pack")
        self.body.addWidget(self._facts)
        self._more = PlainLabel(role="secondary", wrap=True)
        self._more.setObjectName("pack_more")
        self.body.addWidget(self._more)
        self._earlier = Combo(name=self._say("earlier"))
        self._earlier.setObjectName("pack_earlier")
        self._earlier.code_changed.connect(self._go_back)
        listed = QHBoxLayout()
        listed.addWidget(self._button("documents", lambda: self.went.emit("documents"), icon="file"))
        listed.addStretch(1)
        self.body.addLayout(listed)
        if leads:
            self.body.addWidget(PlainLabel(self._say("make"), role="secondary", wrap=True))
            shipped = FolderLine(session.words, "window.pack.shipped_files", resources() / "site")
            shipped.setObjectName("pack_shipped_files")
            self.body.addWidget(shipped)
        buttons = QHBoxLayout()
        self._choose = [self._button("folder", self._ask_folder), self._button("zip", self._ask_zip)]
        for button in self._choose:
            buttons.addWidget(button)
        buttons.addWidget(self._earlier, 1)
        buttons.addStretch(0)  # with no earlier one the buttons keep their size
        self._acts = QWidget()
        self._acts.setLayout(buttons)
        buttons.setContentsMargins(0, 0, 0, 0)
        if not leads:
            self._acts.hide()
        self.body.addWidget(self._acts)
        self._preview = self._make_preview()
        self.body.addWidget(self._preview)
        self._notice = Notice(session.words)
        self.body.addWidget(self._notice)
        session.shelf.changed.connect(self.refresh)
        self.refresh()

    def told(self) -> str:
        """Return what the card says happened."""
        return self._notice.text()

    def refresh(self) -> None:
        """Show what is in use, and ask which earlier ones there are."""
        from desktop_app.services.sent_packs import sent_packs  # not needed to type

        store = self._session.store
        self._show_in_use()
        self._session.background.query(
            lambda: sent_packs(store), self._show_kept, self._session.messages.tell, owner=self
        )

    def look_at(self, path: Path) -> None:
        """Read the pack in a folder or a zip and show what it would change."""
        from desktop_app.services.clocks import lost_clocks  # none of these is needed to type
        from desktop_app.services.sent_packs import look_at
        from desktop_app.services.site_pack import as_used

        in_use, store, now = self._in_use(), self._session.store, self._session.clock()
        self._busy(True)
        self._notice.tell(self._say("reading"), "info")

        def work() -> tuple[PackLook, tuple[DueRung, ...]]:
            look = look_at(path, in_use)
            return look, lost_clocks(store, in_use, as_used(look.pack), now=now)

        self._session.background.query(work, lambda found: self._show_look(*found), self._failed, owner=self)

    def use(self) -> None:
        """Put the pack that is shown into use, here and with the next hand-in everywhere."""
        from desktop_app.services.sent_packs import send_pack  # not needed to type

        look, store, now = self._look, self._session.store, self._session.clock()
        if look is None:
            return
        self._busy(True)
        self._session.background.change(
            lambda: send_pack(store, look, now=now), self._used, self._failed, owner=self
        )

    def drop(self) -> None:
        """Go on with the pack in use."""
        self._look = None
        self._preview.hide()
        self._notice.dismiss()
        self._choose[0].setFocus()

    def _used(self, _seal: object) -> None:
        self.drop()
        self._busy(False)
        self._notice.tell(self._say("used"), "ok")
        self._session.shelf.refresh()
        self.refresh()

    def _go_back(self, code: str) -> None:
        from desktop_app.services.sent_packs import look_at_shipped, send_again, send_pack  # not needed

        self._earlier.set_code("")
        session, sent, in_use = self._session, self._kept.get(code), self._in_use()
        if not code:
            return
        store, now = session.store, session.clock()
        self._busy(True)

        def work() -> object:
            if sent is None:
                return send_pack(store, look_at_shipped(in_use), now=now)
            return send_again(store, sent, now=now)

        session.background.change(work, self._used, self._failed, owner=self)

    def _in_use(self) -> SitePack:
        loaded = self._session.shelf.loaded
        return self._session.shelf.pack if loaded is None else loaded.pack

    def _ask_folder(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, self._say("folder_title"))
        if chosen:
            self.look_at(Path(chosen))

    def _ask_zip(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(self, self._say("zip_title"), "", "ZIP (*.zip)")
        if chosen:
            self.look_at(Path(chosen))

    def _show_look(self, look: PackLook, lost: tuple[DueRung, ...]) -> None:
        self._busy(False)
        self._notice.dismiss()
        self._look = look
        pack = look.pack
        self._look_facts.show_pack(pack.name, pack.version, pack.effective)
        lines = told_changes(self._session.words, look.changes)
        self._changes.setText("\n".join(lines) if lines else self._say("nothing_changes"))
        warnings = []
        if look.same_name:
            warnings.append(self._say("same_version", version=pack.version.version))
        today = self._session.clock().astimezone(self._zone).date()
        if pack.effective is not None and pack.effective > today:
            warnings.append(self._say("waits", day=pack.effective.isoformat()))
        if lost:
            language = self._session.words.language
            titles = dict.fromkeys(one.standing.rung.title.told(language) for one in lost)
            told = self._say("comma").join(list(titles)[:_MOST_LOST])
            warnings.append(self._say("loses_clocks", count=len(lost), titles=told))
        self._warning.setText("\n".join(warnings))
        self._warning.setVisible(bool(warnings))
        self._preview.show()
        self._use.setFocus()
        # What was just asked for may stand below the edge of the window: its place is known a moment later.
        QTimer.singleShot(0, self, lambda: self.grown.emit(self._use))

    def _show_in_use(self) -> None:
        shelf = self._session.shelf
        loaded, pack = shelf.loaded, shelf.pack
        if loaded is None:
            return
        if (seal := loaded.seal) is None:
            source = self._say(f"source_{loaded.source}")
        else:
            at = f"{seal.sent_at.astimezone(self._zone):%Y-%m-%d %H:%M}"
            source = self._say("source_sent", who=seal.sender, station=seal.station, time=at)
        self._facts.show_pack(pack.name, pack.version, pack.effective, source)
        parts = [self._say(f"part.{part}") for part in loaded.filled]
        self._filled = self._say("filled", parts=self._say("comma").join(parts)) if parts else ""
        self._more.setText(self._filled)
        self._more.setVisible(bool(self._filled))

    def _show_kept(self, kept: tuple[SentPack, ...]) -> None:
        loaded = self._session.shelf.loaded
        if loaded is None:
            return
        today = self._session.clock().astimezone(self._zone).date()
        waiting = [one.seal for one in kept[:1] if not one.seal.holds(today)]
        lines = [
            self._filled,
            *(self._say("waiting", version=one.version.version, day=one.effective) for one in waiting),
        ]
        self._more.setText("\n".join(line for line in lines if line))
        self._more.setVisible(any(lines))
        used = loaded.seal.digest if loaded.seal is not None else ""
        self._kept = {}
        for one in kept:
            if one.seal.digest != used or waiting:
                self._kept.setdefault(one.seal.digest, one)
        pairs = [(digest, self._told(one)) for digest, one in self._kept.items()]
        if loaded.source != SHIPPED:
            pairs.append((SHIPPED, self._say("shipped_again")))
        self._earlier.fill(pairs)
        self._earlier.setItemText(0, self._say("earlier"))
        self._earlier.set_code("")
        self._earlier.setVisible(bool(pairs))

    def _told(self, one: SentPack) -> str:
        at = f"{one.seal.sent_at.astimezone(self._zone):%m-%d %H:%M}"
        name = one.seal.name.told(self._session.words.language)
        return self._say("earlier_one", name=name, version=one.seal.version.version, time=at)

    def _make_preview(self) -> QWidget:
        page = QWidget()
        inside = QVBoxLayout(page)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addWidget(Heading(self._say("look")))
        self._look_facts = PackFacts(
            self._session.words, "look", ("name", "edition", "effective", "approved_by")
        )
        inside.addWidget(self._look_facts)
        self._changes = PlainLabel(wrap=True, selectable=True)
        self._changes.setObjectName("pack_changes")
        inside.addWidget(self._changes)
        self._warning = PlainLabel(tone="warn", wrap=True)
        self._warning.setObjectName("pack_warning")
        inside.addWidget(self._warning)
        self._use = PrimaryButton(self._say("use"), icon_name="check")
        self._use.setObjectName("pack_use")
        self._use.clicked.connect(self.use)
        line = QHBoxLayout()
        line.addWidget(self._use)
        line.addWidget(self._button("drop", self.drop, icon="close"))
        line.addStretch(1)
        inside.addLayout(line)
        page.hide()
        return page

    def _busy(self, busy: bool) -> None:
        for part in (*self._choose, self._earlier, self._use):
            part.setEnabled(not busy)

    def _failed(self, problem: Exception) -> None:
        self._busy(False)
        if isinstance(problem, KnownError):
            self._notice.tell(sentence_in_window(self._session.words, problem), "warn")
        else:
            self._notice.dismiss()
            self._session.messages.tell(problem)

    def _button(self, code: str, act: object, icon: str = "folder") -> SecondaryButton:
        button = SecondaryButton(self._say(code), icon_name=icon)
        button.setObjectName(f"pack_{code}")
        button.clicked.connect(act)
        return button

    def _say(self, code: str, **details: object) -> str:
        return self._session.words.say(f"window.pack.{code}", **details)
