"""3.1 手工来电记录: the manual call record, which every kind of record has (domain/fields 3.1)."""

from __future__ import annotations

from desktop_app.domain.form_fields import (
    Field,
    FieldType,
    Form,
    Need,
    chosen,
    either,
    given,
    negated,
    yes,
)
from desktop_app.domain.kinds import Category, Channel, Kind
from desktop_app.domain.record_options import (
    AmountChannel,
    ContactChannel,
    EscalationReason,
    IdentityMethod,
    Mood,
    Outcome,
    Title,
)

CALLBACK = either(yes("callback_needed"), given("callback_due"))
"""A promise to call back was made."""

CALL_FIELDS: tuple[Field, ...] = (
    Field("kind", FieldType.CHOICE, {Form.CALL: Need.REQUIRED}, "D", options=Kind),
    Field("channel", FieldType.CHOICE, {Form.CALL: Need.REQUIRED}, "4 art. 8, 2§5", options=Channel),
    Field(
        "received_at", FieldType.MOMENT, {Form.CALL: Need.REQUIRED, Form.COMPLAINT: Need.REQUIRED}, "A§2.6"
    ),
    Field("ended_at", FieldType.MOMENT, {Form.CALL: Need.OPTIONAL}, "P:CAD"),
    Field(
        "caller_name",
        FieldType.TEXT,
        {
            Form.CALL: Need.REQUIRED,
            Form.COMPLAINT: Need.REQUIRED,
            Form.URGENT: Need.REQUIRED,
            Form.MEDIA: Need.REQUIRED,
            Form.ACCEPTANCE: Need.CONDITIONAL,
        },
        "3.4",
        excused=chosen("kind", "abnormal"),
    ),
    Field("title", FieldType.CHOICE, {Form.CALL: Need.OPTIONAL}, "4", options=Title),
    Field(
        "phone",
        FieldType.PHONE,
        {
            Form.CALL: Need.CONDITIONAL,
            Form.COMPLAINT: Need.REQUIRED,
            Form.URGENT: Need.REQUIRED,
            Form.ABNORMAL: Need.REQUIRED,
            Form.ACCEPTANCE: Need.CONDITIONAL,
        },
        "A§10.1",
        when=chosen("channel", "phone", "sms"),
        excused=yes("number_unknown"),
    ),
    Field(
        "number_unknown", FieldType.YES_NO, {Form.CALL: Need.OPTIONAL, Form.ABNORMAL: Need.OPTIONAL}, "A§10.1"
    ),
    Field(
        "callback_phone",
        FieldType.PHONE,
        {Form.CALL: Need.CONDITIONAL, Form.MEDIA: Need.REQUIRED},
        "A§2.6",
        when=either(CALLBACK, chosen("kind", "media")),
        instead=("phone", "second_contact"),
    ),
    Field("second_contact", FieldType.TEXT, {Form.CALL: Need.OPTIONAL}, "4"),
    Field("customer_no", FieldType.REFERENCE, {Form.CALL: Need.OPTIONAL}, "P:dbtech"),
    Field("snapshot_as_of", FieldType.MOMENT, {Form.CALL: Need.APP}, "P:OPERA"),
    Field(
        "address",
        FieldType.TEXT,
        {Form.CALL: Need.CONDITIONAL, Form.COMPLAINT: Need.OPTIONAL, Form.URGENT: Need.REQUIRED},
        "4",
        when=either(chosen("category", "repair"), chosen("kind", "urgent")),
    ),
    Field("identity_checked", FieldType.YES_NO, {Form.CALL: Need.OPTIONAL}, "4"),
    Field(
        "identity_method",
        FieldType.CHOICE,
        {Form.CALL: Need.CONDITIONAL},
        "4",
        options=IdentityMethod,
        when=yes("identity_checked"),
    ),
    Field("recording", FieldType.TEXT, {Form.CALL: Need.OPTIONAL}, "4"),
    Field("amount_taken", FieldType.MONEY, {Form.CALL: Need.OPTIONAL}, "4"),
    Field("amount_channel", FieldType.CHOICE, {Form.CALL: Need.OPTIONAL}, "4", options=AmountChannel),
    Field(
        "category",
        FieldType.CHOICE,
        {Form.CALL: Need.REQUIRED},
        "A§7-13",
        options=Category,
        excused=negated(chosen("kind", "enquiry")),
    ),
    Field("business_item", FieldType.CHOICE, {Form.CALL: Need.OPTIONAL}, "3.4"),
    Field("summary", FieldType.TEXT, {Form.CALL: Need.OPTIONAL}, "D"),
    Field(
        "detail",
        FieldType.LONG_TEXT,
        {
            Form.CALL: Need.REQUIRED,
            Form.COMPLAINT: Need.REQUIRED,
            Form.URGENT: Need.REQUIRED,
            Form.ABNORMAL: Need.REQUIRED,
            Form.MEDIA: Need.REQUIRED,
        },
        "A§2.6, 3.4",
        instead=("summary",),
    ),
    Field("answer", FieldType.LONG_TEXT, {Form.CALL: Need.OPTIONAL}, "A§2.5"),
    Field("article", FieldType.REFERENCE, {Form.CALL: Need.OPTIONAL}, "A§2.5"),
    Field("outcome", FieldType.CHOICE, {Form.CALL: Need.REQUIRED}, "2§5.1", options=Outcome),
    Field("callback_needed", FieldType.YES_NO, {Form.CALL: Need.REQUIRED}, "A§2.6", defaulted=True),
    Field("callback_due", FieldType.MOMENT, {Form.CALL: Need.CONDITIONAL}, "A§9.5, 4 art. 10", when=CALLBACK),
    Field(
        "callback_channel",
        FieldType.CHOICE,
        {Form.CALL: Need.CONDITIONAL},
        "4",
        options=ContactChannel,
        when=CALLBACK,
        defaulted=True,
    ),
    Field("backfill_needed", FieldType.YES_NO, {Form.CALL: Need.REQUIRED}, "A§2.6", defaulted=True),
    Field("first_handler", FieldType.REFERENCE, {Form.CALL: Need.APP, Form.COMPLAINT: Need.APP}, "4 art. 25"),
    Field(
        "current_owner",
        FieldType.REFERENCE,
        {Form.CALL: Need.REQUIRED, Form.COMPLAINT: Need.REQUIRED},
        "4, A§9.3",
        defaulted=True,
    ),
    Field("escalated", FieldType.YES_NO, {Form.CALL: Need.OPTIONAL}, "A§11"),
    Field(
        "escalation_reason",
        FieldType.CHOICE,
        {Form.CALL: Need.CONDITIONAL},
        "A§11",
        options=EscalationReason,
        when=yes("escalated"),
    ),
    Field("mood", FieldType.CHOICE, {Form.CALL: Need.OPTIONAL}, "2§2", options=Mood),
    Field("important", FieldType.YES_NO, {Form.CALL: Need.OPTIONAL}, "4, 1.7.3"),
    Field("reported_to", FieldType.TEXT, {Form.CALL: Need.OPTIONAL}, "4"),
    Field("reported_at", FieldType.MOMENT, {Form.CALL: Need.OPTIONAL}, "4"),
    Field("reported_via", FieldType.CHOICE, {Form.CALL: Need.OPTIONAL}, "4", options=ContactChannel),
    Field(
        "repeated_problem", FieldType.TICK, {Form.CALL: Need.CONDITIONAL}, "4", when=chosen("kind", "urgent")
    ),
    Field(
        "repeated_address", FieldType.TICK, {Form.CALL: Need.CONDITIONAL}, "4", when=chosen("kind", "urgent")
    ),
    Field("repeated_name", FieldType.TICK, {Form.CALL: Need.CONDITIONAL}, "4", when=chosen("kind", "urgent")),
    Field(
        "repeated_phone", FieldType.TICK, {Form.CALL: Need.CONDITIONAL}, "4", when=chosen("kind", "urgent")
    ),
    Field("phrases_used", FieldType.LIST, {Form.CALL: Need.APP}, "1.6.4, 2§2"),
    Field("symptom_tag", FieldType.TEXT, {Form.CALL: Need.APP}, "A§7.1, 3.8"),
    Field("known_issue", FieldType.REFERENCE, {Form.CALL: Need.APP}, "3 intro"),
    Field("told_about_outage", FieldType.YES_NO, {Form.CALL: Need.OPTIONAL}, "2§5.1"),
    Field("attachment", FieldType.FILE, {Form.CALL: Need.OPTIONAL}, "D"),
    Field("crm_id", FieldType.TEXT, {Form.CALL: Need.CONDITIONAL}, "A§2.6", when=given("backfilled_at")),
    Field("backfilled_by", FieldType.REFERENCE, {Form.CALL: Need.APP}, "D"),
    Field("backfilled_at", FieldType.MOMENT, {Form.CALL: Need.APP}, "D"),
    Field("verified_by", FieldType.REFERENCE, {Form.CALL: Need.APP}, "P:CSPro verify"),
    Field("verified_at", FieldType.MOMENT, {Form.CALL: Need.APP}, "P:CSPro verify"),
)
