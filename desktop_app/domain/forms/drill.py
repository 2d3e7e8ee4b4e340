"""3.10 演练评估: the evaluation of a drill (domain/fields 3.10)."""

from __future__ import annotations

from desktop_app.domain.form_fields import Field, FieldType, Form, Need
from desktop_app.domain.outage_options import DrillScenario

DRILL_FIELDS: tuple[Field, ...] = (
    Field("drill_no", FieldType.TEXT, {Form.DRILL: Need.APP}, "1.8.1"),
    Field("drill_date", FieldType.MOMENT, {Form.DRILL: Need.REQUIRED}, "1.8.1"),
    Field("scenario", FieldType.CHOICE, {Form.DRILL: Need.REQUIRED}, "1.8.1", options=DrillScenario),
    Field("objectives", FieldType.LIST, {Form.DRILL: Need.REQUIRED}, "P:HSEEP"),
    Field("director", FieldType.REFERENCE, {Form.DRILL: Need.REQUIRED}, "1.8.2"),
    Field("recorder", FieldType.REFERENCE, {Form.DRILL: Need.REQUIRED}, "1.8.2"),
    Field("evaluator", FieldType.REFERENCE, {Form.DRILL: Need.REQUIRED}, "1.8.2"),
    Field("players", FieldType.LIST, {Form.DRILL: Need.REQUIRED}, "1.8.2"),
    Field("injects", FieldType.LIST, {Form.DRILL: Need.APP}, "1.8.2"),
    Field("steps", FieldType.LIST, {Form.DRILL: Need.APP}, "1.8.2"),
    Field("clocks_met", FieldType.LIST, {Form.DRILL: Need.APP}, "A§2"),
    Field("performance", FieldType.LIST, {Form.DRILL: Need.REQUIRED}, "1.8.2"),
    Field("how_solved", FieldType.LONG_TEXT, {Form.DRILL: Need.REQUIRED}, "1.8.2"),
    Field("completeness", FieldType.TEXT, {Form.DRILL: Need.APP}, "D"),
    Field("number_gaps", FieldType.LIST, {Form.DRILL: Need.APP}, "D"),
    Field("backfill_accuracy", FieldType.TEXT, {Form.DRILL: Need.APP}, "D"),
    Field("strengths", FieldType.LONG_TEXT, {Form.DRILL: Need.REQUIRED}, "1.8.3"),
    Field("weaknesses", FieldType.LONG_TEXT, {Form.DRILL: Need.REQUIRED}, "1.8.3"),
    Field("retrain", FieldType.LIST, {Form.DRILL: Need.CONDITIONAL}, "1.8.4"),
    Field("improvements", FieldType.LIST, {Form.DRILL: Need.REQUIRED}, "1.8.5, P:HSEEP"),
    Field("recheck_at", FieldType.MOMENT, {Form.DRILL: Need.REQUIRED}, "1.8.6"),
    Field("reviewed_by", FieldType.SIGNATURE, {Form.DRILL: Need.REQUIRED}, "1.8.7"),
)
