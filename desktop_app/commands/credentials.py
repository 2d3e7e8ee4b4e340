"""What a person unlocks with: from the environment, or asked for where there is a terminal."""

from __future__ import annotations

import getpass
import sys
from dataclasses import replace

from desktop_app.domain.errors import KnownError
from desktop_app.services.stores import PIN_VARIABLE, credentials_given
from desktop_app.storage.opening import Credentials
from desktop_app.words import Words


def ask_credentials(words: Words) -> Credentials:
    """Return the credentials of the environment, completed at the terminal; raises KnownError without one."""
    given = credentials_given()
    if given.recovery or (given.staff_number and given.pin):
        return given
    if not _at_terminal():
        raise KnownError("stores.no_credentials")
    staff_number = given.staff_number or input(words.say("command.init.ask_user"))
    return replace(given, staff_number=staff_number, pin=given.pin or _ask(words, "command.init.ask_pin"))


def ask_new_pin(words: Words) -> str:
    """Return the PIN of the environment, or one typed twice alike; raises KnownError without either."""
    given = credentials_given().pin
    if given:
        return given
    if not _at_terminal():
        raise KnownError("stores.no_pin", variable=PIN_VARIABLE)
    pin = _ask(words, "command.init.ask_new_pin")
    if pin != _ask(words, "command.init.ask_again"):
        raise KnownError("stores.pins_differ")
    return pin


def _at_terminal() -> bool:
    # Python has no standard input at all where it was closed.
    return sys.stdin is not None and sys.stdin.isatty()


def _ask(words: Words, code: str) -> str:
    return getpass.getpass(words.say(code))
