"""How a demo day reaches its leads: every station hands in twice, one bundle comes late by stick, two merge.

Each lead merges in an order of its own, one of them some bundles twice. What both have to find is planted:
the numbers that are missing until the stick comes, a field that two people changed apart, and the same state
at both in the end.
"""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from desktop_app.domain.bundles import SUFFIX, Result
from desktop_app.domain.record_options import Outcome
from desktop_app.exchange.bundles import read_header
from desktop_app.services.demo_day.plan import Plan
from desktop_app.services.handin import hand_in
from desktop_app.services.merge import BundleResult, Merged, merge_bundles
from desktop_app.services.pairing import accept, own
from desktop_app.services.record_changes import correct
from desktop_app.storage.store import Store

FIELD = "outcome"
"""What two people change apart: nothing that is compared with the CRM."""
_STEP = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Reached:
    """What merging found against what was planted.

    ``late``: the numbers planted to be missing until the stick came, ``missing`` those that the lead named
    then, ``left`` those missing in the end. ``planted`` and ``conflicts``: record number and field.
    ``hashes`` are those of both leads; ``results`` what became of every bundle at both.
    """

    late: tuple[str, ...]
    missing: tuple[str, ...]
    left: tuple[str, ...]
    planted: tuple[tuple[str, str], ...]
    conflicts: tuple[tuple[str, str], ...]
    hashes: tuple[str, str]
    results: tuple[BundleResult, ...]

    @property
    def passed(self) -> bool:
        """Whether merging found exactly what was planted."""
        refused = any(one.result in (Result.REFUSED, Result.QUARANTINED) for one in self.results)
        return (
            self.missing == self.late
            and not self.left
            and self.conflicts == self.planted
            and len(set(self.hashes)) == 1
            and not refused
        )

    def as_told(self) -> dict[str, int]:
        """Return how many bundles were merged, numbers found missing meanwhile, and conflicts found."""
        merged = sum(one.result is Result.MERGED for one in self.results)
        return {"bundles": merged, "missing": len(self.missing), "conflicts": len(self.conflicts)}

    def as_json(self) -> dict[str, object]:
        """Return the members of ``found.merge`` in the demo's JSON."""
        counts = {result.value: 0 for result in Result}
        for one in self.results:
            counts[one.result.value] += 1
        return {
            "bundles": counts,
            "missing": {"planted": list(self.late), "found": list(self.missing), "left": list(self.left)},
            "conflicts": [{"number": number, "field": field} for number, field in self.conflicts],
            "conflicts_planted": len(self.planted),
            "state_hash": self.hashes[0],
            "same_at_both_leads": len(set(self.hashes)) == 1,
        }


def pair(stations: Sequence[Store], leads: Sequence[Store], now: datetime) -> None:
    """Let everybody and the leads accept each other, as two people do who compare the codes."""
    for lead in leads:
        for other in (*stations, *leads):
            if other is not lead:
                accept(other, own(lead), now=now)
                accept(lead, own(other), now=now)


class Exchange:
    """The share, the stick, and what lies on them; leads are two."""

    def __init__(self, folder: Path, plan: Plan, stations: Sequence[Store], leads: Sequence[Store]) -> None:
        self._share, self._stick, self._plan = folder / "share", folder / "stick", plan
        self._stations, self._leads = stations, leads
        self._results: list[BundleResult] = []
        for made in (self._share, self._stick):
            made.mkdir()

    def hand_in(self, now: datetime) -> None:
        """Let every station put what is new into the share."""
        for store in self._stations:
            hand_in(store, self._share, now=now, everything=False)

    def collect(self, numbers_late: Sequence[str], record: tuple[str, str] | None) -> Reached:
        """Let both leads merge everything there is.

        ``numbers_late`` are what the last station had handed in first: that bundle comes by stick.
        ``record`` is the id and the number of one of its records, which it and a lead correct apart.
        """
        now, chance = self._plan.end, self._plan.stream("handing in")
        lying = self._lying()
        of_last = _bundles_of(self._stations[-1], lying)
        first_of_last = of_last[0]
        # Only what it handed in afterwards tells that something is missing.
        numbers_late = numbers_late if len(of_last) > 1 else ()
        late = Path(shutil.move(first_of_last, self._stick))
        lying.remove(first_of_last)
        lead, second = self._leads
        chance.shuffle(lying)
        without = self._merge(lead, [*lying, *lying[: len(lying) // 2]], now)
        chance.shuffle(lying)
        self._merge(second, [late, *lying], now)
        self._merge(lead, [late], now + _STEP)
        planted: tuple[tuple[str, str], ...] = ()
        if record is not None:
            self._change_apart(record[0], now + 2 * _STEP)
            planted = ((record[1], FIELD),)
        first, other = self._even_out(now + 3 * _STEP)
        return Reached(
            tuple(sorted(numbers_late)),
            _named(without),
            _named(first),
            planted,
            first.conflicts,
            (first.state_hash, other.state_hash),
            tuple(self._results),
        )

    def _change_apart(self, record: str, now: datetime) -> None:
        for store, outcome in (
            (self._leads[0], Outcome.ANSWERED),
            (self._stations[-1], Outcome.SIGNED_FIRST),
        ):
            changes: dict[str, str] = {FIELD: outcome.value}
            correct(store, record, changes, reason="核对录音", now=now)

    def _even_out(self, now: datetime) -> tuple[Merged, Merged]:
        """Let the last station hand in and the leads give each other what they have; say where they stand."""
        lead, second = self._leads
        before = set(self._lying())
        hand_in(self._stations[-1], self._share, now=now, everything=False)
        hand_in(lead, self._share, now=now + _STEP, everything=False)
        other = self._merge(second, [file for file in self._lying() if file not in before], now + 2 * _STEP)
        hand_in(second, self._share, now=now + 2 * _STEP, everything=False)
        first = self._merge(lead, [file for file in self._lying() if file not in before], now + 3 * _STEP)
        return first, other

    def _lying(self) -> list[Path]:
        return sorted(self._share.glob(f"*{SUFFIX}"))

    def _merge(self, lead: Store, files: Sequence[Path], now: datetime) -> Merged:
        me = own(lead).store
        meant = [file for file in files if me in read_header(file).recipients]
        merged = merge_bundles(lead, meant, now=now, by="folder")
        self._results += merged.bundles
        return merged


def _bundles_of(store: Store, files: Sequence[Path]) -> list[Path]:
    """Return the store's own among bundles, the first of them first."""
    me = own(store).store
    mine = [file for file in files if read_header(file).store == me]
    return sorted(mine, key=lambda file: [int(part) for part in file.stem.split("-")[1:]])


def _named(merged: Merged) -> tuple[str, ...]:
    return tuple(sorted(str(number) for numbers in merged.missing.values() for number in numbers))
