"""How a field of a form is described, and the conditions under which it is needed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from desktop_app.domain.entries import Value

Values = Mapping[str, Value]
"""The values of one subject by field key."""

Options = type[StrEnum]
"""The codes of a choice."""

Condition = Callable[[Values], bool]
"""Whether a field is needed, given the other values."""


class Form(StrEnum):
    """The forms of the catalogue (domain/fields); ``HEAD`` is common to all."""

    HEAD = "head"
    CALL = "call"
    COMPLAINT = "complaint"
    URGENT = "urgent"
    ABNORMAL = "abnormal"
    MEDIA = "media"
    INCIDENT = "incident"
    ACCEPTANCE = "acceptance"
    HANDOVER = "handover"
    ANNOUNCEMENT = "announcement"
    DRILL = "drill"


class FieldType(StrEnum):
    """What a field holds. ``CHOICES`` is stored as one yes/no field per option (JOURNAL, fold).

    A ``TICK`` asks to be ticked: unticked counts as empty, while *no* answers a ``YES_NO``.
    """

    TEXT = "text"
    LONG_TEXT = "long_text"
    MOMENT = "moment"
    CHOICE = "choice"
    CHOICES = "choices"
    YES_NO = "yes_no"
    TICK = "tick"
    INTEGER = "integer"
    PHONE = "phone"
    MONEY = "money"
    REFERENCE = "reference"
    FILE = "file"
    SIGNATURE = "signature"
    LIST = "list"


class Need(StrEnum):
    """When a field has to be filled; saving never waits for any of them.

    ``APP`` fields are filled by the program, ``CLOSING`` ones are asked when the case is closed.
    """

    REQUIRED = "R"
    APP = "A"
    CONDITIONAL = "C"
    OPTIONAL = "O"
    CLOSING = "closing"


@dataclass(frozen=True, slots=True)
class Field:
    """One field, declared once for all forms that have it.

    Attributes:
        key: its name in the journal, in templates and as ``objectName``; never changed.
        needs: the forms that have it, each with its need there.
        source: where the procedures demand it (codes of domain/procedures; ``D`` is the design).
        options: the codes of a choice; None where the site pack lists them.
        when: the condition of a conditional need; without one a person judges.
        excused: the condition under which nothing is missing, even where the form requires the field.
        instead: keys whose value serves where this one is empty.
        defaulted: the program proposes a value, so an empty one is never on the correction list.
        restricted: written at a lead's station and withheld from agents' (DESIGN §6).
    """

    key: str
    type: FieldType
    needs: Mapping[Form, Need]
    source: str
    options: Options | None = None
    when: Condition | None = None
    excused: Condition | None = None
    instead: tuple[str, ...] = field(default=())
    defaulted: bool = False
    restricted: bool = False

    @property
    def by_program(self) -> bool:
        """Whether only the program fills it, in every form that has it."""
        return set(self.needs.values()) == {Need.APP}

    def is_missing(self, form: Form, values: Values) -> bool:
        """Whether the form needs this field now and neither it nor what serves instead is filled."""
        value = values.get(self.key)
        empty = value is not True if self.type is FieldType.TICK else is_blank(value)
        if self.defaulted or not empty or not self._is_needed(form, values):
            return False
        return all(is_blank(values.get(key)) for key in self.instead)

    def _is_needed(self, form: Form, values: Values) -> bool:
        if self.excused is not None and self.excused(values):
            return False
        need = self.needs.get(form)
        conditional = need is Need.CONDITIONAL and self.when is not None and self.when(values)
        return conditional or need is Need.REQUIRED


def is_blank(value: Value) -> bool:
    """Whether nothing was entered; ``0`` and *no* are answers."""
    if isinstance(value, str):
        return not value or value.isspace()
    return value is None or value == [] or value == {}


def yes(key: str) -> Condition:
    """Return the condition that ``key`` was answered with yes."""
    return lambda values: values.get(key) is True


def given(*keys: str) -> Condition:
    """Return the condition that one of ``keys`` is filled."""
    return lambda values: any(not is_blank(values.get(key)) for key in keys)


def chosen(key: str, *codes: str) -> Condition:
    """Return the condition that ``key`` holds one of ``codes``."""
    return lambda values: values.get(key) in codes


def either(*conditions: Condition) -> Condition:
    """Return the condition that one of ``conditions`` holds."""
    return lambda values: any(condition(values) for condition in conditions)


def negated(condition: Condition) -> Condition:
    """Return the opposite condition."""
    return lambda values: not condition(values)
