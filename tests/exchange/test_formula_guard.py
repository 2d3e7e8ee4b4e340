from hypothesis import given
from hypothesis import strategies as st

from desktop_app.exchange.formula_guard import guarded, unguarded


@given(st.text(st.sampled_from("'=+-@\t\ra1 ")))
def test_what_was_guarded_comes_back(text: str) -> None:
    assert unguarded(guarded(text)) == text
    assert guarded(text)[:1] not in {"=", "+", "-", "@", "\t", "\r"}


def test_only_our_guard_is_taken_off() -> None:
    assert unguarded("'=1+1") == "=1+1"
    for text in ("'tis", "'", "''", "it's", "=1", "+86 131 2345 0003"):
        assert unguarded(text) == text
