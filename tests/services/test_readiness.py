"""Readiness read from a real store and a real disk, and its words and paper."""

from __future__ import annotations

import itertools
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from desktop_app.domain.paper import lines_of
from desktop_app.domain.pc_versions import PcVersion
from desktop_app.domain.readiness import Check, Found, Grade, Limits, checks
from desktop_app.domain.roles import Role
from desktop_app.domain.site_text import Bilingual
from desktop_app.policy import Policy
from desktop_app.services.backup import back_up, last_backup
from desktop_app.services.canary import lay_canary
from desktop_app.services.id_numbers import under_policy
from desktop_app.services.readiness import Readiness, ThisPc, readiness
from desktop_app.services.readiness_text import readiness_paper, text_of, to_do
from desktop_app.services.records import log_record
from desktop_app.services.site_pack import OWN_FOLDER
from desktop_app.services.stores import Person, create
from desktop_app.storage.canary import CANARY_FILE
from desktop_app.storage.store import Store
from desktop_app.words import LANGUAGES, Words
from tests.known_customers import know_customers
from tests.written_packs import FILES, FORMS, write_files

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
PC = PcVersion("07", "李娜", own=True, program="1.0", pack="YJ-01 2.0", heard_at=NOW)
OTHERS = (
    PcVersion("08", "王芳", program="0.9", heard_at=NOW),
    PcVersion("09", "赵敏", program="1.0", pack="YJ-01 1.0", heard_at=NOW),
    PcVersion("10", "孙丽"),
    PcVersion("11", "陈静", program="1.0", heard_at=NOW),
)


def by_code(found: Readiness) -> dict[str, str]:
    return {one.code: one.found for one in found.checks}


def test_a_fresh_station_has_much_to_do(store: Store, tmp_path: Path) -> None:
    pc = ThisPc(tmp_path, seconds_since_start=3600)
    found = by_code(readiness(store, pc, now=NOW))
    assert found == {
        "customers": "none",
        "backup": "none",
        "disk": "room",
        "memory": "untested",
        "clock": "right",
        "contacts": "stale",
        "roster": "none",
        "pack": "shipped",
        "pairing": "none",
        "hand_in": "nothing",
        "printer": "none",
        "version": "alone",
    }


def test_what_was_done_is_found(store: Store, tmp_path: Path) -> None:
    log_record(store, {"kind": "enquiry", "summary": "水费"}, now=NOW - 9 * HOUR)
    know_customers(store, as_of=NOW - HOUR)
    out = tmp_path / "backups"
    out.mkdir()
    (out / "07-20260302T000000Z.fdbackup").touch()
    lay_canary(tmp_path, now=NOW - 2 * HOUR)
    pc = ThisPc(tmp_path, (out,), ("二楼",), seconds_since_start=3600)
    found = by_code(readiness(store, pc, now=NOW))
    expected = {"customers": "today", "backup": "fresh", "memory": "kept", "printer": "there"}
    assert {code: found[code] for code in expected} == expected


def test_the_policy_says_how_long_things_count(store: Store, tmp_path: Path) -> None:
    out = tmp_path / "backups"
    out.mkdir()
    (out / "07-20260228T000000Z.fdbackup").touch()
    pc = ThisPc(tmp_path, (out,))

    def said(policy: Policy, code: str) -> str:
        kept = under_policy(store, policy)
        (check,) = [one for one in readiness(kept, pc, now=NOW).checks if one.code == code]
        told = text_of(kept, Words("zh"), check)
        return f"{told.grade}：{told.found}{told.do}"

    assert said(Policy(), "backup").startswith("就绪：")
    assert "超过 1 天就算旧" in said(Policy(backup_max_age_days=1), "backup")
    assert "超过 90 天没有核实" in said(Policy(), "contacts")
    assert "超过 30 天没有核实" in said(Policy(contact_max_age_days=30), "contacts")


def test_the_paper_has_the_number_of_the_site(store: Store, tmp_path: Path) -> None:
    def form() -> str:
        return readiness_paper(store, Words("zh"), readiness(store, ThisPc(tmp_path), now=NOW), now=NOW).form

    assert form() == "表单 BD-49 1.0"
    numbered = FILES[FORMS].replace("incident", "readiness")
    write_files(tmp_path / OWN_FOLDER, {FORMS: numbered})
    assert form() == "表单 JL-09 4"


def test_a_backup_is_found_by_the_name_it_was_given(tmp_path: Path) -> None:
    out, owner = tmp_path / "out", Person("8021", "李娜", Role.AGENT)
    made = create(
        tmp_path / "07", station="07", owner=owner, pin="a long pass phrase", data_folder=tmp_path, now=NOW
    )
    with made.store as store:
        assert last_backup(store, [out]) is None
        for at in (NOW, NOW, NOW - HOUR):
            back_up(store, out, now=at)
        for name in ("99-20270101T000000Z", "07-20279901T000000Z", "07-20270101T000000Z.part"):
            (out / f"{name}.fdbackup").touch()
        assert last_backup(store, [tmp_path / "gone", out]) == NOW


def test_a_pc_that_forgot_the_file_is_found_out(store: Store, tmp_path: Path) -> None:
    log_record(store, {"kind": "enquiry", "summary": "水费"}, now=NOW - 9 * HOUR)
    lay_canary(tmp_path, now=NOW - 9 * HOUR)
    pc = ThisPc(tmp_path, seconds_since_start=3600)
    assert by_code(readiness(store, pc, now=NOW))["memory"] == "kept"
    (tmp_path / CANARY_FILE).unlink()
    assert by_code(readiness(store, pc, now=NOW))["memory"] == "lost"
    assert by_code(readiness(store, pc, now=NOW + 9 * HOUR))["memory"] == "kept", "it was laid down again"


@pytest.mark.parametrize("content", [b"", b"\xff\xfe", b"yesterday"])
def test_a_spoilt_file_is_laid_down_anew(store: Store, tmp_path: Path, content: bytes) -> None:
    (tmp_path / CANARY_FILE).write_bytes(content)
    pc = ThisPc(tmp_path, seconds_since_start=3600)
    assert by_code(readiness(store, pc, now=NOW))["memory"] == "untested"
    lay_canary(tmp_path / "gone", now=NOW)


def every_check() -> list[Check]:
    """One of each finding there is."""
    day = date(2026, 3, 2)
    values: dict[str, list] = {
        "customers_as_of": [None, NOW, NOW - timedelta(days=2), NOW - timedelta(days=30)],
        "customers_bad": [False, True],
        "backup_at": [None, NOW, NOW - timedelta(days=30)],
        "free": [None, 1, 1 << 30, 1 << 40],
        "canary_at": [None, NOW, NOW - timedelta(days=30)],
        "used_since": [None, NOW - timedelta(days=30)],
        "clock_apart": [timedelta(), HOUR],
        "clock_behind": [False, True],
        "contacts": [0, 9],
        "stale": [(), (Bilingual("火警"), Bilingual("报警", "Police"))],
        "roster_days": [None, 12],
        "roster_gaps": [(), (day,)],
        "untrained": [(), ("李娜",)],
        "pack_own": [False, True],
        "pack_filled": [False, True],
        "pack_problem": [False, True],
        "pack_from": [None, day, day + timedelta(days=9)],
        "leads": [0, 2],
        "to_confirm": [0, 2],
        "handed_in_at": [None, NOW],
        "waiting": [0, 3],
        "lying": [False, True],
        "printers": [(), ("二楼",)],
        "pcs": [(), (PC, replace(PC, own=False)), *((PC, one) for one in OTHERS)],
    }
    found: dict[tuple[str, str], Check] = {}
    for first, second in itertools.combinations(values, 2):
        for one, other in itertools.product(values[first], values[second]):
            told = {"started_at": NOW - HOUR, "version": "1.0", "pack": "YJ-01 2.0", "contacts": 9}
            told |= {"roster_days": 31, "pack_own": True, first: one, second: other}
            for check in checks(Found(**told), now=NOW, today=day, limits=Limits(7, 7, 90, 365)):
                found[check.code, check.found] = check
    return list(found.values())


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_finding_has_its_words(store: Store, language: str) -> None:
    words = Words(language)  # type: ignore[arg-type]
    every = every_check()
    for check in every:
        told = text_of(store, words, check)
        assert "{" not in told.found + told.do
        assert "None" not in told.found + told.do
        if check.grade in (Grade.DO, Grade.URGENT):
            assert told.do, (check.code, check.found)
    shown = {f"{check.code}_{check.found}" for check in every}
    assert shown == set(words.table("readiness.found"))
    assert set(words.table("readiness.do")) <= shown
    paper = readiness_paper(store, words, Readiness(tuple(every), (PC, *OTHERS)), now=NOW)
    text = "\n".join(lines_of(paper))
    for stands in words.table("readiness.pc").values():
        assert str(stands) in text
    assert text_of(store, words, every[0]).found in text
    assert str(to_do(tuple(every))) in paper.subtitle
