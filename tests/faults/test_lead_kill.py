"""``kill -9`` of the window a second after the last key in the outage room: nothing typed there is lost."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import threading
import time
from datetime import UTC, datetime
from pathlib import Path

from desktop_app.domain.roles import Role
from desktop_app.services.half_typed import half_typed_at
from desktop_app.services.incidents import incident, report_fault
from desktop_app.services.logs import last_lines
from tests.faults.desk import ROOT, Desk
from tests.faults.lead_desk import AGAIN, TYPED
from tests.faults.test_window_kill import LONGEST_START

SECOND = 1.0
VENDOR, BULLETIN, COURSE = (text for _, _, text in TYPED)


def killed_a_second_after_the_last_key(desk: Desk, seed: str) -> dict[str, str]:
    """Run the window until its last key, kill it, and return what it said stood in its fields."""
    held: dict[str, str] = {}
    with subprocess.Popen(
        [sys.executable, "-m", "tests.faults.lead_desk", str(desk.folder), seed],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=desk.environment() | {"QT_QPA_PLATFORM": "offscreen"},
        cwd=ROOT,
        bufsize=0,
    ) as window:
        assert window.stdout is not None
        assert window.stderr is not None
        too_slow = threading.Timer(LONGEST_START, window.kill)
        too_slow.start()
        for line in window.stdout:
            told = json.loads(line)
            if "field" in told:
                held[told["field"]] = told["held"]
            if "typed" in told:
                time.sleep(max(0.0, told["typed"] + SECOND - time.time()))
                break
        too_slow.cancel()
        window.send_signal(signal.SIGKILL)
        _, err = window.communicate()
        assert b"Traceback" not in err, err.decode()
    assert "ERROR" not in "\n".join(last_lines(desk.data)), last_lines(desk.data)
    return held


def test_what_a_lead_types_is_kept_within_a_second_and_the_log_has_one_line_of_it(tmp_path: Path) -> None:
    desk = Desk(tmp_path).create(Role.LEAD)
    with desk.unlock() as store:
        head = report_fault(store, symptom="CRM 打不开", now=datetime.now(UTC)).incident
    killed_a_second_after_the_last_key(desk, "first")
    with desk.unlock() as store:
        view = incident(store, head)
        assert (view.text("vendor"), view.text("course")) == (VENDOR, "")
        assert [one.code for one in view.log if one.code == "changed"] == ["changed"], "one line, not nine"
        course = half_typed_at(store, f"closing/{head}")
        assert course is not None
        assert course.texts == {"course": f"{COURSE}完"}
    # The next window has all of it, and what was left by the crash is in the log now.
    held = killed_a_second_after_the_last_key(desk, AGAIN)
    assert held == {"vendor": VENDOR, "bulletin_line": BULLETIN, "course": f"{COURSE}完"}
    with desk.unlock() as store:
        assert incident(store, head).text("vendor") == VENDOR
        bulletin = half_typed_at(store, f"bulletin_line/{head}")
        assert bulletin is not None
        assert bulletin.texts == {"bulletin_line": BULLETIN}
