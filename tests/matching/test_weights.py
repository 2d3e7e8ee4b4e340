"""Every reason that matching can give has words."""

from desktop_app.matching.weights import M_PRIOR
from desktop_app.words import LANGUAGES, Words

FIELD_OF = {"created": "time", "day": "time"}


def test_every_level_has_words_in_both_languages() -> None:
    codes = {f"{FIELD_OF.get(field, field)}_{level}" for field, levels in M_PRIOR.items() for level in levels}
    codes |= {"same_call", "same_moment", "claimed_twice", "maybe_duplicate"}
    for language in LANGUAGES:
        words = Words(language)
        assert [code for code in sorted(codes) if not words.has(f"reason.{code}")] == []
