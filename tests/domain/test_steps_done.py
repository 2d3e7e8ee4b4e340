"""What was done of a playbook is a line that people read and the program finds again."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.domain.steps_done import Done, as_text, done_now, read_done

ZONE = ZoneInfo("Asia/Shanghai")
TITLES = st.text(st.characters(exclude_categories=("Cs",)), min_size=1, max_size=40).filter(str.split)


@given(st.lists(TITLES, max_size=5))
def test_lines_are_read_back_whatever_a_title_says(titles: list[str]) -> None:
    done = [Done("10:04:12", " ".join(title.split()), "lift", f"step{n}") for n, title in enumerate(titles)]
    assert list(read_done(as_text(done))) == done


@pytest.mark.parametrize(
    "text", ["", "what a person typed", "10:04:12 no key", "25 [a/b]", "10:04:12 t [a b/c]"]
)
def test_what_is_no_such_line_is_passed_over(text: str) -> None:
    assert read_done(text) == ()


def test_a_call_past_midnight_counts_on() -> None:
    since = datetime(2026, 3, 20, 15, 59, 30, tzinfo=UTC)
    done = done_now("Ring", "lift", "ring", since + timedelta(minutes=2), ZONE)
    assert done.at == "00:01:30"
    assert done.after(since, ZONE) == timedelta(minutes=2)
