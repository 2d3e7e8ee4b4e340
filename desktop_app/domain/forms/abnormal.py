"""3.4 非正常来电: what an abnormal call has beside the call record (domain/fields 3.4)."""

from __future__ import annotations

from desktop_app.domain.form_fields import Field, FieldType, Form, Need, chosen, given, negated, yes
from desktop_app.domain.record_options import AbnormalKind

ABNORMAL_FIELDS: tuple[Field, ...] = (
    Field("times_today", FieldType.INTEGER, {Form.ABNORMAL: Need.APP}, "D"),
    Field(
        "abnormal_kind", FieldType.CHOICE, {Form.ABNORMAL: Need.REQUIRED}, "A§10, 2§6", options=AbnormalKind
    ),
    Field(
        "exact_words",
        FieldType.LONG_TEXT,
        {Form.ABNORMAL: Need.CONDITIONAL},
        "2§6",
        when=chosen("abnormal_kind", "threat"),
    ),
    Field("background", FieldType.TEXT, {Form.ABNORMAL: Need.OPTIONAL}, "D"),
    Field(
        "script_used",
        FieldType.REFERENCE,
        {Form.ABNORMAL: Need.REQUIRED, Form.MEDIA: Need.CONDITIONAL},
        "A§10.3, A§13.2",
        when=negated(chosen("authorised", "yes")),
    ),
    Field(
        "called_back",
        FieldType.YES_NO,
        {Form.ABNORMAL: Need.CONDITIONAL},
        "A§10.2",
        when=negated(yes("number_unknown")),
    ),
    Field(
        "called_back_at",
        FieldType.MOMENT,
        {Form.ABNORMAL: Need.CONDITIONAL},
        "A§10.2",
        when=yes("called_back"),
    ),
    Field(
        "called_back_result",
        FieldType.TEXT,
        {Form.ABNORMAL: Need.CONDITIONAL},
        "A§10.2",
        when=yes("called_back"),
    ),
    Field("passed_to", FieldType.REFERENCE, {Form.ABNORMAL: Need.REQUIRED}, "A§10.1"),
    Field("passed_at", FieldType.MOMENT, {Form.ABNORMAL: Need.REQUIRED}, "A§10.1"),
    Field(
        "supervisor_decision",
        FieldType.LONG_TEXT,
        {Form.ABNORMAL: Need.CONDITIONAL},
        "A§10.1",
        when=given("passed_at"),
        restricted=True,
    ),
    Field(
        "police_receipt", FieldType.TEXT, {Form.ABNORMAL: Need.CONDITIONAL}, "2§3", when=yes("police_called")
    ),
    Field("watch_number", FieldType.YES_NO, {Form.ABNORMAL: Need.OPTIONAL}, "A§10"),
)
