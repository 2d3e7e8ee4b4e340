"""Which playbook is beside the form for the record that is being typed (DESK §5)."""

from __future__ import annotations

from datetime import date

from desktop_app.domain.fitting import as_code, closest, fits
from desktop_app.domain.form_fields import Values
from desktop_app.domain.kinds import Kind
from desktop_app.domain.site_pack import Playbook, SitePack


def playbook_for(pack: SitePack, values: Values, today: date) -> Playbook | None:
    """Return the playbook that fits a record most closely on a day; None where the pack has none.

    It is of the record's kind, valid on that day and all of its conditions hold; of several the one with the
    most conditions, of those the first of the pack. One that is chosen by hand never comes by itself.
    """
    kind = as_code(values.get("kind"))
    return closest(
        (playbook.when, playbook)
        for playbook in pack.playbooks
        if kind in playbook.kinds
        and not playbook.by_hand
        and playbook.span.holds(today)
        and fits(playbook.when, values)
    )


def playbooks_of(pack: SitePack, kind: Kind, today: date) -> tuple[Playbook, ...]:
    """Return every playbook of a kind that is valid on a day, for a person to choose from."""
    return tuple(
        playbook for playbook in pack.playbooks if kind in playbook.kinds and playbook.span.holds(today)
    )
