"""Everything before an unlocked store, one page at a time: first start, unlock, recovery, restore, lock."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QAbstractButton, QApplication, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from desktop_app.domain.errors import Damaged, KnownError
from desktop_app.services.places import Lying, Place, look_at, own_places
from desktop_app.ui.desk.warming import load_libraries
from desktop_app.ui.start.locked_clocks import LockedClocks
from desktop_app.ui.start.page import Page
from desktop_app.ui.start.parts import LockedBy, StartParts
from desktop_app.ui.start.unlock import UnlockPage
from desktop_app.ui.theme.style import scaled
from desktop_app.ui.typing.line_edit import LineEdit
from desktop_app.ui.typing.shortcuts import Shortcuts
from desktop_app.ui.widgets.buttons import QuietButton
from desktop_app.ui.widgets.labels import IconLabel, PlainLabel
from desktop_app.words import Language, Words

if TYPE_CHECKING:
    from desktop_app.services.stores import Created, OpenStore


class StartWindow(QWidget):
    """Part of the main window. ``begin`` looks at what lies on this PC; ``show_lock`` is the lock screen.

    ``unlocked`` is emitted with the open store, which then belongs to whoever listens; ``language_chosen``
    with zh or en; ``shown`` with every page. ``abandon`` closes a store that is open in here, for when the
    window closes.
    """

    unlocked = Signal(object)
    shown = Signal()
    language_chosen = Signal(str)

    def __init__(self, parts: StartParts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._parts = parts
        self._make: Callable[[], Page] | None = None
        self._store: OpenStore | None = None
        self._clocks: LockedClocks | None = None
        self.page: Page | None = None
        """The page on screen."""
        self._name = PlainLabel(parts.words.say("window.name"), role="heading")
        self._language = QuietButton("")
        self._language.setObjectName("language")
        self._language.clicked.connect(self._switch)
        self._switch_place = QuietButton("")
        self._switch_place.setObjectName("other_store")
        self._switch_place.hide()  # until it is known what lies here
        self._switch_place.clicked.connect(lambda: None if self._busy() else self._elsewhere())
        self._elsewhere: Callable[[], None] = lambda: None
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        top = QHBoxLayout()
        top.setContentsMargins(*map(scaled, (16, 10, 12, 0)))
        for part in (IconLabel("fallback-desk", "accent", 22), self._name):
            top.addWidget(part)
        top.addStretch(1)
        top.addWidget(self._switch_place)
        top.addWidget(self._language)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(top)
        layout.addWidget(self._scroll, 1)
        self._shortcuts = Shortcuts(self)
        self._shortcuts.add("start_next", "Return", self._enter, when=lambda: self.page is not None)
        self._shortcuts.add("start_back", "Esc", self._back, when=lambda: self.page is not None)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._scroll_to)
        self._say_language()

    @Slot(QWidget, QWidget)
    def _scroll_to(self, _old: QWidget | None, now: QWidget | None) -> None:
        """Keep the field that has the focus in sight on a small screen."""
        inside = self._scroll.widget()
        if now is not None and inside is not None and inside.isAncestorOf(now):
            self._scroll.ensureWidgetVisible(now)

    def begin(self) -> None:
        """Look at what lies here and show the page for it."""
        folder, data_folder = self._parts.folder, self._parts.data_folder

        def look() -> tuple[Place, Place | None]:
            seen = (look_at(folder), None) if folder is not None else own_places(data_folder)
            if all(one is None or one.lying is not Lying.STORE for one in seen):
                load_libraries()  # the first start judges names and codes as they are typed
            return seen

        self._parts.background.query(look, self._found, owner=self)

    def show_lock(self, locked: LockedBy) -> None:
        """Show the lock screen of a session that has just been closed."""
        place = Place(locked.folder, Lying.STORE)
        background = self._parts.background
        self._clocks = LockedClocks(locked.due, self._parts.clock, background, self)
        self._offer_other(None)
        self._unlock(place, locked=locked)
        # Whether a code or the site's key recovers is read from the file.
        background.query(lambda: look_at(locked.folder), lambda seen: self._refine(seen, locked), owner=self)

    def focus_start(self) -> None:
        """Put the focus where typing begins."""
        if self.page is not None:
            self.page.focus_start()

    def may_close(self) -> bool:
        """Whether the window may close now: not amid work whose result would be lost, as a recovery code."""
        return self.page is None or self.page.may_be_left()

    def abandon(self) -> None:
        """Close a store that was opened here and not handed on."""
        store, self._store = self._store, None
        if store is not None:
            store.close()

    def use_words(self, words: Words) -> None:
        """Say everything in another language; what was typed stays."""
        self._parts = replace(self._parts, words=words)
        self._name.setText(words.say("window.name"))
        self._say_language()
        if self._make is not None and self.page is not None:
            typed = {field.objectName(): field.text() for field in self.page.findChildren(LineEdit)}
            self._show(self._make)
            for field in self.page.findChildren(LineEdit):
                field.setText(typed.get(field.objectName(), ""))

    def _found(self, places: tuple[Place, Place | None]) -> None:
        own, drill = places
        if own.lying is Lying.NOTHING and drill is not None and drill.lying is Lying.STORE:
            self._unlock(drill, drill=True)
            self._offer_other(lambda: self._first(), "make_real")
            return
        if own.lying is Lying.NOTHING:
            self._first()
        elif own.lying is Lying.STORE:
            self._unlock(own)
        elif own.problem is not None:
            self._damaged(own, own.problem)
        has_drill = drill is not None and drill.lying is Lying.STORE
        self._offer_other((lambda: self._to_drill(drill, own)) if drill and has_drill else None, "to_drill")

    def _to_drill(self, drill: Place, own: Place) -> None:
        self._unlock(drill, drill=True)
        self._offer_other(lambda: self._found((own, drill)), "to_real")

    def _offer_other(self, act: Callable[[], None] | None, code: str = "") -> None:
        self._switch_place.setVisible(act is not None)
        if act is not None:
            self._elsewhere = act
            self._switch_place.set_words(self._parts.words.say(f"window.start.{code}"))

    def _first(self) -> None:
        self._offer_other(None)

        def make() -> Page:
            from desktop_app.ui.start.first_start import FirstStart  # not needed to unlock

            page = FirstStart(self._parts)
            page.made.connect(self._made)
            return page

        self._show(make, translatable=True)

    def _made(self, created: Created) -> None:
        self._store = created.store
        self._offer_other(None)

        def make() -> Page:
            from desktop_app.ui.start.recovery_code import RecoveryCodePage  # not needed to unlock

            page = RecoveryCodePage(self._parts, created.recovery)
            page.kept.connect(lambda: self._next_shift(created.store))
            return page

        self._show(make)

    def _next_shift(self, store: OpenStore) -> None:
        def make() -> Page:
            from desktop_app.ui.start.next_shift import NextShiftPage  # not needed to unlock

            page = NextShiftPage(self._parts, store)
            page.finished.connect(lambda: self._hand_on(store))
            return page

        self._show(make)

    def _unlock(self, place: Place, *, drill: bool = False, locked: LockedBy | None = None) -> None:
        def make() -> Page:
            page = UnlockPage(self._parts, place, drill=drill, locked=locked, clocks=self._clocks)
            page.opened.connect(self._opened)
            page.forgot.connect(lambda: self._forgotten(place, drill=drill, locked=locked))
            page.damaged.connect(lambda problem: self._damaged(place, problem))
            return page

        self._show(make, translatable=True)

    def _refine(self, seen: Place, locked: LockedBy) -> None:
        page = self.page
        if isinstance(page, UnlockPage) and seen.site_recovery:
            page.forgot.disconnect()
            page.forgot.connect(lambda: self._forgotten(seen, drill=False, locked=locked))

    def _forgotten(self, place: Place, *, drill: bool, locked: LockedBy | None) -> None:
        def make() -> Page:
            from desktop_app.ui.start.forgotten import ForgottenPage  # not needed to unlock

            page = ForgottenPage(self._parts, place, locked.staff_number if locked else "")
            page.opened.connect(self._opened)
            page.left.connect(lambda: self._unlock(place, drill=drill, locked=locked))
            return page

        self._show(make, translatable=True)

    def _damaged(self, place: Place, problem: KnownError) -> None:
        def make() -> Page:
            from desktop_app.ui.start.damaged import DamagedPage  # not needed to unlock

            page = DamagedPage(self._parts, place.folder, problem)
            page.restored.connect(self.begin)
            page.again.connect(self.begin)
            return page

        if isinstance(problem, Damaged) or place.lying is Lying.TROUBLE:
            self._show(make, translatable=True)

    def _opened(self, store: OpenStore) -> None:
        self._store = store
        background = self._parts.background

        def is_elsewhere() -> bool:
            from desktop_app.services.moved import is_from_elsewhere

            return is_from_elsewhere(store)

        background.query(
            is_elsewhere,
            lambda elsewhere: self._moved(store) if elsewhere else self._admit(store),
            owner=self,
        )

    def _moved(self, store: OpenStore) -> None:
        def make() -> Page:
            from desktop_app.ui.start.moved import MovedPage  # not needed to unlock

            page = MovedPage(self._parts, store)
            page.opened.connect(self._admit)
            page.aside.connect(self._second_pc)
            page.refused.connect(lambda problem: self._unlock_again(store, problem))
            return page

        self._show(make, translatable=True)

    def _unlock_again(self, store: OpenStore, problem: KnownError) -> None:
        self._store = None
        self._unlock(Place(store.folder, Lying.STORE))
        if self.page is not None:
            self.page.tell(problem)

    def _second_pc(self, aside: Path) -> None:
        self._store = None
        self._first()
        if self.page is not None:
            told = self._parts.words.say("window.start.moved.set_aside", folder=aside)
            self.page.message.tell(told, "info")

    def _admit(self, store: OpenStore) -> None:
        from desktop_app.services.people import must_choose_pin  # not needed to unlock

        if not must_choose_pin(store):
            self._hand_on(store)
            return

        def make() -> Page:
            from desktop_app.ui.start.new_pin import NewPinPage  # not needed to unlock

            page = NewPinPage(self._parts, store)
            page.opened.connect(self._hand_on)
            return page

        self._show(make, translatable=True)

    def _hand_on(self, store: OpenStore) -> None:
        self._store = None
        if self._clocks is not None:
            self._clocks.stop()
            self._clocks.deleteLater()
            self._clocks = None
        self._clear()
        self.unlocked.emit(store)

    def _show(self, make: Callable[[], Page], *, translatable: bool | None = None) -> None:
        if translatable is not None or self._make is not make:
            self._language.setVisible(bool(translatable))
        self._make = make
        self._clear()
        page = self.page = make()
        page.order_tabs()
        page.setFixedWidth(scaled(page.width_wanted))
        holder = QWidget()
        holder.setProperty("role", "page")
        layout = QVBoxLayout(holder)
        layout.setContentsMargins(*map(scaled, (12, 8, 12, 16)))
        layout.addStretch(1)
        centred = QHBoxLayout()
        centred.addStretch(1)
        centred.addWidget(page)
        centred.addStretch(1)
        layout.addLayout(centred)
        layout.addStretch(2)
        self._scroll.setWidget(holder)
        holder.show()
        page.focus_start()
        self.shown.emit()

    def _clear(self) -> None:
        self.page = None
        old = self._scroll.takeWidget()
        if old is not None:
            old.deleteLater()

    def _enter(self) -> None:
        inside = self.focusWidget()
        # Enter does what the primary button says; a box is ticked by the space bar.
        if isinstance(inside, QAbstractButton) and not inside.isCheckable():
            inside.click()
        elif self.page is not None:
            self.page.enter()

    def _busy(self) -> bool:
        return self.page is not None and self.page.busy

    def _back(self) -> None:
        if self.page is not None and not self.page.busy:
            self.page.back()

    def _switch(self) -> None:
        if self._busy():
            return  # a new page would not hear what comes of it
        other: Language = "en" if self._parts.words.language == "zh" else "zh"
        self.use_words(Words(other))
        self.language_chosen.emit(other)

    def _say_language(self) -> None:
        self._language.set_words("English" if self._parts.words.language == "zh" else "中文")
