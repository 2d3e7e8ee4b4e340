"""Texts of notices in a pack: read, filled, and every mistake told with its place."""

from pathlib import Path

import pytest

from desktop_app.domain.notice_templates import PLACEHOLDERS, drafted, templates_for
from desktop_app.domain.outage_options import AnnouncementType, PublishChannel
from desktop_app.domain.site_text import PLACEHOLDER, Version
from desktop_app.exchange.site_pack import read_pack
from desktop_app.paths import resources
from tests.written_packs import FILES, NOTICES, problem_of, write_files

FIRST = AnnouncementType.FIRST


def test_a_text_with_all_it_can_have(tmp_path: Path) -> None:
    first, said = read_pack(write_files(tmp_path, {})).announcements
    assert (first.type, first.types, first.channels) == (FIRST, ("power",), (PublishChannel.IVR,))
    assert (first.version, first.next_minutes) == (Version("GG-1", "3", "主管"), 30)
    assert (said.type, said.spokesperson.zh) == (AnnouncementType.STATEMENT, "经理")
    assert said.version == Version("A-1", "2", "主管")


def test_lines_of_which_something_is_unknown_are_left_out(tmp_path: Path) -> None:
    first, _ = read_pack(write_files(tmp_path, {})).announcements
    known = {"since": "10:05", "affected": "{expected} 查不到订单"}
    assert drafted(first, known, "zh") == "自 10:05：{expected} 查不到订单。"
    assert drafted(first, known | {"expected": "12:00"}, "zh").endswith("\n预计 12:00。")
    assert drafted(first, {}, "en") == ""


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ('type = "first"', 'type = "last"', "pack.option"),
        ("{since}", "{sinse}", "pack.option"),
        ('types = ["power"]', 'types = ["water"]', "pack.option"),
        ('channels = ["ivr"]', 'channels = ["radio"]', "pack.option"),
        ("next_minutes = 30", "next_minutes = 5000", "pack.whole"),
        ('key = "said"', 'key = "first"', "pack.twice"),
        ('text = "不知道"', "", "pack.text_missing"),
        ('spokesperson = "经理"', 'speaker = "经理"', "pack.unknown_key"),
    ],
)
def test_mistakes(tmp_path: Path, old: str, new: str, code: str) -> None:
    assert old in FILES[NOTICES]
    problem = problem_of(write_files(tmp_path / "p", {NOTICES: FILES[NOTICES].replace(old, new)}))
    assert problem is not None
    assert (problem.code, problem.details["file"]) == (code, NOTICES)


def test_what_ships_has_every_type_in_both_languages() -> None:
    pack = read_pack(resources() / "site")
    for kind in AnnouncementType:
        found = templates_for(pack.announcements, kind, "network")
        assert found, kind
        for one in found:
            known = dict.fromkeys(PLACEHOLDERS, "x")
            for language in ("zh", "en"):
                assert drafted(one, known, language)
                assert set(PLACEHOLDER.findall(one.text.zh)) == set(PLACEHOLDER.findall(one.text.en))
    general, lines = (templates_for(pack.announcements, FIRST, one)[0] for one in ("network", "hotline_down"))
    assert (general.key, lines.key) == ("first", "first_lines")
