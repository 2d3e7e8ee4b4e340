"""The secret of this PC, kept by the operating system's key store; there may be none (safety.md §4).

A PIN is only strong together with it: a stolen disk holds the wrapped keys but not this secret. Where there
is no key store, the PIN itself has to be long; a plain file is never used instead.
"""

from __future__ import annotations

import base64
import secrets
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from desktop_app.storage.lock import file_lock
from desktop_app.storage.sharing import make_folder

SERVICE = "fallback-desk"
SECRET_NAME = "device-secret"  # noqa: S105 - the name under which it is kept
LENGTH = 32
_PROBE_NAME = "probe"
TIME_LIMIT = 5.0
"""Seconds after which a key store that does not answer (it may be asking on a screen) counts as none."""


class KeyStore(Protocol):
    """What is used of the operating system's key store."""

    def get_password(self, service: str, username: str) -> str | None: ...  # noqa: D102 - keyring tells
    def set_password(self, service: str, username: str, password: str) -> None: ...  # noqa: D102 - keyring tells
    def delete_password(self, service: str, username: str) -> None: ...  # noqa: D102 - keyring tells


def device_secret(folder: Path, *, create: bool, time_limit: float = TIME_LIMIT) -> bytes | None:
    """Return this PC's 32-byte secret, or None where there is no usable key store or no secret in it.

    With ``create`` one is made where there is none. ``folder`` is the data folder: a lock there keeps two
    first starts from making two secrets.
    """
    if not create:
        return _answer_within(time_limit, lambda: _read(_key_store()))
    make_folder(folder)
    with file_lock(folder / "device.lock", wait=time_limit) as taken:
        return _answer_within(time_limit, _read_or_make) if taken else None


def _answer_within(seconds: float, ask: Callable[[], bytes | None]) -> bytes | None:
    from keyring.errors import KeyringError

    answers: list[bytes | None] = []

    def work() -> None:
        try:
            answers.append(ask())
        except (KeyringError, RuntimeError, OSError):
            answers.append(None)

    worker = threading.Thread(target=work, name="key-store", daemon=True)
    worker.start()
    worker.join(seconds)
    return answers[0] if answers else None


def _key_store() -> KeyStore | None:
    import keyring

    store = keyring.get_keyring()
    parts = [store, *getattr(store, "backends", [])]
    # keyrings.alt keeps secrets in files; a secret beside the store protects nothing.
    in_files = any(type(part).__module__.startswith("keyrings.alt") for part in parts)
    return None if in_files else store


def _read(store: KeyStore | None) -> bytes | None:
    held = store.get_password(SERVICE, SECRET_NAME) if store else None
    try:
        secret = base64.b64decode(held, validate=True) if held else b""
    except ValueError:
        return None
    return secret if len(secret) == LENGTH else None


def _read_or_make() -> bytes | None:
    store = _key_store()
    held = _read(store)
    if held or store is None or not _keeps(store):
        return held
    store.set_password(SERVICE, SECRET_NAME, base64.b64encode(secrets.token_bytes(LENGTH)).decode())
    return _read(store)


def _keeps(store: KeyStore) -> bool:
    """Whether the key store gives back what it is given: a locked one looks available until it is asked."""
    probe = secrets.token_hex(8)
    store.set_password(SERVICE, _PROBE_NAME, probe)
    kept = store.get_password(SERVICE, _PROBE_NAME) == probe
    store.delete_password(SERVICE, _PROBE_NAME)
    return kept
