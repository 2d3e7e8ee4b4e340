"""What an incident can be in, and the steps between (domain/states 4.5).

Level, judgement and decisions are facts beside the state: who may write them are the rules of the table.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from types import MappingProxyType

from desktop_app.domain.identity import SubjectKind
from desktop_app.domain.outage_options import IncidentLevel
from desktop_app.domain.roles import Role
from desktop_app.domain.steps import Fact, Rule, Step, Table


class IncidentState(StrEnum):
    """States of an incident, least finished first. ``NONE`` is one that nobody reported, or not any more."""

    NONE = "none"
    SUSPECTED = "suspected"
    CONFIRMED = "confirmed"
    MANUAL = "manual"
    RECOVERED = "recovered"
    RECONCILING = "reconciling"
    REVIEW = "review"
    CLOSED = "closed"
    FALSE_ALARM = "false_alarm"


_I = IncidentState
_TL, _SV, _OM, _CM = Role.LEAD, Role.SUPERVISOR, Role.OPERATIONS_MANAGER, Role.CENTRE_MANAGER
_LEAD = frozenset({_TL})
_ANYONE = frozenset(role for role in Role if role is not Role.AUDITOR)

ENDED = frozenset({_I.NONE, _I.CLOSED, _I.FALSE_ALARM})
"""States in which nobody has anything to do any more."""

AFTER = (_I.RECOVERED, _I.RECONCILING, _I.REVIEW)
"""States after it was over and before it is closed: who was told has to hear of it (A§2.8)."""

OUTAGE = "outage"
"""The field that is False where an incident keeps nobody from the CRM: calls meanwhile are not of it."""

DECIDED = "decided"
"""The list on an incident that holds decisions: of the 60 minutes, and of every ladder that asks for one."""

SEEN, FOUND = "seen", "found"
"""Codes of what was only seen, or looked into, on a rung that asks for no decision."""

COMMAND, ROLES = "command", "roles"
"""Lists on an incident: who commands, which is for the supervisor to say, and every other post (B§1)."""


CLOSING_NEEDS = ("course", "measures", "result", "filled_by")
"""What people write before it is closed; who approved it is whoever closes where nobody is named."""


def _closing() -> Iterator[Step]:
    """Yield who closes: a major incident the centre manager, any other the supervisor."""
    for by, where in ((_CM, ("incident_level", IncidentLevel.MAJOR.value)), (_SV, None)):
        yield Step(
            _I.REVIEW,
            _I.CLOSED,
            frozenset({by}),
            needs=(*CLOSING_NEEDS, "approved_by"),
            facts=(Fact.PROMISES_ENDED, Fact.RESOLVED_NOTICE),
            where=where,
        )


INCIDENTS = Table(
    SubjectKind.INCIDENT,
    IncidentState,
    "noticed_by",
    frozenset({_TL, _SV}),
    (
        Step(_I.NONE, _I.SUSPECTED, _ANYONE, sets=("first_noticed_at", "symptom")),
        Step(_I.SUSPECTED, _I.FALSE_ALARM, _LEAD, reason=True),
        Step(_I.SUSPECTED, _I.CONFIRMED, _LEAD, needs=("scope", "incident_category")),
        # Confirmed and then found to be a test: the source names it for fires (A§5.1).
        Step(_I.CONFIRMED, _I.FALSE_ALARM, _LEAD, reason=True),
        # 4.5 goes through manual mode; an accident or a broken air conditioner is over without it.
        *(
            Step(source, _I.RECOVERED, _LEAD, sets=("recovered_at", "recovery_confirmed_by"))
            for source in (_I.CONFIRMED, _I.MANUAL)
        ),
        # From recovered and later on it is a relapse, which is counted.
        *(Step(source, _I.MANUAL, _LEAD) for source in (_I.CONFIRMED, _I.RECOVERED, _I.RECONCILING)),
        Step(_I.RECOVERED, _I.RECONCILING, _LEAD),
        *(
            Step(
                source,
                _I.REVIEW,
                _LEAD,
                facts=(Fact.STATIONS_PRESENT, Fact.NOTHING_TO_BACKFILL, Fact.PROMISES_ENDED),
            )
            for source in (_I.RECOVERED, _I.RECONCILING)
        ),
        *_closing(),
    ),
    MappingProxyType(
        {
            "incident_level": Rule(frozenset({_SV, _CM})),
            "surge_level": Rule(_LEAD, reason=False),
            # To have seen a reminder, or to write down what was found, decides nothing.
            DECIDED: Rule(frozenset({_SV, _OM, _CM}), free=frozenset({SEEN, FOUND})),
            COMMAND: Rule(frozenset({_SV}), reason=False),
            ROLES: Rule(_LEAD, reason=False),
        }
    ),
)
