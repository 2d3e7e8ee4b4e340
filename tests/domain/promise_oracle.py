"""What promises come to, told from values alone, to compare with what the program says."""

from __future__ import annotations

from desktop_app.domain.identity import Subject, SubjectKind
from tests.domain.journals import RECORD, Station

ENDED = {"done", "withdrawn", "carried_over"}


def promise(name: str = "p1") -> Subject:
    return Subject(SubjectKind.PROMISE, name)


def ledger_oracle(station: Station, names: list[str]) -> bool:
    """Whether any promise stands open, told from values alone: none ends but by a word that says so."""
    states = {name: station.state(promise(name)) for name in names}
    records = station.state(RECORD)

    def ended(name: str, *also: str) -> bool:
        state = states[name]
        told = [one for one in state.values("state") if one not in also]
        good = {"done"}
        if state.text("end_reason"):
            good.add("withdrawn")
        if state.text("crm_owner") and records.text("crm_id"):
            good.add("carried_over")
        return bool(told or also) and all(one in good for one in told)

    def merged(name: str) -> bool:
        """In conflict of merged with an ending, the merge counts as the less finished."""
        told = set(states[name].values("state"))
        return "merged" in told and told <= {"merged", *ENDED}

    def peers(name: str) -> set[str]:
        near, grown = {name}, True
        while grown:
            linked = {
                other
                for one in names
                for item in states[one].lists.get("merged_with", ())
                for pair in ((one, item.value), (item.value, one))
                for other in pair[1:]
                if pair[0] in near
            }
            grown = not linked <= near
            near |= linked
        return near

    alive = [name for name in names if states[name].values("state")]
    for name in alive:
        if merged(name):
            targets = [other for other in peers(name) if other in alive and not merged(other)]
            if not targets or not all(ended(other) for other in targets) or not ended(name, "merged"):
                return True
        elif not ended(name):
            return True
    return False
