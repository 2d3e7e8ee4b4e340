"""The finding of a reconciliation as JSON (INTERFACES, reconcile): a contract, keys never renamed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from desktop_app.domain.reconciliation import Reconciliation, RecordResult
from desktop_app.exchange.handover import handed_over
from desktop_app.exchange.worksheets.wording import numbers_by_key, reason_sentence, shown
from desktop_app.words import Words


def write_json(path: Path, found: Reconciliation, words: Words) -> None:
    """Write the finding as UTF-8 JSON; it appears whole or not at all. Raises KnownError ``writing.*``."""
    with handed_over(path) as temporary:
        # A lone surrogate of a foreign file is no UTF-8; it is told as an escape.
        temporary.write_bytes(json_text(found, words).encode("utf-8", "backslashreplace"))


def json_text(found: Reconciliation, words: Words) -> str:
    """Return the finding as readable JSON."""
    return json.dumps(as_json(found, words), ensure_ascii=False, indent=1)


def as_json(found: Reconciliation, words: Words) -> dict[str, Any]:
    """Return records, CRM rows, calls, totals; a record is named by its number, by key where it has none."""
    numbers = numbers_by_key(found)
    return {
        "records": [
            _record(result, numbers.get(result.duplicate_of, result.duplicate_of), words)
            for result in found.records
        ],
        "crm": [
            {
                "id": result.row.id,
                "status": result.status.value,
                "record": numbers.get(result.record, result.record),
            }
            for result in found.crm
        ],
        "calls": [
            {
                "id": result.call.id,
                "status": result.status.value,
                "records": [numbers.get(key, key) for key in result.records],
            }
            for result in found.calls
        ],
        "totals": found.totals(),
    }


def _record(result: RecordResult, duplicate_of: str, words: Words) -> dict[str, Any]:
    return {
        "number": shown(result.record),
        "status": result.status.value,
        "crm_id": result.crm_id,
        "call_ids": list(result.call_ids),
        "score": result.score,
        "reasons": [reason_sentence(words, reason) for reason in result.reasons],
        "duplicate_of": duplicate_of,
        "differences": [
            {"field": difference.field, "record": difference.record, "crm": difference.crm}
            for difference in result.differences
        ],
    }
