"""A language 35 % longer than any real one, so that windows are tried with words nobody has written yet."""

from __future__ import annotations

import re
from collections.abc import Mapping

from desktop_app.words import Language, Words

LONGER = 0.35
_ACCENTS = str.maketrans("aeiouAEIOU", "áéíóúÁÉÍÓÚ")
_KEPT = re.compile(r"(\{[^{}]*\}|&&|&.)")
"""Placeholders and letters of Alt-keys are no words."""


class PseudoWords(Words):
    """The words of a language in brackets, with accents and a third more of them."""

    def table(self, section: str) -> Mapping[str, str]:
        return {code: longer(words, self.language) for code, words in super().table(section).items()}

    def _find(self, code: str) -> str:
        return longer(super()._find(code), self.language)


def longer(text: str, language: Language) -> str:
    """Return ``text`` padded; what stands in it for something else stays."""
    if not text:
        return text
    more = max(1, round(len(_KEPT.sub("", text)) * LONGER))
    padding = "加长" if language == "zh" else "õne twõ "
    accented = "".join(
        part if _KEPT.fullmatch(part) else part.translate(_ACCENTS) for part in _KEPT.split(text)
    )
    return f"[{accented}{(padding * more)[: max(0, more - 2)]}]"
