"""A bundle read from its file at once; the program opens what it has read where it is merged."""

from __future__ import annotations

from pathlib import Path

from desktop_app.domain.bundles import Bundle
from desktop_app.domain.identities import Keys
from desktop_app.exchange.bundle_file import read_sealed
from desktop_app.exchange.bundles import open_bundle


def read_bundle(path: Path, keys: Keys) -> Bundle:
    return open_bundle(read_sealed(path), keys, path)
