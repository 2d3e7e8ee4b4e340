"""What of a record's form is in front for each kind, what lies under "more", and what is never typed.

No Qt. The catalogue (domain/fields) says which fields there are; this says where they stand (DESK §5): at
most four rows of a kind's own, the rest under "more" in the order of the catalogue.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from desktop_app.domain.fields import FIELDS, RECORD_FIELDS, forms_of
from desktop_app.domain.form_fields import FieldType, Form, Need
from desktop_app.domain.kinds import Kind

Row = tuple[str, ...]
"""One or two fields spoken together; ``a+b`` puts a small one behind another."""

HEAD: tuple[Row, ...] = (("phone+number_unknown", "caller_name"), ("address",))
"""In front for every kind, above the kind's own pair."""
CALL_BACK = "callback_needed"
"""The row of the call-back, below all else in front; it holds ``callback_due`` too."""


READ_BACK = "read_back"
"""The label of the row of ticks, which say themselves what was read back."""
READ_BACK_PLACE = "repeated_problem+repeated_address+repeated_name+repeated_phone"


@dataclass(frozen=True, slots=True)
class Plan:
    """The rows of one kind: ``pair`` above the notes, ``block`` below them, ``more`` folded away."""

    pair: Row
    block: tuple[Row, ...]
    more: tuple[str, ...]

    def rows(self) -> tuple[Row, ...]:
        """Return the rows in front from top to bottom."""
        return (*HEAD, self.pair, ("detail",), *self.block, (CALL_BACK,))

    def front(self) -> tuple[str, ...]:
        """Return the keys in front, in the order of the tabs."""
        return tuple(key for row in self.rows() for place in row for key in place.split("+"))

    def block_keys(self) -> tuple[str, ...]:
        """Return the keys of the kind's own rows below the notes."""
        return tuple(key for row in self.block for place in row for key in place.split("+"))

    def more_rows(self) -> tuple[Row, ...]:
        """Return what is folded away, two in a row; a long text has a row of its own."""
        rows: list[Row] = []
        short: list[str] = []
        for key in self.more:
            if key in READ_BACK_PLACE.split("+"):
                if key == READ_BACK_PLACE.split("+")[0]:
                    rows.insert(0, (READ_BACK_PLACE,))
            elif FIELDS[key].type in (FieldType.LONG_TEXT, FieldType.LIST):
                rows.append((key,))
            else:
                short.append(key)
        pairs: list[Row] = [tuple(short[at : at + 2]) for at in range(0, len(short), 2)]
        return (*pairs, *rows)


_PAIRS = {
    Kind.ENQUIRY: ("category", "outcome"),
    Kind.COMPLAINT: ("complaint_type", "severity"),
    Kind.URGENT: ("urgent_kind", "people_hurt+people_count"),
    Kind.ABNORMAL: ("abnormal_kind", "outcome"),
    Kind.MEDIA: ("outlet", "position"),
}
_BLOCKS: dict[Kind, tuple[Row, ...]] = {
    Kind.ENQUIRY: (),
    Kind.COMPLAINT: (
        ("complaint_against", "complaint_form"),
        ("customer_wants",),
        ("promised_by", "outcome"),
    ),
    Kind.URGENT: (
        ("property_centre", "centre_contact"),
        ("centre_phone", "centre_told_at"),
        ("accepted_by", "outcome"),
        (READ_BACK_PLACE,),
    ),
    Kind.ABNORMAL: (
        ("called_back", "script_used"),
        ("passed_to", "passed_at"),
        ("exact_words",),
    ),
    Kind.MEDIA: (
        ("media_way", "reply_by"),
        ("callback_phone", "manager_told_at"),
        ("outcome", "authorised"),
    ),
}
# Filled by other parts of the form: the type bar and the row of the call-back.
_ELSEWHERE = frozenset({"kind", "callback_due"})
# What the program proposes for every record, and what belongs to rooms still to come.
_PROPOSED = frozenset({"occurred_at", "keyed_at", "incident", "backfill_needed", "current_owner"})
_NO_EDITOR = frozenset({FieldType.FILE, FieldType.SIGNATURE})
# The categories are those of an enquiry; every other kind is its own category.
_OF_ENQUIRIES = frozenset({"category"})


_IN_REACH = (
    "important", "mood", "identity_checked", "identity_method", "amount_taken", "amount_channel",
)  # fmt: skip
"""First under "more": the key that unfolds it leads to them (rows 89, 96, 99)."""

STAMPED = MappingProxyType(
    {
        Kind.URGENT: ("centre_told_at", "on_site_at", "customer_told_at"),
        Kind.ABNORMAL: ("passed_at", "called_back_at"),
        Kind.MEDIA: ("manager_told_at",),
    }
)
"""Times that "now" is entered into from any field, in the order in which they come to pass."""


@cache
def plan_of(kind: Kind) -> Plan:
    """Return where the fields of a kind stand."""
    front = Plan(_PAIRS[kind], _BLOCKS[kind], ())
    shown = {*front.front(), *_ELSEWHERE, *_PROPOSED}
    if kind is not Kind.ENQUIRY:
        shown |= _OF_ENQUIRIES
    own = forms_of(kind)[-1]
    rest = [key for key in RECORD_FIELDS if key not in shown and is_typed(key, kind)]
    # What any call may turn into first, then the kind's own fields, then those of every call.
    own_first = {key for key in rest if own in FIELDS[key].needs and Form.CALL not in FIELDS[key].needs}
    rest.sort(key=lambda key: _IN_REACH.index(key) if key in _IN_REACH else 98 if key in own_first else 99)
    return Plan(front.pair, front.block, tuple(rest))


def is_typed(key: str, kind: Kind) -> bool:
    """Whether an agent fills the field in a record of this kind."""
    field = FIELDS[key]
    needs = {need for form, need in field.needs.items() if form in forms_of(kind)}
    return bool(needs - {Need.APP}) and not field.restricted and field.type not in _NO_EDITOR
