"""The safety nets of conftest.py do catch what they are there for."""

from pathlib import Path

import pytest

pytest_plugins = ["pytester"]
NETS = (Path(__file__).parent / "conftest.py").read_text("utf-8")
INI = "[pytest]\nfilterwarnings = error\nmarkers = expects_log_error: one is expected\n"


@pytest.mark.parametrize(
    ("body", "outcome"),
    [
        ("import warnings; warnings.warn('odd')", {"failed": 1}),
        ("import logging; logging.getLogger('x').error('odd')", {"passed": 1, "errors": 1}),
        ("import threading; threading.Timer(1, print).start()", {"passed": 1, "errors": 1}),
        ("import threading; t = threading.Thread(target=print); t.start(); t.join()", {"passed": 1}),
        ("assert True", {"passed": 1}),
    ],
)
def test_nets(pytester: pytest.Pytester, body: str, outcome: dict[str, int]) -> None:
    pytester.makeconftest(NETS.replace("THREAD_GRACE_SECONDS = 2.0", "THREAD_GRACE_SECONDS = 0.1"))
    pytester.makefile(".ini", pytest=INI)
    lines = "\n    ".join(body.split("; "))
    pytester.makepyfile(test_it=f"def test_it():\n    {lines}\n")
    result = pytester.runpytest_subprocess("-p", "no:randomly", "-p", "no:xdist")
    result.assert_outcomes(**outcome)
