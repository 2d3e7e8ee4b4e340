"""Canned phrases written by ``;code`` and a blank into the long texts of the form, chips by ``;1`` (DESK §2).

While a code is typed its phrases stand in a list beside the caret. What an input method is composing counts
for the list, but nothing is written before it is settled. One Ctrl+Z takes a phrase back.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, QRect, QTimer
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QApplication

from desktop_app.domain.chips import chips_for
from desktop_app.domain.initials import initials
from desktop_app.domain.kinds import Kind
from desktop_app.domain.phrases import BLANK, filled, phrases_for, typed_code, used_line
from desktop_app.domain.site_pack import Phrase
from desktop_app.domain.site_text import Bilingual
from desktop_app.ui.capture.form import CaptureForm
from desktop_app.ui.capture.phrases_panel import PhraseLine
from desktop_app.ui.capture.text_chips import MOST
from desktop_app.ui.session import Session
from desktop_app.ui.typing.text_edit import LongTextEdit
from desktop_app.ui.widgets.offer_list import OfferList, place_in
from desktop_app.ui.widgets.offer_row import Line

USED = "phrases_used"
"""The field of the record that tells which phrases were written (1.6.4, 2§2)."""
_NOTES = "detail"
_PAUSE_MS = 100
_ENDS = tuple(" \u3000\n，。；：、,.;:!?！？")
_BLANKS = (" ", "\u3000")
_BEGUN = re.compile(r"[;；]([0-9A-Za-z０-９Ａ-Ｚａ-ｚ]{0,12})$")
_HALF = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_Change = Callable[[list[str]], list[str]]
_SITUATIONS = ("kind", "category", "mood", "urgent_kind", "abnormal_kind")


@dataclass(frozen=True, slots=True)
class _Offer:
    code: str
    title: str
    text: Bilingual
    noted: str = ""


class Phrasing(QObject):
    """Watches what is typed into the long texts of one form."""

    def __init__(self, session: Session, form: CaptureForm) -> None:
        super().__init__(form)
        self._session, self._form = session, form
        self._words = session.words
        self._list = OfferList(form)
        self._list.setObjectName("phrase_list")
        self._list.taken.connect(self._take_line)
        self._edit: LongTextEdit | None = None
        self._offers: list[_Offer] = []
        self._counts: dict[LongTextEdit, int] = {}
        self._written: tuple[LongTextEdit, str, str] | None = None
        self._look_at_chips = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._look_at_chips.timeout.connect(self._show_chips)
        session.background.closing.connect(self._look_at_chips.stop)
        form.fields.edited.connect(self._typed)
        form.edited.connect(self._look_at_chips.start)
        form.refilled.connect(self._forget)
        session.shelf.changed.connect(self._show_chips)
        form.fields.chips.pressed.connect(self._write_chip)
        form.fields.phrases.asked.connect(lambda place: self.write(self._phrases()[place]))
        form.fields.chips.left.connect(lambda: form.fields.go_to(self._chips()[0] or _NOTES))
        keys = {
            "phrase_take": ("Return Tab", self._take, lambda: self._list.chosen >= 0),
            "phrase_next": ("Down", lambda: self._list.step(1), self._list.isVisible),
            "phrase_before": ("Up", lambda: self._list.step(-1), self._list.isVisible),
            "phrase_close": ("Esc", self._list.dismiss, self._list.isVisible),
        }
        for code, (sequences, action, when) in keys.items():
            session.shortcuts.add(code, sequences, action, when=when, owner=form)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._follow)

    def write(self, phrase: Phrase) -> None:
        """Write a phrase at the caret of a long text; where that is in none, behind what the notes hold."""
        fields = self._form.fields
        edit = QApplication.focusWidget()
        if not isinstance(edit, LongTextEdit) or not fields.isAncestorOf(edit):
            fields.go_to(_NOTES)
            edit = fields.editor(_NOTES).widget
            if not isinstance(edit, LongTextEdit):
                raise TypeError(_NOTES)
            edit.moveCursor(QTextCursor.MoveOperation.End)
        self._write(edit, self._offer_of(phrase), 0)

    def _chips(self) -> tuple[str, tuple[Bilingual, ...]]:
        """Return the field that the chips of the record at hand are written into, and their texts."""
        chips = chips_for(self._session.shelf.pack, self._form.values())
        return (chips.fills, chips.texts[:MOST]) if chips is not None else ("", ())

    def _show_chips(self) -> None:
        language = self._words.language
        _, texts = self._chips()
        self._form.fields.chips.show_texts([text.told(language) for text in texts])
        self._form.fields.phrases.show_lines(
            [
                PhraseLine(one.code, one.title.told(language), filled(one.text, {}, language))
                for one in self._phrases()
            ]
        )

    def _phrases(self) -> tuple[Phrase, ...]:
        """Return every phrase, those that fit the record at hand first."""
        # A category chosen before the kind was switched is no longer meant.
        meant = (key for key in _SITUATIONS if key != "category" or self._form.kind is Kind.ENQUIRY)
        return phrases_for(self._session.shelf.pack, [self._form.text(key) for key in meant])

    def _write_chip(self, place: int) -> None:
        """Write a chip behind what its field holds, and go there."""
        key, texts = self._chips()
        if place >= len(texts):
            return
        self._form.fields.go_to(key)
        edit = self._form.fields.editor(key).widget
        if not isinstance(edit, LongTextEdit):
            return
        edit.moveCursor(QTextCursor.MoveOperation.End)
        before = edit.before_caret()
        between = "" if not before or before.endswith(_ENDS) else self._words.say("window.capture.chip_join")
        # With the character before it, so that one Ctrl+Z takes back the chip and nothing else.
        edit.replace_before_caret(len(before[-1:]), before[-1:] + between + self._filled(texts[place]))

    def _typed(self, key: str) -> None:
        edit = self._form.fields.editor(key).widget
        if not isinstance(edit, LongTextEdit) or not edit.hasFocus():
            return
        if edit not in self._counts:
            edit.cursorPositionChanged.connect(self._look)
        count = edit.document().characterCount() + len(edit.preedit())
        grown = count - self._counts.get(edit, 1)
        self._counts[edit] = count
        self._edit = edit
        self._take_back(edit)
        before = edit.before_caret()
        if grown == 1 and not edit.preedit() and before.endswith(_BLANKS):
            code = typed_code(before[:-1], len(before) - 1)
            offer = next((one for one in self._every(edit) if code and one.code == code.code), None)
            if code is not None and offer is not None:
                self._write(edit, offer, len(before) - code.start)
                return
        self._look()

    def _look(self) -> None:
        """Offer the phrases whose code is being typed, or close the list where none is."""
        edit = self._edit
        if edit is None or not edit.hasFocus():
            self._list.dismiss()
            return
        begun = _BEGUN.search(edit.before_caret() + edit.preedit())
        wanted = begun[1].translate(_HALF).lower() if begun else ""
        self._offers = self._fitting(edit, wanted) if begun else []
        # A bare ; is punctuation most of the time: Enter and Tab stay what they are until one is chosen.
        chosen = 0 if wanted and not edit.preedit() else -1
        caret = edit.cursorRect()
        around = place_in(self._form, edit.viewport())
        beside = QRect(around.topLeft() + caret.topLeft(), caret.size())
        lines = [Line(offer.title, f";{offer.code}") for offer in self._offers]
        self._list.offer(lines, beside, chosen)

    def _fitting(self, edit: LongTextEdit, wanted: str) -> list[_Offer]:
        every = self._every(edit)
        by_code = [one for one in every if one.code.startswith(wanted)]
        by_title = [one for one in every if one not in by_code and initials(one.title).startswith(wanted)]
        return sorted(by_code, key=lambda one: one.code != wanted) + by_title

    def _every(self, edit: LongTextEdit) -> list[_Offer]:
        """Return the chips of this field by their digits, then every phrase, the fitting ones first."""
        language = self._words.language
        fills, texts = self._chips()
        chips = texts if fills == edit.objectName() else ()
        return [
            *(_Offer(str(place), text.told(language), text) for place, text in enumerate(chips, 1)),
            *map(self._offer_of, self._phrases()),
        ]

    def _offer_of(self, phrase: Phrase) -> _Offer:
        pack, language = self._session.shelf.pack, self._words.language
        noted = used_line(phrase, pack, language)
        return _Offer(phrase.code, phrase.title.told(language), phrase.text, noted)

    def _take_line(self, place: int) -> None:
        edit = self._edit
        if edit is None or place >= len(self._offers):
            return
        begun = _BEGUN.search(edit.before_caret())
        if begun is not None:
            self._write(edit, self._offers[place], len(begun[0]))

    def _take(self) -> None:
        self._take_line(self._list.chosen)

    def _write(self, edit: LongTextEdit, offer: _Offer, typed: int) -> None:
        """Write a phrase over its code, and note on the record which one of which edition it was."""
        before = edit.settled_text()
        self._list.dismiss()
        edit.replace_before_caret(typed, self._filled(offer.text), select=BLANK)
        self._counts[edit] = edit.document().characterCount()
        self._list.dismiss()
        if offer.noted:
            line = offer.noted
            self._written = (edit, before, line)
            self._note(lambda lines: lines if line in lines else [*lines, line])

    def _take_back(self, edit: LongTextEdit) -> None:
        """A phrase that Ctrl+Z took back was not used."""
        if self._written is not None and self._written[:2] == (edit, edit.settled_text()):
            line, self._written = self._written[2], None
            self._note(lambda lines: [one for one in lines if one != line])

    def _note(self, change: _Change) -> None:
        lines = self._form.text(USED).splitlines()
        self._form.note(USED, "\n".join(change(lines)))

    def _filled(self, text: Bilingual) -> str:
        return filled(text, self._form.shown(), self._words.language)

    def _follow(self) -> None:
        if self._list.isVisible() and QApplication.focusWidget() is not self._edit:
            self._list.dismiss()

    def _forget(self) -> None:
        self._list.dismiss()
        self._counts.clear()
        self._written = None
        self._show_chips()
