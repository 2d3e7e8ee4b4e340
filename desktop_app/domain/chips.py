"""The short texts that fill a field by one press (DESK §6: free text dominates what is left to type)."""

from __future__ import annotations

from desktop_app.domain.fitting import as_code, closest, fits
from desktop_app.domain.form_fields import Values
from desktop_app.domain.site_pack import Chips, SitePack


def chips_for(pack: SitePack, values: Values) -> Chips | None:
    """Return the chips that fit a record most closely, as playbooks are chosen; None where there are none."""
    kind = as_code(values.get("kind"))
    return closest(
        (chips.when, chips) for chips in pack.chips if chips.kind == kind and fits(chips.when, values)
    )
