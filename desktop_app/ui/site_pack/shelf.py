"""The site pack as the window has it: empty until it was read, then there for every room."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from desktop_app.domain.errors import KnownError
from desktop_app.domain.site_pack import EMPTY_PACK, SitePack
from desktop_app.services.knowledge import ArticleIndex
from desktop_app.ui.background.background import Background
from desktop_app.ui.sentences import sentence_in_window
from desktop_app.words import Words

if TYPE_CHECKING:
    from desktop_app.services.site_pack import LoadedPack


class PackShelf(QObject):
    """Holds the pack and the index of its articles; ``changed`` tells that they are others than before.

    A pack of the centre's that cannot be read is told once, until it fails in another way.
    """

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.pack: SitePack = EMPTY_PACK
        self.articles = ArticleIndex(())
        self._told = ""

    def read(
        self,
        data_folder: Path,
        background: Background,
        words: Words,
        tell: Callable[[BaseException], object],
    ) -> None:
        """Read the pack again, away from the GUI thread; ``tell`` hears why the centre's own is not used."""
        background.query(
            lambda: _load(data_folder), lambda loaded: self._take(loaded, words, tell), owner=self
        )

    def _take(self, loaded: LoadedPack, words: Words, tell: Callable[[BaseException], object]) -> None:
        problem = loaded.problem
        if problem is not None and str(problem) != self._told:
            tell(KnownError("pack.default_used", why=sentence_in_window(words, problem)))
        self._told = str(problem) if problem is not None else ""
        if loaded.pack != self.pack:
            self.pack, self.articles = loaded.pack, loaded.articles
            self.changed.emit()


def _load(data_folder: Path) -> LoadedPack:
    from desktop_app.services.site_pack import load_pack  # not needed to type

    return load_pack(data_folder)
