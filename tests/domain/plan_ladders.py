"""Ladders as the plans tell them, for tests of the engine: minutes and people are the sources' own."""

from __future__ import annotations

from desktop_app.domain.ladders import Ladder, Rung, RungKind
from desktop_app.domain.site_text import Bilingual, Version

VERSION = Version("T-01", "1")


def ladder(
    key: str, starts_on: str, *rungs: Rung, ends_on: tuple[str, ...] = (), types: tuple[str, ...] = ()
) -> Ladder:
    return Ladder(key, VERSION, Bilingual(key), starts_on, rungs, ends_on, types)


def tell(key: str, minutes: int, *roles: str, at_once_on: str = "") -> Rung:
    return Rung(key, minutes, Bilingual(key), tells=roles, at_once_on=at_once_on)


def other(key: str, minutes: int, does: RungKind) -> Rung:
    return Rung(key, minutes, Bilingual(key), does)


OVER = ("recovered", "false_alarm", "closed")

FAULT = ladder(
    "fault",
    "reported",
    tell("supervisor", 5, "supervisor"),
    tell("managers", 10, "operations_manager", "centre_manager", at_once_on="unrecoverable"),
    other("decision", 60, RungKind.DECIDE),
    ends_on=OVER,
)
CUSTOMERS = ladder("customers", "reported", other("ask", 30, RungKind.CHECK), ends_on=OVER)
SURGE = ladder(
    "surge",
    "surge",
    other("level_2", 30, RungKind.DECIDE),
    other("level_3", 60, RungKind.DECIDE),
    ends_on=("surge_over",),
)
LINES = ladder(
    "lines",
    "lines_full",
    other("general", 15, RungKind.REMIND),
    other("major", 30, RungKind.REMIND),
    ends_on=("lines_free",),
)
FIRE = ladder(
    "fire", "reported", tell("in_charge", 5, "supervisor", "centre_manager"), types=("fire", "theft")
)
ACCIDENT = ladder(
    "accident", "reported", other("connect_rate", 10, RungKind.CHECK), types=("accident",), ends_on=OVER
)
HEADCOUNT = ladder("headcount", "two_affected", tell("centre_manager", 0, "centre_manager"))
GENERATOR = ladder(
    "generator",
    "mains_lost",
    other("expected", 7, RungKind.CHECK),
    other("warning", 10, RungKind.REMIND),
    ends_on=("generator_started", "mains_back"),
)
ALL = (FAULT, CUSTOMERS, SURGE, LINES, FIRE, ACCIDENT, HEADCOUNT, GENERATOR)
