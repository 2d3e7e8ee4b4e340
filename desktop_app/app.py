"""The window application: puts parts together and runs them."""

from __future__ import annotations

from pathlib import Path


def run_self_test(out: Path) -> int:
    """Try everything once and write what was found to ``out``; see ``ui.self_test``."""
    from desktop_app.ui.self_test import self_test

    return self_test(out)
