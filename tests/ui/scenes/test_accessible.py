"""Every window of the running program, walked through by keys: names, plain text, targets, cut words, Tab."""

import pytest
from PySide6.QtWidgets import QApplication, QWidget

from desktop_app.ui.scenes.playing import Look, play
from tests.ui.scenes.faults_seen import faults_of, tab_faults


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_window_can_be_read_and_reached(qapp, tmp_path, language):
    """At 1366×768, in both languages."""
    found: dict[str, list[str]] = {}

    def see(name: str, shown: QWidget) -> None:
        before = QApplication.focusWidget()
        faults = [*faults_of(shown), *tab_faults(shown)]
        if before is not None:
            before.setFocus()
        if faults:
            found[name] = faults

    play(tmp_path, Look(language, "light"), see)
    assert found == {}
