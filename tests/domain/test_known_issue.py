"""Which known issue a call may be of."""

from __future__ import annotations

import pytest

from desktop_app.domain.known_issue import KnownIssue, areas_in, issue_for
from desktop_app.domain.same_symptom import Symptom
from desktop_app.domain.site_text import Bilingual

CRM = KnownIssue("a", "G07-1", "CRM 打不开", "application")
WEB = KnownIssue("b", "G07-2", "见公告", "website")
EAST = KnownIssue("c", "G07-3", "停水", areas=("东区", "人民路"))
KNOWN = (Symptom(Bilingual("网站打不开", "Web down"), "website"),)


@pytest.mark.parametrize(
    ("issues", "text", "address", "found"),
    [
        ((), "", "", None),
        ((CRM, WEB), "", "", CRM),
        ((CRM, WEB), "客户说网站打不开", "", WEB),
        ((WEB, CRM), "crm打不开了", "", CRM),
        ((EAST,), "停水", "西区 3 幢", None),
        ((EAST,), "停水", "", None),
        ((CRM, EAST), "", "人民 路 8 号", EAST),
        ((CRM, EAST), "", "西区", CRM),
    ],
)
def test_by_words_then_type_then_place(
    issues: tuple[KnownIssue, ...], text: str, address: str, found: KnownIssue | None
) -> None:
    assert issue_for(issues, text, address, KNOWN) == found


def test_places_in_one_line() -> None:
    assert areas_in("东区、人民路，；  ") == ("东区", "人民路")
