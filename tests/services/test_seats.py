from pathlib import Path

import pytest

from desktop_app.domain.roles import Role
from desktop_app.services.seats import Seat, seat_of
from tests.stores import new_store


@pytest.mark.parametrize("drill", [False, True])
def test_who_works_where(tmp_path: Path, drill: bool) -> None:
    with new_store(tmp_path / "store", station="12", drill=drill) as store:
        assert seat_of(store) == Seat("8021", "8021", Role.AGENT, "12", drill)
