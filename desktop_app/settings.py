"""What a site may set: zone, retention. Defaults hold where ``policy.toml`` is silent."""

from __future__ import annotations

from dataclasses import dataclass

DEFAULT_ZONE = "Asia/Shanghai"


@dataclass(frozen=True, slots=True)
class Settings:
    """A site's settings. ``zone`` is the IANA name in which times without an offset are read."""

    zone: str = DEFAULT_ZONE
