"""What every test gets: a data folder of its own, no keyring, and failure on what nobody expected."""

import logging
import os
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

# A busy machine is no failure: how long things may take is for the benchmarks to say.
settings.register_profile("house", deadline=None)
settings.load_profile("house")

# Windows are drawn in memory, on any machine.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

CREDENTIALS = ("FALLBACK_DESK_USER", "FALLBACK_DESK_PIN", "FALLBACK_DESK_RECOVERY", "FALLBACK_DESK_POLICY")
THREAD_GRACE_SECONDS = 2.0


@pytest.fixture(autouse=True)
def own_data_folder(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Keep marks and stores of a test away from this PC's, and ask no keyring."""
    folder = tmp_path_factory.mktemp("data")
    monkeypatch.setenv("FALLBACK_DESK_DATA", str(folder))
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.fail.Keyring")
    for name in CREDENTIALS:
        monkeypatch.delenv(name, raising=False)
    return folder


@pytest.fixture(autouse=True)
def no_unexpected_log_error(
    request: pytest.FixtureRequest, caplog: pytest.LogCaptureFixture
) -> Iterator[None]:
    """Fail where something was logged as an error and the test did not say that it expects one."""
    yield
    if request.node.get_closest_marker("expects_log_error"):
        return
    records = [*caplog.get_records("setup"), *caplog.get_records("call")]
    errors = [record.getMessage() for record in records if record.levelno >= logging.ERROR]
    assert not errors, f"unexpected errors in the log: {errors}"


@pytest.fixture(autouse=True)
def no_leaked_thread() -> Iterator[None]:
    """Fail where a thread or a timer (``threading.Timer`` is a thread) is left running."""
    before = set(threading.enumerate())
    yield
    deadline = time.monotonic() + THREAD_GRACE_SECONDS
    while leaked := [thread for thread in threading.enumerate() if thread not in before]:
        if time.monotonic() > deadline:
            pytest.fail(f"threads left running: {[thread.name for thread in leaked]}")
        time.sleep(0.01)
