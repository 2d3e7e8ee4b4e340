"""Small journals for the tests of the rules: entries of one or more writers, chained and sealed."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from desktop_app.domain.entries import (
    GENESIS,
    Action,
    Change,
    Entry,
    Payload,
    Sealed,
    Value,
    chain_hash,
    payload_digest,
)
from desktop_app.domain.folding import State, fold
from desktop_app.domain.identity import Subject, SubjectKind
from desktop_app.domain.roles import Role

NOON = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)
RECORD = Subject(SubjectKind.RECORD, "00000000-0000-7000-8000-000000000001")


@dataclass(slots=True)
class Station:
    """One writer with what it holds; it merges by taking over another station's entries."""

    name: str
    held: dict[str, Sealed] = field(default_factory=dict)
    chain: list[tuple[Entry, bytes, bytes]] = field(default_factory=list)
    lamport: int = 0

    def write(
        self,
        action: Action,
        payload: Payload,
        *,
        subject: Subject = RECORD,
        actor: str = "li",
        role: Role = Role.AGENT,
        at: datetime | None = None,
    ) -> Sealed:
        self.lamport += 1
        stored, salt = payload.to_bytes(), f"{self.name}{len(self.chain)}".encode()
        entry = Entry(
            self.name,
            len(self.chain) + 1,
            self.lamport,
            at or NOON + timedelta(seconds=self.lamport),
            actor,
            role,
            subject,
            action,
            payload_digest(salt, stored),
        )
        previous = bytes.fromhex(self.chain[-1][0].hash) if self.chain else GENESIS
        entry = replace(entry, hash=chain_hash(previous, entry.envelope()))
        self.chain.append((entry, salt, stored))
        sealed = Sealed(entry, payload)
        self.held[entry.id] = sealed
        return sealed

    def change(self, subject: Subject = RECORD, *, reason: str = "", **values: Value) -> Sealed:
        state = self.state(subject)
        changes = {name: Change(state.seen(name), value) for name, value in values.items()}
        return self.write(Action.CHANGE, Payload(changes, reason), subject=subject)

    def add(self, name: str, value: Value, subject: Subject = RECORD) -> Sealed:
        return self.write(Action.ADD, Payload({name: Change((), value)}), subject=subject)

    def strike(self, target: Sealed, reason: str = "") -> Sealed:
        return self._about(Action.STRIKE, target, reason)

    def revoke(self, target: Sealed, reason: str = "") -> Sealed:
        return self._about(Action.REVOKE, target, reason)

    def take(self, *others: Station) -> None:
        for other in others:
            self.held |= other.held
            self.lamport = max(self.lamport, other.lamport)

    def history(self, subject: Subject = RECORD) -> list[Sealed]:
        return [sealed for sealed in self.held.values() if sealed.entry.subject == subject]

    def state(self, subject: Subject = RECORD) -> State:
        return fold(subject, self.history(subject))

    def _about(self, action: Action, target: Sealed, reason: str) -> Sealed:
        return self.write(
            action, Payload(reason=reason, target=target.entry.id), subject=target.entry.subject
        )
