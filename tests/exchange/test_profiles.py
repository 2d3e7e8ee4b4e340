"""Profiles: shipped ones are sound, a wrong one is told by its line or key."""

from pathlib import Path

import pytest

from desktop_app.domain.errors import KnownError
from desktop_app.exchange import profiles
from desktop_app.exchange.mapping import guess


def test_shipped() -> None:
    assert profiles.names() == ("asterisk", "asterisk-custom", "creme", "generic", "odoo", "redmine")
    for name in profiles.names():
        profile = profiles.shipped(name)
        assert profile.name == name
        assert profile.system
        assert profile.status in ("run", "documentation")


@pytest.mark.parametrize(
    ("text", "code", "detail"),
    [
        ("[crm\nid = 1", "profile_syntax", {"line": "1"}),
        ('[crm]\nid = ["a"\nx', "profile_syntax", {"line": "3"}),
        ('nmae = "x"\n[crm]\nid = ["a"]', "profile_key", {"key": "nmae"}),
        ('[crm]\nfone = ["a"]', "profile_key", {"key": "crm.fone"}),
        ("[crm]\nid = 7", "profile_value", {"key": "crm.id"}),
        ('status = "tested"\n[crm]\nid = ["a"]', "profile_value", {"key": "status"}),
        ('zone = "Mars"\n[crm]\nid = ["a"]', "profile_value", {"key": "zone"}),
        ('date_order = "year"\n[crm]\nid = ["a"]', "profile_value", {"key": "date_order"}),
        ('order = ["src", "dst"]', "profile_value", {"key": "order"}),
        ('[options]\ncategory = "x"\n[crm]\nid = ["a"]', "profile_value", {"key": "options.category"}),
        ("[options.category]\na = 1\n[crm]\nid = []", "profile_value", {"key": "options.category.a"}),
        ("[values.kind]\nurgent = 1\n[crm]\nid = []", "profile_value", {"key": "values.kind.urgent"}),
        ('crm = "x"', "profile_value", {"key": "crm"}),
        ("", "profile_empty", {}),
    ],
)
def test_a_wrong_profile_is_told(tmp_path: Path, text: str, code: str, detail: dict[str, str]) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(text, "utf-8")
    with pytest.raises(KnownError) as refused:
        profiles.load(str(path), "crm")
    assert refused.value.code == f"reading.{code}"
    assert refused.value.details == {"file": "mine.toml", **detail}


def test_bytes_that_are_no_text(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(KnownError) as refused:
        profiles.load(str(path), "crm")
    assert refused.value.code == "reading.encoding"


def test_an_unknown_name_lists_the_known() -> None:
    with pytest.raises(KnownError) as refused:
        profiles.load("salesforce", "crm")
    assert "odoo" in str(refused.value.details["known"])


@pytest.mark.parametrize(
    ("name", "what"), [("odoo", "calls"), ("odoo", "records"), ("asterisk", "crm"), ("asterisk", "records")]
)
def test_a_profile_of_other_files_is_refused(name: str, what: profiles.What) -> None:
    with pytest.raises(KnownError) as refused:
        profiles.load(name, what)
    assert refused.value.code == "reading.profile_lacks"
    assert refused.value.details == {"profile": name, "section": what}


def test_a_profile_of_these_files_is_taken() -> None:
    """A log without a header is mapped by the order of its fields alone."""
    assert profiles.load("odoo", "crm").name == "odoo"
    assert profiles.load("asterisk", "calls").order


def test_a_file_that_is_not_there() -> None:
    with pytest.raises(KnownError) as refused:
        profiles.load("nowhere.toml", "crm")
    assert refused.value.code == "reading.not_found"


@pytest.mark.parametrize(
    ("headers", "name"),
    [
        ("External ID,Title,Customer,Customer Phone,Created on,Description", "odoo"),
        ("id,name,partner_id/name,partner_id/phone,create_date,description", "odoo"),
        ("#,项目,跟踪,状态,主题,创建于,描述", "redmine"),
        ("#,Project,Tracker,Status,Subject,Created,Description", "redmine"),
        ("Number,Title,Status,Priority,Criticality,Closing date", "creme"),
        ("工单号,创建时间,客户姓名,联系电话,问题描述", "generic"),
        ("Case Number,Subject,Description,Created", "generic"),
        ("id,name,phone", "generic"),
        ("a,b,c", "generic"),
    ],
)
def test_guessed_from_headers(headers: str, name: str) -> None:
    found = guess("crm", headers.split(","))
    assert found.profile.name == name
    assert 0 <= found.score <= 1
