"""A second start raises the first window; what a killed one left is no obstacle."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from desktop_app.ui.start.single_window import SingleWindow

ROOT = Path(__file__).resolve().parents[3]
SECOND = """
import sys
from pathlib import Path
from PySide6.QtCore import QCoreApplication
from desktop_app.ui.start.single_window import SingleWindow
app = QCoreApplication([])
print(SingleWindow(Path(sys.argv[1])).first)
"""
KILLED = SECOND.replace("print", "import os, signal; print") + "os.kill(os.getpid(), signal.SIGKILL)"
SLOW = """
import sys, time
from pathlib import Path
from PySide6.QtCore import QCoreApplication, QTimer
from desktop_app.ui.start.single_window import SingleWindow
listen = SingleWindow._listen
SingleWindow._listen = lambda self: (time.sleep(0.3), listen(self))[1]
app = QCoreApplication([])
single = SingleWindow(Path(sys.argv[1]))
print(single.first)
QTimer.singleShot(600, app.quit)
app.exec() if single.first else None
"""
"""Takes its time between looking for a window and being one."""


def second(folder: Path, program: str = SECOND) -> subprocess.Popen:
    return subprocess.Popen(
        [sys.executable, "-c", program, str(folder)], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )


def test_the_second_raises_the_first(qtbot, tmp_path: Path) -> None:
    window = SingleWindow(tmp_path)
    assert window.first
    with qtbot.waitSignal(window.asked, timeout=20_000):
        process = second(tmp_path)
    assert process.communicate(timeout=20)[0] == "False\n"
    other = SingleWindow(tmp_path / "other")
    assert other.first
    other.close()
    window.close()
    again = SingleWindow(tmp_path)
    assert again.first
    again.close()


@pytest.mark.skipif(os.name != "posix", reason="a named pipe dies with its process")
def test_what_a_killed_window_left_is_taken_away(qtbot, tmp_path: Path) -> None:
    second(tmp_path, KILLED).communicate(timeout=20)
    window = SingleWindow(tmp_path)
    assert window.first
    with qtbot.waitSignal(window.asked, timeout=20_000):
        process = second(tmp_path)
    process.communicate(timeout=20)
    window.close()


def test_two_started_at_once_are_one_window(tmp_path: Path) -> None:
    both = [second(tmp_path, SLOW) for _ in range(2)]
    assert sorted(one.communicate(timeout=30)[0] for one in both) == ["False\n", "True\n"]
