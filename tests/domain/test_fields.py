"""The field catalogue and the correction list that is derived from it."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

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


COMPLAINT: dict[str, Value] = COMPLETE_CALL | {
    "complaint_form": "oral",
    "complaint_type": "service",
    "complaint_against": "other_department",
    "customer_wants": "道歉",
    "severity": "ordinary",
}
URGENT: dict[str, Value] = COMPLETE_CALL | {
    "address": "三幢二单元电梯",
    "repeated_problem": True,
    "repeated_address": True,
    "repeated_name": True,
    "repeated_phone": True,
    "urgent_kind": "lift",
    "people_hurt": "no",
    "property_centre": "东区物业服务中心",
    "centre_contact": "赵敏",
    "centre_phone": "0571 55500012",
    "centre_told_at": "2026-03-01T08:32:00Z",
    "chase_log": ["08:40 已到场"],
}
ABNORMAL: dict[str, Value] = COMPLETE_CALL | {
    "caller_name": None,
    "abnormal_kind": "prank",
    "script_used": "S-12",
    "called_back": False,
    "passed_to": "周琳",
    "passed_at": "2026-03-01T08:35:00Z",
}
MEDIA: dict[str, Value] = COMPLETE_CALL | {
    "outlet": "晚报",
    "position": "记者",
    "media_way": "call",
    "script_used": "S-20",
    "manager_told_at": "2026-03-01T08:31:00Z",
    "authorised": "no",
}


@pytest.mark.parametrize(
    ("kind", "values", "change", "expected"),
    [
        (Kind.COMPLAINT, COMPLAINT, {}, set()),
        (Kind.COMPLAINT, COMPLAINT, {"category": None}, set()),
        (Kind.COMPLAINT, COMPLAINT, {"phone": None, "channel": "walk_in"}, {"phone"}),
        (Kind.COMPLAINT, COMPLAINT, {"complaint_form": "written"}, {"acknowledged_at", "written_reply_at"}),
        (Kind.COMPLAINT, COMPLAINT, {"department": "工程部"}, {"handed_over_to", "handed_over_at"}),
        (Kind.COMPLAINT, COMPLAINT, {"state": "resolved"}, {"remedy"}),
        (Kind.COMPLAINT, COMPLAINT, {"complaint_against": "own_staff"}, set()),
        (Kind.URGENT, URGENT, {}, set()),
        (Kind.URGENT, URGENT, {"address": None}, {"address"}),
        (Kind.URGENT, URGENT, {"repeated_name": False}, {"repeated_name"}),
        (Kind.URGENT, URGENT, {"people_hurt": "yes"}, {"people_count", "police_called"}),
        (Kind.URGENT, URGENT, {"urgent_kind": "fire", "police_called": True}, {"police_called_at"}),
        (Kind.URGENT, URGENT, {"urgent_kind": "theft", "police_called": False}, set()),
        (Kind.URGENT, URGENT, {"people_hurt": "yes", "people_count": 0, "police_called": False}, set()),
        (Kind.URGENT, URGENT, {"chase_log": []}, {"chase_log"}),
        (Kind.ABNORMAL, ABNORMAL, {}, set()),
        (Kind.ABNORMAL, ABNORMAL, {"called_back": None}, {"called_back"}),
        (Kind.ABNORMAL, ABNORMAL, {"called_back": True}, {"called_back_at", "called_back_result"}),
        (
            Kind.ABNORMAL,
            ABNORMAL,
            {"phone": None, "number_unknown": True, "called_back": None},
            set(),
        ),
        (Kind.ABNORMAL, ABNORMAL, {"abnormal_kind": "threat"}, {"exact_words", "police_called"}),
        (Kind.MEDIA, MEDIA, {}, set()),
        (Kind.MEDIA, MEDIA, {"outlet": ""}, {"outlet"}),
        (Kind.MEDIA, MEDIA, {"caller_name": None}, {"caller_name"}),
        (Kind.MEDIA, MEDIA, {"manager_told_at": None}, {"manager_told_at"}),
        (Kind.MEDIA, MEDIA, {"authorised": "yes"}, {"spokesperson", "approved_wording"}),
        (Kind.MEDIA, MEDIA, {"media_way": "filming"}, {"conflict_on_site"}),
    ],
)
def test_correction_list_of_the_other_kinds(
    kind: Kind, values: dict[str, Value], change: dict[str, Value], expected: set[str]
) -> None:
    assert set(missing(kind, values | change)) == expected


def test_what_only_a_lead_fills_is_asked_of_a_lead() -> None:
    values = COMPLAINT | {"complaint_against": "own_staff", "state": "closed", "remedy": "道歉"}
    assert missing(Kind.COMPLAINT, values) == ()
    told = missing(Kind.COMPLAINT, values, restricted=True)
    assert told == ("named_agent", "findings", "staff_assessment")


@pytest.mark.parametrize("kind", Kind)
@given(data=st.data())
def test_filling_what_is_missing_completes_a_record(kind: Kind, data: st.DataObject) -> None:
    answers = {
        FieldType.YES_NO: st.booleans(),
        FieldType.TICK: st.just(True),
        FieldType.LIST: st.just(["x"]),
    }
    values: dict[str, Value] = {}
    for _ in range(10):
        wanted = missing(kind, values, restricted=True)
        for key in wanted:
            field = FIELDS[key]
            codes = [code.value for code in field.options or ()]
            values[key] = data.draw(
                st.sampled_from(codes) if codes else answers.get(field.type, st.just("x")), label=key
            )
        if not wanted:
            return
    raise AssertionError(f"still missing {wanted}")
