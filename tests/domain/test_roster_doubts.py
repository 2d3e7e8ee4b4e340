"""Rows of a roster to look at: whose number it is, and phones that lack digits."""

from __future__ import annotations

import pytest

from desktop_app.domain.phones import is_cut_short
from desktop_app.domain.roster_doubts import Doubt, DoubtKind, RosterLine, doubts_of

NAME = DoubtKind.NAME


@pytest.mark.parametrize(
    ("names", "doubts"),
    [
        ({}, [Doubt(4, NAME, "李哪", "8021", "李娜")]),
        ({"8021": "李 娜"}, [Doubt(4, NAME, "李哪", "8021", "李 娜")]),
        (
            {"8021": "李哪"},
            [Doubt(2, NAME, "李娜", "8021", "李哪"), Doubt(3, NAME, "李 娜", "8021", "李哪")],
        ),
        ({"8021": ""}, [Doubt(4, NAME, "李哪", "8021", "李娜")]),
    ],
)
def test_a_name_beside_the_number_of_somebody_else(names: dict[str, str], doubts: list[Doubt]) -> None:
    lines = [
        RosterLine(2, "李娜", "8021"),
        RosterLine(3, "李 娜", "8021"),
        RosterLine(4, "李哪", "8021"),
        RosterLine(5, "王芳", "8022"),
        RosterLine(6, "李娜"),
    ]
    assert list(doubts_of(lines, names)) == doubts


@pytest.mark.parametrize(
    ("phone", "short"),
    [
        ("1312345", True),
        ("131 2345 000", True),
        ("13123450001", False),
        ("+86 13123450001", False),
        ("0571 5550", True),
        ("0571 5550 1001", False),
        ("010 5550 1001", False),
        ("5550100", False),
        ("8021", False),
        ("12345", False),
        ("119", False),
        ("400 8100 001", False),
        ("", False),
    ],
)
def test_a_phone_that_lacks_digits(phone: str, short: bool) -> None:
    assert is_cut_short(phone) is short
    assert bool(doubts_of([RosterLine(2, "李娜", "", phone)], {})) is short
