"""What people write at the places of a floor, one step at a time, each told to the ledger."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from desktop_app.domain.entries import Action
from desktop_app.domain.errors import GuardRefused, KnownError
from desktop_app.domain.identity import Subject, SubjectKind, user_id
from desktop_app.domain.roles import Role
from desktop_app.domain.users import Grant
from desktop_app.services import conflicts, late_payloads, record_changes, records
from desktop_app.services.merge_standing import standing
from desktop_app.services.purging import purge_records
from desktop_app.services.twins import join
from desktop_app.services.waive_numbers import waive_numbers
from desktop_app.storage.drafts import all_drafts
from tests.ledger import Ledger, Seen
from tests.places import NAMES, Place


@dataclass
class People:
    """The places at work and the clock.

    ``logged`` are saves that can be undone, ``screens`` records that were opened a while ago, by place.
    """

    root: Path
    places: dict[str, Place]
    now: datetime
    ledger: Ledger = field(default_factory=Ledger)
    logged: dict[str, list[records.Logged]] = field(default_factory=dict)
    screens: dict[str, Seen] = field(default_factory=dict)
    _count: int = 0

    def tick(self) -> datetime:
        self.now += timedelta(minutes=1)
        return self.now

    def next(self) -> int:
        """Return a number nobody has used, so that every text is another."""
        self._count += 1
        return self._count

    def records_at(self, place: Place) -> list[Subject]:
        """Return the records a store knows, in the order in which anybody wrote them."""
        with place.store.read() as view:
            held = {state.subject for state in view.states(SubjectKind.RECORD)}
        return [one for one in self.ledger.by_subject if one in held]

    def log(self, place: Place, *, promised: bool) -> None:
        values = {"kind": "enquiry", "summary": f"来电{self.next()}", "phone": "13123450001"}
        if promised:
            values["callback_due"] = "2026-12-30T10:00"
        with self.ledger.acknowledging(place):
            made = records.log_record(place.store, values, now=self.tick())
        self.ledger.show(made.number, place)
        self.logged.setdefault(place.name, []).append(made)

    def start(self, place: Place) -> None:
        draft = records.start_draft(place.store, {"summary": f"草稿{self.next()}"}, now=self.tick())
        self.ledger.show(draft.number, place)

    def finish(self, place: Place, which: int, how: str) -> None:
        """Save, keep or discard one of the drafts that lie at a place."""
        with place.store.read() as view:
            drafts = all_drafts(view)
        if not drafts:
            return
        draft = drafts[which % len(drafts)].subject.id
        values = {"summary": f"存了{self.next()}"}
        with self.ledger.acknowledging(place):
            if how == "save":
                self.logged.setdefault(place.name, []).append(
                    records.save_draft(place.store, draft, values, now=self.tick())
                )
            elif how == "keep":
                records.keep_draft(place.store, draft, values, now=self.tick())
            else:
                records.discard_draft(place.store, draft, reason="打错了", now=self.tick())

    def undo(self, place: Place, which: int) -> None:
        made = self.logged.get(place.name)
        if made:
            with self.ledger.acknowledging(place), suppress(KnownError):
                records.undo_save(place.store, made[which % len(made)], now=self.tick())

    def correct(self, place: Place, which: int, name: str) -> None:
        """Correct a field of a record."""
        if known := self.records_at(place):
            self.correct_one(place, known[which % len(known)], name)

    def correct_one(self, place: Place, subject: Subject, name: str) -> None:
        """Correct a field; where the record's older screen is still open, with what stood there."""
        older = self.screens.pop(place.name, {})
        told = {key: seen for key, seen in older.items() if key == (subject, name)}
        with self.ledger.acknowledging(place, told), suppress(KnownError, GuardRefused):
            record_changes.correct(
                place.store,
                subject.id,
                {name: f"改{self.next()}"},
                reason="来电人更正",
                now=self.tick(),
                seen={key: seen for (_, key), seen in told.items()},
            )

    def look(self, place: Place, which: int) -> None:
        """Open a record's screen and leave it so."""
        known = self.records_at(place)
        if known:
            subject = known[which % len(known)]
            with place.store.read() as view:
                state = view.state(subject)
            self.screens[place.name] = {(subject, name): state.seen(name) for name in ("summary", "address")}

    def void(self, place: Place, which: int) -> None:
        known = self.records_at(place)
        if known:
            with self.ledger.acknowledging(place), suppress(KnownError, GuardRefused):
                subject = known[which % len(known)].id
                record_changes.void(place.store, subject, reason="记了两遍", now=self.tick())

    def step(self, lead: Place, which: int, state: str) -> None:
        """Assign a promise to somebody, or withdraw it."""
        with lead.store.read() as view:
            held = {one.subject for one in view.states(SubjectKind.PROMISE)}
        known = [one for one in self.ledger.by_subject if one in held]
        if not known:
            return
        subject, code = known[which % len(known)], list(NAMES)[which % len(NAMES)]
        values = {
            "assigned": {"state": "assigned", "owner": user_id(f"80{code}")},
            "withdrawn": {"state": "withdrawn", "end_reason": "来电人不要了"},
        }[state]
        with self.ledger.acknowledging(lead), suppress(GuardRefused), lead.store.change() as unit:
            records.write(unit, subject, dict(values), self.tick(), "组长安排")

    def decide(self, lead: Place, which: int, *, taking_back: bool) -> None:
        """Decide one conflict by one of its candidates, or take the last choice back."""
        with self.ledger.acknowledging(lead), suppress(KnownError, GuardRefused):
            if taking_back:
                made = [one for one in conflicts.chosen(lead.store) if not one.undone]
                if made:
                    one = made[which % len(made)]
                    conflicts.undo(lead.store, [(one.subject, one.entry_id)], now=self.tick())
                return
            found = conflicts.conflicts(lead.store).conflicts
            if found:
                one = found[which % len(found)]
                candidate = one.candidates[which % len(one.candidates)]
                choice = conflicts.Choice(one.field, one.seen, candidate.entry_id)
                conflicts.decide(lead.store, one.subject, [choice], now=self.tick(), reason="问过来电人")

    def waive(self, lead: Place) -> None:
        with self.ledger.acknowledging(lead):
            missing = [one for its in standing(lead.store).missing.values() for one in its]
            waive_numbers(lead.store, missing[:3], "机器坏了", now=self.tick())

    def join(self, lead: Place, which: int) -> None:
        known = self.records_at(lead)
        if len(known) > 1:
            pair = [known[which % len(known)].id, known[(which + 1) % len(known)].id]
            with self.ledger.acknowledging(lead):
                join(lead.store, pair, now=self.tick())

    def add_person(self, lead: Place) -> None:
        number = f"90{self.next()}"
        person = Subject(SubjectKind.USER, user_id(number))
        with self.ledger.acknowledging(lead), lead.store.change() as unit:
            unit.change(person, {"staff_number": number, "name": "刘洋"}, at=self.tick())
            grant = Grant(Role.AGENT, "07", lead.store.author.actor)
            unit.append(person, Action.ADD, grant.payload(), at=self.now)

    def purge(self, lead: Place, which: int) -> None:
        """Purge a record a lead has, brought to the archive first."""
        if known := self.records_at(lead):
            self.purge_one(lead, known[which % len(known)])

    def purge_one(self, lead: Place, subject: Subject) -> None:
        with lead.store.read() as view:
            if view.state(subject).tombstone is not None or not view.state(subject).fields:
                return
        with self.ledger.acknowledging(lead), lead.store.change() as unit:
            for promise in list(unit.states(SubjectKind.PROMISE)):
                if subject.id in promise.values("record"):
                    unit.change(promise.subject, {"state": "done", "result": "已回电"}, at=self.tick())
            archived = {"state": "archived", "approved_by": user_id("8002")}
            unit.change(subject, dict(archived), at=self.tick())
        with self.ledger.acknowledging(lead), lead.alone() as store, suppress(GuardRefused):
            purge_records(
                store,
                [subject.id],
                backups=self.root / f"backups-{lead.name}",
                now=self.tick(),
                retention_days=0,
            )

    def late(self, lead: Place, *, reopening: bool) -> None:
        """Purge what came late for a purged record, or open the record again."""
        for one in late_payloads.set_aside(lead.store)[:1]:
            shown: dict[tuple[Subject, str], tuple[str, ...]] = {}
            for late in one.entries:
                payload = self.ledger.written[late.entry_id].sealed.payload
                for name in payload.changes if payload else ():
                    shown[one.subject, name] = (*shown.get((one.subject, name), ()), late.entry_id)
            # Who opens it again has read what came late, and answers for the state it then has.
            with self.ledger.acknowledging(lead, shown):
                if reopening:
                    late_payloads.reopen(lead.store, one.subject, now=self.tick())
                else:
                    late_payloads.purge_late(lead.store, one.subject, now=self.tick())
