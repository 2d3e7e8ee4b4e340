"""A floor's hand-ins made without stores: what 20 stations would have written in a long outage.

A call takes one entry and a half: a record, for three in ten a promise, for some a correction by its writer
and for a few one by a colleague at another station who had not seen it, which makes a conflict.
"""

from __future__ import annotations

import random
import secrets
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from pyrage import x25519

from desktop_app.domain.entries import (
    GENESIS,
    Action,
    Change,
    Entry,
    Payload,
    Stored,
    Value,
    chain_hash,
    moment_text,
    payload_digest,
)
from desktop_app.domain.identities import Identity, Keys
from desktop_app.domain.identity import Subject, SubjectKind, user_id, uuid7
from desktop_app.domain.numbers import Number
from desktop_app.domain.roles import Role

_BEGAN = datetime(2026, 3, 2, 0, 30, tzinfo=UTC)
_MATTERS = (
    "停车费电子发票何时可以开，系统升级期间先登记，恢复后请财务回电说明开票流程。",
    "装修公司夜间二十三点后施工，已反映两次无人处理，要求今晚停工并书面答复。",
    "电梯停在七层，困两人，其中一位老人，已安抚并通知物业服务中心派人到场。",
    "厨房下水管漏水，楼下天花板已经渗水，请维修师傅尽快上门查看并联系楼下住户。",
    "询问物业费缴纳截止日期以及能否分期，业主称短信未收到，请核对预留号码。",
)
_SURNAMES = "陈刘沈何周赵李王张杨吴黄徐孙马"


@dataclass
class Writer:
    """One station that goes on writing."""

    station: str
    identity: Identity
    keys: Keys
    writer: str = field(default_factory=lambda: secrets.token_hex(16))
    entries: list[Stored] = field(default_factory=list)
    lamport: int = 0
    sequence: int = 0

    def append(self, subject: Subject, values: dict[str, Change], at: datetime, reason: str = "") -> Entry:
        """Seal and chain one entry."""
        stored, salt = Payload(values, reason).to_bytes(), secrets.token_bytes(16)
        before = self.entries[-1].entry.hash if self.entries else GENESIS.hex()
        self.lamport += 1
        bare = Entry(
            self.writer,
            len(self.entries) + 1,
            self.lamport,
            at,
            user_id(f"80{self.station}"),
            Role.AGENT,
            subject,
            Action.CHANGE,
            payload_digest(salt, stored),
        )
        entry = replace(bare, hash=chain_hash(bytes.fromhex(before), bare.envelope()))
        self.entries.append(Stored(entry, salt, stored))
        return entry


def new_writer(station: str, role: Role = Role.AGENT) -> Writer:
    """Return a station with keys and nothing written."""
    sign, receive = secrets.token_bytes(32), x25519.Identity.generate()
    public = Ed25519PrivateKey.from_private_bytes(sign).public_key().public_bytes_raw().hex()
    identity = Identity(
        secrets.token_hex(16), station, f"话务员{station}", role, public, str(receive.to_public()), False
    )
    return Writer(station, identity, Keys(sign, str(receive)))


def write_calls(writers: list[Writer], each: int, seed: int = 1) -> None:
    """Let every station write until it has ``each`` entries."""
    dice, at = random.Random(seed), _BEGAN
    while short := [one for one in writers if len(one.entries) < each]:
        for writer in short:
            at += timedelta(seconds=1)
            _write_call(writer, writers, at, dice, each)


def runs_of(writer: Writer, count: int, size: int, again: int) -> Iterator[list[Stored]]:
    """Yield ``count`` following runs of ``size`` entries, each beginning with ``again`` of the run before."""
    for index in range(count):
        first = index * (size - again)
        yield writer.entries[first : first + size]


def _write_call(
    writer: Writer, all_of_them: list[Writer], at: datetime, dice: random.Random, each: int
) -> None:
    writer.sequence += 1
    subject = Subject(SubjectKind.RECORD, uuid7(int(at.timestamp() * 1000), dice.randbytes(10)))
    phone = f"1312345{dice.randrange(10_000):04d}"
    told: dict[str, Value] = {
        "number": str(Number(writer.station, writer.sequence)),
        "state": "recorded",
        "kind": "enquiry",
        "channel": "phone",
        "received_at": moment_text(at),
        "recorded_at": moment_text(at + timedelta(minutes=2)),
        "caller_name": dice.choice(_SURNAMES) + dice.choice(("先生", "女士", "小姐")),
        "phone": phone,
        "address": f"翠湖苑 {dice.randrange(1, 30)} 幢 2 单元 {dice.randrange(101, 2904)}",
        "category": dice.choice(("query", "repair", "enquiry", "other")),
        "detail": dice.choice(_MATTERS),
        "agent": f"80{writer.station}",
        "station": writer.station,
        "first_handler": user_id(f"80{writer.station}"),
    }
    made = writer.append(subject, {name: Change((), value) for name, value in told.items()}, at)
    if dice.random() < 0.3 and len(writer.entries) < each:
        promise = Subject(SubjectKind.PROMISE, uuid7(int(at.timestamp() * 1000), dice.randbytes(10)))
        due = moment_text(at + timedelta(hours=4))
        opened: dict[str, Value] = {"record": subject.id, "state": "due", "due": due, "phone": phone}
        writer.append(promise, {name: Change((), value) for name, value in opened.items()}, at)
    if dice.random() < 0.15 and len(writer.entries) < each:
        corrected = Change((made.id,), dice.choice(_SURNAMES) + "先生")
        writer.append(subject, {"caller_name": corrected}, at + timedelta(minutes=9), "客户来电更正")
    if dice.random() < 0.01:
        colleague = dice.choice(all_of_them)
        if max(len(colleague.entries), len(writer.entries)) < each:
            writer.append(subject, {"address": Change((made.id,), "翠湖苑正门岗亭")}, at, "客户来电更正")
            colleague.lamport = max(colleague.lamport, writer.lamport)
            changed = Change((made.id,), f"翠湖苑 {dice.randrange(1, 30)} 幢")
            colleague.append(subject, {"address": changed}, at + timedelta(minutes=11), "回访时核对")
