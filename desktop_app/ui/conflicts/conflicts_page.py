"""What a lead decides after a merge: fields changed apart, one matter written twice, what came late."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QWidget

from desktop_app.domain.errors import KnownError
from desktop_app.domain.times import zone_of
from desktop_app.services.conflicts import Choice, Chosen, Conflict, chosen, conflicts
from desktop_app.services.decisions import may_decide
from desktop_app.services.late_payloads import SetAside, set_aside
from desktop_app.services.progress import Progress
from desktop_app.services.to_confirm import ToConfirm, to_confirm
from desktop_app.services.twins import Joined, Proposal, Twins, twins
from desktop_app.ui.conflicts.acts import Act, Undo, answer, choose
from desktop_app.ui.conflicts.conflict_view import ConflictView
from desktop_app.ui.conflicts.lines_view import LinesView
from desktop_app.ui.conflicts.twins_view import TwinsView
from desktop_app.ui.conflicts.waiting import Item, Waiting, most_urgent
from desktop_app.ui.conflicts.waiting_list import WaitingList
from desktop_app.ui.session import Session
from desktop_app.ui.theme.style import scaled
from desktop_app.ui.typing.keys import KEYS
from desktop_app.ui.typing.line_edit import LineEdit
from desktop_app.ui.widgets.cards import card
from desktop_app.ui.widgets.decision_bar import DecisionBar
from desktop_app.ui.widgets.dialog import Dialog
from desktop_app.ui.widgets.empty_state import EmptyState
from desktop_app.ui.widgets.form_row import FormGrid
from desktop_app.ui.widgets.labels import Heading, PlainLabel

_CODES = {
    "conflicts": ("yes", "all", "both", "edit", "undo"),
    "twins": ("yes", "no", "undo"),
    "late": ("yes", "no", "undo"),
    "steps": ("yes", "undo"),
    "decided": ("yes", "undo"),
}
"""What can be done in each section."""
_BUTTONS = ("yes", "no", "all", "both", "edit", "undo")
_WITH_REASON = ("conflicts", "late", "steps")


class ConflictsPage(QWidget):
    """Sections and their lines at the left, the selected one at the right; the next one comes by itself."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._words = session, session.words
        self._zone = zone_of(session.store.settings.zone)
        self._may = may_decide(session.store)
        self._waiting = Waiting()
        self._undo: list[Undo] = []
        self._working = self._comparing = self._arrived = False
        layout = QHBoxLayout(self)
        margin = scaled(12)
        layout.setContentsMargins(margin, margin, margin, margin)
        layout.setSpacing(scaled(12))
        self._list = WaitingList(self._words, self._zone)
        layout.addWidget(self._list, 10)
        layout.addWidget(self._make_detail(), 15)
        self._list.changed.connect(self._show_detail)
        self._list.section_changed.connect(self._say_nothing)
        self._add_keys()
        self._list.show_sections(self._waiting, self._list.section)
        self._list.show_lines()
        self.refresh()

    @property
    def busy(self) -> bool:
        """Whether something is being written or looked for."""
        return self._working or self._comparing

    def load(self, then: Callable[[], None] | None = None) -> None:
        """Read what waits, and keep the line that is selected where it is still there.

        Nothing while the page is not on screen: it reads again when it is gone to.
        """
        if not self.isVisible() and then is None:
            return
        store = self._session.store

        def work() -> Waiting:
            return Waiting(conflicts(store), set_aside(store), to_confirm(store), chosen(store))

        def done(told: Waiting) -> None:
            arrived, self._arrived = self._arrived, False
            self._take(told, self._waiting.twins, arrived=arrived)
            if then is not None:
                then()

        self._session.background.query(work, done, owner=self)

    def compare(self) -> None:
        """Look for records of two stations that tell one matter."""
        if self._comparing:
            return
        self._comparing = True
        store, known = self._session.store, self._waiting.twins

        def work(progress: Progress) -> Twins:
            return twins(store, known)

        def done(found: Twins) -> None:
            self._comparing = False
            self._take(self._waiting, found)

        def failed(problem: Exception) -> None:
            self._comparing = False
            self._session.messages.tell(problem)

        self._session.background.run_job(work, done=done, failed=failed, owner=self)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._list.lines.setFocus()
        self._arrived = True
        self.refresh()

    def refresh(self) -> None:
        """Look again at everything: a merge may have brought more."""
        self.load()
        self.compare()

    def ask(self, code: str) -> None:
        """Do what a button or key says."""
        item = self._list.selected()
        if not self._bar.can(code):
            return
        if code == "undo":
            self._undo_last()
        elif self._list.section == "conflicts":
            self._ask_conflict(code)
        elif item is not None and (act := answer(item, self._reason_text(), yes=code == "yes")):
            if act.code == "purged":
                self._ask_purge(item, act)
            else:
                self._do(act)

    def _make_detail(self) -> QFrame:
        say = self._words.say
        frame, layout = card()
        self._title = Heading()
        self._why = PlainLabel("", role="secondary", wrap=True)
        self._why.setObjectName("why")
        self._view = ConflictView(self._words, self._zone, may=self._may)
        self._view.chosen.connect(self._choose)
        self._view.moved.connect(self._enable)
        self._twins = TwinsView(self._words, self._zone)
        self._lines = LinesView(self._words, self._zone)
        self._nothing = EmptyState("conflicts", say("window.conflicts.select"))
        self._blank = QWidget()
        self._views = QStackedWidget()
        for view in (self._blank, self._nothing, self._view, self._twins, self._lines):
            self._views.addWidget(view)
        self._reason = LineEdit(most=200)
        self._reason.setObjectName("decision_reason")
        self._reason_row = QWidget()
        FormGrid(self._reason_row).row(say("window.conflicts.reason"), self._reason)
        self._bar = DecisionBar(dict.fromkeys(_BUTTONS, ""))
        self._bar.asked.connect(self.ask)
        layout.addWidget(self._title)
        layout.addWidget(self._why)
        layout.addWidget(self._views, 1)
        layout.addWidget(self._reason_row)
        layout.addWidget(self._bar)
        if not self._may:
            self._bar.say(say("window.conflicts.leads_only"))
        return frame

    def _add_keys(self) -> None:
        add = partial(self._session.shortcuts.add, owner=self)
        for code in _BUTTONS:
            keys = KEYS[f"match_{code}"].split()
            add(f"match_{code}", keys[-1], partial(self.ask, code), when=self.isVisible)
            if len(keys) > 1:
                add(f"match_{code}", keys[0], partial(self.ask, code), when=self._in_lists)
        add("match_yes", "Return", lambda: self.ask("yes"), when=self._reason.hasFocus)
        add("match_yes", "Return", self._view.take_typed, when=self._view.line_focused)
        add("give_up_edit", "Esc", self._view.give_up_edit, when=self._view.line_focused)

    def _in_lists(self) -> bool:
        return self.isVisible() and (self._list.lines.hasFocus() or self._view.has_cards_focused())

    def _bar_text(self, section: str, code: str) -> str:
        item = self._list.selected() if section == "decided" else None
        if item is not None and code == "yes" and isinstance(item.what, Chosen) and item.what.undone:
            return self._words.say("window.conflicts.bar.decided.again")
        if code == "undo":
            return self._words.say("window.conflicts.bar.undo")
        if section == "conflicts" and code == "yes" and self._view.editing():
            return self._words.say("window.conflicts.bar.conflicts.typed")
        known = f"window.conflicts.bar.{section}.{code}"
        return self._words.say(known) if self._words.has(known) else code

    def _take(self, told: Waiting, found: Twins | None, *, arrived: bool = False) -> None:
        """Show what was read; the focus goes on to what comes next."""
        listed, focused = self._list, self._view.has_cards_focused()
        item, row = listed.selected(), listed.lines.current_row()
        in_page = focused or self._list.lines.hasFocus() or self._reason.hasFocus() or self._view.editing()
        before, arrived = self._waiting, arrived and not in_page
        self._waiting = Waiting(told.conflicts, told.late, told.steps, told.chosen, found)
        if self._waiting == before and listed.filled:
            return
        section = listed.section
        # What was decided last, or what nobody finds on coming here: then what waits most.
        done = (arrived or (in_page and before.count(section))) and not self._waiting.count(section)
        if done:
            section = most_urgent(self._waiting) or section
        listed.show_sections(self._waiting, section)
        same = section == "conflicts" and self._waiting.conflicts == before.conflicts
        if same and self._view.editing():
            return
        listed.show_lines(item.key if item else "", row)
        if done:
            # Not onto what waits elsewhere: an Enter too many would decide it unread.
            listed.choices.setFocus()
        elif in_page or arrived:
            self._focus(cards=focused)

    def _focus(self, *, cards: bool) -> None:
        if cards and self._list.section == "conflicts" and self._list.filled:
            self._view.focus_first()
        elif self._list.filled:
            self._list.lines.setFocus()
        else:
            self._list.choices.setFocus()

    def _say_nothing(self) -> None:
        """What was done in one section is no news in another."""
        if self._may:
            self._bar.say("")

    def _show_detail(self) -> None:
        item = self._list.selected()
        what = item.what if item else None
        self._title.setText(item.number if item else "")
        self._why.setText(self._words.say(f"window.conflicts.about.{self._list.section}") if item else "")
        # Where there is no line the list says so: nothing is to be selected.
        view: QWidget = self._nothing if self._list.filled else self._blank
        if isinstance(what, tuple):
            self._view.show_conflicts(what)
            view = self._view
        elif isinstance(what, Proposal | Joined):
            self._twins.show_records([member.told for member in what.members])
            if isinstance(what, Proposal) and item:
                self._why.setText(item.about)
            view = self._twins
        elif isinstance(what, SetAside | ToConfirm | Chosen):
            self._lines.show_item(what)
            view = self._lines
        self._views.setCurrentWidget(view)
        self._enable()

    def _enable(self) -> None:
        item, section = self._list.selected(), self._list.section
        may = self._may and item is not None and not self._working
        self._reason_row.setVisible(item is not None and self._may and section in _WITH_REASON)
        codes = _CODES[section] if item is not None else ("undo",)
        self._bar.offer({code: self._bar_text(section, code) for code in codes})
        can = dict.fromkeys(codes, may)
        if section == "conflicts":
            several = item is not None and isinstance(item.what, tuple) and len(item.what) > 1
            can |= {"all": may and several, "both": may and bool(self._view.both())}
        can["undo"] = bool(self._undo) and not self._working
        self._bar.enable(can)

    def _reason_text(self) -> str:
        return self._reason.full_text().strip()

    def _ask_conflict(self, code: str) -> None:
        if code == "yes" and self._view.editing() and not self._view.has_cards_focused():
            self._view.take_typed()
        elif code == "yes":
            self._view.take()
        elif code == "all":
            self._view.take_all()
        else:
            self._view.edit(self._view.both() if code == "both" else None)

    def _choose(self, conflict: Conflict, choices: tuple[Choice, ...]) -> None:
        if self._may and not self._working:
            self._do(choose(conflict.subject, choices, self._reason_text()))

    def _ask_purge(self, item: Item, act: Act) -> None:
        say = self._words.say
        dialog = Dialog(
            self._words,
            say("window.conflicts.purge.title", number=item.number),
            say("window.conflicts.purge.do"),
            self.window(),
        )
        dialog.body.addWidget(PlainLabel(say("window.conflicts.purge.what"), wrap=True))
        dialog.accepted.connect(lambda: self._do(act))
        dialog.open()

    def _do(self, act: Act) -> None:
        store, clock = self._session.store, self._session.clock

        def done(undo: Undo | None) -> None:
            if undo is not None:
                self._undo.append(undo)
            self._reason.clear()
            self._changed(f"window.conflicts.done.{act.code}", twins=act.twins)

        self._change(lambda: act.do(store, clock()), done)

    def _undo_last(self) -> None:
        if not self._undo:
            return
        store, clock, undo = self._session.store, self._session.clock, self._undo[-1]

        def done(_none: None) -> None:
            self._undo.pop()
            self._changed("window.conflicts.done.undone", twins=True)

        self._change(lambda: undo(store, clock()), done)

    def _change(self, work: Callable[[], object], done: Callable[..., None]) -> None:
        if self._working:
            return
        self._working = True

        def finished(told: object) -> None:
            self._working = False
            done(told)

        def failed(problem: Exception) -> None:
            self._working = False
            self._enable()
            self._session.messages.tell(problem)
            if isinstance(problem, KnownError) and problem.code in ("guard.reason", "guard.acting_reason"):
                self._reason.setFocus()
            else:
                self.load()

        self._session.background.change(work, finished, failed, owner=self)

    def _changed(self, said: str, *, twins: bool) -> None:
        self._bar.say(self._words.say(said), aloud=True)
        self.load(self.compare if twins else None)
