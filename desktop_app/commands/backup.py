"""``backup``: write one verified file that holds the whole store."""

from __future__ import annotations

import argparse
from datetime import UTC, datetime
from pathlib import Path

from desktop_app.commands.parser import CommandParser
from desktop_app.words import Words


def add(subparsers: argparse._SubParsersAction[CommandParser]) -> None:
    """Define the command."""
    parser = subparsers.add_parser("backup", help="help.backup")
    parser.add_argument("--store", type=Path, required=True, metavar="DIR")
    parser.add_argument("--out", type=Path, required=True, metavar="DIR")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace, words: Words) -> int:
    """Back the store up and print the file that was written."""
    from desktop_app.commands.credentials import ask_credentials
    from desktop_app.paths import data_folder
    from desktop_app.services.backup import back_up
    from desktop_app.services.stores import unlock

    now = datetime.now(UTC)
    with unlock(
        options.store, ask_credentials(words), data_folder=data_folder(), now=now, writing=False
    ) as store:
        print(words.say("command.backup.written", file=back_up(store, options.out, now=now)))
    return 0
