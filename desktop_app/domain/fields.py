"""Every field of every form, declared once; template names come first and are never renamed (DESIGN §7)."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from types import MappingProxyType

from desktop_app.domain.form_fields import Field, FieldType, Form, Need, Values, is_blank
from desktop_app.domain.forms.abnormal import ABNORMAL_FIELDS
from desktop_app.domain.forms.acceptance import ACCEPTANCE_FIELDS
from desktop_app.domain.forms.announcement import ANNOUNCEMENT_FIELDS
from desktop_app.domain.forms.call import CALL_FIELDS
from desktop_app.domain.forms.complaint import COMPLAINT_FIELDS
from desktop_app.domain.forms.drill import DRILL_FIELDS
from desktop_app.domain.forms.handover import HANDOVER_FIELDS
from desktop_app.domain.forms.head import HEAD_FIELDS
from desktop_app.domain.forms.incident import INCIDENT_FIELDS
from desktop_app.domain.forms.media import MEDIA_FIELDS
from desktop_app.domain.forms.urgent import URGENT_FIELDS
from desktop_app.domain.kinds import Kind
from desktop_app.domain.typed import holds, is_particular

TEMPLATE_COLUMNS = (
    "number",
    "kind",
    "channel",
    "received_at",
    "ended_at",
    "caller_name",
    "phone",
    "callback_phone",
    "customer_no",
    "address",
    "category",
    "summary",
    "detail",
    "agent",
    "station",
    "callback_due",
    "crm_id",
    "paper_serial",
)
"""The columns of a template file, in order: a contract (INTERFACES, template columns)."""

_ALL = (
    *HEAD_FIELDS,
    *CALL_FIELDS,
    *COMPLAINT_FIELDS,
    *URGENT_FIELDS,
    *ABNORMAL_FIELDS,
    *MEDIA_FIELDS,
    *INCIDENT_FIELDS,
    *ACCEPTANCE_FIELDS,
    *HANDOVER_FIELDS,
    *ANNOUNCEMENT_FIELDS,
    *DRILL_FIELDS,
)
_BY_KEY = {field.key: field for field in _ALL}
FIELDS = MappingProxyType({key: _BY_KEY[key] for key in (*TEMPLATE_COLUMNS, *_BY_KEY)})
"""Every field by its key, template columns first."""
_PLACES = {key: place for place, key in enumerate(FIELDS)}
_PARTICULAR = frozenset(field.key for field in FIELDS.values() if is_particular(field))
_KINDS = {kind.value: kind for kind in Kind}

RECORD_FORMS = (Form.HEAD, Form.CALL, Form.COMPLAINT, Form.URGENT, Form.ABNORMAL, Form.MEDIA)
RECORD_FIELDS = MappingProxyType(
    {key: field for key, field in FIELDS.items() if not field.needs.keys().isdisjoint(RECORD_FORMS)}
)
"""The fields a record of any kind can have."""

RESTRICTED = frozenset(field.key for field in _ALL if field.restricted)
"""Fields that only a lead's station writes and holds; an entry never mixes them with others (JOURNAL)."""

_FORM_OF_KIND = {
    Kind.COMPLAINT: Form.COMPLAINT,
    Kind.URGENT: Form.URGENT,
    Kind.ABNORMAL: Form.ABNORMAL,
    Kind.MEDIA: Form.MEDIA,
}


def forms_of(kind: Kind) -> tuple[Form, ...]:
    """Return the forms that a record of this kind fills, common head first."""
    own = _FORM_OF_KIND.get(kind)
    return (Form.HEAD, Form.CALL, own) if own else (Form.HEAD, Form.CALL)


def missing(kind: Kind, values: Values, *, restricted: bool = False) -> tuple[str, ...]:
    """Return the keys that the record still needs, in the order of the forms: its correction list.

    A record is complete when this is empty; that is derived and never stored, and saving never waits for it
    (DESIGN §3). ``restricted`` includes the fields that only a lead's station may write.
    """
    known = values if values.get("kind") == kind else {**values, "kind": kind.value}
    wanted = missing_of(forms_of(kind), known)
    return tuple(key for key in wanted if restricted or key not in RESTRICTED)


def missing_of(forms: Iterable[Form], values: Values) -> tuple[str, ...]:
    """Return the keys that any of ``forms`` still needs, in the order of the catalogue."""
    # Most fields are filled: asking that first keeps the conditions off the path of every save.
    filled = {key for key, value in values.items() if not is_blank(value)}
    return tuple(
        field.key
        for field, wanting in _needed(tuple(forms))
        if (field.key not in filled or field.type is FieldType.TICK)
        and any(field.is_missing(form, values) for form in wanting)
    )


def to_correct(values: Values) -> tuple[str, ...]:
    """Return the keys a person has to come back to: missing ones and texts that are no value of their field.

    That is a record's correction list, in the order of the catalogue. A record without a kind is asked what
    every call is asked.
    """
    told = values.get("kind")
    kind = _KINDS.get(told) if isinstance(told, str) else None
    keys = {*missing(kind or Kind.ENQUIRY, values), *unreadable(values)}
    if kind is None:
        keys.add("kind")
    return tuple(sorted(keys, key=_PLACES.__getitem__))


def unreadable(values: Values) -> tuple[str, ...]:
    """Return the keys whose text is no value of the field: a time that is none, a code nobody knows."""
    return tuple(key for key, value in values.items() if key in _PARTICULAR and not holds(FIELDS[key], value))


@cache
def _needed(forms: tuple[Form, ...]) -> tuple[tuple[Field, tuple[Form, ...]], ...]:
    """Return the fields any of ``forms`` may ask for: a third of the catalogue, on the path of every save."""
    asking = (Need.REQUIRED, Need.CONDITIONAL)
    found = (
        (field, tuple(form for form in forms if field.needs.get(form) in asking))
        for field in FIELDS.values()
        if not field.defaulted
    )
    return tuple((field, wanting) for field, wanting in found if wanting)
