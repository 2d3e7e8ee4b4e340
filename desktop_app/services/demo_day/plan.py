"""What one demo day is asked to be: its size, its seed and how often each thing goes wrong."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from random import Random

SECONDS_PER_CALL = 170
"""Talking, writing and a breath, on average: makes the outage long enough for its calls."""


@dataclass(frozen=True, slots=True)
class Rates:
    """How often each thing is planted: shares between 0 and 1 of what it can happen to."""

    # callers
    household: float = 0.12
    namesake: float = 0.08
    confusable_phone: float = 0.03
    repeat_caller: float = 0.08
    neighbours: float = 0.2
    anonymous: float = 0.04
    foreign_prefix: float = 0.08
    redial: float = 0.5
    direct_line: float = 0.08
    second_matter: float = 0.05
    # what agents wrote
    not_recorded: float = 0.05
    wrong_digit: float = 0.03
    swapped: float = 0.02
    digit_missing: float = 0.02
    phone_spelling: float = 0.3
    no_phone: float = 0.03
    homophone: float = 0.04
    title_only: float = 0.04
    no_name: float = 0.04
    address_spelling: float = 0.6
    no_address: float = 0.15
    late: float = 0.1
    paper: float = 0.08
    double_here: float = 0.04
    double_elsewhere: float = 0.04
    other_channel: float = 0.06
    twin_namesakes: float = 0.01
    twin_anonymous: float = 0.01
    # what the CRM holds
    to_backfill: float = 0.12
    number_column: float = 0.45
    number_in_text: float = 0.25
    number_typo: float = 0.02
    number_pasted: float = 0.01
    occurred_column: float = 0.6
    from_customer_master: float = 0.4
    differs: float = 0.1
    crm_only: float = 0.04
    older_rows: float = 0.15
    # what the PBX logged
    outbound: float = 0.06
    outside: float = 0.05
    log_in_utc: float = 0.25


@dataclass(frozen=True, slots=True)
class Plan:
    """A demo day, the same for the same plan. ``calls`` are inbound and placed while the CRM is down."""

    calls: int = 500
    stations: int = 5
    seed: int = 1
    rates: Rates = field(default_factory=Rates)

    def stream(self, name: str) -> Random:
        """Return the random numbers of one part of the day, untouched by what other parts draw."""
        return Random(f"{self.seed}/{name}")  # noqa: S311 - invented people, not secrets

    @property
    def start(self) -> datetime:
        """When the CRM went down (UTC); the minute varies with the seed."""
        minute = self.stream("start").randrange(0, 120)
        return datetime(2026, 3, 5, 0, 30, tzinfo=UTC) + timedelta(minutes=minute)

    @property
    def length(self) -> timedelta:
        """How long it was down: two to eight hours, by what the stations can take."""
        needed = self.calls * SECONDS_PER_CALL / max(1, self.stations)
        return timedelta(seconds=min(max(needed, 2 * 3600), 8 * 3600))

    @property
    def end(self) -> datetime:
        """When it was back (UTC)."""
        return self.start + self.length

    def station(self, index: int) -> str:
        """Return the station code of the agent ``index``, counted from 0."""
        return f"{index + 1:0{max(2, len(str(self.stations)))}d}"

    def staff_number(self, index: int) -> str:
        """Return the staff number of the agent ``index``, counted from 0."""
        return str(8021 + index)
