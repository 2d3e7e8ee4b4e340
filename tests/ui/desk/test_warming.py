"""What is loaded when: the first window with the unlock field waits for no library it does not need."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from tests.ui.desk.desks import make_store

ROOT = Path(__file__).resolve().parents[3]
NOT_YET = (
    "sqlalchemy",
    "alembic",
    "sqlcipher3",
    "openpyxl",
    "python_calamine",
    "pypinyin",
    "rapidfuzz",
    "keyring",
    "segno",
    "msoffcrypto",
    "desktop_app.storage.store",
    "desktop_app.storage.tables",
    "desktop_app.exchange",
    "desktop_app.matching",
    "desktop_app.services.stores",
    "desktop_app.services.people",
    "desktop_app.services.merge",
    "desktop_app.services.handin",
    "desktop_app.services.delivery",
    "desktop_app.services.conflicts",
    "desktop_app.services.pairing",
    "desktop_app.services.knowledge",
    "desktop_app.ui.capture.capture_page",
    "desktop_app.ui.records",
    "desktop_app.ui.delivery.courier",
    "desktop_app.ui.desk.workplace",
)
NEVER_YET = ("openpyxl", "python_calamine", "pypinyin", "rapidfuzz", "alembic", "desktop_app.ui.reconcile")
"""Not for typing a call either."""

_WINDOW = """
import json, sys, time
from datetime import UTC, datetime
from pathlib import Path
from PySide6.QtWidgets import QApplication
from desktop_app.policy import Policy
from desktop_app.ui.background.background import Background
from desktop_app.ui.desk.main_window import MainWindow
from desktop_app.ui.preferences import Preferences
from desktop_app.ui.start.parts import StartParts
from desktop_app.ui.theme.style import apply_theme
from desktop_app.words import Words

application, data, words = QApplication([]), Path(sys.argv[1]), Words("zh")
seen, warm = [], []
with Background() as background:
    parts = StartParts(words, background, Policy(), data, lambda: datetime.now(UTC), data / "store")
    preferences = Preferences(data / "window.ini")
    window = MainWindow(parts, preferences, lambda: words, lambda: apply_theme(application, "light"))

    def shown():
        application.processEvents()
        field = application.focusWidget()
        seen.append((field.objectName(), list(sys.modules)))

    window._start.shown.connect(shown)
    window.warming.done.connect(lambda: warm.append(list(sys.modules)))
    window.show()
    window.activateWindow()
    until = time.monotonic() + 30
    while not warm and time.monotonic() < until:
        application.processEvents()
        time.sleep(0.001)
    window.close()
print(json.dumps([seen[0][0], seen[0][1], warm[0]]))
"""


def test_the_first_window_needs_no_database_and_the_desk_is_ready_soon_after(own_data_folder: Path) -> None:
    make_store(own_data_folder / "store", own_data_folder)
    told = subprocess.run(
        [sys.executable, "-c", _WINDOW, str(own_data_folder)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    ).stdout
    field, first, warm = json.loads(told)
    assert field == "staff_number"
    assert [name for name in NOT_YET if name in first] == []
    assert {"sqlalchemy", "desktop_app.ui.desk.workplace", "desktop_app.services.delivery"} <= set(warm)
    assert [name for name in NEVER_YET if name in warm] == []
