"""How PCs stand to this one by what they said of themselves."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from desktop_app.domain.pc_versions import Edition, PcVersion, edition, told

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
OWN = PcVersion("07", "李娜", own=True, program="1.0", pack="KF 1")
OTHER = PcVersion("08", "王芳", program="1.0", pack="KF 1", heard_at=NOW)


@pytest.mark.parametrize(
    ("one", "stands"),
    [
        (OWN, Edition.OWN),
        (OTHER, Edition.SAME),
        (replace(OTHER, program="1.1"), Edition.OTHER_PROGRAM),
        (replace(OTHER, program="0.9", pack=""), Edition.OTHER_PROGRAM),
        (replace(OTHER, pack="KF 2"), Edition.OTHER_PACK),
        (replace(OTHER, pack=""), Edition.SAME),
        (replace(OTHER, program="", pack="", heard_at=None), Edition.UNHEARD),
    ],
)
def test_how_a_pc_stands(one: PcVersion, stands: Edition) -> None:
    assert edition(one, OWN) is stands


def test_a_pack_that_this_pc_does_not_know_differs_from_nothing() -> None:
    assert edition(OTHER, replace(OWN, pack="")) is Edition.SAME


def test_what_differs_comes_first() -> None:
    late = replace(OTHER, station="03", program="0.9")
    found = told([OTHER, replace(OTHER, station="02"), late, OWN])
    assert [one.station for one, _ in found] == ["07", "03", "02", "08"]
    assert told([]) == []
