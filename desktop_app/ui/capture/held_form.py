"""What the keeper of drafts knows of one form, in hand or put aside."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from desktop_app.domain.entries import Value
from desktop_app.services.draft_in_hand import DraftInHand


@dataclass(eq=False)
class HeldForm:
    """One form's text and its draft.

    ``dirty``: there is text that no keep under way contains; ``leaving``: it is being saved or made void.
    ``follower``: the form that goes on with this one's text since before its save was answered.
    """

    draft: DraftInHand
    started_at: datetime
    values: dict[str, Value] = field(default_factory=dict)
    dirty: bool = False
    keeping: int = 0
    refused: bool = False
    leaving: bool = False
    number: str = ""
    follower: HeldForm | None = None
