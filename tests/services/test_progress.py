import pytest

from desktop_app.services.progress import Cancelled, Progress


def test_steps_are_told_until_it_is_stopped() -> None:
    told: list[tuple[str, int, int]] = []
    progress = Progress(lambda *step: told.append(step))
    progress.tell("reading", 1, 2)
    progress.check()
    progress.stop()
    with pytest.raises(Cancelled):
        progress.tell("reading", 2, 2)
    with pytest.raises(Cancelled):
        progress.check()
    assert told == [("reading", 1, 2)]
