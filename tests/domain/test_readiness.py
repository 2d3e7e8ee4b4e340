"""What each thing that was found means: a table of both sides of every limit."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from desktop_app.domain.pc_versions import PcVersion
from desktop_app.domain.readiness import LITTLE_ROOM, NO_ROOM, Check, Found, Grade, Limits, checks
from desktop_app.domain.site_text import Bilingual

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
TODAY = date(2026, 3, 2)
DAY = timedelta(days=1)
PC = PcVersion("01", "李娜", own=True, program="1.0", pack="KF 1", heard_at=NOW)
G = Grade
LIMITS = Limits(customers=7, backup=7, contacts=90, training=365)


def found(code: str, limits: Limits = LIMITS, **told: object) -> Check:
    every = checks(Found(**told), now=NOW, today=TODAY, limits=limits)  # type: ignore[arg-type]
    (one,) = [check for check in every if check.code == code]
    return one


@pytest.mark.parametrize(
    ("code", "told", "said", "grade"),
    [
        ("customers", {}, "none", G.DO),
        ("customers", {"customers_bad": True, "customers_as_of": NOW}, "bad", G.DO),
        ("customers", {"customers_as_of": NOW - 7 * DAY + timedelta(seconds=1)}, "fresh", G.READY),
        ("customers", {"customers_as_of": NOW - 7 * DAY}, "old", G.DO),
        ("customers", {"customers_as_of": NOW + DAY}, "today", G.READY),
        ("backup", {}, "none", G.DO),
        ("backup", {"backup_at": NOW - 7 * DAY}, "fresh", G.READY),
        ("backup", {"backup_at": NOW - 7 * DAY - timedelta(seconds=1)}, "old", G.DO),
        ("disk", {}, "unknown", G.NOTE),
        ("disk", {"free": LITTLE_ROOM}, "room", G.READY),
        ("disk", {"free": LITTLE_ROOM - 1}, "little", G.DO),
        ("disk", {"free": NO_ROOM}, "little", G.DO),
        ("disk", {"free": NO_ROOM - 1}, "full", G.URGENT),
        ("memory", {"started_at": NOW}, "unknown", G.DO),
        ("memory", {"started_at": NOW, "canary_at": NOW - DAY}, "kept", G.READY),
        ("memory", {"started_at": NOW - DAY, "canary_at": NOW}, "untested", G.NOTE),
        ("memory", {"started_at": NOW - DAY, "canary_at": NOW, "used_since": NOW}, "untested", G.NOTE),
        ("memory", {"started_at": NOW - DAY, "canary_at": NOW, "used_since": NOW - 2 * DAY}, "lost", G.DO),
        ("clock", {}, "right", G.READY),
        ("clock", {"clock_apart": timedelta(seconds=-59)}, "right", G.READY),
        ("clock", {"clock_apart": timedelta(seconds=-60)}, "set", G.DO),
        ("clock", {"clock_apart": timedelta(hours=1), "clock_behind": True}, "behind", G.URGENT),
        ("contacts", {}, "none", G.DO),
        ("contacts", {"contacts": 3}, "checked", G.READY),
        ("contacts", {"contacts": 3, "stale": (Bilingual("火警"),)}, "stale", G.DO),
        ("roster", {}, "none", G.DO),
        ("roster", {"roster_days": 31}, "covered", G.READY),
        ("roster", {"roster_days": 4, "roster_gaps": (TODAY,)}, "gaps", G.DO),
        ("training", {"roster_days": 31}, "done", G.READY),
        ("training", {"roster_days": 31, "untrained": ("李娜",)}, "lacking", G.DO),
        ("pack", {}, "shipped", G.DO),
        ("pack", {"pack_own": True}, "own", G.READY),
        ("pack", {"pack_own": True, "pack_from": TODAY}, "own", G.READY),
        ("pack", {"pack_own": True, "pack_from": TODAY + DAY}, "ahead", G.DO),
        ("pack", {"pack_own": True, "pack_filled": True}, "filled", G.NOTE),
        ("pack", {"pack_problem": True}, "bad", G.DO),
        ("pairing", {}, "none", G.DO),
        ("pairing", {"leads": 1}, "paired", G.READY),
        ("pairing", {"leads": 1, "to_confirm": 2}, "to_confirm", G.DO),
        ("hand_in", {}, "nothing", G.READY),
        ("hand_in", {"handed_in_at": NOW}, "done", G.READY),
        ("hand_in", {"waiting": 3, "lying": True}, "under_way", G.NOTE),
        ("hand_in", {"waiting": 3}, "waiting", G.DO),
        ("printer", {}, "none", G.NOTE),
        ("printer", {"printers": ("二楼",)}, "there", G.READY),
        ("version", {"pcs": (PC,)}, "alone", G.READY),
        ("version", {"pcs": (PC, replace(PC, own=False))}, "same", G.READY),
        ("version", {"pcs": (PC, replace(PC, own=False, pack="KF 2"))}, "other_pack", G.NOTE),
        ("version", {"pcs": (PC, replace(PC, own=False, program="1.1"))}, "other_program", G.DO),
        ("version", {"pcs": (PC, replace(PC, own=False, heard_at=None))}, "unheard", G.NOTE),
    ],
)
def test_both_sides_of_every_limit(code: str, told: dict, said: str, grade: Grade) -> None:
    check = found(code, **told)
    assert (check.found, check.grade) == (said, grade)


def test_a_finding_names_a_few_and_counts_the_rest() -> None:
    names = tuple(Bilingual(f"联系人 {place}") for place in range(9))
    told = found("contacts", contacts=20, stale=names).details
    assert (told["count"], told["all"], told["names"]) == (9, 20, names[:3])


def test_nobody_is_asked_for_training_without_a_roster() -> None:
    codes = [one.code for one in checks(Found(), now=NOW, today=TODAY, limits=LIMITS)]
    assert "training" not in codes
    assert len(codes) == len(set(codes)) == 12


def test_the_site_says_how_long_things_count() -> None:
    limits = Limits(customers=3, backup=1, contacts=30, training=180)
    backup = found("backup", limits, backup_at=NOW - 2 * DAY)
    assert (backup.found, backup.details["most"]) == ("old", 1)
    assert found("backup", backup_at=NOW - 2 * DAY).found == "fresh"
    assert found("customers", limits, customers_as_of=NOW - 3 * DAY).found == "old"
    assert found("contacts", limits, contacts=1).details["days"] == 30
    assert found("training", limits, roster_days=3, untrained=("李娜",)).details["days"] == 180
