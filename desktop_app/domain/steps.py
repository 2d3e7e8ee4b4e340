"""States and the steps between them, as tables: who may take a step and what it demands.

Source: domain/states 4.1 (call record) and 4.4 (call-back, and with it every promise). The order in which an
enum lists its states is from least to most finished: in a conflict the first of the candidates counts.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cache
from types import MappingProxyType

from desktop_app.domain.folding import State
from desktop_app.domain.identity import SubjectKind
from desktop_app.domain.roles import Role


class RecordState(StrEnum):
    """States of a call record. ``DRAFT`` is no entry: a record nobody saved; ``PURGED`` is its tombstone."""

    DRAFT = "draft"
    RECORDED = "recorded"
    CORRECTED = "corrected"
    TO_BACKFILL = "to_backfill"
    MATCHED = "matched"
    BACKFILLED = "backfilled"
    VERIFIED = "verified"
    ARCHIVED = "archived"
    VOID = "void"
    PURGED = "purged"


class PromiseState(StrEnum):
    """States of a promise. ``NONE`` is a promise nobody made yet; ``DONE`` is kept."""

    NONE = "none"
    DUE = "due"
    ASSIGNED = "assigned"
    CALLING = "calling"
    MISSED = "missed"
    REACHED = "reached"
    OTHER_WAY = "other_way"
    UNREACHABLE = "unreachable"
    MERGED = "merged"
    CARRIED_OVER = "carried_over"
    WITHDRAWN = "withdrawn"
    DONE = "done"


class Fact(StrEnum):
    """What a step demands of the world around its subject."""

    PROMISES_ENDED = "promises_ended"
    RETENTION_PASSED = "retention_passed"
    COMPLETE = "complete"
    NUMBER_FREE = "number_free"
    STATIONS_PRESENT = "stations_present"
    NOTHING_TO_BACKFILL = "nothing_to_backfill"
    RESOLVED_NOTICE = "resolved_notice"


class Attempts(StrEnum):
    """What a step demands of the number of attempts made, against the site's limit."""

    ANY = "any"
    LEFT = "left"
    USED_UP = "used_up"


@dataclass(frozen=True, slots=True)
class Step:
    """One row of a table: who takes the step and what it demands.

    Attributes:
        source: the state before.
        target: the state after.
        by: roles that may take it.
        own: roles that may take it with what is their own: a record they wrote, a promise they own.
        reason: whether the entry needs a reason.
        sets: fields that the entry itself has to fill.
        needs: fields or lists that have to be filled once the step is taken.
        facts: what has to be true around the subject.
        attempts: what has to be true of the attempts made.
        not_by: the field with the person who must not take the step (four eyes).
        acting: whether somebody else may take it as 代行 with a reason.
        where: a field and the value it has to have; such a row stands before the one for all others.
    """

    source: StrEnum
    target: StrEnum
    by: frozenset[Role]
    own: frozenset[Role] = frozenset()
    reason: bool = False
    sets: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    facts: tuple[Fact, ...] = ()
    attempts: Attempts = Attempts.ANY
    not_by: str = ""
    acting: bool = True
    where: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """Who sets a field that is beside the state, or adds to a list, and whether that needs a reason.

    Anybody else of the line of seniority does it as 代行. An item of a list whose ``code`` is ``free`` is
    everybody's.
    """

    by: frozenset[Role]
    reason: bool = True
    free: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Table:
    """The steps of one kind of subject.

    Attributes:
        kind: the subjects it is for.
        states: their states, least finished first; the first is that of a subject nobody wrote yet.
        owner: the field with the id of the person whose own the subject is.
        resolve: who decides between the candidates of a state in conflict (疑似重复/冲突), with a reason.
        steps: the rows.
        rules: the fields and lists that not everybody may write.
    """

    kind: SubjectKind
    states: type[StrEnum]
    owner: str
    resolve: frozenset[Role]
    steps: tuple[Step, ...]
    rules: Mapping[str, Rule] = field(default_factory=lambda: MappingProxyType({}))


def current(state: State, table: Table) -> StrEnum:
    """Return the state a subject is in, or was in when it was purged.

    In conflict its least finished candidate counts. A word this program does not know, or one that denies
    that the subject was begun, hides nothing: it counts as just begun.
    """
    told = state.values("state") if state.tombstone is None else [state.tombstone.get("state")]
    known, words = _places(table.states)
    places = [words.get(str(one), 1) for one in told]
    return known[min(places, default=0)]


@cache
def _places(states: type[StrEnum]) -> tuple[tuple[StrEnum, ...], Mapping[str, int]]:
    """Return the states of a table and the place of each word, on the path of every save."""
    return tuple(states), {str(state): max(1, place) for place, state in enumerate(states)}


_AG, _TL, _SV, _AD = Role.AGENT, Role.LEAD, Role.SUPERVISOR, Role.ADMIN
_R, _P = RecordState, PromiseState


def _roles(*roles: Role) -> frozenset[Role]:
    return frozenset(roles)


_ANYONE = _roles(*(role for role in Role if role is not Role.AUDITOR))

RECORDS = Table(
    SubjectKind.RECORD,
    RecordState,
    "first_handler",
    _roles(_TL, _SV),
    (
        # Never blocked by a missing field, nor by who keys it.
        Step(_R.DRAFT, _R.RECORDED, _ANYONE),
        Step(_R.DRAFT, _R.VOID, _roles(_TL), own=_ANYONE, reason=True),
        *(
            Step(source, _R.CORRECTED, _roles(_TL), own=_roles(_AG), reason=True)
            for source in (_R.RECORDED, _R.CORRECTED)
        ),
        # A record that should not be one, such as a call keyed twice, is void as a draft is.
        *(
            Step(source, _R.VOID, _roles(_TL), own=_roles(_AG), reason=True)
            for source in (_R.RECORDED, _R.CORRECTED)
        ),
        *(
            Step(source, target, _roles(_TL))
            for source in (_R.RECORDED, _R.CORRECTED)
            for target in (_R.MATCHED, _R.TO_BACKFILL)
        ),
        Step(
            _R.TO_BACKFILL,
            _R.BACKFILLED,
            _roles(_AG, _TL),
            sets=("backfilled_by",),
            needs=("crm_id",),
            facts=(Fact.NUMBER_FREE,),
        ),
        *(
            Step(
                source,
                _R.VERIFIED,
                _roles(_TL, _SV),
                sets=("verified_by",),
                facts=(Fact.COMPLETE,),
                not_by="backfilled_by",
            )
            for source in (_R.BACKFILLED, _R.MATCHED)
        ),
        *(
            Step(source, target, _roles(_AD), needs=("approved_by",), facts=facts, acting=False)
            for source, target, facts in (
                (_R.VERIFIED, _R.ARCHIVED, (Fact.PROMISES_ENDED,)),
                (_R.ARCHIVED, _R.PURGED, (Fact.PROMISES_ENDED, Fact.RETENTION_PASSED)),
            )
        ),
    ),
)


def _endings(*sources: PromiseState) -> tuple[Step, ...]:
    """Return the ways in which any promise can end without being kept (DESIGN promise 3; 4.4, last row)."""
    return tuple(
        step
        for source in sources
        for step in (
            Step(source, _P.MERGED, _roles(_TL), needs=("merged_with",)),
            Step(source, _P.WITHDRAWN, _roles(_TL), reason=True, needs=("end_reason",)),
            Step(source, _P.CARRIED_OVER, _roles(_TL), needs=("crm_owner",)),
        )
    )


_BEGINNING = (
    Step(_P.NONE, _P.DUE, _ANYONE, sets=("due",)),
    # After a merge two people may own it: the lead names one again.
    *(Step(source, _P.ASSIGNED, _roles(_TL), sets=("owner",)) for source in (_P.DUE, _P.ASSIGNED)),
)

CALLBACKS = Table(
    SubjectKind.PROMISE,
    PromiseState,
    "owner",
    _roles(_TL, _SV),
    (
        *_BEGINNING,
        Step(_P.ASSIGNED, _P.CALLING, frozenset(), own=_ANYONE),
        Step(_P.CALLING, _P.REACHED, frozenset(), own=_ANYONE, sets=("result",)),
        Step(_P.CALLING, _P.MISSED, frozenset(), own=_ANYONE, needs=("attempts",)),
        Step(_P.MISSED, _P.DUE, frozenset(), own=_ANYONE, sets=("due",), attempts=Attempts.LEFT),
        *(
            Step(_P.MISSED, target, _roles(_TL), reason=True, attempts=Attempts.USED_UP)
            for target in (_P.OTHER_WAY, _P.UNREACHABLE)
        ),
        Step(_P.REACHED, _P.DUE, frozenset(), own=_ANYONE, sets=("due",)),
        Step(_P.REACHED, _P.DONE, frozenset(), own=_ANYONE, needs=("result",)),
        Step(_P.OTHER_WAY, _P.DONE, _roles(_TL), own=_ANYONE, sets=("result",)),
        Step(_P.UNREACHABLE, _P.DONE, _roles(_TL), sets=("result",)),
        *_endings(_P.DUE, _P.ASSIGNED, _P.CALLING, _P.MISSED, _P.REACHED, _P.OTHER_WAY, _P.UNREACHABLE),
    ),
)

ANSWERS = replace(
    CALLBACKS,
    steps=(
        *_BEGINNING,
        *(
            Step(source, _P.DONE, _roles(_TL), own=_ANYONE, sets=("result",))
            for source in (_P.DUE, _P.ASSIGNED)
        ),
        *_endings(_P.DUE, _P.ASSIGNED),
    ),
)
"""Promises that no call keeps: the answer in 24 h, the complaint in 48 h, mail, web (4 art. 10)."""
