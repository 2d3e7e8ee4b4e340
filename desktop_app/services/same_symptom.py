"""Whether several callers told of one thing lately of which no incident is open (A§7.1, 3.8)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from desktop_app.domain.entries import moment_text
from desktop_app.domain.folding import State
from desktop_app.domain.identity import SubjectKind
from desktop_app.domain.joined_incidents import items_in, value_in
from desktop_app.domain.same_symptom import MOST_CALLS, Call, Repeated, folded, repeated, symptoms_of
from desktop_app.domain.site_pack import SitePack
from desktop_app.domain.times import parse_iso
from desktop_app.services.incident_groups import Members, open_groups
from desktop_app.services.incident_view import REPORTS
from desktop_app.storage.folded import states_by_id
from desktop_app.storage.record_list import since
from desktop_app.storage.store import Store

_KINDS = frozenset({"enquiry", "complaint"})


def same_symptoms(store: Store, pack: SitePack, *, now: datetime) -> tuple[Repeated, ...]:
    """Return what enough callers told of within the site's time, without what is reported already.

    The work is bounded by the calls of that time, read by index.
    """
    settings = store.settings
    within = timedelta(minutes=settings.same_symptom_minutes)
    with store.read() as view:
        ids = since(view.connection, moment_text(now - within), MOST_CALLS)
        if len(ids) < settings.same_symptom_calls:
            return ()
        calls = [_call(one) for one in states_by_id(view.connection, SubjectKind.RECORD, ids).values()]
        found = repeated(
            filter(None, calls),
            symptoms_of(pack.incident_types),
            now,
            least=settings.same_symptom_calls,
            within=within,
        )
        known = [members for _, members in open_groups(view)] if found else []
    return tuple(one for one in found if not any(_is_of(one, members) for members in known))


def _call(state: State) -> Call | None:
    at = parse_iso(state.text("received_at"), UTC) or parse_iso(state.text("recorded_at"), UTC)
    if at is None or state.text("kind") not in _KINDS:
        return None
    category = state.text("category") or state.text("complaint_type")
    return Call(
        state.subject.id,
        at,
        "".join(char for char in state.text("phone") if char.isdigit()),
        category,
        state.text("summary") or state.text("detail"),
        state.text("symptom_tag"),
        explained=bool(state.text("incident")),
    )


def _is_of(one: Repeated, members: Members) -> bool:
    """Whether an open incident is of that type, or was reported in the same words."""
    category = str(value_in(members, "incident_category") or "")
    if category and category == one.symptom.type:
        return True
    told = [value_in(members, "symptom"), *(item.text("symptom") for item in items_in(members, REPORTS))]
    words = {folded(one.symptom.text.zh), folded(one.symptom.text.en)} - {""}
    return any(word in folded(str(text or "")) for text in told for word in words)
