"""3.3 紧急工单: what an urgent work order has beside the call record (domain/fields 3.3)."""

from __future__ import annotations

from desktop_app.domain.form_fields import Field, FieldType, Form, Need, chosen, either, given, yes
from desktop_app.domain.record_options import ContactChannel, Hurt, UrgentKind

URGENT_FIELDS: tuple[Field, ...] = (
    Field("urgent_kind", FieldType.CHOICE, {Form.URGENT: Need.REQUIRED}, "A§12.1", options=UrgentKind),
    Field("people_hurt", FieldType.CHOICE, {Form.URGENT: Need.REQUIRED}, "A§12.1", options=Hurt),
    Field(
        "people_count",
        FieldType.INTEGER,
        {Form.URGENT: Need.CONDITIONAL},
        "A§12.1",
        when=chosen("people_hurt", "yes"),
    ),
    Field(
        "police_called",
        FieldType.YES_NO,
        {Form.URGENT: Need.CONDITIONAL, Form.ABNORMAL: Need.CONDITIONAL},
        "2§3",
        when=either(
            chosen("people_hurt", "yes"),
            chosen("urgent_kind", "fire", "theft"),
            chosen("abnormal_kind", "threat"),
        ),
    ),
    Field(
        "police_called_at",
        FieldType.MOMENT,
        {Form.URGENT: Need.CONDITIONAL},
        "2§3",
        when=yes("police_called"),
    ),
    Field("property_centre", FieldType.REFERENCE, {Form.URGENT: Need.REQUIRED}, "A§12.1"),
    Field("centre_contact", FieldType.TEXT, {Form.URGENT: Need.REQUIRED}, "A§12.1"),
    Field("centre_phone", FieldType.PHONE, {Form.URGENT: Need.REQUIRED}, "A§12.1"),
    Field("centre_told_at", FieldType.MOMENT, {Form.URGENT: Need.REQUIRED}, "A§12.1"),
    Field("failed_attempts", FieldType.LIST, {Form.URGENT: Need.APP}, "D"),
    Field(
        "accepted_by",
        FieldType.TEXT,
        {Form.URGENT: Need.CONDITIONAL},
        "A§12.1",
        when=given("eta", "on_site_at"),
    ),
    Field("eta", FieldType.MOMENT, {Form.URGENT: Need.OPTIONAL}, "A§12.1"),
    Field("next_chase_at", FieldType.MOMENT, {Form.URGENT: Need.REQUIRED}, "A§12.2", defaulted=True),
    Field("chase_log", FieldType.LIST, {Form.URGENT: Need.REQUIRED}, "A§12.2"),
    Field(
        "escalated_to", FieldType.REFERENCE, {Form.URGENT: Need.CONDITIONAL}, "A§12.2", when=yes("escalated")
    ),
    Field("escalated_at", FieldType.MOMENT, {Form.URGENT: Need.CONDITIONAL}, "A§12.2", when=yes("escalated")),
    Field("on_site_at", FieldType.MOMENT, {Form.URGENT: Need.OPTIONAL}, "A§12.2"),
    Field(
        "result",
        FieldType.LONG_TEXT,
        {Form.URGENT: Need.CLOSING, Form.MEDIA: Need.CLOSING, Form.INCIDENT: Need.REQUIRED},
        "A§12.2, 1.6.5",
    ),
    Field("customer_told_at", FieldType.MOMENT, {Form.URGENT: Need.CLOSING}, "A§12.3"),
    Field(
        "customer_told_channel",
        FieldType.CHOICE,
        {Form.URGENT: Need.CLOSING},
        "A§12.3",
        options=ContactChannel,
    ),
    Field("customer_told_by", FieldType.REFERENCE, {Form.URGENT: Need.CLOSING}, "A§12.3"),
)
