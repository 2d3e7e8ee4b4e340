"""3.7 受理单: the acceptance form in two copies (domain/fields 3.7)."""

from __future__ import annotations

from desktop_app.domain.form_fields import Field, FieldType, Form, Need, chosen, given, yes
from desktop_app.domain.outage_options import AcceptanceAbout, AcceptanceCopy

ACCEPTANCE_FIELDS: tuple[Field, ...] = (
    Field("form_serial", FieldType.TEXT, {Form.ACCEPTANCE: Need.APP}, "4 (2)②"),
    Field("form_copy", FieldType.CHOICE, {Form.ACCEPTANCE: Need.APP}, "4", options=AcceptanceCopy),
    Field("accepted_at", FieldType.MOMENT, {Form.ACCEPTANCE: Need.REQUIRED}, "4"),
    Field(
        "acceptance_about", FieldType.CHOICE, {Form.ACCEPTANCE: Need.REQUIRED}, "4", options=AcceptanceAbout
    ),
    Field("records", FieldType.LIST, {Form.ACCEPTANCE: Need.REQUIRED}, "4"),
    Field("problem", FieldType.LONG_TEXT, {Form.ACCEPTANCE: Need.REQUIRED}, "4"),
    Field("blocked_operation", FieldType.TEXT, {Form.ACCEPTANCE: Need.REQUIRED}, "4"),
    Field("operations_receiver", FieldType.REFERENCE, {Form.ACCEPTANCE: Need.REQUIRED}, "4"),
    Field("operations_received_at", FieldType.MOMENT, {Form.ACCEPTANCE: Need.REQUIRED}, "4"),
    Field("operations_signature", FieldType.SIGNATURE, {Form.ACCEPTANCE: Need.REQUIRED}, "4"),
    Field(
        "operations_result",
        FieldType.LONG_TEXT,
        {Form.ACCEPTANCE: Need.CONDITIONAL},
        "4",
        when=given("operations_done_at"),
    ),
    Field(
        "operations_done_at",
        FieldType.MOMENT,
        {Form.ACCEPTANCE: Need.CONDITIONAL},
        "4",
        when=given("operations_result"),
    ),
    Field("file_place", FieldType.TEXT, {Form.ACCEPTANCE: Need.REQUIRED}, "4"),
    Field("prints", FieldType.LIST, {Form.ACCEPTANCE: Need.APP}, "4"),
    Field(
        "form_backfilled",
        FieldType.YES_NO,
        {Form.ACCEPTANCE: Need.CONDITIONAL},
        "A§2.6",
        when=given("operations_done_at"),
    ),
    Field(
        "form_backfilled_at",
        FieldType.MOMENT,
        {Form.ACCEPTANCE: Need.CONDITIONAL},
        "A§2.6",
        when=yes("form_backfilled"),
    ),
    Field(
        "void_reason", FieldType.TEXT, {Form.ACCEPTANCE: Need.CONDITIONAL}, "D", when=chosen("state", "void")
    ),
)
