"""What is done in a room, and taken back by a key.

A deed is the last one from the moment it is asked for, not from when the window hears that it is done:
whoever undoes at once means what they have just done. Changes of the store run in the order in which they
were asked for, so the undo of a deed that is still under way waits for it by being asked for behind it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from desktop_app.ui.session import Session

if TYPE_CHECKING:
    from desktop_app.services.decisions import Made
    from desktop_app.ui.doing_dialog import DoingDialog


@dataclass(eq=False, slots=True)
class Deed:
    """One thing that somebody did.

    ``made`` is what it wrote: None until the store's thread has done it, and where that was refused.
    ``undone`` says that somebody asked to take it back.
    """

    made: Made | None = None
    undone: bool = False

    @property
    def wrote(self) -> bool:
        """Whether there is something in the store that can be taken back."""
        return self.made is not None and bool(self.made.entries)


def _say_nothing(_deed: Deed) -> None:
    """Say nothing of what was done."""


class Deeds(QObject):
    """``changed`` says that the store holds something else by now; ``undone`` carries the deed taken back."""

    changed = Signal()
    undone = Signal(object)

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._done: Deed | None = None
        self._dialog: DoingDialog | None = None
        self._under_way: list[Deed] = []

    @property
    def last(self) -> Deed | None:
        """What the key takes back: the last that was done here or is under way."""
        return self._under_way[-1] if self._under_way else self._done

    def act(
        self,
        work: Callable[[], Made],
        done: Callable[[Deed], None] = _say_nothing,
        failed: Callable[[Exception], None] | None = None,
    ) -> Deed:
        """Do something on the store's thread; what is refused is told where ``failed`` does not take it."""
        deed = Deed()
        self._under_way.append(deed)

        def do() -> None:
            # Set on this thread: an undo behind it finds it here before the window hears of either.
            deed.made = work()

        def finished(_none: None) -> None:
            if deed in self._under_way:
                self._under_way.remove(deed)
                self._done = deed if deed.wrote else self._done
            done(deed)
            self.changed.emit()

        def refused(problem: Exception) -> None:
            if deed in self._under_way:
                self._under_way.remove(deed)
            (failed or self._session.messages.tell)(problem)

        self._session.background.change(do, finished, refused, owner=self)
        return deed

    def act_and_tell(self, work: Callable[[], Made], said: str) -> None:
        """Do something on the store's thread, say it and offer to undo it."""
        self.act(work, lambda deed: self.tell(deed, said))

    def took(self, made: Made) -> Deed:
        """Take note of what was done already, by a dialog that waited for it."""
        deed = Deed(made)
        self._done = deed if deed.wrote else None
        self.changed.emit()
        return deed

    def ask(self, dialog: DoingDialog, said: str) -> None:
        """Open a dialog that does something; that it was done is said, with a way to take it back."""
        # Held here: Python's collector would destroy it while it is open.
        self._dialog = dialog
        dialog.done_it.connect(lambda made: self.tell_done(made, said))
        dialog.open()

    def tell_done(self, made: Made, said: str) -> None:
        """Say what was done already, and offer to undo it."""
        self.tell(self.took(made), said)

    def tell(self, deed: Deed, said: str) -> None:
        """Say what was done, with a way to undo it."""
        label = self._session.words.say("window.deeds.undo")
        actions = [(label, lambda: self.undo(deed))] if deed.wrote else []
        if not deed.wrote:
            # Whoever reads this and undoes does not mean what was done before it.
            self._done = None
        self._session.messages.say(said, *actions)

    def forget(self, deed: Deed) -> None:
        """Let the key take back no more what was done up to this."""
        if deed in self._under_way:
            self._under_way = self._under_way[self._under_way.index(deed) + 1 :]
            self._done = None
        elif deed is self._done:
            self._done = None

    def undo_last(self) -> None:
        """Take back what was done last, as the button of the notice does."""
        if self.last is not None:
            self.undo(self.last)

    def undo(self, deed: Deed) -> None:
        """Take back what a deed wrote, once; where it was refused there is nothing to take back."""
        session = self._session
        store, clock = session.store, session.clock
        if deed.undone:
            return
        deed.undone = True
        self.forget(deed)

        def work() -> bool:
            from desktop_app.services.incident_acts import undo  # not needed to type

            if deed.made is None or not deed.made.entries:
                return False
            undo(store, deed.made, now=clock())
            return True

        def done(taken: bool) -> None:
            if taken:
                session.messages.say(session.words.say("window.deeds.undone"))
                self.undone.emit(deed)
                self.changed.emit()

        def failed(problem: Exception) -> None:
            deed.undone = False
            self._done = self._done or deed
            session.messages.tell(problem)

        session.background.change(work, done, failed, owner=self)
