"""What a reader has to say about a file it could read: a code for the words and its details."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Note:
    """One remark; its words are ``note.<code>``. ``details`` fill their placeholders."""

    code: str
    details: Mapping[str, str] = field(default_factory=dict)
