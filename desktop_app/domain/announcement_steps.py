"""What a notice of an outage can be in, and the steps between (domain/states, announcement; B§2.3, A§13.3).

An update and the notice that all is well again are notices of their own: that the first was updated or
resolved follows from them and is not written anywhere.
"""

from __future__ import annotations

from enum import StrEnum

from desktop_app.domain.identity import SubjectKind
from desktop_app.domain.outage_options import AnnouncementType
from desktop_app.domain.roles import Role
from desktop_app.domain.steps import Step, Table


class AnnouncementState(StrEnum):
    """States of a notice, least finished first. ``NONE`` is one that nobody wrote, or not any more."""

    NONE = "none"
    DRAFT = "draft"
    APPROVED = "approved"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"


_A = AnnouncementState
_ANYONE = frozenset(role for role in Role if role is not Role.AUDITOR)
_OWN_WORDING = ("announcement_type", AnnouncementType.STATEMENT.value)

ANNOUNCEMENTS = Table(
    SubjectKind.ANNOUNCEMENT,
    AnnouncementState,
    "written_by",
    frozenset({Role.LEAD, Role.SUPERVISOR}),
    (
        Step(_A.NONE, _A.DRAFT, _ANYONE, sets=("announcement_type", "incident")),
        # What the media are told the centre manager approves, with the one who says it (A§13.3).
        Step(
            _A.DRAFT,
            _A.APPROVED,
            frozenset({Role.CENTRE_MANAGER}),
            sets=("wording_approved_by",),
            needs=("text_zh", "spokesperson"),
            where=_OWN_WORDING,
        ),
        Step(
            _A.DRAFT,
            _A.APPROVED,
            frozenset({Role.SUPERVISOR}),
            sets=("wording_approved_by",),
            needs=("text_zh", "affected", "since"),
        ),
        # Words changed after they were approved have to be approved again.
        Step(_A.APPROVED, _A.DRAFT, _ANYONE),
        Step(_A.APPROVED, _A.PUBLISHED, _ANYONE, sets=("posted_by", "posted_at")),
        *(Step(source, _A.WITHDRAWN, _ANYONE, reason=True) for source in (_A.DRAFT, _A.APPROVED)),
        Step(_A.PUBLISHED, _A.WITHDRAWN, frozenset({Role.LEAD}), reason=True),
    ),
)
