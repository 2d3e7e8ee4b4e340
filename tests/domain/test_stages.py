"""The steps of a call, by what its record says."""

from __future__ import annotations

import pytest

from desktop_app.domain.entries import Value
from desktop_app.domain.stages import Reached, Stage, stages

SIGNS = {Reached.DONE: "x", Reached.OPEN: "o", Reached.NOT_NEEDED: "-"}
CALL: dict[str, Value] = {"kind": "enquiry", "received_at": "2026-11-22T01:00:00.000000Z", "detail": "停水"}
URGENT: dict[str, Value] = {**CALL, "kind": "urgent"}
DUE: dict[str, Value] = {"callback_needed": True, "callback_due": "2026-11-22T02:00:00.000000Z"}


@pytest.mark.parametrize(
    ("values", "promised", "open_promises", "expected"),
    [
        # answered, consulted, solved, recorded, dispatched, called back
        ({}, 0, 0, "ooox--"),
        (CALL, 0, 0, "xxox--"),
        ({**CALL, "detail": " ", "summary": "水费"}, 0, 0, "xxox--"),
        ({**CALL, "outcome": "answered"}, 0, 0, "xxxx--"),
        ({**CALL, "outcome": "waiting"}, 0, 0, "xxox--"),
        ({**CALL, "outcome": "waiting", "answer": "明早恢复"}, 0, 0, "xxxx--"),
        ({**CALL, "outcome": "transferred"}, 0, 0, "xxoxo-"),
        ({**CALL, "outcome": "transferred", "handed_over_to": "工程部"}, 0, 0, "xxoxx-"),
        ({**CALL, "kind": "complaint", "department": "工程部"}, 0, 0, "xxoxo-"),
        ({**CALL, "kind": "complaint", "remedy": "上门道歉"}, 0, 0, "xxxx--"),
        ({**CALL, "escalated": True}, 0, 0, "xxoxo-"),
        ({**CALL, "escalated": False}, 0, 0, "xxox--"),
        (URGENT, 0, 0, "xxoxo-"),
        ({**URGENT, "centre_told_at": "2026-11-22T01:02:00.000000Z"}, 0, 0, "xxoxx-"),
        ({**CALL, **DUE}, 1, 1, "xxox-o"),
        ({**CALL, **DUE}, 2, 1, "xxox-o"),
        ({**CALL, **DUE}, 2, 0, "xxox-x"),
        ({**CALL, "callback_needed": True}, 0, 0, "xxox-o"),
        ({**CALL, "callback_needed": False}, 0, 0, "xxox--"),
    ],
)
def test_steps(values: dict[str, Value], promised: int, open_promises: int, expected: str) -> None:
    found = stages(values, promised=promised, open_promises=open_promises)
    assert list(found) == list(Stage)
    assert "".join(SIGNS[reached] for reached in found.values()) == expected
