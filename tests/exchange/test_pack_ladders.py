"""The clocks that come with the program are those of the procedures, to the minute and with their source."""

import re
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

import pytest

from desktop_app.domain.clocks import Event, Facts, Stage, standing
from desktop_app.domain.incident_events import EVENTS
from desktop_app.domain.ladders import Ladder, Rung, RungKind
from desktop_app.domain.site_pack import SitePack
from desktop_app.exchange import pack_ladders
from desktop_app.exchange.site_pack import read_pack
from desktop_app.paths import resources

GUIDE = (Path(__file__).parents[2] / "docs" / "site-pack.md").read_text("utf-8")
TELL, DECIDE, CHECK, REMIND = RungKind.TELL, RungKind.DECIDE, RungKind.CHECK, RungKind.REMIND
BOTH = ("supervisor", "centre_manager")

CLOCKS = [
    # ladder, starts on, rung, minutes, what, whom to tell, source
    ("fault", "reported", "operations", 0, TELL, ("sysops",), "A§2.2"),
    ("fault", "reported", "supervisor", 5, TELL, ("supervisor",), "A§2.3"),
    ("fault", "reported", "managers", 10, TELL, ("operations_manager", "centre_manager"), "A§2.4"),
    ("fault", "reported", "decision", 60, DECIDE, (), "A§2.4"),
    ("customers_told", "reported", "customers", 30, CHECK, (), "2§5.1(4), 2§5.2(3)"),
    ("lines_full", "lines_full", "general", 15, TELL, ("supervisor",), "B§4.1"),
    ("lines_full", "lines_full", "major", 30, TELL, ("supervisor",), "B§4.2"),
    ("major_at_once", "reported", "major", 0, REMIND, (), "B§4.2"),
    ("general_at_once", "reported", "general", 0, REMIND, (), "B§4.1"),
    ("surge", "reported", "level_1", 0, REMIND, (), "A§8"),
    ("surge", "reported", "level_2", 30, REMIND, (), "A§8"),
    ("surge", "reported", "level_3", 60, REMIND, (), "A§8"),
    ("surge_meanwhile", "surge", "level_1", 0, REMIND, (), "A§8"),
    ("surge_meanwhile", "surge", "level_2", 30, REMIND, (), "A§8"),
    ("surge_meanwhile", "surge", "level_3", 60, REMIND, (), "A§8"),
    ("seat", "reported", "operations", 0, TELL, ("sysops",), "A§1"),
    ("power_told", "reported", "manager", 0, TELL, ("centre_manager",), "A§3.1"),
    ("generator", "reported", "expected", 7, REMIND, (), "A§3.1"),
    ("generator", "reported", "warning", 10, CHECK, (), "A§3.1"),
    ("air_conditioning", "reported", "managers", 0, TELL, BOTH, "A§4"),
    ("fire", "reported", "managers", 5, TELL, BOTH, "A§5.1"),
    ("fire_safe", "evacuated", "managers", 0, TELL, BOTH, "A§5.1"),
    ("theft", "reported", "managers", 5, TELL, BOTH, "A§5.2"),
    ("recordings", "reported", "day_30", 30 * 24 * 60, REMIND, (), "2§4.1"),
    ("accident", "reported", "connect_rate", 10, CHECK, (), "A§6.3"),
    ("two_unfit", "two_unfit", "manager", 0, TELL, ("centre_manager",), "A§6.3"),
    ("abnormal", "reported", "supervisor", 0, TELL, ("supervisor",), "A§10.1"),
    ("media", "reported", "manager", 0, TELL, ("centre_manager",), "A§13.1"),
    ("website", "reported", "department", 0, TELL, ("web_team",), "3.8"),
    ("hotline", "reported", "head", 0, TELL, ("group_head", "information_centre"), "2§5.3"),
    ("safety", "reported", "function_head", 0, TELL, ("function_head",), "2§3"),
    ("office_power", "reported", "call_centre", 0, TELL, ("call_centre",), "2§5.2"),
]


@cache
def shipped() -> SitePack:
    return read_pack(resources() / "site")


def ladder(key: str) -> Ladder:
    return next(one for one in shipped().ladders if one.key == key)


def rung(of: str, key: str) -> Rung:
    return next(one for one in ladder(of).rungs if one.key == key)


def test_the_clocks_are_those_of_the_procedures_and_no_others() -> None:
    told = [
        (one.key, one.starts_on, step.key, step.minutes, step.does, step.tells, step.source)
        for one in shipped().ladders
        for step in one.rungs
    ]
    assert told == CLOCKS


def test_the_ten_minute_step_also_fires_on_the_judgement() -> None:
    early = [(one.key, step.key) for one in shipped().ladders for step in one.rungs if step.at_once_on]
    assert early == [("fault", "managers")]
    assert rung("fault", "managers").at_once_on == "unrecoverable"


def test_the_hour_is_a_decision_that_asks_for_what_it_needs() -> None:
    asked = {one.code: tuple(one.asks) for one in rung("fault", "decision").choices}
    assert asked == {
        "vendor": ("vendor", "contact", "ticket"),
        "wait": ("until",),
        "relocate": ("place",),
        "other": (),
    }


@pytest.mark.parametrize(
    ("of", "key", "suggests"),
    [
        ("lines_full", "general", "level:general"),
        ("lines_full", "major", "level:major"),
        ("surge", "level_1", "surge:level_1"),
        ("surge", "level_2", "surge:level_2"),
        ("surge", "level_3", "surge:level_3"),
        ("major_at_once", "major", "level:major"),
        ("general_at_once", "general", "level:general"),
    ],
)
def test_clocks_propose_levels(of: str, key: str, suggests: str) -> None:
    assert rung(of, key).suggests == suggests


@pytest.mark.parametrize(
    ("key", "minutes", "due"),
    [
        ("seat_fault", 0, {"seat.operations"}),
        ("application", 4, {"fault.operations"}),
        ("application", 5, {"fault.operations", "fault.supervisor"}),
        ("power", 0, {"fault.operations", "power_told.manager"}),
        ("air_conditioning", 0, {"air_conditioning.managers"}),
        ("fire", 4, set()),
        ("fire", 5, {"fire.managers"}),
        ("theft", 5, {"theft.managers"}),
        ("theft", 30 * 24 * 60, {"theft.managers", "recordings.day_30"}),
        ("accident", 9, set()),
        ("accident", 10, {"accident.connect_rate"}),
        ("surge", 29, {"surge.level_1"}),
        ("surge", 60, {"surge.level_1", "surge.level_2", "surge.level_3"}),
        ("media", 0, {"media.manager"}),
        ("data_loss", 0, {"fault.operations", "major_at_once.major"}),
        ("maintenance", 0, {"fault.operations", "general_at_once.general"}),
        ("fall", 24 * 60, set()),
    ],
)
def test_what_is_due_so_long_after_the_report(key: str, minutes: int, due: set[str]) -> None:
    begun = datetime(2026, 11, 22, 9, tzinfo=UTC)
    facts = Facts(key, (Event("reported", begun),))
    now = begun + timedelta(minutes=minutes)
    found = [one for one in standing(shipped().ladders, facts, now) if one.stage is Stage.DUE]
    assert {f"{one.ladder.key}.{one.rung.key}" for one in found} == due


def test_a_surge_has_the_same_levels_beside_a_fault() -> None:
    assert ladder("surge").rungs == ladder("surge_meanwhile").rungs
    assert not set(ladder("surge").types) & set(ladder("surge_meanwhile").types), "else both would run"


def test_what_the_procedures_end_on() -> None:
    assert "generator_started" in ladder("generator").ends_on
    assert "lines_free" in ladder("lines_full").ends_on
    assert all("surge_over" in ladder(key).ends_on for key in ("surge", "surge_meanwhile"))
    assert all("false_alarm" in one.ends_on for one in shipped().ladders)
    assert "closed" not in ladder("recordings").ends_on, "recordings are kept beyond the incident"


def test_every_event_of_a_type_moves_a_clock() -> None:
    begun = {
        event
        for one in shipped().incident_types
        for field in one.fields
        for event in (field.begins, field.alarm.event if field.alarm else "")
        if event
    }
    moved = {event for one in shipped().ladders for event in (one.starts_on, *one.ends_on)}
    assert begun - EVENTS == moved - EVENTS == {"generator_started", "evacuated", "two_unfit"}


def test_lines_full_is_for_every_incident() -> None:
    assert [one.key for one in shipped().ladders if not one.types] == ["lines_full"]


@pytest.mark.parametrize("key", ["fault", "customers_told", "surge_meanwhile"])
def test_every_type_that_may_be_written_by_hand_has_the_clocks_of_a_fault(key: str) -> None:
    assert set(ladder(key).types) == {one.key for one in shipped().incident_types if one.outage}


def test_the_guide_shows_a_ladder_that_reads(tmp_path: Path) -> None:
    (power,) = re.findall(r"^```\n(title.*?)^```", GUIDE, re.MULTILINE | re.DOTALL)
    (clock,) = re.findall(r"^```\n(\[\[ladders\]\].*?)^```", GUIDE, re.MULTILINE | re.DOTALL)
    site = resources() / "site"
    for name in ("pack.toml", "contacts.toml"):
        (tmp_path / name).write_bytes((site / name).read_bytes())
    (tmp_path / "incident_types").mkdir()
    (tmp_path / "incident_types" / "power.toml").write_text(power, "utf-8")
    (tmp_path / "ladders.toml").write_text(clock, "utf-8")
    pack = read_pack(tmp_path)
    assert pack.ladders[0].rungs[0].minutes == 10
    assert pack.incident_types[0].fields[0].begins == "generator_started"


def test_the_guide_names_every_key_and_event() -> None:
    told = set(re.findall(r"`([a-z_]+)`", GUIDE)) | set(re.findall(r"ladders\.(?:rungs\.)?([a-z]+)", GUIDE))
    keys = {key for name, keys in vars(pack_ladders).items() if name.endswith("_KEYS") for key in keys}
    assert keys - told == set()
    assert told >= EVENTS
    assert set(pack_ladders.SUGGESTIONS) <= set(re.findall(r"`([a-z]+:[a-z_0-9]+)`", GUIDE))
