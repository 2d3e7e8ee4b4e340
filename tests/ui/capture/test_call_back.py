from datetime import UTC, datetime

import pytest
from pytestqt.qtbot import QtBot

from desktop_app.ui.capture.call_back import CallBackRow
from desktop_app.words import LANGUAGES, Language, Words


@pytest.mark.parametrize("typed_in", LANGUAGES)
@pytest.mark.parametrize("read_in", LANGUAGES)
def test_a_promise_for_after_recovery_is_known_in_both_languages(
    qtbot: QtBot, typed_in: Language, read_in: Language
) -> None:
    due = Words(typed_in).say("window.capture.promise.recovered")
    row = CallBackRow(Words(read_in), UTC, lambda: datetime(2026, 3, 5, 4, tzinfo=UTC))
    qtbot.addWidget(row)
    row.load("yes", due)
    assert row.chips.current_code() == "recovered"
    assert row.values()["callback_due"] == Words(read_in).say("window.capture.promise.recovered")
