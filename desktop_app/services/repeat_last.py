"""What the last record of the same number said of the caller, for another one on demand (DESK §6)."""

from __future__ import annotations

from desktop_app.domain.identity import SubjectKind
from desktop_app.domain.phones import phone_of
from desktop_app.domain.times import zone_of
from desktop_app.services.record_form import typed_form
from desktop_app.storage.caller import calls_from
from desktop_app.storage.folded import states_by_id
from desktop_app.storage.store import Store

REPEATED = ("caller_name", "title", "address", "customer_no", "second_contact", "category", "business_item")
"""What stays the same from one call to the next; never what was asked, promised or done."""


def last_of_number(store: Store, phone: str) -> dict[str, str]:
    """Return the texts of ``REPEATED`` in the newest saved record of a number, in any notation; else none."""
    digits = phone_of(phone).digits
    if not digits:
        return {}
    with store.read() as view:
        newest = calls_from(view.connection, digits, 1)
        states = states_by_id(view.connection, SubjectKind.RECORD, newest)
    for state in states.values():
        texts = typed_form(state, zone_of(store.settings.zone))
        return {key: str(texts[key]) for key in REPEATED if key in texts}
    return {}
