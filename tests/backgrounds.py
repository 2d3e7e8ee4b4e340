"""A Background for tests, closed at their end."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from desktop_app.ui.background.background import Background


@pytest.fixture
def background(qapp) -> Iterator[Background]:
    opened = Background()
    yield opened
    opened.close()


def settle(qtbot, background: Background) -> None:
    """Wait until everything asked for has been answered."""
    qtbot.waitUntil(lambda: background.pending == 0, timeout=10_000)
