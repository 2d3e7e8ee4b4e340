"""Nothing a caller said lies readable in any file, whatever state the store is left in."""

from __future__ import annotations

import random
from datetime import UTC, datetime
from pathlib import Path

from desktop_app.services.records import discard_draft, keep_draft, log_record, start_draft
from tests.faults.desk import Desk

MARKERS = ("王芳芳", "13123450777", "电梯困人三小时", "quite-unmistakable")
NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)


def readable(folder: Path) -> list[tuple[str, str]]:
    return [
        (path.name, marker)
        for path in sorted(folder.rglob("*"))
        if path.is_file()
        for marker in MARKERS
        if any(marker.encode(code) in path.read_bytes() for code in ("utf-8", "utf-16-le", "gb18030"))
    ]


def test_no_file_holds_a_callers_words(tmp_path: Path) -> None:
    desk = Desk(tmp_path).create()
    said = {"caller_name": MARKERS[0], "phone": MARKERS[1], "detail": MARKERS[2] * 50}
    with desk.unlock() as store:
        for _ in range(20):
            log_record(store, said, now=NOW)
        draft = start_draft(store, said, now=NOW)
        keep_draft(store, draft.subject.id, said, now=NOW)
        discard_draft(store, start_draft(store, said, now=NOW).subject.id, reason=MARKERS[2], now=NOW)
        assert (desk.folder / "store.db-wal").stat().st_size > 0
        assert readable(tmp_path) == []
    assert readable(tmp_path) == []
    desk.log_and_kill(random.Random(3), MARKERS[3])
    assert readable(tmp_path) == []
    (tmp_path / "control").write_text(f"{MARKERS[2]} {MARKERS[3]}", encoding="gb18030")
    assert readable(tmp_path) == [("control", MARKERS[2]), ("control", MARKERS[3])]
