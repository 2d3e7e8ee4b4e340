"""``restore``: put a backup in a store's place; what was there is moved aside."""

from __future__ import annotations

import argparse
from datetime import UTC, datetime
from pathlib import Path

from desktop_app.commands.parser import CommandParser
from desktop_app.words import Words


def add(subparsers: argparse._SubParsersAction[CommandParser]) -> None:
    """Define the command."""
    parser = subparsers.add_parser("restore", help="help.restore")
    parser.add_argument("--store", type=Path, required=True, metavar="DIR")
    parser.add_argument("--from", dest="backup", type=Path, required=True, metavar="FILE")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace, words: Words) -> int:
    """Restore the backup and say what came back and where the old files are."""
    from desktop_app.commands.credentials import ask_credentials
    from desktop_app.paths import data_folder
    from desktop_app.services.backup import restore

    restored = restore(
        options.store,
        options.backup,
        ask_credentials(words),
        data_folder=data_folder(),
        now=datetime.now(UTC),
    )
    print(words.say("command.restore.done", entries=restored.entries, folder=options.store))
    if restored.aside:
        print(words.say("command.restore.aside", folder=restored.aside))
    return 0
