"""What stands beside the form follows it: the playbook at hand, what of it is done, whom it says to ring.

No widgets. What is done goes into the form, and with it into the draft: a kill loses none of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from PySide6.QtCore import QObject, Signal

from desktop_app.domain.contacts import contacts_for
from desktop_app.domain.form_fields import Values
from desktop_app.domain.greetings import greetings_on
from desktop_app.domain.kinds import Kind
from desktop_app.domain.phrases import filled, used_line
from desktop_app.domain.playbooks import playbook_for, playbooks_of
from desktop_app.domain.site_pack import Contact, Phrase, Playbook, SitePack, Step
from desktop_app.domain.site_text import Bilingual
from desktop_app.domain.steps_done import Done, as_text, done_now, read_done
from desktop_app.domain.times import zone_of
from desktop_app.ui.capture.completeness import is_empty
from desktop_app.ui.capture.editors import text_of
from desktop_app.ui.capture.form import CaptureForm
from desktop_app.ui.capture.phrasing import USED as PHRASES_USED
from desktop_app.ui.session import Session

_VERSION, _DONE, _SCRIPT = "plan_version", "steps_done", "script_used"
_ASKS_FOR_SCRIPT = frozenset({Kind.ABNORMAL, Kind.MEDIA})
"""Kinds whose form asks which agreed sentence was used (A§10.3, A§13.2)."""
_USUAL = {Kind.URGENT: ("property", "centre_told_at")}
"""Whom to ring where no playbook says it, by role, and the field for when they were told."""


class AtHand(QObject):
    """``changed`` tells that anything of it is another now.

    ``ringing`` are the contacts of the ``role`` that is to be rung, likeliest first; ``told_by`` is the time
    field that says when they were told ("" for none). They stay while steps are ticked, until kind or place
    make it somebody else or a person rings another; ``next_to_ring`` is whom the step at hand asks for where
    that is another. ``soothing`` is what may be said in the caller's ``mood``; ``greeting`` is the sentence
    of the day while nothing is typed.
    """

    changed = Signal()

    def __init__(self, session: Session, form: CaptureForm, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session, self._form = session, form
        self.zone = zone_of(session.store.settings.zone)
        self.playbook: Playbook | None = None
        self.done: tuple[Done, ...] = ()
        self.ringing: tuple[Contact, ...] = ()
        self.soothing: tuple[Phrase, ...] = ()
        self.role = self.told_by = self.address = self.mood = self.greeting = ""
        self._values: Values = {}
        self._chosen = ""
        self._rung: Contact | None = None
        self._usual_ringing: tuple[object, ...] = ()
        self.next_to_ring: Contact | None = None
        self._noting = False
        self._state: tuple[object, ...] = ()
        form.edited.connect(self._edited)
        form.refilled.connect(self._refilled)
        session.shelf.changed.connect(self._look)
        self._look()

    @property
    def pack(self) -> SitePack:
        """The site's pack as it is read by now."""
        return self._session.shelf.pack

    @property
    def kind(self) -> Kind:
        """The kind that is in the form."""
        return self._form.kind

    @property
    def since(self) -> datetime | None:
        """When the call began (UTC)."""
        return self._form.since

    @property
    def steps(self) -> Sequence[Step]:
        """The steps of the playbook at hand."""
        return self.playbook.steps if self.playbook else ()

    @property
    def current(self) -> int:
        """The place of the first step that is not done; -1 where there is none."""
        return next((place for place, step in enumerate(self.steps) if self.when_done(step) is None), -1)

    @property
    def by_place(self) -> bool:
        """Whether somebody else would be to ring if the address were known."""
        serving = any(one.serves for one in self.pack.contacts if one.role == self.role)
        return serving and not self.address.strip()

    @property
    def offered(self) -> tuple[Playbook, ...]:
        """The playbooks of the kind that a person may choose from."""
        return playbooks_of(self.pack, self.kind, self.today())

    def choose(self, key: str) -> None:
        """Show another playbook of the kind, until the form holds another record."""
        self._chosen = key
        self._look()

    def ring(self, contact: Contact) -> None:
        """Ring this one from now on: a person chose them."""
        self._rung = contact
        self._look()

    def today(self) -> date:
        """Return the day of the site's calendar."""
        return self._session.clock().astimezone(self.zone).date()

    def told(self, text: Bilingual) -> str:
        """Return a text of the pack, its placeholders filled from the form."""
        language = self._session.words.language
        plain = text.told(language)
        return filled(text, self._form.shown(), language) if "{" in plain else plain

    def when_done(self, step: Step) -> Done | None:
        """Return when a step of the playbook at hand was done; None where it was not."""
        return self._found(self.playbook.key if self.playbook else "", step.key)

    def was_used(self, phrase: Phrase) -> bool:
        """Whether a canned sentence was used in this call."""
        return self._line(phrase) in self._form.text(PHRASES_USED).splitlines()

    def tick(self, place: int) -> None:
        """Say that a step is done, now; said again, that it is not. Nothing where there is no such step."""
        if self.playbook is None or not 0 <= place < len(self.steps):
            return
        step, version = self.steps[place], self.playbook.version
        held = self.when_done(step)
        if held is not None:
            self._keep(tuple(one for one in self.done if one is not held))
            return
        title = step.title.told(self._session.words.language)
        self._log(title, self.playbook.key, step.key)
        if step.stamps:
            self._form.fields.stamp_field(step.stamps)
        if step.say.zh and self.kind in _ASKS_FOR_SCRIPT and not self._form.text(_SCRIPT):
            self._form.enter(_SCRIPT, f"{version} {title}")

    def use(self, phrase: Phrase) -> None:
        """Log a canned sentence as used, as one that is written by its code."""
        if not self.was_used(phrase):
            self._form.begin_call()
            lines = self._form.text(PHRASES_USED).splitlines()
            self._form.note(PHRASES_USED, "\n".join((*lines, self._line(phrase))))

    def _line(self, phrase: Phrase) -> str:
        return used_line(phrase, self.pack, self._session.words.language)

    def _log(self, title: str, of: str, key: str) -> None:
        if self._found(of, key) is None:
            self._form.begin_call()
            self._keep((*self.done, done_now(title, of, key, self._session.clock(), self.zone)))

    def _found(self, of: str, key: str) -> Done | None:
        return next((one for one in self.done if (one.of, one.key) == (of, key)), None)

    def _keep(self, done: tuple[Done, ...]) -> None:
        self._form.note(_DONE, as_text(done))

    def _edited(self) -> None:
        if self._noting:
            return
        self._look()
        self._noting = True
        try:
            # Only what a person does is noted: a pack that is read anew must not touch a saved record.
            self._form.note(_VERSION, "" if is_empty(self._values) else self._versions())
        finally:
            self._noting = False

    def _refilled(self) -> None:
        """Of what comes by no rule, only what was done tells that a person chose it."""
        done = {one.of for one in read_done(self._form.text(_DONE))}
        by_hand = (book.key for book in self.pack.playbooks if book.by_hand)
        self._chosen = next((key for key in by_hand if key in done), "")
        self._rung = None
        self._look()

    def _look(self) -> None:
        values = self._values = self._form.values()
        chosen = (book for book in self.offered if book.key == self._chosen)
        self.playbook = next(chosen, None) or playbook_for(self.pack, values, self.today())
        self.done = read_done(text_of(values.get(_DONE)))
        self.address, self.mood = text_of(values.get("address")), text_of(values.get("mood"))
        self._ring()
        self.soothing = tuple(
            phrase for phrase in self.pack.phrases if self.mood and self.mood in phrase.situations
        )
        self.greeting = self._greeting() if is_empty(values) and self.since is None else ""
        state = (
            self.playbook,
            self.done,
            (self.ringing, self.next_to_ring),
            (self.role, self.told_by, bool(self.address.strip())),
            (self.since, self.kind),
            (self.greeting, self.mood, self.soothing),
            self.told(self.steps[self.current].say) if self.current >= 0 else "",
            tuple((self.told(phrase.text), self.was_used(phrase)) for phrase in self.soothing),
        )
        if state != self._state:
            self._state = state
            self.changed.emit()

    def _ring(self) -> None:
        """Find whom the steps say to ring first, before their turn, or whom a person chose instead."""
        asking = {step.ring: step.stamps for step in reversed(self.steps) if step.ring}
        first = next((step.ring for step in self.steps if step.ring), "")
        usual_role, usual_stamps = _USUAL.get(self.kind, ("", ""))
        self.role = first or usual_role
        found = contacts_for(self.pack, self.role, self.address) if self.role else ()
        usual = (self.kind, self.playbook.key if self.playbook else "", found)
        if usual != self._usual_ringing:
            self._usual_ringing, self._rung = usual, None
        if self._rung is not None:
            self.role = self._rung.role
            found = (self._rung, *(one for one in found if one is not self._rung))
        self.ringing = found
        self.told_by = (
            asking.get(self.role, "") if asking else usual_stamps if self.role == usual_role else ""
        )
        self.next_to_ring = self._asked_for_now()

    def _asked_for_now(self) -> Contact | None:
        """Return whom the step at hand says to ring where that is not who is rung already."""
        asked = self.steps[self.current].ring if self.current >= 0 else ""
        if not asked or asked == self.role:
            return None
        return next(iter(contacts_for(self.pack, asked, self.address)), None)

    def _greeting(self) -> str:
        found = greetings_on(self.pack, self.today())
        return found[0].text.told(self._session.words.language) if found else ""

    def _versions(self) -> str:
        """Return the playbook at hand, and before it those of which something was done."""
        used = {one.of for one in self.done}
        books = [book for book in self.pack.playbooks if book.key in used and book is not self.playbook]
        books += [self.playbook] if self.playbook else []
        return ", ".join(dict.fromkeys(str(book.version) for book in books if str(book.version)))
