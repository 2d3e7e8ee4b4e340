"""Which secret of this PC strengthens PINs: the key store's, or on a shared PC one file for all accounts.

Two Windows accounts have two key stores; a shared PC (``policy.toml``, ``shared_pc``) therefore keeps its
secret in the machine-wide data folder. It lies on the same disk as the store then, and adds nothing against a
stolen disk: PINs have to be long (DESIGN §6).
"""

from __future__ import annotations

import secrets
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from desktop_app.storage.atomic_file import write_atomic
from desktop_app.storage.device_secret import LENGTH, device_secret
from desktop_app.storage.key_slots import device_name
from desktop_app.storage.lock import file_lock
from desktop_app.storage.sharing import make_folder

SECRET_FILE = "device.secret"  # noqa: S105 - the name of the file


@dataclass(frozen=True, slots=True)
class DeviceSecret:
    """The secret that new slots mix in, None for none; ``apart`` where a stolen disk does not hold it."""

    secret: bytes | None = field(repr=False)
    apart: bool


def this_device(data_folder: Path, *, create: bool, shared: bool = False) -> DeviceSecret:
    """Return the secret of this PC; with ``create`` one is made, in a file where the PC is ``shared``.

    A PC that has the file is a shared one, whatever ``shared`` says. Raises OSError.
    """
    held = _filed(data_folder)
    if held is None and shared and create:
        held = _file(data_folder)
    if held is not None:
        return DeviceSecret(held, apart=False)
    secret = device_secret(data_folder, create=create)
    return DeviceSecret(secret, apart=secret is not None)


def secret_named(data_folder: Path, name: str) -> bytes | None:
    """Return the secret of this PC that may be the one a slot names; None where the slot names none."""
    if not name:
        return None
    held = _filed(data_folder)
    if held is not None and device_name(held) == name:
        return held
    return device_secret(data_folder, create=False)


def _filed(data_folder: Path) -> bytes | None:
    with suppress(OSError):
        held = (data_folder / SECRET_FILE).read_bytes()
        return held if len(held) == LENGTH else None
    return None


def _file(data_folder: Path) -> bytes:
    make_folder(data_folder)
    with file_lock(data_folder / "device.lock"):
        if (held := _filed(data_folder)) is None:
            held = secrets.token_bytes(LENGTH)
            write_atomic(data_folder / SECRET_FILE, held)
    return held
