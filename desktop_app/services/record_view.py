"""Everything about one record: what it says, what is missing, what is in conflict, what was promised."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from desktop_app.domain.errors import KnownError
from desktop_app.domain.fields import RECORD_FIELDS, RESTRICTED, to_correct
from desktop_app.domain.folding import State
from desktop_app.domain.form_fields import FieldType
from desktop_app.domain.identity import Subject, SubjectKind
from desktop_app.domain.promises import Ending, effective_due, endings
from desktop_app.domain.roles import Role
from desktop_app.domain.stages import Reached, Stage, stages
from desktop_app.domain.steps import RECORDS, RecordState, current
from desktop_app.domain.times import parse_iso, zone_of
from desktop_app.domain.typed import typed
from desktop_app.services.conflicts import PEOPLE, Candidate, candidates_of
from desktop_app.services.decisions import groups_of_records
from desktop_app.services.drafts import person_name
from desktop_app.services.unfinished import UnfinishedCorrection, corrections_in
from desktop_app.storage.folded import promises_of
from desktop_app.storage.folded_rows import values_of
from desktop_app.storage.store import Store
from desktop_app.storage.unit_of_work import View


@dataclass(frozen=True, slots=True)
class Promise:
    """A call-back as a record shows it: when it is due (None where nobody can read it) and how it stands."""

    due: datetime | None
    ending: str
    reason: str


@dataclass(frozen=True, slots=True)
class RecordDetails:
    """A record as its page shows it; ``texts`` are what inputs of the fields hold.

    ``seen`` are the candidates behind each text, for whoever corrects it; ``conflicts`` the fields with
    several values; ``recorded_at`` is UTC; ``same_matter`` the numbers of the records that tell one matter
    with it, itself among them, the one that counts first; ``unfinished`` is this person's own
    correction of it that was not saved. ``stages`` tell how the steps of the call stand.
    """

    subject_id: str
    number: str
    kind: str
    state: str
    texts: Mapping[str, str]
    seen: Mapping[str, tuple[str, ...]]
    missing: tuple[str, ...]
    conflicts: Mapping[str, tuple[Candidate, ...]]
    promises: tuple[Promise, ...]
    writer_name: str
    station: str
    received_at: datetime | None
    recorded_at: datetime | None
    own: bool
    stages: Mapping[Stage, Reached]
    same_matter: tuple[str, ...] = ()
    unfinished: UnfinishedCorrection | None = None

    @property
    def changeable(self) -> bool:
        """Whether the record may still be corrected."""
        return self.state not in (RecordState.VOID, RecordState.ARCHIVED, RecordState.PURGED)

    @property
    def voidable(self) -> bool:
        """Whether the record may still be made void."""
        return self.state in (RecordState.RECORDED, RecordState.CORRECTED)


def view_record(store: Store, subject_id: str) -> RecordDetails:
    """Return everything about a record; raises KnownError ``log.no_record`` where it is none (any more)."""
    zone = zone_of(store.settings.zone)
    subject = Subject(SubjectKind.RECORD, subject_id)
    with store.read() as view:
        state = view.state(subject)
        if state.tombstone is not None or current(state, RECORDS) is RecordState.DRAFT:
            raise KnownError("log.no_record")
        texts = {}
        for key, field in RECORD_FIELDS.items():
            if key in RESTRICTED and store.author.role is Role.AGENT:
                continue
            text = typed(field, values_of(state).get(key), zone)
            if key in PEOPLE:
                text = person_name(view, text) or text
            elif key in ("incident", "known_issue"):
                text = view.state(Subject(SubjectKind.INCIDENT, text)).text("incident_no") or text
            if text:
                texts[key] = text
        stands, promises = current(state, RECORDS), _promises(view, state)
        return RecordDetails(
            subject_id=subject_id,
            number=state.text("number"),
            kind=state.text("kind"),
            state=stands.value,
            texts=texts,
            seen={
                key: state.seen(key)
                for key, field in RECORD_FIELDS.items()
                if field.type is not FieldType.LIST
            },
            missing=to_correct(values_of(state)) if stands is not RecordState.VOID else (),
            conflicts=candidates_of(view, state, zone, agent=store.author.role is Role.AGENT),
            promises=promises,
            writer_name=person_name(view, state.text("first_handler")) or state.text("agent"),
            station=state.text("station"),
            received_at=parse_iso(state.text("received_at"), UTC),
            recorded_at=parse_iso(state.text("recorded_at"), UTC),
            own=store.author.actor in state.values("first_handler"),
            stages=_stages(state, promises),
            same_matter=_same_matter(view, subject_id),
            unfinished=next(
                (one for one in corrections_in(view, store.author.actor) if one.record == subject_id), None
            ),
        )


def _stages(state: State, promises: Collection[Promise]) -> Mapping[Stage, Reached]:
    # One that was merged away or withdrawn is no call that somebody made.
    told = [one for one in promises if one.ending != Ending.WITHDRAWN]
    left = sum(one.ending == Ending.OPEN for one in told)
    return stages(values_of(state), promised=len(told), open_promises=left)


def _same_matter(view: View, record: str) -> tuple[str, ...]:
    group = groups_of_records(view, [record]).get(record)
    members = group.members if group else ()
    return tuple(view.state(Subject(SubjectKind.RECORD, one)).text("number") or "–" for one in members)


def _promises(view: View, record: State) -> tuple[Promise, ...]:
    held = [view.state(promise) for promise in promises_of(view.connection, record.subject.id)]
    due, ended = effective_due(held), endings(held, {record.subject.id: record})
    told = [
        Promise(due.get(one.subject.id), ended[one.subject.id].value, one.text("end_reason"))
        for one in held
        if one.subject.id in ended
    ]
    return tuple(sorted(told, key=lambda one: one.due or datetime.max.replace(tzinfo=UTC)))
