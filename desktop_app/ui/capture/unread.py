"""Says what a field could not read once it is left; the text stays for the record's correction list."""

from __future__ import annotations

from collections.abc import Callable

from desktop_app.domain.times import zone_of
from desktop_app.services.id_numbers import is_told
from desktop_app.ui.capture.time_edit import TimeEdit
from desktop_app.ui.session import Session
from desktop_app.ui.typing.line_edit import LineEdit
from desktop_app.words import Words


def tell_unread_time(edit: TimeEdit, words: Words, tell: Callable[[str], None]) -> None:
    """Have ``tell`` called with a sentence whenever the field is left with what is no moment."""
    _tell_unread(edit, edit.moment, words.say("window.capture.unread.time"), tell)


def tell_unread_number(
    edit: LineEdit, read: Callable[[str], object], words: Words, tell: Callable[[str], None]
) -> None:
    """Have ``tell`` called with a sentence whenever the field is left with no number that ``read`` finds."""
    _tell_unread(edit, lambda: read(edit.full_text()), words.say("window.capture.unread.number"), tell)


def id_number_told(session: Session, key: str, text: str) -> str:
    """Return the sentence about an identity number in a field, empty where none is masked on saving."""
    settings, now = session.store.settings, session.clock()
    told = is_told(settings, key, text, zone_of(settings.zone), now)
    return session.words.say("window.capture.id_number") if told else ""


def _tell_unread(
    edit: LineEdit, found: Callable[[], object], sentence: str, tell: Callable[[str], None]
) -> None:
    def left() -> None:
        if edit.full_text().strip() and found() is None:
            tell(sentence)

    edit.editingFinished.connect(left)
