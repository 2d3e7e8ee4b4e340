"""Who is who between records and call log."""

import pytest

from desktop_app.matching.agents import Agents

STAFF = [("8021", "坐席8021"), ("8022", "坐席8022"), ("8023", "SIP/8023")]


@pytest.mark.parametrize(
    ("sure", "record_agent", "call_agent", "same"),
    [
        ([], "8021", "坐席8021", True),
        ([], "8021", "坐席8022", None),
        (STAFF, "8024", "坐席8025", False),
        (STAFF, "李娜", "坐席8025", None),
        ([("8021", "Agent/12"), ("8021", "Agent/12"), ("8022", "Agent/14")], "8021", "Agent/12", True),
        ([("8021", "Agent/12"), ("8021", "Agent/12"), ("8022", "Agent/14")], "8023", "Agent/15", None),
        ([("8021", "Agent/12"), ("8021", "Agent/12")], "8021", "Agent/14", False),
        ([("8021", "8021"), ("8021", "8021")], "8021", "坐席8021", True),
        (STAFF, "", "坐席8021", None),
        (STAFF, "8021", "", None),
    ],
)
def test_same(sure: list[tuple[str, str]], record_agent: str, call_agent: str, same: bool | None) -> None:
    assert Agents(sure).same(record_agent, call_agent) is same
