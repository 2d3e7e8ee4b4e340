"""Line icons from ``resources/icons``, drawn in any colour and sharp on any screen."""

from __future__ import annotations

from functools import cache, lru_cache

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QColor, QGuiApplication, QIcon, QPainter, QPixmap, QPixmapCache
from PySide6.QtSvg import QSvgRenderer

from desktop_app.paths import resources
from desktop_app.ui.theme.style import current_tokens

APP_ICON = "fallback-desk"


def icon(name: str, colour: str | None = None, size: int = 18) -> QIcon:
    """Return the icon in ``colour`` (``#RRGGBB``; the text colour by default), greyed where disabled."""
    tokens = current_tokens()
    return _made(name, colour or tokens.text, tokens.placeholder, size, _densest())


def pixmap(name: str, colour: str, size: int = 18, ratio: float | None = None) -> QPixmap:
    """Return the icon ``size`` logical pixels high; KeyError where there is no such icon."""
    sharp = ratio or QGuiApplication.primaryScreen().devicePixelRatio()
    key = f"desk/{name}/{colour}/{size}/{sharp}"
    drawn = QPixmap()
    if not QPixmapCache.find(key, drawn):
        drawn = _draw(name, colour, size, sharp)
        QPixmapCache.insert(key, drawn)
    return drawn


def _densest() -> float:
    application = QGuiApplication.instance()
    return application.devicePixelRatio() if isinstance(application, QGuiApplication) else 1.0


def app_icon() -> QIcon:
    """Return the program's own icon."""
    made = QIcon()
    for size in (16, 24, 32, 48, 64, 128, 256):
        made.addPixmap(pixmap(APP_ICON, "#000000", size, 1.0))
    return made


def names() -> list[str]:
    """Return the names of all icons that take a colour."""
    return sorted(
        file.stem
        for file in (resources() / "icons").glob("*.svg")
        if not file.stem.startswith(("arrow-", "tick-")) and file.stem != APP_ICON
    )


@lru_cache(maxsize=256)
def _made(name: str, colour: str, disabled: str, size: int, densest: float) -> QIcon:
    """Return one icon for all who ask: a list asks for some in every row that it paints.

    It is sharp on plain screens and on the ``densest`` there is; others get the larger picture made smaller.
    """
    made = QIcon()
    for ratio in {1.0, densest}:
        made.addPixmap(pixmap(name, colour, size, ratio))
        made.addPixmap(pixmap(name, disabled, size, ratio), QIcon.Mode.Disabled)
    return made


def _draw(name: str, colour: str, size: int, ratio: float) -> QPixmap:
    picture = _source(name).replace("currentColor", colour).encode()
    drawn = QPixmap(round(size * ratio), round(size * ratio))
    drawn.setDevicePixelRatio(ratio)
    drawn.fill(QColor(Qt.GlobalColor.transparent))
    painter = QPainter(drawn)
    QSvgRenderer(QByteArray(picture)).render(painter, QRectF(0, 0, size, size))
    painter.end()
    return drawn


@cache
def _source(name: str) -> str:
    file = resources() / "icons" / f"{name}.svg"
    if not file.is_file():
        raise KeyError(name)
    return file.read_text(encoding="utf-8")
