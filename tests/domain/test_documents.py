"""The register of a pack: every document with number, version, day and approver, and what it says."""

from dataclasses import replace
from datetime import date

from desktop_app.domain.documents import SINGLE, WHOLE, documents
from desktop_app.domain.kinds import Kind
from desktop_app.domain.pack_changes import PARTS
from desktop_app.domain.site_pack import EMPTY_PACK
from desktop_app.domain.site_text import Span, Version
from desktop_app.exchange.site_pack import read_pack
from desktop_app.paths import resources
from tests.packs import article, pack, phrase, playbook


def test_each_part_of_a_pack_is_a_document_or_has_some() -> None:
    assert {*SINGLE, *WHOLE} == set(PARTS)
    shipped = read_pack(resources() / "site")
    found = documents(shipped)
    assert {one.part for one in found} == set(PARTS)
    assert all(one.version.number and one.version.version for one in found)
    assert all(one.span.first for one in found)
    assert len([one for one in found if one.part in WHOLE]) == len(WHOLE)


def test_days_and_versions_are_those_of_the_document_else_of_the_pack() -> None:
    own = replace(playbook("电梯", Kind.URGENT), version=Version("ZX-01", "2.0", "周敏"))
    ended = article("a", "活动", "正文", span=Span(date(2026, 1, 1), date(2026, 2, 1)))
    made = replace(
        pack(playbooks=(own,), articles=(ended,), phrases=(phrase("a", "甲"),)), effective=date(2025, 5, 5)
    )
    lift, news, phrases = documents(made)
    assert (lift.version.number, lift.version.approved_by, lift.span.first) == (
        "ZX-01",
        "周敏",
        date(2025, 5, 5),
    )
    assert news.overdue(date(2026, 2, 2))
    assert not news.overdue(date(2026, 2, 1))
    assert (phrases.part, phrases.count, phrases.version) == ("phrases", 1, made.version)
    assert news.lines[0].zh == "正文"
    assert lift.lines == ()
    assert documents(EMPTY_PACK) == ()
