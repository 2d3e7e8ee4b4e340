"""3.8 交接班: the shift handover (domain/fields 3.8)."""

from __future__ import annotations

from desktop_app.domain.form_fields import Field, FieldType, Form, Need
from desktop_app.domain.outage_options import Equipment

HANDOVER_FIELDS: tuple[Field, ...] = (
    Field("from_shift", FieldType.CHOICE, {Form.HANDOVER: Need.REQUIRED}, "4"),
    Field("from_people", FieldType.LIST, {Form.HANDOVER: Need.REQUIRED}, "4"),
    Field("to_shift", FieldType.CHOICE, {Form.HANDOVER: Need.REQUIRED}, "4"),
    Field("to_people", FieldType.LIST, {Form.HANDOVER: Need.REQUIRED}, "4"),
    Field("handover_planned_at", FieldType.MOMENT, {Form.HANDOVER: Need.REQUIRED}, "4"),
    Field("handover_actual_at", FieldType.MOMENT, {Form.HANDOVER: Need.REQUIRED}, "4"),
    Field("problems", FieldType.LONG_TEXT, {Form.HANDOVER: Need.REQUIRED}, "1.2.6"),
    Field("handling", FieldType.LONG_TEXT, {Form.HANDOVER: Need.REQUIRED}, "1.2.6"),
    Field("open_incidents", FieldType.LIST, {Form.HANDOVER: Need.APP}, "4"),
    Field("open_complaints", FieldType.LIST, {Form.HANDOVER: Need.APP}, "4"),
    Field("open_orders", FieldType.LIST, {Form.HANDOVER: Need.APP}, "4"),
    Field("callbacks_due", FieldType.LIST, {Form.HANDOVER: Need.APP}, "A§2.6"),
    Field("to_backfill_count", FieldType.INTEGER, {Form.HANDOVER: Need.APP}, "A§2.6"),
    Field("running_clocks", FieldType.LIST, {Form.HANDOVER: Need.APP}, "A§2"),
    Field("paper_out", FieldType.LIST, {Form.HANDOVER: Need.APP}, "4"),
    Field("equipment", FieldType.CHOICES, {Form.HANDOVER: Need.OPTIONAL}, "4", options=Equipment),
    Field("changes", FieldType.LONG_TEXT, {Form.HANDOVER: Need.OPTIONAL}, "4"),
    Field("seat_gap", FieldType.INTEGER, {Form.HANDOVER: Need.CONDITIONAL}, "4"),
    Field("signed_out", FieldType.SIGNATURE, {Form.HANDOVER: Need.REQUIRED}, "4"),
    Field("signed_in", FieldType.SIGNATURE, {Form.HANDOVER: Need.REQUIRED}, "4"),
    Field("signed_leader", FieldType.SIGNATURE, {Form.HANDOVER: Need.REQUIRED}, "4"),
)
