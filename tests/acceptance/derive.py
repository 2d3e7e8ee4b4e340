"""Hand records and the truth about them, derived from the rows of real exports.

Nothing of the program is used here: rows are read with the csv module, and what an agent would have
written is made from them by a seeded random generator. Each record is in one of a few *cases*; the truth is
known because the record was made from its row.
"""

from __future__ import annotations

import csv
import random
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

SAMPLES = Path(__file__).resolve().parents[1] / "samples"
COLUMNS = (
    "number kind channel received_at ended_at caller_name phone callback_phone customer_no address category"
    " summary detail agent station callback_due crm_id paper_serial"
).split()
FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")


@dataclass(frozen=True)
class Row:
    """What of a real row an agent would have heard on the phone, too."""

    id: str
    phone: str
    name: str = ""
    title: str = ""
    detail: str = ""
    number: str = ""


@dataclass
class Derived:
    """Records to write to a file, and the truth: record number → CRM id ('' where there is none)."""

    records: list[dict[str, str]] = field(default_factory=list)
    crm_of: dict[str, str] = field(default_factory=dict)
    case_of: dict[str, str] = field(default_factory=dict)
    double_of: dict[str, str] = field(default_factory=dict)

    def write(self, path: Path) -> Path:
        """Write the records as CSV with the template's English headers."""
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.DictWriter(file, COLUMNS, restval="")
            writer.writeheader()
            writer.writerows(self.records)
        return path


def odoo_rows() -> list[Row]:
    """Return the 300 tasks of the Odoo sample."""
    with (SAMPLES / "odoo14" / "odoo14_project_task.csv").open(encoding="utf-8", newline="") as file:
        return [
            Row(
                row["External ID"],
                row["Customer Phone"],
                row["Customer"],
                row["Title"].split(" #")[0],
                re.sub(r"<[^>]+>", "", row["Description"]).split("\n")[0],
            )
            for row in csv.DictReader(file)
        ]


def redmine_rows() -> list[Row]:
    """Return the 231 issues of the Redmine sample; 111 carry the number of a hand record."""
    with (SAMPLES / "redmine504" / "redmine_issues_zh.csv").open(encoding="gb18030", newline="") as file:
        return [
            Row(row["#"], row["来电号码"], "", row["主题"], row["描述"], row["手工记录编号"])
            for row in csv.DictReader(file)
            if row["手工记录编号"] != "a"  # a trial row of the export's maker, with nothing in it
        ]


def creme_rows() -> list[Row]:
    """Return the 150 tickets of the Creme sample: a title and no caller at all."""
    with (SAMPLES / "creme28" / "creme_tickets.csv").open(encoding="utf-8", newline="") as file:
        return [Row(row["Number"], "", "", row["Title"]) for row in csv.DictReader(file)]


def swapped(phone: str, draw: random.Random) -> str:
    """Return ``phone`` with two unlike neighbour digits swapped, as a hurried agent types it."""
    places = [
        at for at in range(3, len(phone) - 1) if phone[at : at + 2].isdigit() and phone[at] != phone[at + 1]
    ]
    at = draw.choice(places)
    return phone[:at] + phone[at + 1] + phone[at] + phone[at + 2 :]


def mistyped(phone: str, draw: random.Random) -> str:
    """Return ``phone`` with one wrong digit."""
    at = draw.choice([at for at in range(3, len(phone)) if phone[at].isdigit()])
    return phone[:at] + draw.choice([digit for digit in "0123456789" if digit != phone[at]]) + phone[at + 1 :]


SPELLINGS: dict[str, Callable[[str, random.Random], str]] = {
    "as_is": lambda phone, _: phone,
    "plus_86": lambda phone, _: "+86 " + phone.lstrip("0"),
    "full_width": lambda phone, _: phone.translate(FULL_WIDTH),
    "spaced": lambda phone, _: " ".join(re.findall(r"\d{1,4}", phone)),
    "swapped": swapped,
    "mistyped": mistyped,
    "missing": lambda _phone, _draw: "",
}
STATUSES = (
    "matched differs backfilled to_backfill duplicate ambiguous waived outside"
    " has_record crm_only recorded not_recorded abandoned turned_away"
).split()


def hand_records(rows: list[Row], seed: int, *, share: float = 0.6, absent: int = 20) -> Derived:
    """Return records of ``share`` of the rows in every spelling, ``absent`` of nobody's, and some doubles."""
    draw = random.Random(seed)
    derived = Derived()
    chosen = draw.sample(rows, int(len(rows) * share))
    for index, row in enumerate(chosen):
        case = draw.choice(list(SPELLINGS)) if row.phone else "as_is"
        number = row.number or f"A{seed}-{index:04d}"
        if number in derived.crm_of:
            continue
        record = {
            "number": number,
            "kind": "enquiry",
            "channel": "phone",
            "received_at": f"2026-03-0{1 + index % 3}T{8 + index % 9:02d}:{index % 60:02d}:00+08:00",
            "caller_name": row.name,
            "phone": SPELLINGS[case](row.phone, draw) if row.phone else "",
            "summary": row.title,
            "detail": row.detail,
            "station": "07",
            "agent": "8021",
        }
        derived.records.append(record)
        derived.crm_of[number] = row.id
        derived.case_of[number] = case
        if not row.number and row.phone and draw.random() < 0.05:
            twin = {**record, "number": f"B{seed}-{index:04d}", "station": "09", "agent": "8033"}
            derived.records.append(twin)
            derived.crm_of[twin["number"]] = row.id
            derived.case_of[twin["number"]] = case
            derived.double_of[twin["number"]] = number
    for index in range(absent):
        number = f"C{seed}-{index:04d}"
        derived.records.append(
            {
                "number": number,
                "kind": "complaint",
                "channel": "phone",
                "received_at": f"2026-03-02T{9 + index % 8:02d}:{(index * 7) % 60:02d}:00+08:00",
                "caller_name": draw.choice("欧阳 司马 上官 诸葛 慕容".split())
                + draw.choice("青 岚 越 舟 棠".split()),
                "phone": f"0571-5550{index:04d}",
                "summary": "暖气不热要求上门检查",
                "detail": f"第{index + 1}次来电，住三幢{index + 1}单元",
            }
        )
        derived.crm_of[number] = ""
        derived.case_of[number] = "absent"
    draw.shuffle(derived.records)
    return derived


def asterisk_calls() -> dict[str, tuple[str, str, str]]:
    """Return call id → (caller, start as logged, fate) of the Asterisk sample, told from its two files."""
    folder = SAMPLES / "asterisk16_dev"
    events: dict[str, set[str]] = {}
    for line in (folder / "queue_log").read_text("utf-8").splitlines():
        _, call, _, _, event, *_ = line.split("|")
        events.setdefault(call, set()).add(event)
    legs: dict[str, list[list[str]]] = {}
    with (folder / "Master.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.reader(file):
            legs.setdefault(row[16], []).append(row)
    calls = {}
    for call, rows in legs.items():
        told = events.get(call, set())
        ends = {row[14] for row in rows}
        if "CONNECT" in told:
            fate = "answered"
        elif told & {"EXITWITHTIMEOUT"} or ends & {"BUSY", "FAILED"} or ends == {"ANSWERED"}:
            fate = "turned_away"
        else:
            fate = "abandoned"
        calls[call] = (rows[0][1], rows[0][9], fate)
    return calls


def call_records(seed: int, *, share: float = 0.7) -> tuple[Derived, dict[str, str]]:
    """Return records of ``share`` of the answered calls and the truth: record number → call id."""
    draw = random.Random(seed)
    derived, call_of = Derived(), {}
    answered = [(call, told) for call, told in asterisk_calls().items() if told[2] == "answered"]
    for index, (call, (caller, start, _)) in enumerate(answered):
        if draw.random() > share:
            continue
        number = f"P{seed}-{index:04d}"
        plain = caller.removeprefix("+86").removeprefix("0") if "1312345" in caller else caller
        derived.records.append(
            {
                "number": number,
                "kind": "enquiry",
                "channel": "phone",
                "received_at": start[:17] + f"{min(59, int(start[17:]) + 2):02d}",
                "caller_name": "",
                "phone": SPELLINGS[draw.choice(["as_is", "full_width", "spaced"])](plain, draw),
                "summary": "咨询停水",
            }
        )
        call_of[number] = call
    return derived, call_of
