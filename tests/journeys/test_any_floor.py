"""Any order, any repetition, any loss: leads come to the same whole, and nothing is silently overwritten."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule, run_state_machine_as_test

from desktop_app.domain.identity import Subject
from tests.any_floor import COPY, AnyFloor, Warm, warm
from tests.places import LEADS, STATIONS, STRANGER, Place

NOW = datetime(2026, 12, 28, 4, 0, tzinfo=UTC)
STEPS = 25
ANYBODY = st.sampled_from((*STATIONS, *LEADS, STRANGER))
PAIRED = st.sampled_from((*STATIONS, *LEADS))
LEAD = st.sampled_from(LEADS)
WHICH = st.integers(0, 11)
FILES = st.lists(st.integers(0, 11), min_size=1, max_size=4)
ON_COPY = st.booleans()


@pytest.fixture(scope="session")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Warm:
    return warm(tmp_path_factory.mktemp("floor"), NOW)


class Machine(RuleBasedStateMachine):
    """People write, hand in, lose, restore and merge; in the end everybody hears everybody."""

    def __init__(self, begun: Warm, root: Path) -> None:
        super().__init__()
        self.floor = AnyFloor.begin(begun, root)

    def at(self, code: str, *, copy: bool = False) -> Place:
        return self.floor.at(f"{code}{COPY}" if copy else code)

    def checked(self, place: Place) -> None:
        self.floor.ledger.check_place(place)

    @rule(code=ANYBODY, promised=st.booleans(), copy=ON_COPY)
    def log(self, code: str, promised: bool, copy: bool) -> None:
        self.floor.log(place := self.at(code, copy=copy), promised=promised)
        self.checked(place)

    @rule(code=PAIRED, copy=ON_COPY)
    def start(self, code: str, copy: bool) -> None:
        self.floor.start(self.at(code, copy=copy))

    @rule(code=PAIRED, which=WHICH, how=st.sampled_from(("save", "keep", "discard")), copy=ON_COPY)
    def finish(self, code: str, which: int, how: str, copy: bool) -> None:
        self.floor.finish(place := self.at(code, copy=copy), which, how)
        self.checked(place)

    @rule(code=PAIRED, which=WHICH)
    def undo(self, code: str, which: int) -> None:
        self.floor.undo(place := self.at(code), which)
        self.checked(place)

    @rule(code=PAIRED, which=WHICH, name=st.sampled_from(("summary", "address")), copy=ON_COPY)
    def correct(self, code: str, which: int, name: str, copy: bool) -> None:
        self.floor.correct(place := self.at(code, copy=copy), which, name)
        self.checked(place)

    @rule(code=st.sampled_from(STATIONS), lead=LEAD, which=WHICH, then=st.sampled_from(("wait", "decide")))
    def correct_apart(self, code: str, lead: str, which: int, then: str) -> None:
        """Two people correct one field without seeing each other."""
        self._apart(
            code, lead, which, lambda place, subject: self.floor.correct_one(place, subject, "summary")
        )
        if then == "decide":
            self.floor.decide(self.at(lead), which, taking_back=False)
            self.checked(self.at(lead))

    @rule(
        code=st.sampled_from(STATIONS),
        lead=LEAD,
        which=WHICH,
        then=st.sampled_from(("wait", "purge", "open")),
    )
    def purge_apart(self, code: str, lead: str, which: int, then: str) -> None:
        """A lead purges what a station corrects meanwhile."""
        self._apart(code, lead, which, self.floor.purge_one)
        if then != "wait":
            self.floor.late(self.at(lead), reopening=then == "open")
            self.checked(self.at(lead))

    def _apart(self, code: str, lead: str, which: int, do: Callable[[Place, Subject], None]) -> None:
        place, other = self.at(code), self.at(lead)
        if known := self.floor.records_at(place):
            subject = known[which % len(known)]
            self.floor.correct_one(place, subject, "summary")
            if subject in self.floor.records_at(other):
                do(other, subject)
            self.floor.hand_in(place, everything=False)
            self.floor.take_all(other)
            self.checked(other)

    @rule(code=PAIRED, which=WHICH)
    def look(self, code: str, which: int) -> None:
        self.floor.look(self.at(code), which)

    @rule(code=PAIRED, lead=LEAD, which=WHICH, name=st.sampled_from(("summary", "address")))
    def correct_late(self, code: str, lead: str, which: int, name: str) -> None:
        """Somebody types while a lead's change of the same field comes in."""
        place, other = self.at(code), self.at(lead)
        if known := self.floor.records_at(place):
            subject = known[which % len(known)]
            self.floor.look(place, which)
            if subject in self.floor.records_at(other):
                self.floor.correct_one(other, subject, name)
                self.floor.hand_in(other, everything=False)
            self.floor.take_all(place)
            self.floor.correct_one(place, subject, name)
            self.checked(place)

    @rule(code=PAIRED, which=WHICH)
    def void(self, code: str, which: int) -> None:
        self.floor.void(place := self.at(code), which)
        self.checked(place)

    @rule(lead=LEAD, which=WHICH, state=st.sampled_from(("assigned", "withdrawn")))
    def step(self, lead: str, which: int, state: str) -> None:
        self.floor.step(self.at(lead), which, state)
        self.checked(self.at(lead))

    @rule(lead=LEAD, which=WHICH, taking_back=st.booleans())
    def decide(self, lead: str, which: int, taking_back: bool) -> None:
        self.floor.decide(self.at(lead), which, taking_back=taking_back)
        self.checked(self.at(lead))

    @rule(lead=LEAD, which=WHICH, name=st.sampled_from(("findings", "supervisor_decision")))
    def find(self, lead: str, which: int, name: str) -> None:
        self.floor.correct(self.at(lead), which, name)
        self.checked(self.at(lead))

    @rule(lead=LEAD, which=WHICH, what=st.sampled_from(("waive", "join", "add_person")))
    def administer(self, lead: str, which: int, what: str) -> None:
        if what == "waive":
            self.floor.waive(self.at(lead))
        elif what == "join":
            self.floor.join(self.at(lead), which)
        else:
            self.floor.add_person(self.at(lead))

    @rule(lead=LEAD, which=WHICH)
    def purge(self, lead: str, which: int) -> None:
        self.floor.purge(self.at(lead), which)
        self.checked(self.at(lead))

    @rule(lead=LEAD, reopening=st.booleans())
    def late(self, lead: str, reopening: bool) -> None:
        self.floor.late(self.at(lead), reopening=reopening)
        self.checked(self.at(lead))

    @rule(code=ANYBODY, everything=st.booleans(), copy=ON_COPY)
    def hand_in(self, code: str, everything: bool, copy: bool) -> None:
        self.floor.hand_in(self.at(code, copy=copy), everything=everything)

    @rule(code=PAIRED)
    def clean_up(self, code: str) -> None:
        self.floor.clean_up(self.at(code))

    @rule(code=PAIRED, which=FILES, copy=ON_COPY)
    def merge(self, code: str, which: list[int], copy: bool) -> None:
        if found := self.floor.bundles():
            place = self.at(code, copy=copy)
            self.floor.merge(place, [found[one % len(found)] for one in which])
            self.checked(place)

    @rule(code=PAIRED, copy=ON_COPY)
    def merge_all(self, code: str, copy: bool) -> None:
        self.floor.take_all(place := self.at(code, copy=copy))
        self.checked(place)

    @rule(code=PAIRED, after=st.integers(1, 6))
    def stop(self, code: str, after: int) -> None:
        place = self.at(code)
        self.floor.stop(place, self.floor.bundles(), after)
        self.checked(place)

    @rule(which=WHICH)
    def lose(self, which: int) -> None:
        if found := self.floor.bundles():
            found[which % len(found)].unlink()

    @rule(lead=LEAD, which=WHICH, at=st.integers(0, 20_000), cutting=st.booleans())
    def spoil(self, lead: str, which: int, at: int, cutting: bool) -> None:
        if found := self.floor.bundles():
            self.floor.spoil(self.at(lead), found[which % len(found)], at, cutting=cutting)

    @rule(lead=LEAD)
    def drill(self, lead: str) -> None:
        self.floor.merge(self.at(lead), [self.floor.drill])

    @rule(lead=LEAD)
    def meet(self, lead: str) -> None:
        self.floor.meet(self.at(lead))
        self.checked(self.at(lead))

    @rule(code=PAIRED)
    def back_up(self, code: str) -> None:
        self.floor.back_up(self.at(code))

    @rule(code=PAIRED, which=WHICH)
    def put_back(self, code: str, which: int) -> None:
        self.floor.put_back(place := self.at(code), which)
        self.checked(place)

    @rule(code=st.sampled_from(STATIONS))
    def copy(self, code: str) -> None:
        self.floor.copy(self.at(code))

    def teardown(self) -> None:
        try:
            if sys.exc_info()[0] is None:
                self.floor.heal()
        finally:
            self.floor.close()


def run(begun: Warm, folder: Path, runs: int, *, told: int = 0, same: bool = False) -> None:
    """Run the machine so often; with ``told`` say how far it is after so many, and take time to shrink.

    ``same``: every time the same histories. What nobody has seen yet is for the long form to find, not for
    somebody who changed a word.
    """
    made, since = count(1), time.monotonic()

    def machine() -> Machine:
        turn = next(made)
        if told and turn % told == 0:
            print(f"run {turn}: {(time.monotonic() - since) / turn:.2f} s each", flush=True)
        return Machine(begun, folder / f"run{turn}")

    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=runs,
            stateful_step_count=STEPS,
            deadline=None,
            database=None,
            derandomize=same,
            print_blob=True,
            phases=[Phase.generate, Phase.shrink] if told else [Phase.generate],
            suppress_health_check=list(HealthCheck),
        ),
    )


def test_any_floor(begun: Warm, tmp_path: Path) -> None:
    run(begun, tmp_path, 12, same=True)


@pytest.mark.soak
@pytest.mark.timeout(0)
def test_any_floor_for_long(begun: Warm, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with capsys.disabled():
        run(begun, tmp_path, int(os.environ.get("FALLBACK_DESK_FLOORS", "2000")), told=10)
