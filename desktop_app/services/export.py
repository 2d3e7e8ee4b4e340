"""Handing a store's records to people and other programs as a file."""

from __future__ import annotations

from pathlib import Path

from desktop_app.exchange.record_files import write_records
from desktop_app.services.records import template_rows
from desktop_app.storage.store import Store
from desktop_app.words import Words


def export_records(store: Store, path: Path, words: Words) -> int:
    """Write every saved record to ``path`` in the language of ``words`` and return how many they are.

    Raises KnownError ``export.suffix`` or ``writing.*``; nothing is left half written.
    """
    return write_records(path, template_rows(store), words)
