"""One entry never mixes what agent stations may not see with what all may."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.domain.entries import Change, Payload
from desktop_app.domain.fields import RESTRICTED
from desktop_app.domain.restricted import is_restricted, split

NAMES = st.sets(st.sampled_from([*sorted(RESTRICTED), "summary", "remedy", "state"]))


def payload(*names: str) -> Payload:
    return Payload({name: Change((), "x") for name in names})


@pytest.mark.parametrize(
    ("names", "restricted"),
    [
        ((), False),
        (("summary", "remedy"), False),
        (("findings",), True),
        (("findings", "named_agent"), True),
        (("findings", "remedy"), True),
    ],
)
def test_payloads(names: tuple[str, ...], restricted: bool) -> None:
    assert is_restricted(payload(*names)) is restricted


@given(NAMES)
def test_split_values_never_mix(names: set[str]) -> None:
    shared, kept = split(dict.fromkeys(names, "x"))
    assert {**shared, **kept} == dict.fromkeys(names, "x")
    assert not is_restricted(payload(*shared))
    assert all(is_restricted(payload(name)) for name in kept), "or what all may see were withheld with it"
    assert is_restricted(payload(*kept)) is bool(kept)
