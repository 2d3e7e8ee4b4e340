"""The site pack as the window has it: empty until it was read, then there for every room."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from desktop_app.domain.errors import KnownError
from desktop_app.domain.site_pack import EMPTY_PACK, SitePack
from desktop_app.services.knowledge import ArticleIndex
from desktop_app.ui.background.background import Background
from desktop_app.ui.sentences import sentence_in_window
from desktop_app.words import Words

if TYPE_CHECKING:
    from desktop_app.services.site_pack import LoadedPack
    from desktop_app.services.stores import OpenStore


LOOKS_SECONDS = 60
"""So often it is looked whether the folder of this PC was changed; it is read once it has stayed so long."""


class PackShelf(QObject):
    """Holds the pack and the index of its articles; ``changed`` tells that they are others than before.

    The contacts are those of the contact book: what people at the site changed counts. ``loaded`` tells
    where the pack comes from. One that cannot be read is told once, until it fails in another way.
    """

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.pack: SitePack = EMPTY_PACK
        self.articles = ArticleIndex(())
        self.loaded: LoadedPack | None = None
        self._told = ""
        self._ask: Callable[[LoadedPack | None, bool], None] | None = None
        self._look: Callable[[], None] | None = None
        self._seen = 0
        self._looks = QTimer(self, interval=LOOKS_SECONDS * 1000)
        self._looks.timeout.connect(self.look)

    def read(
        self,
        data_folder: Path,
        store: OpenStore,
        clock: Callable[[], datetime],
        background: Background,
        words: Words,
        tell: Callable[[BaseException], None],
    ) -> None:
        """Read the pack again, away from the GUI thread; ``tell`` hears why another one is used instead."""

        def ask(known: LoadedPack | None, anew: bool) -> None:
            before = self.pack
            background.query(
                lambda: _load(data_folder, store, clock(), known, before, anew),
                lambda found: self._take(
                    *found, words, tell, lambda: _note(background, store, found[1], tell)
                ),
                tell,
                owner=self,
            )

        def look() -> None:
            background.query(lambda: _looks(data_folder), self._looked, tell, owner=self)

        self._ask, self._look = ask, look
        background.closing.connect(self._looks.stop)
        ask(None, False)
        self._looks.start()

    def refresh(self) -> None:
        """Take what a lead sent since, what the day brings and what the contact book says now."""
        if self._ask is not None and self.loaded is not None:
            self._ask(self.loaded, False)

    def rest(self) -> None:
        """Look at nothing while the store is locked."""
        self._looks.stop()

    def look(self) -> None:
        """See whether the folder of this PC was changed; one that leads' packs stand over is nobody's."""
        if self._look is not None and self.loaded is not None and self.loaded.source != "sent":
            self._look()

    def _looked(self, looks: int) -> None:
        # Whoever copies forty files is still at it: what changed between two looks is looked at again.
        settled, self._seen = looks == self._seen, looks
        if settled and self._ask is not None and self.loaded is not None and looks != self.loaded.lies:
            self._ask(self.loaded, True)

    def _take(
        self,
        loaded: LoadedPack,
        pack: SitePack,
        differs: bool,
        words: Words,
        tell: Callable[[BaseException], object],
        note: Callable[[], object],
    ) -> None:
        problem = loaded.problem
        if problem is not None and str(problem) != self._told:
            code = "default_used" if loaded.source == "shipped" else "other_used"
            version = loaded.pack.version.version
            tell(KnownError(f"pack.{code}", why=sentence_in_window(words, problem), version=version))
        self._told = str(problem) if problem is not None else ""
        before, self.loaded = self.loaded, loaded
        if before is None or before.pack.version != loaded.pack.version:
            note()
        # The same pack from somebody else is news to whoever looks where it comes from.
        if differs or before is None or (before.source, before.seal) != (loaded.source, loaded.seal):
            self.pack, self.articles = pack, loaded.articles
            self.changed.emit()


def _load(
    data_folder: Path,
    store: OpenStore,
    now: datetime,
    known: LoadedPack | None,
    before: SitePack,
    anew: bool,
) -> tuple[LoadedPack, SitePack, bool]:
    """Return what is loaded, the pack with the contact book, and whether that differs from ``before``."""
    from desktop_app.services.site_pack import pack_in_use, with_contacts  # not needed to type

    loaded = pack_in_use(data_folder, store, now=now, known=known, anew=anew)
    pack = with_contacts(store, loaded.pack)
    return loaded, pack, pack != before


def _note(
    background: Background, store: OpenStore, pack: SitePack, tell: Callable[[BaseException], None]
) -> None:
    """Keep which pack people have now: bundles say it, so that leads see it of every PC."""
    from desktop_app.services.site_pack import note_in_use  # loaded with the pack

    background.change(lambda: note_in_use(store, pack), lambda _none: None, tell)


def _looks(data_folder: Path) -> int:
    from desktop_app.services.site_pack import looks  # loaded with the pack

    return looks(data_folder)
