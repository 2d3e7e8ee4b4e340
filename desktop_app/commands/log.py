"""``log``: records from standard input, one JSON object a line, each acknowledged by its number."""

from __future__ import annotations

import argparse
import contextlib
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from desktop_app.commands.parser import CommandParser
from desktop_app.domain.errors import KnownError
from desktop_app.words import Words

if TYPE_CHECKING:
    from desktop_app.storage.store import Store


def add(subparsers: argparse._SubParsersAction[CommandParser]) -> None:
    """Define the command."""
    parser = subparsers.add_parser("log", help="help.log")
    parser.add_argument("--store", type=Path, required=True, metavar="DIR")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace, words: Words) -> int:
    """Save what comes in; 2 where a line could not be taken."""
    from desktop_app.commands.credentials import ask_credentials
    from desktop_app.paths import data_folder
    from desktop_app.policy import machine_policy
    from desktop_app.services.id_numbers import under_policy
    from desktop_app.services.stores import unlock

    if sys.stdin is None:
        raise KnownError("call.no_input")
    credentials, policy = ask_credentials(words), machine_policy()
    with unlock(options.store, credentials, data_folder=data_folder(), now=datetime.now(UTC)) as store:
        return _log(under_policy(store, policy), sys.stdin.buffer, words)


def _log(store: Store, stream: BinaryIO, words: Words) -> int:
    from desktop_app.exchange.record_lines import read_record_lines
    from desktop_app.services.records import log_record

    result = 0
    for line in read_record_lines(stream):
        try:
            if line.problem is not None:
                raise line.problem
            logged = log_record(store, line.values, now=datetime.now(UTC))
        except KnownError as problem:
            result = 2
            told = words.sentence(problem)
            print(words.say("command.log.line", line=line.number, told=told), file=sys.stderr, flush=True)
            if problem.code.startswith("log."):
                continue
            print(words.say("command.log.stopped", line=line.number), file=sys.stderr)
            break
        missing = ", ".join(words.say(f"field.{key}") for key in logged.missing)
        code = "command.log.saved" if missing else "command.log.complete"
        try:
            print(words.say(code, number=logged.number, missing=missing), flush=True)
        except OSError:
            # Nobody reads the numbers any more: what was saved stays, the rest is not begun.
            with contextlib.suppress(OSError):
                told = words.say("command.log.not_shown", line=line.number, number=logged.number)
                print(told, file=sys.stderr, flush=True)
            raise
    return result
