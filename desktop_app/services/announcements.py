"""Notices of an outage: the first, updates, that all is well again, and the one wording for the media.

Each is written by anybody, approved by a supervisor (a statement by the centre manager) and then published
(B§2.3, A§13.3). What was published is never changed: an update is a notice of its own.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from desktop_app.domain.announcement_steps import ANNOUNCEMENTS, AnnouncementState
from desktop_app.domain.entries import Value, moment_of, moment_text
from desktop_app.domain.errors import GuardRefused, KnownError
from desktop_app.domain.folding import State
from desktop_app.domain.identity import Subject, SubjectKind
from desktop_app.domain.joins import groups, head
from desktop_app.domain.outage_options import AnnouncementType, PublishChannel
from desktop_app.domain.steps import current
from desktop_app.domain.times import parse_iso, zone_of
from desktop_app.services.decisions import Made
from desktop_app.services.drafts import person_name
from desktop_app.services.incident_groups import open_groups, subjects_of
from desktop_app.services.incident_writing import happened_at, members_in, next_number, said
from desktop_app.services.records import write
from desktop_app.storage.incidents import joins, open_incidents
from desktop_app.storage.store import Store
from desktop_app.storage.unit_of_work import UnitOfWork, View

TEXTS = (
    "affected",
    "workaround",
    "customer_action",
    "text_zh",
    "text_en",
    "spokesperson",
    "wording_version",
)
TIMES = ("since", "expected_at", "next_update_at")
_WRITTEN = frozenset({*TEXTS, *TIMES, "audience", "audience_named", "expected_open"})
"""What whoever writes a notice fills in; the rest follows from steps."""


@dataclass(frozen=True, slots=True)
class Notice:
    """One notice as it is shown; times are UTC, people are named.

    ``replaced``: a later one was published; ``resolved``: it was said that all is well again.
    """

    id: str
    incident: str
    number: str
    version: int
    type: str
    state: AnnouncementState
    values: Mapping[str, Value]
    channels: tuple[str, ...]
    written_by: str
    approved_by: str
    posted_by: str
    posted_at: datetime | None
    posted_via: str
    replaced: bool
    resolved: bool

    def text(self, name: str) -> str:
        """Return a field's text, empty where it has none."""
        value = self.values.get(name)
        return "" if value is None else str(value)

    def moment(self, name: str) -> datetime | None:
        """Return a field that is a time (UTC), None where nobody can read it."""
        return parse_iso(self.text(name), UTC)

    @property
    def in_force(self) -> bool:
        """Whether it is what is said now."""
        return self.state is AnnouncementState.PUBLISHED and not (self.replaced or self.resolved)


def announcements(store: Store, incident_id: str = "") -> tuple[Notice, ...]:
    """Return the notices of an incident, or of all where none is named, in the order they were begun."""
    with store.read() as view:
        ids = subjects_of(view, incident_id) if incident_id else None
        return _notices(view, _held(view, ids))


def in_force(notices: Sequence[Notice], *, statement: bool = False) -> Notice | None:
    """Return what is said to customers now, or to the media; None where nothing is."""
    found = [one for one in notices if one.in_force and (one.type == AnnouncementType.STATEMENT) == statement]
    return found[-1] if found else None


def statement_in_force(store: Store) -> Notice | None:
    """Return the one wording for media while its incident is open; None where nobody approved one."""
    with store.read() as view:
        if not open_incidents(view.connection):
            return None
        ids = [one for group, _ in open_groups(view) for one in group]
        return in_force(_notices(view, _held(view, ids)), statement=True)


def draft_announcement(
    store: Store, incident_id: str, kind: AnnouncementType, values: Mapping[str, Value], *, now: datetime
) -> tuple[str, Made]:
    """Write a notice; returns its id and what its undo revokes.

    Raises KnownError ``announcements.*`` and ``incidents.none``.
    """
    with store.change() as unit:
        ids, members = members_in(unit, incident_id)
        held = _held(unit, ids)
        subject = unit.new_subject(SubjectKind.ANNOUNCEMENT, now)
        told = _told(store, values, now) | {
            "incident": members[0].subject.id,
            "announcement_type": kind.value,
            "announcement_no": _number(store, unit, now),
            "announcement_version": 1
            + max((_version(one) for one in held if _is_statement(one) == (kind == _STATEMENT)), default=0),
            "written_by": unit.author.actor,
            "state": AnnouncementState.DRAFT.value,
        }
        return subject.id, Made(tuple(write(unit, subject, told, now)))


def change_announcement(store: Store, notice_id: str, values: Mapping[str, Value], *, now: datetime) -> Made:
    """Change a notice that is not out yet; one that was approved has to be approved again.

    Raises KnownError ``announcements.published`` for one that is out, and ``announcements.none``.
    """
    with store.change() as unit:
        subject, state = _one(unit, notice_id)
        stands = current(state, ANNOUNCEMENTS)
        if stands not in (AnnouncementState.DRAFT, AnnouncementState.APPROVED):
            raise KnownError("announcements.published")
        told = _told(store, values, now)
        if stands is AnnouncementState.APPROVED and any(state.value(name) != told[name] for name in told):
            told |= {"state": AnnouncementState.DRAFT.value, "wording_approved_by": None}
        return Made(tuple(write(unit, subject, told, now)))


def approve(store: Store, notice_id: str, *, now: datetime, reason: str = "") -> Made:
    """Approve the wording; somebody junior does so as 代行 with a reason. Raises GuardRefused."""
    with store.change() as unit:
        subject, _ = _one(unit, notice_id)
        told: dict[str, Value] = {
            "state": AnnouncementState.APPROVED.value,
            "wording_approved_by": unit.author.actor,
        }
        return Made(tuple(write(unit, subject, told, now, said(store, reason, now))))


def publish(
    store: Store,
    notice_id: str,
    channels: Sequence[PublishChannel],
    *,
    now: datetime,
    at: datetime | None = None,
    via: str = "",
) -> Made:
    """Write down that an approved notice was posted, when and where; ``via`` is who posted it by phone.

    Raises KnownError ``announcements.channel_needed`` and GuardRefused.
    """
    when = happened_at(at, now)
    with store.change() as unit:
        subject, state = _one(unit, notice_id)
        if not channels and not _is_statement(state):
            raise KnownError("announcements.channel_needed")
        told: dict[str, Value] = {
            "state": AnnouncementState.PUBLISHED.value,
            "posted_by": unit.author.actor,
            "posted_at": moment_text(when),
            **{channel_key(one): True for one in channels},
        }
        if words := said(store, via, now):
            told["posted_via"] = words
        return Made(tuple(write(unit, subject, told, now)))


def withdraw_announcement(store: Store, notice_id: str, *, reason: str, now: datetime) -> Made:
    """Take a notice back, with a reason; raises GuardRefused."""
    with store.change() as unit:
        subject, _ = _one(unit, notice_id)
        told: dict[str, Value] = {"state": AnnouncementState.WITHDRAWN.value}
        return Made(tuple(write(unit, subject, told, now, said(store, reason, now))))


def channel_key(channel: PublishChannel) -> str:
    """Return the yes/no field of a channel: each member of a multi-choice is one (JOURNAL, fold)."""
    return f"publish_channels.{channel.value}"


_STATEMENT = AnnouncementType.STATEMENT


def _is_statement(state: State) -> bool:
    return state.text("announcement_type") == _STATEMENT


def _version(state: State) -> int:
    version = state.value("announcement_version")
    return version if isinstance(version, int) else 0


def _one(unit: UnitOfWork, notice_id: str) -> tuple[Subject, State]:
    subject = Subject(SubjectKind.ANNOUNCEMENT, notice_id)
    state = unit.state(subject)
    if current(state, ANNOUNCEMENTS) is AnnouncementState.NONE:
        raise KnownError("announcements.none")
    if state.tombstone is not None:
        raise GuardRefused("guard.purged")
    return subject, state


def _told(store: Store, values: Mapping[str, Value], now: datetime) -> dict[str, Value]:
    """Return what a person wrote as it is kept; raises KnownError ``announcements.time`` and others."""
    found: dict[str, Value] = {}
    for name, value in values.items():
        if name not in _WRITTEN:
            raise ValueError(name)
        if name in TIMES and value:
            try:
                moment_of(str(value))
            except ValueError:
                raise KnownError("announcements.time") from None
        found[name] = said(store, value, now) if isinstance(value, str) else value
    return found


def _held(view: View, ids: Sequence[str] | None) -> list[State]:
    return [
        state
        for state in view.states(SubjectKind.ANNOUNCEMENT)
        if (ids is None or state.text("incident") in ids)
        and current(state, ANNOUNCEMENTS) is not AnnouncementState.NONE
    ]


def _notices(view: View, held: Sequence[State]) -> tuple[Notice, ...]:
    ordered = sorted(held, key=lambda one: (one.text("posted_at") or "~", one.subject.id))
    out = [one for one in ordered if current(one, ANNOUNCEMENTS) is AnnouncementState.PUBLISHED]
    # Notices of incidents that were joined since are of one incident: the last of them counts for all.
    joined = groups(joins(view.connection))

    def of(state: State) -> str:
        return head(state.text("incident"), joined)

    last = {(of(one), _is_statement(one)): one.subject.id for one in out}
    over = {
        of(one): one.text("posted_at")
        for one in out
        if one.text("announcement_type") == AnnouncementType.RESOLVED
    }
    found = []
    for state in sorted(held, key=lambda one: one.subject.id):
        told = {name: state.value(name) for name in state.fields}
        published = current(state, ANNOUNCEMENTS) is AnnouncementState.PUBLISHED
        found.append(
            Notice(
                state.subject.id,
                state.text("incident"),
                state.text("announcement_no"),
                _version(state),
                state.text("announcement_type"),
                AnnouncementState(current(state, ANNOUNCEMENTS).value),
                told,
                tuple(one.value for one in PublishChannel if told.get(channel_key(one)) is True),
                person_name(view, state.text("written_by")),
                person_name(view, state.text("wording_approved_by")),
                person_name(view, state.text("posted_by")),
                parse_iso(state.text("posted_at"), UTC),
                state.text("posted_via"),
                published and last[of(state), _is_statement(state)] != state.subject.id,
                published
                and not _is_statement(state)
                # After a relapse a new first notice follows.
                and state.text("posted_at") <= over.get(of(state), ""),
            )
        )
    return tuple(found)


def _number(store: Store, unit: UnitOfWork, now: datetime) -> str:
    """Return what people call a notice: its station, the day, and which it was there on that day."""
    day = now.astimezone(zone_of(store.settings.zone)).strftime("%y%m%d")
    prefix = f"{'D' if unit.life.drill else ''}N{unit.life.station}-{day}-"
    known = (one.text("announcement_no") for one in unit.states(SubjectKind.ANNOUNCEMENT))
    return next_number(prefix, known)
