"""3.5 媒体来访/来电: what a media enquiry has beside the call record (domain/fields 3.5)."""

from __future__ import annotations

from desktop_app.domain.form_fields import Field, FieldType, Form, Need, chosen, given, yes
from desktop_app.domain.record_options import Authorised, MediaWay

MEDIA_FIELDS: tuple[Field, ...] = (
    Field("outlet", FieldType.TEXT, {Form.MEDIA: Need.REQUIRED}, "3.7"),
    Field("position", FieldType.TEXT, {Form.MEDIA: Need.REQUIRED}, "3.7"),
    Field("media_way", FieldType.CHOICE, {Form.MEDIA: Need.REQUIRED}, "A§13", options=MediaWay),
    Field("reply_by", FieldType.MOMENT, {Form.MEDIA: Need.OPTIONAL}, "A§13"),
    Field("press_card_seen", FieldType.YES_NO, {Form.MEDIA: Need.OPTIONAL}, "A§13"),
    Field("manager_told_at", FieldType.MOMENT, {Form.MEDIA: Need.REQUIRED}, "A§13.1"),
    Field(
        "authorised",
        FieldType.CHOICE,
        {Form.MEDIA: Need.CONDITIONAL},
        "A§13.3",
        options=Authorised,
        when=given("manager_told_at"),
    ),
    Field(
        "spokesperson",
        FieldType.REFERENCE,
        {Form.MEDIA: Need.CONDITIONAL},
        "A§13.3",
        when=chosen("authorised", "yes"),
    ),
    Field(
        "approved_wording",
        FieldType.REFERENCE,
        {Form.MEDIA: Need.CONDITIONAL},
        "A§13.3",
        when=chosen("authorised", "yes"),
    ),
    Field(
        "conflict_on_site",
        FieldType.YES_NO,
        {Form.MEDIA: Need.CONDITIONAL},
        "A§13.2",
        when=chosen("media_way", "visit", "filming"),
    ),
    Field(
        "conflict_account",
        FieldType.LONG_TEXT,
        {Form.MEDIA: Need.CONDITIONAL},
        "A§13.2",
        when=yes("conflict_on_site"),
    ),
)
