"""What callers may be told is known already: open incidents, and what their notices say (3 intro)."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC

from desktop_app.domain.incident_steps import OUTAGE, IncidentState
from desktop_app.domain.joined_incidents import standing, value_in
from desktop_app.domain.known_issue import KnownIssue, areas_in
from desktop_app.domain.outage_options import Audience
from desktop_app.domain.site_pack import SitePack
from desktop_app.domain.site_text import Bilingual
from desktop_app.domain.times import parse_iso
from desktop_app.services.announcements import Notice, announcements, in_force
from desktop_app.services.incident_groups import Members, before_others, open_groups
from desktop_app.storage.incidents import open_incidents
from desktop_app.storage.store import Store

_HURTS = (IncidentState.SUSPECTED, IncidentState.CONFIRMED, IncidentState.MANUAL)
"""States in which callers notice it; later on only while a notice is in force."""


def known_issues(store: Store, pack: SitePack) -> tuple[KnownIssue, ...]:
    """Return what is known, the incident at hand first.

    What has a card of its own, such as a fire, is nothing that callers ring about, nor is a broken headset.
    One query while no incident is open.
    """
    with store.read() as view:
        if not open_incidents(view.connection):
            return ()
        found = sorted(open_groups(view), key=before_others)
    notices = announcements(store)
    apart = {one.key for one in pack.incident_types if one.card}
    issues = (
        _issue(ids, members, in_force([one for one in notices if one.incident in ids]))
        for ids, members in found
        if str(value_in(members, "incident_category") or "") not in apart
    )
    return tuple(filter(None, issues))


def _issue(ids: tuple[str, ...], members: Members, notice: Notice | None) -> KnownIssue | None:
    kept_going = value_in(members, OUTAGE) is False
    if notice is None and (kept_going or standing(members) not in _HURTS):
        return None

    def text(name: str) -> str:
        return str(value_in(members, name) or "")

    told = KnownIssue(
        ids[0],
        text("incident_no"),
        text("symptom"),
        text("incident_category"),
        parse_iso(text("first_noticed_at"), UTC),
    )
    if notice is None:
        return told
    of_areas = notice.text("audience") == Audience.AREA
    return replace(
        told,
        areas=areas_in(notice.text("audience_named")) if of_areas else (),
        said=Bilingual(notice.text("text_zh"), notice.text("text_en")),
        expected_at=notice.moment("expected_at"),
    )
