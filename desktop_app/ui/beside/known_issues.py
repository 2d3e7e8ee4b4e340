"""What is known to be broken, for the call in hand: one key says that it is one of those calls (3 intro)."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, QPoint, Qt, Signal
from PySide6.QtWidgets import QMenu, QWidget

from desktop_app.domain.known_issue import KnownIssue, issue_for
from desktop_app.domain.same_symptom import folded, likely, symptom_in, symptoms_of
from desktop_app.domain.times import zone_of
from desktop_app.ui.capture.form import CaptureForm
from desktop_app.ui.session import Session
from desktop_app.ui.theme.style import scaled
from desktop_app.ui.typing.keys import KEYS
from desktop_app.ui.widgets.announce import announce

KNOWN, TAG = "known_issue", "symptom_tag"
"""The fields of a record that say of which known issue it is, and which symptom the caller told of."""
_MOST = 9


class KnownIssues(QObject):
    """``changed`` tells that another issue is at hand for the call, or none, or that it was counted in."""

    changed = Signal()

    def __init__(self, session: Session, form: CaptureForm, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session, self._form = session, form
        self._zone = zone_of(session.store.settings.zone)
        self._all: tuple[KnownIssue, ...] = ()
        self._turn = 0
        self._filled: dict[str, str] = {}
        self._state: tuple[object, ...] = ()
        self.issue: KnownIssue | None = None
        form.edited.connect(self._look)
        form.refilled.connect(self._refilled)
        session.shelf.changed.connect(self.refresh)
        seen = form.isVisible
        session.shortcuts.add("known_issue", KEYS["known_issue"], self.toggle, when=seen, owner=self)
        session.shortcuts.add("symptom", KEYS["symptom"], self.choose_symptom, when=seen, owner=self)
        self.refresh()

    @property
    def linked(self) -> bool:
        """Whether the call in hand is of the issue that is shown."""
        return self.issue is not None and self._form.text(KNOWN) == self.issue.incident

    def refresh(self) -> None:
        """Read what is known now; of several reads under way the last counts."""
        self._turn += 1
        turn, store, pack = self._turn, self._session.store, self._session.shelf.pack

        def work() -> tuple[KnownIssue, ...]:
            from desktop_app.services.known_issues import known_issues  # not needed for the first window

            return known_issues(store, pack)

        def done(found: tuple[KnownIssue, ...]) -> None:
            if turn == self._turn:
                self._all = found
                self._look()

        self._session.background.query(work, done, self._session.messages.tell, owner=self)

    def to_say(self) -> str:
        """Return what to say to the caller: the notice's wording, else what can always be said."""
        issue, words = self.issue, self._session.words
        if issue is None:
            return ""
        if issue.said.zh:
            return issue.said.told(words.language)
        if issue.expected_at is not None:
            time = f"{issue.expected_at.astimezone(self._zone):%H:%M}"
            return words.say("window.known_issue.say_until", time=time)
        return words.say("window.known_issue.say")

    def since(self) -> str:
        """Return when the issue was noticed, as people say it; empty where nobody knows."""
        if self.issue is None or self.issue.since is None:
            return ""
        return f"{self.issue.since.astimezone(self._zone):%H:%M}"

    def toggle(self) -> None:
        """Count the call in hand in with the issue and fill in what is said; again takes that back."""
        if self.issue is None:
            announce(self._form, self._session.words.say("window.known_issue.none"))
            return
        form, say = self._form, self._session.words.say
        if self.linked:
            for key, text in self._filled.items():
                if form.text(key) == text:
                    form.enter(key, "")
            self._filled = {}
            form.note(KNOWN, "")
            announce(form, say("window.known_issue.taken_back"))
            return
        texts = {
            "detail": say("window.known_issue.detail", symptom=self.issue.symptom),
            "answer": self.to_say(),
            "told_about_outage": "yes",
        }
        self._filled = {key: text for key, text in texts.items() if not form.text(key).strip()}
        form.begin_call()
        form.note(KNOWN, self.issue.incident)
        for key, text in self._filled.items():
            form.enter(key, text)
        announce(form, say("window.known_issue.linked", number=self.issue.number))

    def choose_symptom(self) -> None:
        """Offer the symptoms that the call may tell of, likeliest first; one digit marks it."""
        menu = self.symptom_menu(self._form)
        menu.popup(self._form.mapToGlobal(QPoint(scaled(14), scaled(90))))

    def symptom_menu(self, parent: QWidget) -> QMenu:
        """Return the menu of symptoms; the one that the call's words say is ticked already."""
        words, form = self._session.words, self._form
        menu = QMenu(parent)
        menu.setObjectName("symptom_menu")
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        known = symptoms_of(self._session.shelf.pack.incident_types)
        marked = folded(form.text(TAG))
        said = symptom_in(self._told(), known)
        for place, one in enumerate(likely(f"{self._told()} {form.text(TAG)}", known, _MOST)):
            text = one.text.told(words.language)
            action = menu.addAction(f"&{place + 1}  {text.replace('&', '&&')}")
            action.setCheckable(True)
            chosen = marked in (folded(one.text.zh), folded(one.text.en)) if marked else one == said
            action.setChecked(chosen)
            action.triggered.connect(partial(self._mark, "" if chosen and marked else text))
        if not known:
            menu.addAction(words.say("window.known_issue.no_symptoms")).setEnabled(False)
        menu.setActiveAction(menu.actions()[0])
        return menu

    def _mark(self, text: str, _checked: bool = False) -> None:
        self._form.begin_call()
        self._form.note(TAG, text)
        code = "marked" if text else "unmarked"
        announce(self._form, self._session.words.say(f"window.known_issue.{code}", symptom=text))

    def _told(self) -> str:
        return " ".join((self._form.text("summary"), self._form.text("detail")))

    def _refilled(self) -> None:
        self._filled = {}
        self._look()

    def _look(self) -> None:
        form = self._form
        counted = form.text(KNOWN)
        held = next((one for one in self._all if one.incident == counted), None) if counted else None
        symptoms = symptoms_of(self._session.shelf.pack.incident_types) if self._all else ()
        found = held or issue_for(self._all, self._told(), form.text("address"), symptoms)
        state = (found, counted)
        if state != self._state:
            self._state, self.issue = state, found
            self.changed.emit()
