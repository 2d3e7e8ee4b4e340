"""``customers``: make the customer snapshot of a store anew from a list of the CRM."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from desktop_app.commands.parser import CommandParser
from desktop_app.domain.errors import KnownError
from desktop_app.domain.times import parse_iso, zone_of
from desktop_app.words import Words

if TYPE_CHECKING:
    from desktop_app.services.customers import Imported


def add(subparsers: argparse._SubParsersAction[CommandParser]) -> None:
    """Define the command."""
    parser = subparsers.add_parser("customers", help="help.customers")
    parser.add_argument("--store", type=Path, required=True, metavar="DIR")
    parser.add_argument("--as-of", metavar="TIME", help="help.customers_as_of")
    parser.add_argument("file", type=Path, metavar="FILE", help="help.customers_file")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace, words: Words) -> int:
    """Import and say what was kept; the columns are guessed by their headers."""
    from desktop_app.commands.credentials import ask_credentials
    from desktop_app.paths import data_folder
    from desktop_app.services.customers import import_customers, look_at
    from desktop_app.services.progress import Progress
    from desktop_app.services.stores import unlock

    now = datetime.now(UTC)
    given = ask_credentials(words)
    with unlock(options.store, given, data_folder=data_folder(), now=now, writing=False) as store:
        zone = zone_of(store.settings.zone)
        as_of = parse_iso(options.as_of, zone) if options.as_of else None
        if options.as_of and as_of is None:
            raise KnownError("customers.as_of", text=options.as_of)
        look = look_at(options.file, zone)
        made = import_customers(store, look, as_of=as_of, now=now, progress=Progress())
    local = f"{made.snapshot.as_of.astimezone(zone):%Y-%m-%d %H:%M}"
    print(words.say("command.customers.imported", customers=made.customers, as_of=local))
    for line in _told(made, words):
        print(line)
    return 0


def _told(made: Imported, words: Words) -> Iterator[str]:
    for reason, rows in made.skipped.items():
        listed = words.say("command.customers.comma").join(map(str, rows.first))
        yield words.say(f"command.customers.{reason}", count=rows.count, rows=listed)
    for note in made.notes:
        yield words.say(f"note.{note.code}", **note.details)
