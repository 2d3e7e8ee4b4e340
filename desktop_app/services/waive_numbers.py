"""A lead says of numbers that no record accounts for why nothing will come (JOURNAL, equation).

A record that turns up later cancels the waiver by itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from desktop_app.domain.accounting import Account
from desktop_app.domain.errors import KnownError
from desktop_app.domain.identity import Subject, SubjectKind, number_waiver_id
from desktop_app.domain.numbers import Number
from desktop_app.services.decisions import BATCH, Made, may_decide
from desktop_app.services.progress import Cancelled, Progress
from desktop_app.storage.accounting import account_numbers
from desktop_app.storage.store import Store


def waive_numbers(
    store: Store,
    numbers: Sequence[Number],
    reason: str,
    *,
    now: datetime,
    progress: Progress | None = None,
) -> Made:
    """Waive numbers that nothing accounts for; undone by ``decisions.undo``.

    Raises KnownError ``stations.leads_only``, ``stations.reason_needed``, or ``stations.not_missing`` with
    the first number that is accounted for or waived already; nothing is written then. What is stopped half
    way keeps, and returns, what it wrote.
    """
    if not may_decide(store):
        raise KnownError("stations.leads_only")
    if not reason.strip():
        raise KnownError("stations.reason_needed")
    with store.read() as view:
        accounts = account_numbers(view, store.marks.highest())
    for number in numbers:
        if not _is_missing(accounts.get((number.station, number.drill)), number):
            raise KnownError("stations.not_missing", number=number)
    made: list[tuple[Subject, str]] = []
    try:
        for start in range(0, len(numbers), BATCH):
            if progress is not None:
                progress.tell("waiving", start, len(numbers))
            made += _waive(store, numbers[start : start + BATCH], reason.strip(), now)
    except Cancelled:
        if not made:
            raise
    return Made(tuple(made))


def _waive(store: Store, numbers: Sequence[Number], reason: str, now: datetime) -> list[tuple[Subject, str]]:
    made = []
    with store.change() as unit:
        for number in numbers:
            subject = Subject(SubjectKind.NUMBER_WAIVER, number_waiver_id(str(number)))
            entry = unit.change(subject, {"number": str(number)}, at=now, reason=reason)
            if entry is not None:
                made.append((subject, entry.id))
    return made


def _is_missing(account: Account | None, number: Number) -> bool:
    return account is not None and number.sequence in set(account.unaccounted) - set(account.waived)
