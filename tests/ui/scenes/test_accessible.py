"""Every window of the running program, walked through by keys: names, plain text, targets, cut words, Tab."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QWidget

from desktop_app.ui.scenes.playing import Look, play
from desktop_app.words import Language, Words
from tests.pseudo import PseudoWords
from tests.ui.scenes.faults_seen import faults_of, tab_faults


def faults_on_the_walk(
    folder: Path, look: Look, speak: Callable[[Language], Words] = Words
) -> dict[str, list[str]]:
    """Return what is wrong with each window, by its name."""
    found: dict[str, list[str]] = {}
    compared: set[QWidget] = set()

    def see(name: str, shown: QWidget) -> None:
        before = QApplication.focusWidget()
        faults = [*faults_of(shown), *tab_faults(shown, compared)]
        if before is not None:
            before.setFocus()
        if faults:
            found[name] = faults

    play(folder, look, see, speak=speak)
    return found


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_window_can_be_read_and_reached(qapp, tmp_path, language):
    """At 1366×768, in both languages."""
    assert faults_on_the_walk(tmp_path, Look(language, "light")) == {}


@pytest.mark.soak
@pytest.mark.parametrize(
    "look",
    [
        Look("zh", "light", 1093, 520),
        Look("en", "light", 1093, 520),
        Look("zh", "dark", scale=0.9),
        Look("en", "light", scale=0.9),
    ],
    ids=lambda look: f"{look.language}-{look.width}-{look.scale}",
)
def test_nor_is_anything_cut_in_the_smallest_window_or_the_smallest_text(qapp, tmp_path, look):
    """1093×520 is what 1366×768 leaves at 125 %; at 90 % a target still has its 24 pixels."""
    assert faults_on_the_walk(tmp_path, look) == {}


@pytest.mark.soak
def test_longer_words_fit_too(qapp, tmp_path):
    """Words a third longer than any of ours."""
    assert faults_on_the_walk(tmp_path, Look("en", "light"), PseudoWords) == {}
