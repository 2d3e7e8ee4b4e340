"""Dresses the program: Fusion, a palette and one style sheet made from the tokens, the fonts, the zoom."""

from __future__ import annotations

import sys
from typing import Literal

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication, QStyleFactory

from desktop_app.ui.theme.sheet import style_sheet
from desktop_app.ui.theme.tokens import DARK, LIGHT, Tokens

ThemeName = Literal["light", "dark", "system"]
THEMES: tuple[ThemeName, ...] = ("system", "light", "dark")

BASE_PIXELS = 14
_SCHEMES = {
    "light": Qt.ColorScheme.Light,
    "dark": Qt.ColorScheme.Dark,
    "system": Qt.ColorScheme.Unknown,
}
_FAMILIES = {
    "win32": ["Microsoft YaHei UI", "Microsoft YaHei", "SimHei"],
    "linux": ["Noto Sans CJK SC", "Noto Sans SC", "WenQuanYi Micro Hei", "sans-serif"],
}


def apply_theme(app: QApplication, theme: ThemeName, scale: float = 1.0) -> Tokens:
    """Dress the whole program and return the tokens used; may be called again at any time.

    ``scale`` is the zoom of all text (1.0 is 14 px). With ``system`` the program follows the system's
    switch between light and dark from then on.
    """
    hints = app.styleHints()
    wanted = _SCHEMES[theme]
    app.setProperty("desk_theme", theme)
    app.setProperty("desk_scale", scale)
    if theme == "system":
        hints.unsetColorScheme()
    else:
        hints.setColorScheme(wanted)
    tokens = DARK if (wanted if theme != "system" else hints.colorScheme()) == _SCHEMES["dark"] else LIGHT
    _dress(app, tokens, scale)
    if not app.property("desk_follows"):
        app.setProperty("desk_follows", True)
        hints.colorSchemeChanged.connect(lambda _scheme: _follow(app))
    return tokens


def text_zoom(scale: float) -> float:
    """Return the zoom that lengths have where text has ``scale``: letters are whole pixels high."""
    return round(BASE_PIXELS * scale) / BASE_PIXELS


def current_tokens() -> Tokens:
    """Return the tokens the program wears now."""
    return DARK if QGuiApplication.palette().window().color() == QColor(DARK.window) else LIGHT


def scaled(pixels: int) -> int:
    """Return a length of the 14 px design in pixels of the zoom chosen."""
    return round(pixels * QApplication.font().pixelSize() / BASE_PIXELS) if _sized() else pixels


def _sized() -> bool:
    return QApplication.font().pixelSize() > 0


def _follow(app: QApplication) -> None:
    if app.property("desk_theme") == "system":
        dark = app.styleHints().colorScheme() == Qt.ColorScheme.Dark
        _dress(app, DARK if dark else LIGHT, float(app.property("desk_scale")))


def _dress(app: QApplication, tokens: Tokens, scale: float) -> None:
    # Each of these makes Qt look at every widget again, so what is worn already is left on.
    if not app.property("desk_styled") and (style := QStyleFactory.create("Fusion")) is not None:
        app.setStyle(style)
        app.setProperty("desk_styled", True)
    font = QFont()
    font.setFamilies(_FAMILIES["win32" if sys.platform == "win32" else "linux"])
    font.setPixelSize(round(BASE_PIXELS * scale))
    if font != app.font():
        app.setFont(font)
    if (palette := palette_of(tokens)) != app.palette():
        app.setPalette(palette)
    app.setStyleSheet(style_sheet(tokens, scale))


def palette_of(tokens: Tokens) -> QPalette:
    """Return the palette for what the style sheet does not name (check marks, calendars, tool tips)."""
    role, group = QPalette.ColorRole, QPalette.ColorGroup
    palette = QPalette()
    for name, colour in (
        (role.Window, tokens.window),
        (role.WindowText, tokens.text),
        (role.Base, tokens.surface),
        (role.AlternateBase, tokens.stripe),
        (role.Text, tokens.text),
        (role.PlaceholderText, tokens.placeholder),
        (role.Button, tokens.surface),
        (role.ButtonText, tokens.text),
        (role.BrightText, tokens.urgent),
        (role.Highlight, tokens.selection),
        (role.HighlightedText, tokens.text),
        (role.ToolTipBase, tokens.strip),
        (role.ToolTipText, tokens.on_strip),
        (role.Link, tokens.accent),
        (role.LinkVisited, tokens.abnormal),
        (role.Accent, tokens.accent),
        (role.Light, tokens.surface),
        (role.Midlight, tokens.hover),
        (role.Mid, tokens.line),
        (role.Dark, tokens.field_border),
        (role.Shadow, tokens.window),
    ):
        palette.setColor(name, QColor(colour))
    for name in (role.WindowText, role.Text, role.ButtonText, role.HighlightedText):
        palette.setColor(group.Disabled, name, QColor(tokens.placeholder))
    return palette
