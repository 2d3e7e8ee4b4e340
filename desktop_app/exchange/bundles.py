"""Bundles as files: what a store hands to others, encrypted to them and signed (JOURNAL, keys)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from desktop_app.domain.bundles import MOST_BYTES, MOST_ENTRIES, MOST_RECIPIENTS, SUFFIX, Bundle
from desktop_app.domain.errors import Damaged
from desktop_app.domain.identities import Identity, Keys
from desktop_app.exchange.bundle_file import Header, SealedBundle, read_sealed, seal, unseal
from desktop_app.exchange.bundle_lines import read_lines, write_lines
from desktop_app.exchange.shared_files import put_file


def write_bundle(folder: Path, bundle: Bundle, keys: Keys, recipients: Sequence[Identity]) -> Path:
    """Write a bundle for these stores into ``folder`` and return where it lies; nothing is written over.

    ``keys`` are those of the manifest's store; what ``bundle.recipients`` says is not asked. Raises
    KnownError ``sharing.unwritable`` where the folder is gone, full or locked. Whoever makes a bundle keeps
    to ``MOST_ENTRIES`` and ``MOST_BYTES`` (``bundle_lines.entry_line``); more is a ValueError.
    """
    content = write_lines(bundle)
    if bundle.entry_count > MOST_ENTRIES or len(content) > MOST_BYTES:
        raise ValueError("too much for a bundle")
    if not 0 < len(recipients) <= MOST_RECIPIENTS:
        raise ValueError("for nobody, or too many")
    sealed = seal(content, bundle.entry_count, bundle.manifest.identity, keys, recipients)
    return put_file(folder, bundle_name(bundle), sealed)


def bundle_name(bundle: Bundle) -> str:
    """Return ``<writer 8 hex>-<first>-<last>.handin``: the sender's newest life that has entries in it.

    A bundle without an entry of the sender is ``-0-0``: it carries a receipt, or what others wrote.
    """
    lives = bundle.manifest.lives
    for writer in reversed(lives):
        runs = [run.entries for run in bundle.runs if run.writer == writer]
        if runs:
            return f"{writer[:8]}-{runs[0][0].entry.seq}-{runs[-1][-1].entry.seq}{SUFFIX}"
    return f"{lives[-1][:8]}-0-0{SUFFIX}"


def read_header(path: Path) -> Header:
    """Return what a bundle says of itself, once the file is found whole and signed; see ``read_sealed``."""
    return read_sealed(path).header


def open_bundle(sealed: SealedBundle, keys: Keys, path: Path) -> Bundle:
    """Return the bundle in a file that was read already; ``path`` is named in errors.

    Raises KnownError ``bundles.not_for_us``, and Damaged ``bundles.content`` where what was signed is not
    sound: not one entry of such a bundle is given out.
    """
    header = sealed.header
    content = unseal(sealed, keys, path)
    return checked(sealed, path, lambda: read_lines(content, header.entries, header.recipients))


def checked(sealed: SealedBundle, path: Path, read: Callable[[], Bundle]) -> Bundle:
    """Return what ``read`` makes of the content, if its sender has sealed it; else as ``open_bundle``."""
    header = sealed.header
    try:
        bundle = read()
    except Damaged as problem:
        raise Damaged("bundles.content", file=path) from problem
    sender = bundle.manifest.identity
    # Inside what is encrypted, so that nobody who cannot read it can sign it as their own.
    if (sender.store, sender.sign, sender.drill) != (header.store, header.sign, header.drill):
        raise Damaged("bundles.content", file=path)
    return bundle
