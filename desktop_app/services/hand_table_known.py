"""What a store holds already of a table that is taken in: found by its number, else by what a row says.

The same file again adds nothing, whichever lead took it in first, and also after somebody corrected a record:
a row is compared with the record as it is and with each form in which it was saved.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping

from desktop_app.domain.entries import Value
from desktop_app.domain.folding import State
from desktop_app.domain.identity import Subject, SubjectKind
from desktop_app.domain.numbers import parse_number
from desktop_app.storage.journal import history
from desktop_app.storage.unit_of_work import View

Values = Mapping[str, Value]
_SIGNS = ("received_at", "phone", "paper_serial")
"""Two of them alike and it is the same call."""
_OF_A_CALL = ("phone", "paper_serial")
"""Signs that a record has only where somebody wrote them; the time it gets by itself."""
_NOT_SAID = frozenset({"number", "station", "agent"})
"""The store says these itself."""


def is_same(view: View, state: State, values: Values, columns: Collection[str]) -> bool:
    """Whether a record says what a row says, now or when it was saved, in the columns the table has."""
    now = {name: state.value(name) for name in columns}
    return _alike(now, values, columns) or any(
        _alike(saved, values, columns) for saved in _as_saved(view, state.subject)
    )


def _alike(one: Values, other: Values, columns: Collection[str]) -> bool:
    return all(
        (one.get(name) or None) == (other.get(name) or None) for name in columns if name not in _NOT_SAID
    )


def _as_saved(view: View, subject: Subject) -> Iterator[Values]:
    for stored in history(view.connection, subject):
        payload = stored.sealed().payload
        # Only a save tells a record its number.
        if payload is not None and "number" in payload.changes:
            yield {name: change.value for name, change in payload.changes.items()}


class Unnumbered:
    """The records of a store for rows that carry no number of ours; each stands for one row at most."""

    def __init__(self, view: View, columns: Collection[str]) -> None:
        self._view, self._columns = view, frozenset(columns) - _NOT_SAID
        self._states: dict[str, State] = {}
        self._alike: defaultdict[tuple[Value, ...], list[str]] = defaultdict(list)
        self._by_sign: defaultdict[tuple[str, Value], list[str]] = defaultdict(list)
        for state in view.states(SubjectKind.RECORD):
            if state.tombstone is None and state.text("number"):
                self._add(state)

    def find(self, values: Values) -> tuple[State, bool] | None:
        """Return the record of a row and whether it says the same; None where there is none."""
        for subject_id in self._alike.get(self._key(values), ()):
            if subject_id in self._states and self._may_be(self._states[subject_id], values):
                return self._states.pop(subject_id), True
        likely = self._likely(values)
        for state in likely:
            if is_same(self._view, state, values, self._columns):
                return self._states.pop(state.subject.id), True
        changed = next((one for one in likely if self._serial_agrees(one, values)), None)
        return (self._states.pop(changed.subject.id), False) if changed is not None else None

    def _add(self, state: State) -> None:
        self._states[state.subject.id] = state
        now = {name: state.value(name) for name in self._columns}
        self._alike[self._key(now)].append(state.subject.id)
        for sign in _SIGNS:
            if told := state.value(sign):
                self._by_sign[sign, _hashable(told)].append(state.subject.id)

    def _may_be(self, state: State, values: Values) -> bool:
        """A row without any sign is no record that has one: many callers have one name and one matter."""
        return any(values.get(sign) for sign in _SIGNS) or not any(state.value(sign) for sign in _OF_A_CALL)

    def _likely(self, values: Values) -> list[State]:
        agree: defaultdict[str, int] = defaultdict(int)
        for sign in _SIGNS:
            if told := values.get(sign):
                for subject_id in self._by_sign.get((sign, _hashable(told)), ()):
                    agree[subject_id] += 1
        wanted = min(2, sum(bool(values.get(sign)) for sign in _SIGNS)) or 1
        return [
            self._states[subject_id]
            for subject_id, count in agree.items()
            if count >= wanted and subject_id in self._states
        ]

    def _serial_agrees(self, state: State, values: Values) -> bool:
        serial = values.get("paper_serial")
        signs = sum(bool(values.get(sign)) for sign in _SIGNS)
        return bool(serial) and signs > 1 and state.value("paper_serial") == serial

    def _key(self, values: Values) -> tuple[Value, ...]:
        return tuple(_hashable(values.get(name) or None) for name in sorted(self._columns))


def _hashable(value: Value) -> Value:
    return value if isinstance(value, str | int | float | bool) or value is None else repr(value)


def shown_number(state: State) -> str:
    """Return the number by which people call a record."""
    text = state.text("number")
    return str(parse_number(text) or text)
