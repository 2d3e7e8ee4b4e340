"""The common head of every form, and the columns only a template has (domain/fields)."""

from __future__ import annotations

from desktop_app.domain.form_fields import Field, FieldType, Form, Need, given

HEAD_FIELDS: tuple[Field, ...] = (
    Field("number", FieldType.TEXT, {Form.HEAD: Need.APP, Form.COMPLAINT: Need.APP}, "A§9.2"),
    Field("record_id", FieldType.TEXT, {Form.HEAD: Need.APP}, "P:ODK"),
    Field("station", FieldType.TEXT, {Form.HEAD: Need.APP}, "P:dbtech"),
    Field("agent", FieldType.REFERENCE, {Form.HEAD: Need.APP}, "4"),
    Field(
        "occurred_at",
        FieldType.MOMENT,
        {Form.HEAD: Need.REQUIRED},
        "A§2.1",
        defaulted=True,
    ),
    Field("recorded_at", FieldType.MOMENT, {Form.HEAD: Need.APP}, "D"),
    Field(
        "keyed_at",
        FieldType.MOMENT,
        {Form.HEAD: Need.CONDITIONAL},
        "P:CAD",
        when=given("paper_serial"),
        defaulted=True,
    ),
    Field("paper_serial", FieldType.TEXT, {Form.HEAD: Need.OPTIONAL}, "D"),
    Field("incident", FieldType.REFERENCE, {Form.HEAD: Need.CONDITIONAL}, "A§2", defaulted=True),
    Field("shift", FieldType.CHOICE, {Form.HEAD: Need.APP}, "4"),
    Field("drill", FieldType.YES_NO, {Form.HEAD: Need.APP}, "1.8"),
    Field("plan_version", FieldType.TEXT, {Form.HEAD: Need.APP}, "2 cover"),
    Field("steps_done", FieldType.LIST, {Form.HEAD: Need.APP}, "1.6.1, 1.6.4"),
    Field("state", FieldType.CHOICE, {Form.HEAD: Need.APP}, "D"),
)
