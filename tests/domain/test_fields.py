"""The field catalogue and the correction list that is derived from it."""

import re

import pytest

from desktop_app.domain.entries import Value
from desktop_app.domain.fields import FIELDS, RESTRICTED, TEMPLATE_COLUMNS, missing
from desktop_app.domain.form_fields import FieldType
from desktop_app.domain.kinds import Channel, Kind
from desktop_app.words import LANGUAGES, Language, Words

COMPLETE_CALL: dict[str, Value] = {
    "channel": "phone",
    "received_at": "2026-03-01T08:30:00Z",
    "caller_name": "李娜",
    "phone": "13123450001",
    "category": "query",
    "detail": "停水何时恢复",
    "outcome": "answered",
}


def test_template_columns_are_a_contract() -> None:
    assert " ".join(TEMPLATE_COLUMNS) == (
        "number kind channel received_at ended_at caller_name phone callback_phone customer_no address "
        "category summary detail agent station callback_due crm_id paper_serial"
    )
    assert tuple(FIELDS)[: len(TEMPLATE_COLUMNS)] == TEMPLATE_COLUMNS


def test_what_agents_may_not_see() -> None:
    assert {"named_agent", "findings", "staff_assessment", "supervisor_decision"} == RESTRICTED


@pytest.mark.parametrize("language", LANGUAGES)
def test_labels_tell_fields_apart(language: Language) -> None:
    words = Words(language)
    labels = {words.say(f"field.{key}") for key in FIELDS}
    assert len(labels) == len(FIELDS)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_choice_has_words(language: Language) -> None:
    words = Words(language)
    enums = {field.options for field in FIELDS.values() if field.options} - {Kind, Channel}
    for enum in enums:
        section = "option." + re.sub(r"(?<!^)(?=[A-Z])", "_", enum.__name__).lower()
        said = {words.say(f"{section}.{code}") for code in enum}
        assert len(said) == len(enum)


def test_only_choices_have_options() -> None:
    for field in FIELDS.values():
        assert field.options is None or field.type in (FieldType.CHOICE, FieldType.CHOICES)


@pytest.mark.parametrize(
    ("kind", "change", "expected"),
    [
        (Kind.ENQUIRY, {}, set()),
        (Kind.ENQUIRY, {"caller_name": " "}, {"caller_name"}),
        (Kind.ENQUIRY, {"detail": None, "summary": "停水"}, set()),
        (Kind.ENQUIRY, {"detail": None}, {"detail"}),
        (Kind.ENQUIRY, {"category": None}, {"category"}),
        (Kind.ENQUIRY, {"phone": None}, {"phone"}),
        (Kind.ENQUIRY, {"phone": None, "number_unknown": True}, set()),
        (Kind.ENQUIRY, {"phone": None, "channel": "walk_in"}, set()),
        (Kind.ENQUIRY, {"category": "repair"}, {"address"}),
        (Kind.ENQUIRY, {"category": "repair", "address": "三幢二单元1602"}, set()),
        (Kind.ENQUIRY, {"callback_needed": False}, set()),
        (Kind.ENQUIRY, {"callback_needed": True}, {"callback_due"}),
        (Kind.ENQUIRY, {"callback_due": "2026-03-01T09:00:00Z"}, set()),
        (
            Kind.ENQUIRY,
            {"phone": None, "channel": "mail", "callback_due": "2026-03-01T09:00:00Z"},
            {"callback_phone"},
        ),
        (Kind.ENQUIRY, {"escalated": True}, {"escalation_reason"}),
        (Kind.ENQUIRY, {"identity_checked": True}, {"identity_method"}),
        (Kind.ENQUIRY, {"backfilled_at": "2026-03-02T09:00:00Z"}, {"crm_id"}),
    ],
)
def test_correction_list_of_a_call(kind: Kind, change: dict[str, Value], expected: set[str]) -> None:
    assert set(missing(kind, COMPLETE_CALL | change)) == expected
