"""3.9 故障公告: the notice of an outage (domain/fields 3.9)."""

from __future__ import annotations

from desktop_app.domain.form_fields import Field, FieldType, Form, Need, chosen, negated, yes
from desktop_app.domain.outage_options import AnnouncementType, Audience, PublishChannel

ANNOUNCEMENT_FIELDS: tuple[Field, ...] = (
    Field("announcement_no", FieldType.TEXT, {Form.ANNOUNCEMENT: Need.APP}, "2 cover"),
    Field("announcement_version", FieldType.INTEGER, {Form.ANNOUNCEMENT: Need.APP}, "2 cover"),
    Field(
        "announcement_type",
        FieldType.CHOICE,
        {Form.ANNOUNCEMENT: Need.REQUIRED},
        "B§2.3",
        options=AnnouncementType,
    ),
    Field(
        "publish_channels",
        FieldType.CHOICES,
        {Form.ANNOUNCEMENT: Need.REQUIRED},
        "B, 3.1",
        options=PublishChannel,
    ),
    Field("audience", FieldType.CHOICE, {Form.ANNOUNCEMENT: Need.REQUIRED}, "3 intro", options=Audience),
    Field("affected", FieldType.LONG_TEXT, {Form.ANNOUNCEMENT: Need.REQUIRED}, "B§4"),
    Field("since", FieldType.MOMENT, {Form.ANNOUNCEMENT: Need.REQUIRED}, "B§4"),
    Field(
        "expected_at",
        FieldType.MOMENT,
        {Form.ANNOUNCEMENT: Need.CONDITIONAL},
        "B§4",
        when=negated(yes("expected_open")),
    ),
    Field("expected_open", FieldType.YES_NO, {Form.ANNOUNCEMENT: Need.OPTIONAL}, "B§4"),
    Field("workaround", FieldType.LONG_TEXT, {Form.ANNOUNCEMENT: Need.OPTIONAL}, "2§5.1"),
    Field("customer_action", FieldType.LONG_TEXT, {Form.ANNOUNCEMENT: Need.OPTIONAL}, "B§4"),
    Field("wording_approved_by", FieldType.REFERENCE, {Form.ANNOUNCEMENT: Need.REQUIRED}, "A§13.3"),
    Field("posted_by", FieldType.REFERENCE, {Form.ANNOUNCEMENT: Need.REQUIRED}, "B§2.3"),
    Field("posted_at", FieldType.MOMENT, {Form.ANNOUNCEMENT: Need.REQUIRED}, "B§2.3"),
    Field("posted_via", FieldType.TEXT, {Form.ANNOUNCEMENT: Need.CONDITIONAL}, "D"),
    Field(
        "next_update_at",
        FieldType.MOMENT,
        {Form.ANNOUNCEMENT: Need.REQUIRED},
        "B§4",
        excused=chosen("announcement_type", "resolved"),
    ),
    Field("resolved_by", FieldType.REFERENCE, {Form.ANNOUNCEMENT: Need.CLOSING}, "B§2.3"),
    Field("text_zh", FieldType.LONG_TEXT, {Form.ANNOUNCEMENT: Need.REQUIRED}, "D"),
    Field("text_en", FieldType.LONG_TEXT, {Form.ANNOUNCEMENT: Need.OPTIONAL}, "D"),
)
