"""Label texts with an accelerator, ``号码(&P)``, and what they are called without it."""

from __future__ import annotations


def bare(text: str) -> str:
    """Return a label's words without its mnemonic: ``号码(&P)`` → 号码, ``&Phone`` → Phone."""
    start = text.find("(&")
    if start >= 0 and text[start + 3 : start + 4] == ")":
        text = text[:start] + text[start + 4 :]
    return text.replace("&&", "\0").replace("&", "").replace("\0", "&").strip()
