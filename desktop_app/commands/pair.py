"""``pair``: show the key of this store, or accept the key of another one."""

from __future__ import annotations

import argparse
from datetime import UTC, datetime
from pathlib import Path

from desktop_app.commands.parser import CommandParser
from desktop_app.words import Words


def add(subparsers: argparse._SubParsersAction[CommandParser]) -> None:
    """Define the command."""
    parser = subparsers.add_parser("pair", help="help.pair")
    parser.add_argument("--store", type=Path, required=True, metavar="DIR")
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("--show", type=Path, metavar="FILE", help="help.pair_show")
    what.add_argument("--accept", type=Path, metavar="FILE", help="help.pair_accept")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace, words: Words) -> int:
    """Write or accept the key file, merge what waited for it, and print the code that two people compare."""
    from desktop_app.commands.credentials import ask_credentials
    from desktop_app.commands.merge import bundle_line
    from desktop_app.paths import data_folder
    from desktop_app.services.merge import merge_quarantined
    from desktop_app.services.pairing import accept, read_identity, show_identity
    from desktop_app.services.stores import unlock

    now = datetime.now(UTC)
    identity = read_identity(options.accept) if options.accept else None
    with unlock(
        options.store,
        ask_credentials(words),
        data_folder=data_folder(),
        now=now,
        writing=identity is not None,
    ) as store:
        if identity is None:
            identity = show_identity(store, options.show)
            print(words.say("command.pair.shown", file=options.show))
        else:
            new = accept(store, identity, now=now)
            told = "command.pair.accepted" if new else "command.pair.known"
            print(words.say(told, station=identity.station, name=identity.name))
            for one in merge_quarantined(store, identity.store, now=now).bundles:
                print(bundle_line(one, words))
    print(words.say("command.pair.code", digits=identity.code))
    return 0
