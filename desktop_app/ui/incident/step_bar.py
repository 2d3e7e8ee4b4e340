"""What can be done with an incident as a whole: the next step first, then what may happen beside it (4.5)."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop_app.domain.clocks import RungStanding, Stage
from desktop_app.domain.incident_events import FactEvent
from desktop_app.domain.incident_steps import ENDED, OUTAGE, IncidentState
from desktop_app.services.incident_view import IncidentView
from desktop_app.ui.incident.incident_words import IncidentWords
from desktop_app.ui.incident.room_keys import ROOM_KEYS
from desktop_app.ui.widgets.buttons import HintedButton, PrimaryButton, SecondaryButton
from desktop_app.ui.widgets.flow import FlowLayout

_S = IncidentState
ACTS = ("next", "over", "relapse", "unrecoverable", "tell", "happened", "false_alarm")
_ICONS = {"over": "check", "relapse": "warning", "unrecoverable": "clock", "tell": "phone", "happened": "add"}


class StepBar(QWidget):
    """``asked`` carries the code of what somebody wants to do."""

    asked = Signal(str)

    def __init__(self, words: IncidentWords, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self.target = _S.NONE
        """The state that the next step leads to; ``NONE`` where there is no step any more."""
        self._buttons: dict[str, HintedButton] = {}
        flow = FlowLayout(self)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        for code in ACTS:
            text = words.say(f"act.{code}") if code != "next" else ""
            button: HintedButton = (
                PrimaryButton(text, ROOM_KEYS[code], icon_name="right")
                if code == "next"
                else SecondaryButton(text, ROOM_KEYS[code], icon_name=_ICONS.get(code, ""))
            )
            button.setObjectName(f"incident_{code}")
            button.clicked.connect(lambda _checked=False, code=code: self.asked.emit(code))
            self._buttons[code] = button
            flow.addWidget(button)

    def show_incident(self, view: IncidentView, standings: tuple[RungStanding, ...]) -> None:
        """Offer what makes sense in the state it is in."""
        self.target = next_step(view)
        offered = {
            "next": self.target is not _S.NONE,
            "over": view.state is _S.CONFIRMED and self.target is _S.MANUAL,
            "relapse": view.state in (_S.RECOVERED, _S.RECONCILING) and bool(view.manual),
            "unrecoverable": judgement_helps(standings),
            "tell": view.state not in ENDED,
            # Everybody rings once it works again (4 emergency (1)).
            "happened": view.state not in (*ENDED, _S.REVIEW),
            "false_alarm": view.state in (_S.SUSPECTED, _S.CONFIRMED),
        }
        if offered["next"]:
            beside = view.beside and self.target is _S.RECOVERED
            code = "over_beside" if beside else self.target.value
            self._buttons["next"].set_words(self._words.say(f"next.{code}"))
        for code, button in self._buttons.items():
            button.setVisible(offered[code])
        self.setVisible(any(offered.values()))

    def may(self, code: str) -> bool:
        """Whether something is offered now."""
        return not self._buttons[code].isHidden() and not self.isHidden()

    @property
    def primary(self) -> HintedButton:
        """The button of the next step."""
        return self._buttons["next"]


def next_step(view: IncidentView) -> IncidentState:
    """Return the usual next step; what keeps nobody from the CRM is over without writing by hand."""
    outage = view.values.get(OUTAGE) is not False
    return {
        _S.SUSPECTED: _S.CONFIRMED,
        _S.CONFIRMED: _S.MANUAL if outage else _S.RECOVERED,
        _S.MANUAL: _S.RECOVERED,
        _S.RECOVERED: _S.RECONCILING if view.manual else _S.REVIEW,
        _S.RECONCILING: _S.REVIEW,
        _S.REVIEW: _S.CLOSED,
    }.get(view.state, _S.NONE)


def judgement_helps(standings: tuple[RungStanding, ...]) -> bool:
    """Whether the judgement that it cannot recover makes a clock due that is still ahead (A§2.4)."""
    return any(
        one.stage is Stage.AHEAD and one.rung.at_once_on == FactEvent.UNRECOVERABLE for one in standings
    )
