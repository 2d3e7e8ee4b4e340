"""A key store in memory, named by PYTHON_KEYRING_BACKEND in tests."""

import time

from keyring.backend import KeyringBackend
from keyring.errors import InitError


class Keyring(KeyringBackend):
    priority = 1

    def __init__(self) -> None:
        super().__init__()
        self.held: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.held.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.held[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        del self.held[service, username]


class LockedKeyring(Keyring):
    """Looks available until it is asked."""

    def set_password(self, service: str, username: str, password: str) -> None:
        raise InitError("locked")


class ForgetfulKeyring(Keyring):
    """Takes everything and keeps nothing."""

    def get_password(self, service: str, username: str) -> str | None:
        return None

    def delete_password(self, service: str, username: str) -> None:
        pass


class AskingKeyring(Keyring):
    """Waits for a person who does not come."""

    def get_password(self, service: str, username: str) -> str | None:
        time.sleep(0.5)
        return None
