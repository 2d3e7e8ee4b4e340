"""What looks at the CRM come to."""

from __future__ import annotations

import pytest

from desktop_app.domain.crm_probe import Probe, Suggestion, Target, looked, target_of
from desktop_app.domain.errors import KnownError

NOTHING, OUTAGE, RECOVERY = Suggestion


@pytest.mark.parametrize(
    ("text", "target"),
    [
        ("https://crm.example/login?x=1", Target("https", "crm.example", 443, "/login?x=1")),
        (" http://crm.example:8080 ", Target("http", "crm.example", 8080, "/")),
        ("http://[::1]:8080/a", Target("http", "::1", 8080, "/a")),
        ("crm.example:8080", Target("tcp", "crm.example", 8080)),
        ("[::1]:22", Target("tcp", "::1", 22)),
    ],
)
def test_an_address(text: str, target: Target) -> None:
    assert target_of(text) == target


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "probe.address"),
        ("crm.example", "probe.address"),
        ("crm.example:0", "probe.address"),
        ("crm.example:65536", "probe.address"),
        ("crm.example:80:90", "probe.address"),
        ("ftp://crm.example/", "probe.address"),
        ("file:///etc/hosts", "probe.address"),
        ("http://crm.example:x/", "probe.address"),
        ("http://[::1/", "probe.address"),
        ("http:///x", "probe.address"),
        ("http://a b/", "probe.address"),
        ("http://a/\r\nHost: b", "probe.address"),
        ("x" * 301, "probe.address"),
        ("https://name:word@crm.example/", "probe.no_names"),
        ("name@crm.example:80", "probe.no_names"),
    ],
)
def test_what_is_no_address(text: str, code: str) -> None:
    with pytest.raises(KnownError) as refused:
        target_of(text)
    assert refused.value.code == code


# One letter a look: + answers, - does not. Told are the looks, from 1 on, after which something is suggested.
@pytest.mark.parametrize(
    ("looks", "known", "by_hand", "told"),
    [
        ("--", False, False, []),
        ("---", False, False, [(3, OUTAGE)]),
        ("--+---", False, False, [(6, OUTAGE)]),
        ("-------", False, False, [(3, OUTAGE)]),
        ("---+---", False, False, [(3, OUTAGE), (7, OUTAGE)]),
        ("----", True, False, []),
        ("++++", False, False, []),
        ("++++", True, False, []),
        ("+", True, True, []),
        ("++", True, True, [(2, RECOVERY)]),
        ("+++++", True, True, [(2, RECOVERY)]),
        ("+-++", True, True, [(4, RECOVERY)]),
        ("++-++", True, True, [(2, RECOVERY), (5, RECOVERY)]),
        ("-----", True, True, []),
    ],
)
def test_what_is_suggested(
    looks: str, known: bool, by_hand: bool, told: list[tuple[int, Suggestion]]
) -> None:
    probe, found = Probe(), []
    for place, look in enumerate(looks, 1):
        probe, what = looked(probe, look == "+", known=known, by_hand=by_hand)
        if what is not NOTHING:
            found.append((place, what))
    assert found == told


def test_what_was_seen_before_manual_mode_does_not_count() -> None:
    probe, _ = looked(Probe(), True, known=True, by_hand=False)
    probe, what = looked(probe, True, known=True, by_hand=True)
    assert what is NOTHING
    _, what = looked(probe, True, known=True, by_hand=True)
    assert what is RECOVERY


def test_an_outage_that_was_known_is_told_once_the_incident_is_gone() -> None:
    probe = Probe()
    for _ in range(4):
        probe, what = looked(probe, False, known=True, by_hand=False)
        assert what is NOTHING
    _, what = looked(probe, False, known=False, by_hand=False)
    assert what is OUTAGE
