"""The glossary names exactly the codes that files and workbook contain, with the words people see."""

import re
from enum import StrEnum
from pathlib import Path

import pytest

from desktop_app.domain.incident_steps import IncidentState
from desktop_app.domain.kinds import Category, Channel, Kind
from desktop_app.domain.outage_options import IncidentLevel, SurgeLevel
from desktop_app.domain.reconciliation import CallStatus, CrmStatus, RecordStatus
from desktop_app.domain.roles import Role
from desktop_app.paths import resources
from desktop_app.words import Words

GLOSSARY = (Path(__file__).parents[1] / "docs" / "glossary.md").read_text("utf-8")
README = Path(__file__).parents[1] / "README.zh.md"
CODES: dict[str, tuple[type[StrEnum], ...]] = {
    "kind": (Kind,),
    "channel": (Channel,),
    "option.category": (Category,),
    "role": (Role,),
    "status": (RecordStatus, CrmStatus, CallStatus),
    "incident_state": (IncidentState,),
    "option.incident_level": (IncidentLevel,),
    "option.surge_level": (SurgeLevel,),
}
ROW = re.compile(r"^\| `(\w+)` \| ([^|]+) \| ([^|]+) \| ([^|]+) \|$", re.MULTILINE)


def table(section: str) -> dict[str, tuple[str, str]]:
    found = re.search(
        rf"^## [^\n]*\(`{re.escape(section)}`\)\n(.*?)(?=^## |\Z)", GLOSSARY, re.MULTILINE | re.DOTALL
    )
    assert found, f"no section of {section}"
    return {code: (english, chinese) for code, english, chinese, _ in ROW.findall(found[1])}


@pytest.mark.parametrize("section", CODES)
def test_codes_and_words_are_the_programs_own(section: str) -> None:
    english, chinese = Words("en"), Words("zh")
    codes = {code.value for enum in CODES[section] for code in enum} - {IncidentState.NONE.value}
    assert table(section) == {
        code: (english.say(f"{section}.{code}"), chinese.say(f"{section}.{code}")) for code in codes
    }


def test_every_term_stands_once_with_its_chinese_word() -> None:
    rows = re.findall(r"^\| ([A-Za-z][^|]*) \| ([^|]+) \| ([^|]+) \|$", GLOSSARY, re.MULTILINE)
    terms = [term for term, _, _ in rows if term != "Term"]
    assert len(terms) > 30
    assert terms == sorted(set(terms), key=str.lower)
    assert all(re.search("[\u4e00-\u9fff]", chinese) for _, chinese, _ in rows)


@pytest.mark.parametrize(
    ("term", "others"),
    [
        ("store", ("数据库", "登记库", "建库")),
        ("station", ("席位 {", "本站")),
        ("call log", ("话务日志",)),
        ("profile", ("读取方案", "配置档")),
    ],
)
def test_one_chinese_word_each(term: str, others: tuple[str, ...]) -> None:
    """People meet the glossary's word in the program and in the read-me, and no other."""
    (chinese,) = re.findall(rf"^\| {term} \| ([^|]+) \|", GLOSSARY, re.MULTILINE)
    window = resources() / "i18n" / "window.zh.toml"
    for place in (resources() / "i18n" / "words.zh.toml", window, README):
        text = place.read_text("utf-8")
        assert chinese in text or place == window
        assert [other for other in others if other in text] == []
