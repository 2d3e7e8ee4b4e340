"""Where things lie: the shipped resources and this PC's data folder. No Qt."""

from __future__ import annotations

import os
import sys
from pathlib import Path

APP_NAME = "fallback-desk"
DATA_VARIABLE = "FALLBACK_DESK_DATA"
"""Environment variable that moves the data folder (tests, the demo, portable use)."""


def resources() -> Path:
    """Return the folder of shipped plain files, from source and from the frozen program alike."""
    frozen = getattr(sys, "_MEIPASS", None)
    root = Path(frozen) if frozen else Path(__file__).resolve().parents[1]
    return root / "resources"


def data_folder() -> Path:
    """Return this PC's data folder: marks, and the stores that were given no folder of their own.

    The policy of the PC may name it; raises KnownError for a bad policy.
    """
    moved = os.environ.get(DATA_VARIABLE)
    if moved:
        return Path(moved)
    from desktop_app.policy import machine_data_folder, machine_policy

    policy = machine_policy()
    if policy.data_folder is not None or policy.shared_pc:
        return policy.data_folder or machine_data_folder()
    from platformdirs import PlatformDirs  # 5 ms that a start with a given folder does not need

    return Path(PlatformDirs(APP_NAME, appauthor=False, roaming=False).user_data_dir)
