"""``export``: write a store's records as a workbook, CSV or JSON lines."""

from __future__ import annotations

import argparse
from datetime import UTC, datetime
from pathlib import Path

from desktop_app.commands.parser import CommandParser
from desktop_app.words import LANGUAGES, Words


def add(subparsers: argparse._SubParsersAction[CommandParser]) -> None:
    """Define the command."""
    parser = subparsers.add_parser("export", help="help.export")
    parser.add_argument("--store", type=Path, required=True, metavar="DIR")
    parser.add_argument("--out", type=Path, required=True, metavar="FILE.xlsx|.csv|.jsonl")
    parser.add_argument("--lang", choices=LANGUAGES, help="help.export_language")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace, words: Words) -> int:
    """Write the file; where it cannot be written the store is not even unlocked."""
    from desktop_app.commands.credentials import ask_credentials
    from desktop_app.exchange.record_files import check_target
    from desktop_app.paths import data_folder
    from desktop_app.services.export import export_records
    from desktop_app.services.stores import unlock

    check_target(options.out)
    with unlock(
        options.store,
        ask_credentials(words),
        data_folder=data_folder(),
        now=datetime.now(UTC),
        writing=False,
    ) as store:
        count = export_records(store, options.out, Words(options.lang or "en"))
    print(words.say("command.export.written", count=count, file=options.out))
    return 0
