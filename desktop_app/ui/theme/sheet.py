"""The one style sheet, written from the tokens: fields, buttons, chips, pills, tables, labels by role.

Widgets say what they are by a property (``role`` of a label or frame, ``kind`` of a button, ``tone`` of a
pill or notice); no widget carries a style sheet of its own.
"""

from __future__ import annotations

from string import Template

from desktop_app.paths import resources
from desktop_app.ui.theme.tokens import Tokens

_RADIUS = 5


def style_sheet(tokens: Tokens, scale: float = 1.0) -> str:
    """Return the style sheet in these colours, lengths and text sizes times ``scale``."""
    colours = {name: value for name, value in vars(tokens).items() if name != "name"}
    sizes = {f"px{number}": f"{max(1, round(number * scale))}px" for number in range(1, 49)}
    arrows = {
        f"arrow_{way}": f'url("{(resources() / "icons" / f"arrow-{way}-{tokens.name}.svg").as_posix()}")'
        for way in ("down", "up")
    }
    tick = f'url("{(resources() / "icons" / f"tick-{tokens.name}.svg").as_posix()}")'
    sheet = Template("".join((_LABELS, _FRAMES, _FIELDS, _BUTTONS, _TABLES, _REST)))
    tones = "".join(_tone(name, *pair) for name, pair in tones_of(tokens).items())
    return sheet.substitute(colours, **sizes, **arrows, tick=tick, radius=f"{_RADIUS}px") + tones


def tones_of(tokens: Tokens) -> dict[str, tuple[str, str]]:
    """Return the text colour and the tint of each tone of a pill or notice."""
    return {
        "ok": (tokens.ok, tokens.ok_tint),
        "warn": (tokens.warn, tokens.warn_tint),
        "urgent": (tokens.urgent, tokens.urgent_tint),
        "complaint": (tokens.complaint, tokens.complaint_tint),
        "info": (tokens.accent, tokens.selection),
        "quiet": (tokens.muted, tokens.stripe),
    }


def kind_colours(tokens: Tokens) -> dict[str, str]:
    """Return the colour of each kind of record."""
    return {
        "enquiry": tokens.accent,
        "complaint": tokens.complaint,
        "urgent": tokens.urgent,
        "abnormal": tokens.abnormal,
        "media": tokens.media,
    }


def _tone(name: str, text: str, tint: str) -> str:
    return (
        f'Pill[tone="{name}"], Notice[tone="{name}"] {{ background: {tint}; border-color: {tint}; }}\n'
        f'Pill[tone="{name}"] QLabel {{ color: {text}; }}\n'
        f'QLabel[tone="{name}"] {{ color: {text}; }}\n'
        f'Notice[tone="{name}"] {{ border-left-color: {text}; }}\n'
    )


_LABELS = """
QToolTip {
    background: $strip; color: $on_strip; border: 1px solid $strip_line; padding: $px4; font-size: $px13;
}
QLabel { background: transparent; }
QLabel[role="heading"] { font-size: $px15; font-weight: 600; }
QLabel[role="title"] { font-size: $px20; font-weight: 600; }
QLabel[role="strong"] { font-weight: 600; }
QLabel[role="secondary"] { font-size: $px13; color: $muted; }
QLabel[role="field"] { color: $muted; }
QLabel[role="timer"] { font-size: $px24; font-weight: 600; }
QLabel[role="code"] { font-size: $px20; font-weight: 600; letter-spacing: 1px; }
QLabel[role="alarm"] { font-size: $px48; font-weight: 600; letter-spacing: 3px; }
QLabel[role="digits"] { font-size: $px40; font-weight: 600; letter-spacing: 3px; }
"""

_FRAMES = """
QFrame[role="card"] { background: $surface; border: 1px solid $line; border-radius: $radius; }
QFrame[role="panel"] { background: $stripe; border: 1px solid $line; border-radius: $radius; }
QFrame[role="popup"] { background: $surface; border: 2px solid $accent; border-radius: $radius; }
QFrame[role="strip"] { background: $strip; border: none; }
QFrame[role="strip"] QLabel { color: $on_strip; }
QFrame[role="strip"] QLabel[role="secondary"] { color: $on_strip; }
QFrame[role="strip"] QLabel[role="done"] { color: $strip_ok; }
QFrame[role="status"] { background: $surface; border: none; border-top: 1px solid $line; }
QFrame[role="step"] { background: transparent; border: none; border-radius: $radius; }
QFrame[role="step"]:hover { background: $hover; }
QFrame[role="step"][here="true"] { background: $selection; }
QFrame[role="drawer"] { background: $window; border: none; border-left: 2px solid $field_border; }
QFrame[role="rule"] { background: $line; border: none; max-height: 1px; min-height: 1px; }
QDialog { background: $surface; }
Pill { border: 1px solid transparent; border-radius: $px4; }
Pill QLabel { font-size: $px13; font-weight: 600; }
Notice { border: 1px solid transparent; border-left: $px4 solid transparent; }
"""

_FIELDS = """
QLineEdit, QPlainTextEdit, QTextEdit, QComboBox, QAbstractSpinBox {
    background: $surface; color: $text; border: 1px solid $field_border; border-radius: $radius;
    selection-background-color: $accent; selection-color: $on_accent;
}
QLineEdit, QComboBox, QAbstractSpinBox { padding: 0 $px8; min-height: $px30; }
QPlainTextEdit, QTextEdit { padding: $px4; }
QLineEdit[role="phone"] { font-size: $px20; font-weight: 600; min-height: $px36; }
QLineEdit:focus, QComboBox:focus, QAbstractSpinBox:focus {
    border: 2px solid $accent; padding: 0 $px7; min-height: $px28;
}
QLineEdit[role="phone"]:focus { min-height: $px34; }
QPlainTextEdit:focus, QTextEdit:focus { border: 2px solid $accent; padding: $px3; }
QLineEdit:disabled, QPlainTextEdit:disabled, QComboBox:disabled, QAbstractSpinBox:disabled {
    color: $placeholder; background: $stripe; border-color: $line;
}
QLineEdit:read-only, QPlainTextEdit:read-only { background: $stripe; }
QLineEdit[missing="true"], QPlainTextEdit[missing="true"], QComboBox[missing="true"] { border-color: $warn; }
QLineEdit[missing="true"]:focus, QPlainTextEdit[missing="true"]:focus, QComboBox[missing="true"]:focus {
    border-color: $accent;
}
QLineEdit > QToolButton, QLineEdit > QToolButton:focus {
    background: transparent; border: none; padding: 0; margin: 0; min-width: $px24; min-height: $px24;
}
QLineEdit > QToolButton:hover { background: $hover; }
QComboBox::drop-down, QDateTimeEdit::drop-down {
    border: none; width: $px26; subcontrol-origin: padding; subcontrol-position: center right;
}
QComboBox::down-arrow, QDateTimeEdit::down-arrow { image: $arrow_down; width: $px12; height: $px12; }
QAbstractSpinBox::up-button, QAbstractSpinBox::down-button {
    border: none; width: $px24; background: transparent;
}
QAbstractSpinBox::up-arrow { image: $arrow_up; width: $px10; height: $px10; }
QAbstractSpinBox::down-arrow { image: $arrow_down; width: $px10; height: $px10; }
QComboBox QAbstractItemView {
    background: $surface; color: $text; border: 1px solid $field_border; outline: none; padding: $px2;
    selection-background-color: $selection; selection-color: $text;
}
QComboBox QAbstractItemView::item { min-height: $px28; padding: 0 $px6; color: $text; }
QComboBox QAbstractItemView::item:selected { background: $selection; color: $text; }
"""

_BUTTONS = """
QPushButton, QToolButton {
    background: $surface; color: $text; border: 1px solid $field_border; border-radius: $radius;
    padding: 0 $px12; min-height: $px30;
}
QToolButton { padding: 0 $px6; min-width: $px24; }
QPushButton:hover, QToolButton:hover { background: $hover; }
QPushButton:pressed, QToolButton:pressed { background: $selection; }
QPushButton:focus, QToolButton:focus { border: 2px solid $accent; padding: 0 $px11; min-height: $px28; }
QToolButton:focus { padding: 0 $px5; }
QPushButton:disabled, QToolButton:disabled { color: $placeholder; border-color: $line; background: $stripe; }
QPushButton[kind="primary"] {
    background: $accent; color: $on_accent; border: 1px solid $accent; font-weight: 600;
    min-height: $px38; padding: 0 $px18;
}
QPushButton[kind="primary"]:focus { padding: 0 $px17; border: 2px solid $accent; min-height: $px36; }
QPushButton[kind="primary"]:disabled { background: $stripe; color: $placeholder; border-color: $line; }
QPushButton[kind="quiet"], QToolButton[kind="quiet"] { background: transparent; border-color: transparent; }
QPushButton[kind="mark"] {
    background: $warn_tint; color: $warn; border-color: transparent; padding: 0 $px6; min-height: $px24;
}
QPushButton[kind="quiet"] { color: $accent; padding: 0 $px8; min-height: $px26; }
QPushButton[kind="quiet"]:hover, QToolButton[kind="quiet"]:hover { background: $hover; }
QPushButton[kind="quiet"]:focus { border: 2px solid $accent; padding: 0 $px7; min-height: $px24; }
QToolButton[kind="quiet"]:focus { border: 2px solid $accent; padding: 0 $px5; }
QPushButton[kind="chip"] { min-height: $px28; padding: 0 $px11; outline: none; }
QPushButton[kind="chip"]:focus { border: 1px solid $field_border; padding: 0 $px11; min-height: $px28; }
QPushButton[kind="chip"]:checked {
    background: $selection; border: 2px solid $accent; font-weight: 600; padding: 0 $px10; min-height: $px26;
}
QPushButton[kind="choice"] {
    background: $stripe; border: 1px solid $line; border-radius: $radius;
    padding: 0; min-height: 0;
}
QPushButton[kind="choice"]:hover { background: $hover; }
QPushButton[kind="choice"]:checked { border: 2px solid $accent; }
QPushButton[kind="choice"]:focus {
    background: $selection; border: 2px solid $accent; padding: 0; min-height: 0;
}
QPushButton[kind="strip"], QFrame[role="strip"] QToolButton {
    background: transparent; color: $on_strip; border: 1px solid transparent;
    min-height: $px26; padding: 0 $px9;
}
QPushButton[kind="strip"]:hover, QFrame[role="strip"] QToolButton:hover { border-color: $strip_line; }
QPushButton[kind="strip"]:checked { background: $strip_here; border-color: $strip_line; font-weight: 600; }
QPushButton[kind="strip"]:focus, QFrame[role="strip"] QToolButton:focus { border-color: $on_strip; }
QFrame[role="status"] QPushButton, QFrame[role="status"] QToolButton { min-height: $px24; }
"""

_TABLES = """
QAbstractItemView {
    background: $surface; color: $text; alternate-background-color: $stripe; border: 1px solid $line;
    border-radius: $radius; gridline-color: $line; outline: none; padding: 1px;
    selection-background-color: $selection; selection-color: $text;
}
QAbstractItemView[role="bare"] { border: none; padding: 0; }
QAbstractItemView:focus { border: 2px solid $accent; padding: 0; }
QTableView::item, QListView::item, QTreeView::item { padding: 0 $px6; border: none; min-height: $px28; }
QTableView::item:selected, QListView::item:selected, QTreeView::item:selected {
    background: $selection; color: $text;
}
QHeaderView { background: $stripe; border: none; }
QHeaderView::section {
    background: $stripe; color: $muted; border: none; border-bottom: 1px solid $line;
    padding: $px4 $px6; font-size: $px13; text-align: left;
}
QTableCornerButton::section { background: $stripe; border: none; }
QScrollArea { background: transparent; border: none; }
QScrollArea[focusPolicy="11"] { border: 2px solid transparent; border-radius: $radius; }
QScrollArea[focusPolicy="11"]:focus { border-color: $accent; }
QScrollArea > QWidget > QWidget[role="page"] { background: transparent; }
QScrollBar:vertical { background: transparent; width: $px12; margin: 0; }
QScrollBar:horizontal { background: transparent; height: $px12; margin: 0; }
QScrollBar::handle { background: $field_border; border-radius: $px4; margin: $px2; }
QScrollBar::handle:vertical { min-height: $px32; }
QScrollBar::handle:horizontal { min-width: $px32; }
QScrollBar::handle:hover { background: $muted; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
"""

_REST = """
QProgressBar {
    background: $stripe; color: $text; border: 1px solid $field_border; border-radius: $px4;
    min-height: $px16; max-height: $px16; text-align: center; font-size: $px12;
}
QProgressBar::chunk { background: $selection; border-right: 2px solid $accent; border-radius: $px3; }
QMenu { background: $surface; color: $text; border: 1px solid $field_border; padding: $px4; }
QMenu::item { padding: $px5 $px24 $px5 $px12; border-radius: $px4; }
QMenu::item:selected { background: $selection; color: $text; }
QMenu::item:disabled { color: $placeholder; }
QMenu::separator { background: $line; height: 1px; margin: $px4 $px8; }
QCheckBox, QRadioButton {
    spacing: $px8; min-height: $px26; padding: 1px; border: 2px solid transparent; border-radius: $radius;
}
QCheckBox:focus, QRadioButton:focus { border-color: $accent; }
QCheckBox::indicator {
    width: $px16; height: $px16; background: $surface; border: 1px solid $field_border; border-radius: $px3;
}
QCheckBox::indicator:checked { background: $accent; border-color: $accent; image: $tick; }
QCheckBox::indicator:disabled { background: $stripe; border-color: $line; }
QSplitter::handle { background: transparent; }
QTabWidget::pane { border: 1px solid $line; border-radius: $radius; background: $surface; }
QTabBar::tab {
    background: transparent; color: $muted; padding: $px6 $px14; border-bottom: 2px solid transparent;
}
QTabBar::tab:selected { color: $text; border-bottom-color: $accent; font-weight: 600; }
QTabBar::tab:focus { border: 2px solid $accent; }
"""
