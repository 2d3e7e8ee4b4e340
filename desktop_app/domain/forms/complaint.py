"""3.2 投诉单: what a complaint has beside the call record (domain/fields 3.2)."""

from __future__ import annotations

from desktop_app.domain.form_fields import Field, FieldType, Form, Need, chosen, given
from desktop_app.domain.record_options import (
    ComplaintAgainst,
    ComplaintForm,
    ComplaintType,
    Satisfaction,
    Severity,
)

_WRITTEN = chosen("complaint_form", "written")
_RESOLVED = chosen("state", "resolved", "customer_told", "closed")

COMPLAINT_FIELDS: tuple[Field, ...] = (
    Field(
        "complaint_form", FieldType.CHOICE, {Form.COMPLAINT: Need.REQUIRED}, "A§9.1", options=ComplaintForm
    ),
    Field("complaint_type", FieldType.CHOICE, {Form.COMPLAINT: Need.REQUIRED}, "A§9", options=ComplaintType),
    Field(
        "complaint_against",
        FieldType.CHOICE,
        {Form.COMPLAINT: Need.REQUIRED},
        "A§9.4",
        options=ComplaintAgainst,
    ),
    Field(
        "named_agent",
        FieldType.REFERENCE,
        {Form.COMPLAINT: Need.CONDITIONAL},
        "A§9.4",
        when=chosen("complaint_against", "own_staff"),
        restricted=True,
    ),
    Field("customer_wants", FieldType.LONG_TEXT, {Form.COMPLAINT: Need.REQUIRED}, "2§2.1"),
    Field("source_call", FieldType.REFERENCE, {Form.COMPLAINT: Need.CONDITIONAL}, "A§9"),
    Field("severity", FieldType.CHOICE, {Form.COMPLAINT: Need.REQUIRED}, "4, 2§3", options=Severity),
    Field("escalation_log", FieldType.LIST, {Form.COMPLAINT: Need.APP}, "A§9.3, A§11"),
    Field(
        "department",
        FieldType.CHOICE,
        {Form.COMPLAINT: Need.CONDITIONAL, Form.INCIDENT: Need.CONDITIONAL},
        "A§9.4, A§7.1",
        when=given("handed_over_to", "handed_over_at"),
    ),
    Field(
        "handed_over_to",
        FieldType.REFERENCE,
        {Form.COMPLAINT: Need.CONDITIONAL},
        "A§9.4",
        when=given("department", "handed_over_at"),
    ),
    Field(
        "handed_over_at",
        FieldType.MOMENT,
        {Form.COMPLAINT: Need.CONDITIONAL},
        "A§9.4",
        when=given("department", "handed_over_to"),
    ),
    Field(
        "promised_by", FieldType.MOMENT, {Form.COMPLAINT: Need.REQUIRED}, "A§9.5, 4 art. 10", defaulted=True
    ),
    Field("progress", FieldType.LIST, {Form.COMPLAINT: Need.OPTIONAL}, "A§9.3"),
    Field("acknowledged_at", FieldType.MOMENT, {Form.COMPLAINT: Need.CONDITIONAL}, "A§9.6", when=_WRITTEN),
    Field(
        "findings",
        FieldType.LONG_TEXT,
        {Form.COMPLAINT: Need.CONDITIONAL},
        "A§9.6",
        when=_RESOLVED,
        restricted=True,
    ),
    Field("remedy", FieldType.LONG_TEXT, {Form.COMPLAINT: Need.CONDITIONAL}, "A§9.6", when=_RESOLVED),
    Field("written_reply_at", FieldType.MOMENT, {Form.COMPLAINT: Need.CONDITIONAL}, "A§9.6", when=_WRITTEN),
    Field("satisfied", FieldType.CHOICE, {Form.COMPLAINT: Need.OPTIONAL}, "4", options=Satisfaction),
    Field("closed_by", FieldType.REFERENCE, {Form.COMPLAINT: Need.APP}, "A§9.3"),
    Field("closed_at", FieldType.MOMENT, {Form.COMPLAINT: Need.APP}, "A§9.3"),
    Field(
        "staff_assessment",
        FieldType.YES_NO,
        {Form.COMPLAINT: Need.CONDITIONAL},
        "A§9.4",
        when=chosen("complaint_against", "own_staff"),
        restricted=True,
    ),
)
