"""Whether a step may be taken: checked when an entry is made, never when entries are folded.

After a merge the same check runs over what arrived: an entry that breaks a guard there is kept and listed, a
step taken as 代行 is listed for confirmation (JOURNAL, fold; domain/states).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from desktop_app.domain.announcement_steps import ANNOUNCEMENTS
from desktop_app.domain.entries import Action, Entry, Sealed, Value
from desktop_app.domain.errors import GuardRefused
from desktop_app.domain.folding import State, fold, fold_next, revoked_ids
from desktop_app.domain.identity import Subject, SubjectKind
from desktop_app.domain.incident_steps import INCIDENTS
from desktop_app.domain.promises import table_of
from desktop_app.domain.roles import Role
from desktop_app.domain.steps import RECORDS, Attempts, Fact, RecordState, Rule, Step, Table, current

LADDER = (Role.AGENT, Role.LEAD, Role.SUPERVISOR, Role.OPERATIONS_MANAGER, Role.CENTRE_MANAGER)
"""The line of seniority: a senior may take a junior's step, a junior a senior's as 代行 with a reason."""

ATTEMPT_LIMIT = 3
"""Calls to a customer before another way is taken, where the site sets no other (domain/states 4.4)."""

LOCKED = frozenset({"number", "first_handler"})
"""Fields set once: the number read to the caller, and who took the matter first (4 art. 25)."""


@dataclass(frozen=True, slots=True)
class By:
    """Who takes a step: the user id, the role acted as, and why."""

    actor: str
    role: Role
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Around:
    """What is true around the subject; the service that knows it says so.

    ``facts`` are those that hold, ``own_shift`` whether the record is of the actor's running shift,
    ``attempt_limit`` the site's.
    """

    facts: frozenset[Fact] = frozenset(Fact)
    own_shift: bool = True
    attempt_limit: int = ATTEMPT_LIMIT


NOTHING_IN_THE_WAY = Around()


@dataclass(frozen=True, slots=True)
class Broken:
    """An entry that broke a guard, with the code and details of the refusal it would have met."""

    entry_id: str
    code: str
    details: Mapping[str, object] = field(default_factory=dict)


def table_for(state: State) -> Table | None:
    """Return the table of steps a subject has, None where its kind has none yet."""
    if state.subject.kind is SubjectKind.RECORD:
        return RECORDS
    if state.subject.kind is SubjectKind.INCIDENT:
        return INCIDENTS
    if state.subject.kind is SubjectKind.ANNOUNCEMENT:
        return ANNOUNCEMENTS
    return table_of(state) if state.subject.kind is SubjectKind.PROMISE else None


def check(state: State, changes: Mapping[str, Value], by: By, around: Around = NOTHING_IN_THE_WAY) -> bool:
    """Check changes to a subject before their entry is made; raises GuardRefused.

    ``changes`` are the fields the entry sets, ``state`` among them where it takes a step, or the list it adds
    to. Returns whether it is done as 代行.
    """
    if by.role is Role.AUDITOR:
        raise GuardRefused("guard.role", role=by.role)
    if state.tombstone is not None:
        raise GuardRefused("guard.purged")
    _check_named_agent(state, changes, by)
    return _acts_for(state, changes, by, around) is not None


def _acts_for(
    state: State, changes: Mapping[str, Value], by: By, around: Around = NOTHING_IN_THE_WAY
) -> frozenset[Role] | None:
    """Return whose step it is where it is done as 代行 (nobody's but its owner's: empty), else None."""
    table = table_for(state)
    for name in sorted(LOCKED & changes.keys()):
        if state.candidates(name) and not _resolves(state, table, name, changes[name], by):
            raise GuardRefused("guard.locked", field=name)
    if table is None:
        return None
    ruled = sorted(table.rules.keys() & changes.keys())
    acting = [_check_rule(table.rules[name], changes[name], by) for name in ruled]
    if "state" in changes:
        acting.insert(0, _check_step(state, table, changes, by, around))
    owner = state.subject.kind is SubjectKind.PROMISE and "owner" in changes and "state" not in changes
    if owner and not _resolves(state, table, "owner", changes["owner"], by):
        raise GuardRefused("guard.owner_by_step")
    return next((whose for whose in acting if whose is not None), None)


def broken_guards(subject: Subject, history: Iterable[Sealed]) -> list[Broken]:
    """Return the entries of a merged history that break a guard, in order.

    What only the service knew at the time (shift, completeness) is taken as having been right.
    """
    return [found for found in _review(subject, history) if isinstance(found, Broken)]


def acted_for(subject: Subject, history: Iterable[Sealed]) -> dict[str, frozenset[Role]]:
    """Return the entries that are steps taken as 代行, and whose step each is."""
    return dict(found for found in _review(subject, history) if isinstance(found, tuple))


def _check_named_agent(state: State, changes: Mapping[str, Value], by: By) -> None:
    """The agent a complaint is about neither touches nor owns it (A§9.4)."""
    named = [one for one in (*state.values("named_agent"), changes.get("named_agent")) if one]
    if by.actor in named:
        raise GuardRefused("guard.named_agent")
    owner = changes.get("current_owner", state.value("current_owner"))
    if owner in named and {"current_owner", "named_agent"} & changes.keys():
        raise GuardRefused("guard.named_agent_owns")


def _resolves(state: State, table: Table | None, name: str, value: Value, by: By) -> bool:
    """Whether somebody who may chooses one of several values of a field that else nobody sets."""
    held = state.values(name)
    senior = by.role in LADDER and by.role is not Role.AGENT
    return table is not None and len(held) > 1 and value in held and (senior or by.role in table.resolve)


def _check_step(
    state: State, table: Table, changes: Mapping[str, Value], by: By, around: Around
) -> frozenset[Role] | None:
    target = str(changes["state"])
    source = current(state, table)
    rows = (row for row in table.steps if (row.source, row.target) == (source, target))
    step = next(
        (row for row in rows if row.where is None or row.where[1] in state.values(row.where[0])), None
    )
    if len(state.values("state")) > 1 and target in state.values("state"):
        step = Step(source, table.states(target), table.resolve, reason=True)
    if step is None:
        raise GuardRefused("guard.no_step", source=source, target=target)
    own = by.role in step.own and _is_own(state, table, by.actor, around)
    acting = not (own or _is_senior(by.role, step.by))
    _check_may(by, acting=acting, allowed=step.acting)
    if step.not_by and by.actor in state.values(step.not_by):
        raise GuardRefused("guard.four_eyes")
    # Before the reason: nobody writes one for a step that is not possible yet.
    _check_demands(step, state, changes, around)
    _check_reason(by, acting=acting, needed=step.reason, whose=step.by or table.resolve)
    return step.by if acting else None


def _check_rule(rule: Rule, value: Value, by: By) -> frozenset[Role] | None:
    """Check who writes a field or list that not everybody may; returns whose it is where that is as 代行."""
    # What comes from elsewhere may have anything for a code.
    if isinstance(value, dict) and isinstance(code := value.get("code"), str) and code in rule.free:
        return None
    acting = not _is_senior(by.role, rule.by)
    _check_may(by, acting=acting, allowed=True)
    _check_reason(by, acting=acting, needed=rule.reason, whose=rule.by)
    return rule.by if acting else None


def _check_may(by: By, *, acting: bool, allowed: bool) -> None:
    if acting and not (allowed and by.role in LADDER):
        raise GuardRefused("guard.role", role=by.role)


def _check_reason(by: By, *, acting: bool, needed: bool, whose: frozenset[Role]) -> None:
    if (acting or needed) and not by.reason.strip():
        if not acting:
            raise GuardRefused("guard.reason")
        junior = next((role for role in LADDER if role in whose), Role.LEAD)
        raise GuardRefused("guard.acting_reason", role=junior.value)


def _is_senior(role: Role, wanted: frozenset[Role]) -> bool:
    """Whether a role is one of those wanted, or senior to one of them."""
    if role in wanted:
        return True
    juniors = LADDER[: LADDER.index(role)] if role in LADDER else ()
    return any(junior in wanted for junior in juniors)


def _is_own(state: State, table: Table, actor: str, around: Around) -> bool:
    """A draft is its station's: a colleague there may void it (JOURNAL, equation)."""
    owners = state.values(table.owner)
    if table is RECORDS:
        return not owners or (around.own_shift and actor in owners)
    return actor in owners


def _check_demands(step: Step, state: State, changes: Mapping[str, Value], around: Around) -> None:
    for name in (*step.sets, *step.needs):
        told = changes[name] if name in changes else state.value(name) if name in step.needs else None
        if not str("" if told is None else told).strip() and not (
            name in step.needs and state.lists.get(name)
        ):
            raise GuardRefused("guard.field_needed", field=name)
    for fact in step.facts:
        if fact not in around.facts:
            raise GuardRefused(f"guard.{fact}")
    left = len(state.lists.get("attempts", ())) < around.attempt_limit
    if step.attempts is Attempts.LEFT and not left:
        raise GuardRefused("guard.attempts_used_up", limit=around.attempt_limit)
    if step.attempts is Attempts.USED_UP and left:
        raise GuardRefused("guard.attempts_left", limit=around.attempt_limit)


def _review(subject: Subject, history: Iterable[Sealed]) -> Iterator[Broken | tuple[str, frozenset[Role]]]:
    """Go through a history in fold order as if each entry were made on what comes before it."""
    held = sorted({sealed.entry.id: sealed for sealed in history}.values(), key=lambda one: one.entry.order)
    revoked = revoked_ids(held)
    state = fold(subject, [])
    for sealed in held:
        entry, payload = sealed.entry, sealed.payload
        if payload is None or entry.id in revoked or entry.action is Action.REVOKE:
            continue
        changes = {name: change.value for name, change in payload.changes.items()}
        if entry.action is not Action.CHANGE:
            table = table_for(state)
            ruled = table.rules.keys() if table is not None and entry.action is Action.ADD else ()
            changes = {name: changes[name] for name in changes if name in ruled}
            if _purges_record(entry):
                changes = {"state": RecordState.PURGED}
        try:
            by = By(entry.actor, entry.role, payload.reason)
            if check(state, changes, by):
                yield entry.id, _acts_for(state, changes, by) or frozenset()
        except GuardRefused as refused:
            yield Broken(entry.id, refused.code, refused.details)
        state = fold_next(state, sealed) or (fold(subject, [sealed]) if state.tombstone is None else state)


def _purges_record(entry: Entry) -> bool:
    return entry.action is Action.PURGE and entry.subject.kind is SubjectKind.RECORD
