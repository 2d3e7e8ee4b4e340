"""The playbook that fits most closely is beside the form."""

from dataclasses import replace
from datetime import date

import pytest

from desktop_app.domain.kinds import Kind
from desktop_app.domain.playbooks import playbook_for, playbooks_of
from desktop_app.domain.site_text import Span
from tests.packs import pack, playbook

TODAY = date(2026, 11, 22)
PACK = pack(
    playbooks=(
        playbook("blank", Kind.URGENT, by_hand=True),
        playbook("urgent", Kind.URGENT),
        playbook("lift", Kind.URGENT, urgent_kind="lift"),
        playbook("hurt", Kind.URGENT, urgent_kind="other", people_hurt="yes"),
        playbook("last year", Kind.URGENT, span=Span(last=date(2025, 12, 31)), urgent_kind="fire"),
        playbook("next year", Kind.URGENT, span=Span(first=date(2027, 1, 1)), urgent_kind="fire"),
        playbook("complaint", Kind.COMPLAINT),
        playbook("passed up", Kind.COMPLAINT, Kind.ENQUIRY, escalated="yes"),
        playbook("upset", Kind.COMPLAINT, Kind.ENQUIRY, mood="angry"),
    )
)


@pytest.mark.parametrize(
    ("values", "key"),
    [
        ({"kind": "urgent"}, "urgent"),
        ({"kind": Kind.URGENT, "urgent_kind": "theft"}, "urgent"),
        ({"kind": "urgent", "urgent_kind": "lift"}, "lift"),
        ({"kind": "urgent", "urgent_kind": "lift", "people_hurt": "yes"}, "lift"),
        ({"kind": "urgent", "urgent_kind": "other"}, "urgent"),
        ({"kind": "urgent", "urgent_kind": "other", "people_hurt": "yes"}, "hurt"),
        ({"kind": "urgent", "urgent_kind": "fire"}, "urgent"),
        ({"kind": "complaint", "mood": "angry"}, "upset"),
        ({"kind": "complaint", "escalated": True, "mood": "angry"}, "passed up"),
        ({"kind": "complaint", "escalated": False}, "complaint"),
        ({"kind": "complaint", "escalated": "yes"}, "passed up"),
        ({"kind": "enquiry", "mood": "angry"}, "upset"),
        ({"kind": "enquiry"}, None),
        ({"kind": "media", "mood": "angry"}, None),
        ({"kind": None}, None),
        ({}, None),
    ],
)
def test_the_closest_one(values: dict, key: str | None) -> None:
    found = playbook_for(PACK, values, TODAY)
    assert (found.key if found else None) == key


def test_one_condition_may_name_several_codes() -> None:
    both = pack(playbooks=(replace(playbook("upset", Kind.ENQUIRY), when={"mood": ("angry", "abusive")}),))
    for mood, there in (("angry", True), ("abusive", True), ("calm", False), (None, False)):
        assert (playbook_for(both, {"kind": "enquiry", "mood": mood}, TODAY) is not None) is there


def test_all_of_a_kind_that_are_valid_can_be_chosen_by_hand() -> None:
    assert [one.key for one in playbooks_of(PACK, Kind.URGENT, TODAY)] == ["blank", "urgent", "lift", "hurt"]
