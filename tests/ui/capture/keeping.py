"""A keeper of drafts over a real store, and what a form would note of it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from PySide6.QtCore import QObject

from desktop_app.services.drafts import list_drafts, resume_draft
from desktop_app.services.records import template_rows
from desktop_app.ui.capture import drafting
from desktop_app.ui.capture.drafting import DraftKeeper
from tests.faults.conftest import nobody as nobody
from tests.faults.conftest import open_folder as open_folder

CALL = {"kind": "enquiry", "caller_name": "王芳", "phone": "13123450001", "detail": "停水了"}


REFUSED = {"store.disk_full", "store.disk_failed"}


class Page(QObject):
    """What a form would note of its keeper."""

    def __init__(self, keeper: DraftKeeper) -> None:
        super().__init__()
        self.keeper = keeper
        self.numbers: list[str] = []
        self.saved: list[str] = []
        self.failed: list[tuple[str, dict[str, str]]] = []
        self.shown: list[drafting.Shown] = []
        keeper.number_known.connect(self.numbers.append)
        keeper.saved.connect(lambda logged: self.saved.append(str(logged.number)))
        keeper.failed.connect(lambda error, values: self.failed.append((error.code, dict(values))))
        keeper.shown.connect(self.shown.append)


@pytest.fixture
def page(store, background) -> Page:
    return Page(DraftKeeper(store, background, lambda: datetime.now(UTC)))


def texts_of(store) -> list[dict[str, object]]:
    return [dict(resume_draft(store, one.subject_id).values) for one in list_drafts(store)]


def records_of(store) -> dict[str, str]:
    return {row["number"]: row["detail"] for row in template_rows(store)}
