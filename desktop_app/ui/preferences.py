"""What this PC remembers of the window: language, theme, zoom, places and widths. Nothing about callers."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings

from desktop_app.ui.theme.style import THEMES, ThemeName
from desktop_app.words import LANGUAGES, Language

FILE_NAME = "window.ini"
MOST_FOLDERS = 5
_WIDEST = 4_000
SCALES = (0.9, 1.0, 1.15, 1.25, 1.5)


class Preferences:
    """One file of the data folder; what is unreadable in it is taken for its default."""

    def __init__(self, path: Path) -> None:
        self._file = QSettings(str(path), QSettings.Format.IniFormat)

    @property
    def language(self) -> Language | None:
        """The language chosen; None where it is the system's."""
        return next((name for name in LANGUAGES if name == self._file.value("language")), None)

    @language.setter
    def language(self, language: Language | None) -> None:
        if language != self.language:
            self.forget_columns()  # drawn for words of another length
        self._file.setValue("language", language or "")

    @property
    def theme(self) -> ThemeName:
        """Light, dark, or the system's."""
        return next((name for name in THEMES if name == self._file.value("theme")), "system")

    @theme.setter
    def theme(self, theme: ThemeName) -> None:
        self._file.setValue("theme", theme)

    @property
    def scale(self) -> float:
        """The zoom of all text, one of ``SCALES``."""
        return next((scale for scale in SCALES if str(scale) == str(self._file.value("scale"))), 1.0)

    @scale.setter
    def scale(self, scale: float) -> None:
        self._file.setValue("scale", str(scale))

    @property
    def zoom_offered(self) -> bool:
        """Whether larger text was offered on a wide screen."""
        return str(self._file.value("zoom_offered", "false")).lower() == "true"

    @zoom_offered.setter
    def zoom_offered(self, offered: bool) -> None:
        self._file.setValue("zoom_offered", offered)

    def geometry(self, window: str) -> QByteArray | None:
        """Return where a window was, as Qt wrote it."""
        return self._bytes(f"geometry/{window}")

    def keep_geometry(self, window: str, state: QByteArray) -> None:
        """Keep where a window is."""
        self._file.setValue(f"geometry/{window}", state)

    def columns(self, view: str) -> tuple[tuple[int, int], ...]:
        """Return a list's columns in the order drawn, each with its width in pixels at 100 % (0: as it came).

        Empty where nobody drew them.
        """
        told = str(self._file.value(f"columns/{view}") or "")
        try:
            pairs = [pair.split(":") for pair in told.split()]
            return tuple((int(place), min(max(int(width), 0), _WIDEST)) for place, width in pairs)
        except ValueError:
            return ()

    def keep_columns(self, view: str, drawn: Sequence[tuple[int, int]]) -> None:
        """Keep the order and the widths of a list's columns."""
        self._file.setValue(f"columns/{view}", " ".join(f"{place}:{width}" for place, width in drawn))

    def chosen_columns(self, view: str) -> frozenset[int] | None:
        """Return the columns that a list is to show; None where nobody chose."""
        told = self._file.value(f"columns_chosen/{view}")
        try:
            return frozenset(map(int, str(told).split())) if told else None
        except ValueError:
            return None

    def choose_columns(self, view: str, columns: Collection[int]) -> None:
        """Keep which columns a list is to show."""
        self._file.setValue(f"columns_chosen/{view}", " ".join(map(str, sorted(columns))))

    def reset_columns(self, view: str) -> None:
        """Give one list the columns, order and widths it came with."""
        for group in ("columns", "columns_chosen"):
            self._file.remove(f"{group}/{view}")

    def sizes(self, split: str) -> tuple[int, ...]:
        """Return how a split was drawn, in logical pixels; empty where nobody drew it."""
        told = self._file.value(f"splits/{split}")
        try:
            return tuple(int(part) for part in str(told or "").split())
        except ValueError:
            return ()

    def keep_sizes(self, split: str, sizes: Sequence[int]) -> None:
        """Keep how a split is drawn."""
        self._file.setValue(f"splits/{split}", " ".join(str(size) for size in sizes))

    def folders(self, room: str) -> list[str]:
        """Return the folders that files were taken from in a room, the latest first."""
        told = self._file.value(f"folders/{room}")
        found = [told] if isinstance(told, str) else told if isinstance(told, list) else []
        return [str(folder) for folder in found if folder][:MOST_FOLDERS]

    def keep_folder(self, room: str, folder: str) -> None:
        """Keep a folder as the latest of a room."""
        others = [one for one in self.folders(room) if one != folder]
        self._file.setValue(f"folders/{room}", [folder, *others][:MOST_FOLDERS])

    @property
    def handin_folder(self) -> Path | None:
        """The shared folder chosen on this PC; whether it is there is not looked at."""
        told = self._file.value("handin/folder")
        return Path(told) if isinstance(told, str) and told else None

    @handin_folder.setter
    def handin_folder(self, folder: Path | None) -> None:
        self._file.setValue("handin/folder", str(folder) if folder else "")

    @property
    def handin_automatic(self) -> bool:
        """Whether bundles are exchanged without being asked."""
        return str(self._file.value("handin/automatic", "true")).lower() != "false"

    @handin_automatic.setter
    def handin_automatic(self, automatic: bool) -> None:
        self._file.setValue("handin/automatic", automatic)

    @property
    def crm_probe(self) -> str:
        """The address at which it is looked whether the CRM answers; empty for none."""
        told = self._file.value("crm_probe")
        return told if isinstance(told, str) else ""

    @crm_probe.setter
    def crm_probe(self, address: str) -> None:
        self._file.setValue("crm_probe", address)

    def forget_columns(self) -> None:
        """Give all lists the order and the widths they came with."""
        self._file.remove("columns")

    def reset(self) -> None:
        """Forget everything."""
        self._file.clear()

    def flush(self) -> None:
        """Write to disk now; Qt writes by itself a moment later."""
        self._file.sync()

    def _bytes(self, key: str) -> QByteArray | None:
        value = self._file.value(key)
        return value if isinstance(value, QByteArray) and not value.isEmpty() else None


def percent_of(scale: float) -> int:
    """Return a zoom as people read it."""
    return round(scale * 100)
