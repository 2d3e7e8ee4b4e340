"""A lead's store comes back from an old backup: what it had said to have is handed in to it again."""

from __future__ import annotations

import secrets
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from desktop_app.domain.identity import Subject, SubjectKind
from desktop_app.domain.roles import Role
from desktop_app.services.handin import clean_up, hand_in
from desktop_app.services.receipts import Delivery
from desktop_app.services.record_delivery import delivery_of
from desktop_app.storage.database import Database
from desktop_app.storage.going_on import go_on
from desktop_app.storage.lying import STORE_FILE
from desktop_app.storage.store import Store, StoreMarks
from tests.rounds import Rounds
from tests.stores import author, new_store

KEY = secrets.token_bytes(32)


@dataclass
class Office(Rounds):
    """A floor whose lead's store can be copied and put back."""

    def add_lead(self) -> None:
        made = new_store(self.place / "01" / "store", station="01", key=KEY)
        self.stores["01"] = replace(made, author=author("8001", Role.LEAD))

    def round(self, *, everything: bool) -> None:
        """The station hands in, the lead takes it and says so, the station hears and tidies up."""
        for _ in range(2):
            self.hand_in("07", everything=everything)
            self.merge("01")
            self.hand_in("01", everything=everything)
            self.merge("07")
        clean_up(self.stores["07"], self.share)
        clean_up(self.stores["01"], self.share)

    def back_up(self, name: str) -> None:
        self.stores["01"].database.checkpoint()
        shutil.copy(self.stores["01"].folder / STORE_FILE, self.place / name)

    def restore(self, name: str, *, with_mark: bool = False) -> None:
        """Put a copy back; ``with_mark`` as where a whole machine is set back, so that nothing shows it."""
        old = self.stores["01"]
        old.close()
        for file in old.folder.glob(f"{STORE_FILE}*"):
            file.unlink()
        shutil.copy(self.place / name, old.folder / STORE_FILE)
        back = Store(old.folder, Database(old.folder / STORE_FILE, KEY), old.author, old.marks, old.settings)
        if not with_mark:
            assert isinstance(back.marks, StoreMarks)
            go_on(back, back.marks, self.tick(), restored=True)
        self.stores["01"] = back

    def lead_has(self, record: str) -> bool:
        with self.stores["01"].read() as view:
            return view.state(Subject(SubjectKind.RECORD, record)).text("detail") == "停水了"

    def close(self) -> None:
        self.stores["01"].close()
        super().close()


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    made = Office(tmp_path)
    made.add_lead()
    made.add("07")
    made.pair()
    yield made
    made.close()


@pytest.mark.parametrize("everything", [False, True])
@pytest.mark.parametrize("with_mark", [False, True])
def test_a_receipt_of_what_was_lost_is_believed_no_more(
    office: Office, *, everything: bool, with_mark: bool
) -> None:
    office.log("07", detail="停水了")
    office.round(everything=everything)
    office.back_up("old.db")
    record = office.log("07", detail="停水了").subject_id
    office.round(everything=everything)
    state = delivery_of(office.stores["07"], [record])
    assert state[record] is Delivery.RECEIVED
    office.restore("old.db", with_mark=with_mark)
    assert not office.lead_has(record)
    office.round(everything=everything)
    assert office.lead_has(record)


def test_the_receipt_of_the_store_put_back_last_counts(office: Office) -> None:
    office.log("07", detail="停水了")
    office.round(everything=False)
    office.back_up("first.db")
    office.restore("first.db")
    office.round(everything=False)
    office.back_up("second.db")
    office.restore("second.db")
    record = office.log("07", detail="停水了").subject_id
    office.round(everything=False)
    assert office.lead_has(record)
    # Back to the oldest: its newest life has fewer lives before it than the one that had the record.
    office.restore("first.db")
    office.round(everything=False)
    assert office.lead_has(record)


def test_nothing_new_lies_there_but_a_restored_lead_says_what_it_has(office: Office) -> None:
    office.log("07", detail="停水了")
    office.round(everything=False)
    office.hand_in("01")
    office.back_up("old.db")
    record = office.log("07", detail="停水了").subject_id
    # The lead's answer goes by a stick; in the share lies what lay there at the time of the backup.
    office.hand_in("07")
    office.merge("01")
    stick = office.place / "stick"
    hand_in(office.stores["01"], stick, now=office.tick())
    office.merge("07", sorted(stick.glob("*.handin")))
    clean_up(office.stores["07"], office.share)
    office.restore("old.db")
    office.hand_in("01")
    office.merge("07")
    office.hand_in("07")
    office.merge("01")
    assert office.lead_has(record)
