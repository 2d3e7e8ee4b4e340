"""A hand record, a CRM row and a call beside each other; what differs is marked by icon, word and colour."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta, tzinfo

from PySide6.QtWidgets import QWidget

from desktop_app.domain.reconciliation import Call, CrmRow, Difference, HandRecord
from desktop_app.exchange.preview import FileKind
from desktop_app.exchange.worksheets.wording import value_word
from desktop_app.ui.reconcile.wording import field_name, moment_text
from desktop_app.ui.tables.columns import Columns
from desktop_app.words import Words

FIELDS = (
    "number",
    "crm_id",
    "received_at",
    "created_at",
    "caller_name",
    "phone",
    "callback_phone",
    "customer_no",
    "address",
    "kind",
    "category",
    "summary",
    "detail",
    "agent",
    "outcome",
    "talk_seconds",
)
_KINDS = {"created_at": FileKind.CRM, "outcome": FileKind.CALLS, "talk_seconds": FileKind.CALLS}


def record_texts(words: Words, zone: tzinfo, record: HandRecord) -> Mapping[str, str]:
    """Return what a record says, by field."""
    return {
        "number": record.number,
        "crm_id": record.crm_id,
        "received_at": moment_text(record.received_at, zone),
        "caller_name": record.caller_name,
        "phone": record.phone,
        "callback_phone": record.callback_phone,
        "customer_no": record.customer_no,
        "address": record.address,
        "kind": value_word(words, "kind", record.kind),
        "category": value_word(words, "category", record.category),
        "summary": record.summary,
        "detail": record.detail,
        "agent": record.agent,
    }


class SideBySide(Columns):
    """The three columns."""

    def __init__(self, words: Words, zone: tzinfo, parent: QWidget | None = None) -> None:
        fields = {field: field_name(words, _KINDS.get(field, FileKind.RECORDS), field) for field in FIELDS}
        super().__init__(words.say("window.reconcile.compare.name"), fields, (5, 5, 4), parent)
        self._words, self._zone = words, zone
        self._crm_offset = self._calls_offset = timedelta(0)

    def set_offsets(self, crm: timedelta, calls: timedelta) -> None:
        """Add these to the times of the files, as was done to compare them."""
        self._crm_offset, self._calls_offset = crm, calls

    def show_these(
        self,
        record: HandRecord | None,
        row: CrmRow | None,
        call: Call | None,
        differences: tuple[Difference, ...] = (),
        *,
        other: HandRecord | None = None,
    ) -> None:
        """Show what there is of each; ``other`` is a record in place of the CRM row."""
        say = self._words.say
        second = "other" if other is not None else "crm"
        sides_there = (record, row or other, call)
        heads = [
            say(f"window.reconcile.compare.{code if there else f'no_{code}'}")
            for code, there in zip(("record", second, "call"), sides_there, strict=True)
        ]
        sides = (
            record_texts(self._words, self._zone, record) if record else {},
            self._of_row(row, self._crm_offset)
            if row
            else record_texts(self._words, self._zone, other)
            if other
            else {},
            self._of_call(call, self._calls_offset) if call else {},
        )
        differs = say("window.reconcile.compare.differs")
        self.show_texts(
            heads,
            {field: [side.get(field, "") for side in sides] for field in FIELDS},
            {difference.field: differs for difference in differences},
            quiet=[not there for there in sides_there],
        )

    def _of_row(self, row: CrmRow, offset: timedelta) -> Mapping[str, str]:
        return {
            "number": row.number,
            "crm_id": row.id,
            "received_at": moment_text(row.occurred_at, self._zone, offset),
            "created_at": moment_text(row.created_at, self._zone, offset),
            "caller_name": row.caller_name,
            "phone": row.phone,
            "callback_phone": row.callback_phone,
            "customer_no": row.customer_no,
            "address": row.address,
            "kind": value_word(self._words, "kind", row.kind),
            "category": value_word(self._words, "category", row.category),
            "summary": row.summary,
            "detail": row.detail,
            "agent": row.agent,
        }

    def _of_call(self, call: Call, offset: timedelta) -> Mapping[str, str]:
        return {
            "received_at": moment_text(call.started_at, self._zone, offset),
            "caller_name": call.caller_name,
            "phone": call.caller,
            "agent": call.agent,
            "outcome": self._words.say(f"status.{call.outcome}"),
            "talk_seconds": str(call.talk_seconds) if call.talk_seconds else "",
        }
