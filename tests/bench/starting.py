"""START: the window with the unlock field taking keys, beside a bare window with one focused line edit.

Each turn is a process of its own, from its beginning until a letter typed into the focused field is in it and
painted; ours goes the whole way from the command that a desktop starts. The store lies there already, as on
every day but the first. The yardstick shows no word of Chinese, no icon and no style, and looks for nothing.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

from desktop_app.services.places import REAL
from tests.bench.figures import Figure, in_turns
from tests.ui.desk.desks import make_store

ROOT = Path(__file__).resolve().parents[2]
_TYPE = """
def typed(application, field):
    from PySide6.QtCore import QCoreApplication, QEvent, Qt
    from PySide6.QtGui import QKeyEvent
    none = Qt.KeyboardModifier.NoModifier
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        QCoreApplication.sendEvent(field, QKeyEvent(kind, Qt.Key.Key_8, none, "8"))
    application.processEvents()
    assert field.text() == "8"
    print("ready", flush=True)
"""
_BARE = (
    _TYPE
    + """
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
application = QApplication([])
window, field = QWidget(), QLineEdit()
QVBoxLayout(window).addWidget(field)
window.resize(1366, 768)
window.show()
window.activateWindow()
field.setFocus()
while QApplication.focusWidget() is not field:
    application.processEvents()
typed(application, field)
"""
)
_OURS = (
    _TYPE
    + """
from desktop_app import app

def run(*_):
    from PySide6.QtWidgets import QApplication
    application = QApplication.instance()
    while (field := QApplication.focusWidget()) is None or field.objectName() != "staff_number":
        application.processEvents()
    typed(application, field)
    return 0

def check_screen():
    from PySide6.QtWidgets import QApplication
    QApplication.exec = run

app._check_screen = check_screen
from desktop_app.cli import main
main([])
"""
)


def measure(folder: Path, rounds: int) -> Figure:
    """Return the figure."""
    data = folder / "data"
    make_store(data / REAL, data)
    held = os.environ | {"FALLBACK_DESK_DATA": str(data), "PYTHONPATH": str(ROOT)}
    held.setdefault("QT_QPA_PLATFORM", "offscreen")
    # Installed modules are compiled; a turn that compiled them would measure the compiler.
    held.pop("PYTHONDONTWRITEBYTECODE", None)
    held["PYTHONPYCACHEPREFIX"] = str(folder / "compiled")

    def seconds(script: str) -> float:
        began = time.perf_counter()
        child = subprocess.Popen(
            [sys.executable, "-c", script], env=held, cwd=ROOT, stdout=subprocess.PIPE, text=True
        )
        assert child.stdout is not None
        assert child.stdout.readline() == "ready\n"
        took = time.perf_counter() - began
        child.communicate(timeout=60)
        return took

    seconds(_OURS)
    seconds(_BARE)
    ours, bare = in_turns(rounds, lambda: seconds(_OURS), lambda: seconds(_BARE))
    return Figure("START", "process start to a letter in the unlock field", ours, bare, 1.3)
