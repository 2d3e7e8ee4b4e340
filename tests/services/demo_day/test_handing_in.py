"""What merging found passes only where it is exactly what was planted."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from desktop_app.domain.bundles import Result
from desktop_app.services.demo_day.handing_in import Reached
from desktop_app.services.merge import BundleResult

PASSED = Reached(
    late=("05-00001-6",),
    missing=("05-00001-6",),
    left=(),
    planted=(("05-00002-7", "outcome"),),
    conflicts=(("05-00002-7", "outcome"),),
    hashes=("ab", "ab"),
    results=(
        BundleResult(Path("one"), "05", "07", Result.MERGED),
        BundleResult(Path("one"), "05", "07", Result.KNOWN),
    ),
)


def test_what_was_planted_passes() -> None:
    assert PASSED.passed
    assert PASSED.as_told() == {"bundles": 1, "missing": 1, "conflicts": 1}
    assert PASSED.as_json()["bundles"] == {"merged": 1, "known": 1, "quarantined": 0, "refused": 0}


@pytest.mark.parametrize(
    "other",
    [
        replace(PASSED, missing=()),
        replace(PASSED, left=("05-00001-6",)),
        replace(PASSED, conflicts=()),
        replace(PASSED, conflicts=(*PASSED.conflicts, ("05-00003-4", "detail"))),
        replace(PASSED, hashes=("ab", "cd")),
        replace(PASSED, results=(BundleResult(Path("one"), "05", "07", Result.REFUSED),)),
        replace(PASSED, results=(BundleResult(Path("one"), "05", "07", Result.QUARANTINED),)),
    ],
)
def test_anything_else_fails(other: Reached) -> None:
    assert not other.passed
