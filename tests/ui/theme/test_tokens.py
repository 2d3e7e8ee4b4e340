"""Contrast of every pair of colours the window puts on each other (WCAG 2.2: 1.4.3 text, 1.4.11 edges)."""

import re
from dataclasses import fields

import pytest

from desktop_app.paths import resources
from desktop_app.ui.theme.sheet import kind_colours, tones_of
from desktop_app.ui.theme.tokens import DARK, LIGHT, Tokens

TEXT, EDGE = 4.5, 3.0
BOTH = pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])

ON_CARDS = (
    "text",
    "muted",
    "placeholder",
    "accent",
    "ok",
    "warn",
    "urgent",
    "complaint",
    "abnormal",
    "media",
)


def luminance(colour: str) -> float:
    shares = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def test_the_measure_is_the_standard_one():
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast(LIGHT.text, LIGHT.surface) == pytest.approx(16.6, abs=0.05)


@BOTH
def test_text_can_be_read_on_everything_it_lies_on(tokens: Tokens):
    pairs = [(name, ground) for name in ON_CARDS for ground in ("surface", "hover", "stripe")]
    pairs += [("text", "window"), ("muted", "window"), ("text", "selection"), ("muted", "selection")]
    pairs += [
        ("on_accent", "accent"),
        ("on_strip", "strip"),
        ("on_strip", "strip_here"),
        ("strip_ok", "strip"),
    ]
    pairs += [("text", f"{tone}_tint") for tone in ("ok", "warn", "urgent", "complaint")]
    weak = {
        pair: found
        for pair in pairs
        if (found := contrast(getattr(tokens, pair[0]), getattr(tokens, pair[1]))) < TEXT
    }
    assert not weak


@BOTH
def test_tones_can_be_read_on_their_tints(tokens: Tokens):
    assert {tone: found for tone, pair in tones_of(tokens).items() if (found := contrast(*pair)) < TEXT} == {}


@BOTH
def test_the_colour_of_a_kind_carries_the_card_s_colour_as_text(tokens: Tokens):
    for colour in kind_colours(tokens).values():
        assert contrast(colour, tokens.surface) >= TEXT


@BOTH
def test_icons_and_rings_are_seen_on_what_is_selected(tokens: Tokens):
    colours = {*kind_colours(tokens).values(), *(text for text, _tint in tones_of(tokens).values())}
    weak = {one: found for one in colours if (found := contrast(one, tokens.selection)) < EDGE}
    assert not weak


@BOTH
def test_edges_of_fields_and_the_focus_ring_are_seen(tokens: Tokens):
    for ground in (tokens.surface, tokens.window):
        assert contrast(tokens.field_border, ground) >= EDGE
        assert contrast(tokens.accent, ground) >= EDGE
    assert contrast(tokens.accent, tokens.field_border) >= 1.5, "a ring that looks like the edge it replaces"
    assert contrast(tokens.strip_line, tokens.strip) >= EDGE


@BOTH
def test_colours_are_written_alike_and_arrows_carry_the_theme_s_colour(tokens: Tokens):
    for field in fields(tokens):
        if field.name != "name":
            assert re.fullmatch("#[0-9A-F]{6}", getattr(tokens, field.name)), field.name
    for way in ("up", "down"):
        assert tokens.muted in (resources() / "icons" / f"arrow-{way}-{tokens.name}.svg").read_text()
    assert tokens.on_accent in (resources() / "icons" / f"tick-{tokens.name}.svg").read_text()
