"""What a clock proposes, taken by one key with a reason: levels of an outage and of a surge."""

from __future__ import annotations

import pytest

from desktop_app.ui.act_dialog import ActDialog
from desktop_app.ui.incident.suggestion_bar import SuggestionBar
from tests.ui.incident.conftest import Room
from tests.ui.incident.panels import Shown


def takes(shown: Shown[SuggestionBar]) -> None:
    shown.panel.button.click()
    shown.room.settle()
    dialog = shown.dialog(ActDialog)
    assert dialog.reason.text(), "the clock's words are offered as the reason"
    shown.answers(dialog)


def wait(shown: Shown[SuggestionBar], minutes: float) -> None:
    shown.room.clock.pass_minutes(minutes)
    shown.incidents.refresh()
    shown.room.settle()


def test_a_surge_goes_up_every_thirty_minutes(room: Room) -> None:
    shown = Shown(room, SuggestionBar, "surge")
    for level in ("level_1", "level_2", "level_3"):
        takes(shown)
        assert shown.view.text("surge_level") == level
        assert not shown.panel.isVisible()
        wait(shown, 30)


@pytest.mark.parametrize(("category", "level"), [("data_loss", "major"), ("maintenance", "general")])
def test_some_types_propose_a_level_at_once(room: Room, category: str, level: str) -> None:
    shown = Shown(room, SuggestionBar, category)
    takes(shown)
    assert shown.view.text("incident_level") == level
