"""A pack that the lead puts into use reaches a desk that is open and typing, with nothing else to tell."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from desktop_app.domain.roles import Role
from desktop_app.domain.site_pack import EMPTY_PACK
from desktop_app.services.incidents import report_fault
from desktop_app.services.pairing import accept, own
from desktop_app.services.sent_packs import look_at, send_pack
from desktop_app.storage.store import Store
from desktop_app.ui.capture.form import CaptureForm
from tests.posts import Post
from tests.ui.desk.desks import Desk
from tests.ui.desk.desks import desk as desk
from tests.written_packs import write_files


@pytest.fixture
def share(tmp_path: Path) -> Path:
    (tmp_path / "share").mkdir()
    return tmp_path / "share"


@pytest.fixture
def lead(tmp_path: Path, share: Path) -> Iterator[Post]:
    post = Post(tmp_path, share, "01", Role.LEAD)
    yield post
    post.store.close()


def heads_of(store: Store) -> dict[str, object]:
    with store.read() as view:
        return dict(view.heads())


def test_it_comes_by_bundle_while_somebody_types(desk: Desk, lead: Post, share: Path, tmp_path: Path) -> None:
    session, now = desk.window._session, datetime.now(UTC)
    accept(session.store, own(lead.store), now=now)
    accept(lead.store, own(session.store), now=now)
    desk.waits(lambda: session.shelf.loaded is not None)
    desk.types("1312345")
    report_fault(lead.store, symptom="CRM 打不开", now=now)
    lead.local()
    lead.visit()
    session.courier.use(share, automatic=True)
    # What the lead has besides is here before: the pack comes alone, with no entry of a journal.
    desk.waits(lambda: desk.window.workplace.incidents.at_hand is not None)
    before = heads_of(session.store)
    look = look_at(write_files(tmp_path / "pack", {}), EMPTY_PACK)
    send_pack(lead.store, look, now=now)
    lead.local()
    lead.visit()
    session.courier.exchange_now()
    desk.waits(lambda: session.shelf.pack.name.zh == "包")
    assert session.shelf.loaded.source == "sent"
    assert heads_of(session.store) == before
    (form,) = desk.window.findChildren(CaptureForm)
    assert form.text("phone") == "1312345"
    assert desk.focused() == "phone"
