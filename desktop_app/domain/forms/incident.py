"""3.6 系统故障情况处理表: the outage form (domain/fields 3.6).

What only some types of incident are asked (the generator, a loss) and what an incident can be are the site
pack's (``domain/incident_types.py``), and so is what may be decided after an hour (``domain/ladders.py``).
"""

from __future__ import annotations

from desktop_app.domain.form_fields import Field, FieldType, Form, Need, given, negated
from desktop_app.domain.outage_options import (
    AffectedSystem,
    IncidentLevel,
    RepairMode,
    Scope,
    SurgeLevel,
)
from desktop_app.domain.record_options import ContactChannel

INCIDENT_FIELDS: tuple[Field, ...] = (
    Field("incident_no", FieldType.TEXT, {Form.INCIDENT: Need.APP}, "A§2.9"),
    Field(
        "incident_category",
        FieldType.CHOICE,
        {Form.INCIDENT: Need.REQUIRED},
        "A, 3.8, 2§5.3, B§5",
    ),
    Field("incident_level", FieldType.CHOICE, {Form.INCIDENT: Need.REQUIRED}, "B§4", options=IncidentLevel),
    Field("surge_level", FieldType.CHOICE, {Form.INCIDENT: Need.CONDITIONAL}, "A§8", options=SurgeLevel),
    Field("first_noticed_at", FieldType.MOMENT, {Form.INCIDENT: Need.REQUIRED}, "A§2.1"),
    Field("noticed_by", FieldType.REFERENCE, {Form.INCIDENT: Need.REQUIRED}, "A§1"),
    Field("noticed_seat", FieldType.TEXT, {Form.INCIDENT: Need.REQUIRED}, "A§1"),
    Field("symptom", FieldType.LONG_TEXT, {Form.INCIDENT: Need.REQUIRED}, "A§2.1"),
    Field("systems", FieldType.CHOICES, {Form.INCIDENT: Need.REQUIRED}, "A§7", options=AffectedSystem),
    Field("seats_hit", FieldType.INTEGER, {Form.INCIDENT: Need.REQUIRED}, "A§1-2"),
    Field("scope", FieldType.CHOICE, {Form.INCIDENT: Need.REQUIRED}, "A§1-2", options=Scope),
    Field("operations_told_to", FieldType.REFERENCE, {Form.INCIDENT: Need.REQUIRED}, "A§2.2"),
    Field("operations_told_at", FieldType.MOMENT, {Form.INCIDENT: Need.REQUIRED}, "A§2.2"),
    Field(
        "operations_told_channel",
        FieldType.CHOICE,
        {Form.INCIDENT: Need.REQUIRED},
        "A§2.2",
        options=ContactChannel,
    ),
    Field("repair_mode", FieldType.CHOICE, {Form.INCIDENT: Need.OPTIONAL}, "A§2.2", options=RepairMode),
    Field("unrecoverable", FieldType.YES_NO, {Form.INCIDENT: Need.REQUIRED}, "A§2.4"),
    Field("unrecoverable_at", FieldType.MOMENT, {Form.INCIDENT: Need.REQUIRED}, "A§2.4"),
    Field("unrecoverable_by", FieldType.REFERENCE, {Form.INCIDENT: Need.REQUIRED}, "A§2.4"),
    Field("supervisor_told_to", FieldType.REFERENCE, {Form.INCIDENT: Need.REQUIRED}, "A§2.3"),
    Field("supervisor_told_at", FieldType.MOMENT, {Form.INCIDENT: Need.REQUIRED}, "A§2.3"),
    Field(
        "supervisor_told_channel",
        FieldType.CHOICE,
        {Form.INCIDENT: Need.REQUIRED},
        "A§2.3",
        options=ContactChannel,
    ),
    Field("operations_manager_told_to", FieldType.REFERENCE, {Form.INCIDENT: Need.REQUIRED}, "A§2.4"),
    Field("operations_manager_told_at", FieldType.MOMENT, {Form.INCIDENT: Need.REQUIRED}, "A§2.4"),
    Field(
        "operations_manager_told_channel",
        FieldType.CHOICE,
        {Form.INCIDENT: Need.REQUIRED},
        "A§2.4",
        options=ContactChannel,
    ),
    Field("centre_manager_told_to", FieldType.REFERENCE, {Form.INCIDENT: Need.REQUIRED}, "A§2.4"),
    Field("centre_manager_told_at", FieldType.MOMENT, {Form.INCIDENT: Need.REQUIRED}, "A§2.4"),
    Field(
        "centre_manager_told_channel",
        FieldType.CHOICE,
        {Form.INCIDENT: Need.REQUIRED},
        "A§2.4",
        options=ContactChannel,
    ),
    Field("customers_told_at", FieldType.MOMENT, {Form.INCIDENT: Need.CONDITIONAL}, "2§5.1"),
    Field("hour_decision", FieldType.CHOICE, {Form.INCIDENT: Need.CONDITIONAL}, "A§2.4"),
    Field(
        "hour_decision_reason",
        FieldType.LONG_TEXT,
        {Form.INCIDENT: Need.CONDITIONAL},
        "A§2.4",
        when=given("hour_decision"),
    ),
    Field(
        "hour_decision_at",
        FieldType.MOMENT,
        {Form.INCIDENT: Need.CONDITIONAL},
        "A§2.4",
        when=given("hour_decision"),
    ),
    Field("vendor", FieldType.TEXT, {Form.INCIDENT: Need.CONDITIONAL}, "A§2.4"),
    Field("manual_from", FieldType.MOMENT, {Form.INCIDENT: Need.APP}, "A§2.6"),
    Field("manual_to", FieldType.MOMENT, {Form.INCIDENT: Need.APP}, "A§2.6"),
    Field("staffing_moves", FieldType.LIST, {Form.INCIDENT: Need.OPTIONAL}, "A§2.7"),
    Field("notices", FieldType.LIST, {Form.INCIDENT: Need.REQUIRED}, "B§2.3"),
    Field("recovered_at", FieldType.MOMENT, {Form.INCIDENT: Need.CLOSING}, "A§1.3"),
    Field(
        "recovery_confirmed_by",
        FieldType.REFERENCE,
        {Form.INCIDENT: Need.REQUIRED},
        "A§3.4",
        excused=negated(given("recovered_at")),
    ),
    Field(
        "recovery_calls",
        FieldType.LIST,
        {Form.INCIDENT: Need.REQUIRED},
        "A§2.8",
        excused=negated(given("recovered_at")),
    ),
    Field(
        "cause", FieldType.LONG_TEXT, {Form.INCIDENT: Need.CONDITIONAL}, "1.6.5", when=given("recovered_at")
    ),
    Field("course", FieldType.LONG_TEXT, {Form.INCIDENT: Need.REQUIRED}, "1.6.5"),
    Field("measures", FieldType.LONG_TEXT, {Form.INCIDENT: Need.REQUIRED}, "1.6.5"),
    Field("records_count", FieldType.INTEGER, {Form.INCIDENT: Need.APP}, "D"),
    Field("backfilled_count", FieldType.INTEGER, {Form.INCIDENT: Need.APP}, "D"),
    Field("callbacks_open_count", FieldType.INTEGER, {Form.INCIDENT: Need.APP}, "D"),
    Field("clock_results", FieldType.LIST, {Form.INCIDENT: Need.APP}, "A§2"),
    Field(
        "filled_by",
        FieldType.SIGNATURE,
        {Form.INCIDENT: Need.REQUIRED, Form.ACCEPTANCE: Need.REQUIRED},
        "A§2.9, 4",
    ),
    Field("approved_by", FieldType.SIGNATURE, {Form.INCIDENT: Need.REQUIRED}, "2 cover"),
    Field("filled_on", FieldType.MOMENT, {Form.INCIDENT: Need.REQUIRED}, "2 cover"),
)
