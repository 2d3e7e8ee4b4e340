"""``handin``: write what others lack into a folder, as bundles that only they can read."""

from __future__ import annotations

import argparse
import sys
from datetime import UTC, datetime
from pathlib import Path

from desktop_app.commands.parser import CommandParser
from desktop_app.words import Words


def add(subparsers: argparse._SubParsersAction[CommandParser]) -> None:
    """Define the command."""
    parser = subparsers.add_parser("handin", help="help.handin")
    parser.add_argument("--store", type=Path, required=True, metavar="DIR")
    parser.add_argument("--out", type=Path, required=True, metavar="DIR")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace, words: Words) -> int:
    """Write the bundles; nothing new is no failure."""
    from desktop_app.commands.credentials import ask_credentials
    from desktop_app.paths import data_folder
    from desktop_app.policy import machine_policy
    from desktop_app.services.handin import hand_in
    from desktop_app.services.pairing import accept_policy_leads
    from desktop_app.services.stores import unlock

    now = datetime.now(UTC)
    with unlock(options.store, ask_credentials(words), data_folder=data_folder(), now=now) as store:
        for problem in accept_policy_leads(store, machine_policy(), now=now):
            print(words.sentence(problem), file=sys.stderr)
        handed = hand_in(store, options.out, now=now)
    if not handed.files:
        print(words.say("command.handin.nothing"))
        return 0
    files = ", ".join(file.name for file in handed.files)
    print(words.say("command.handin.written", entries=handed.entries, files=files))
    return 0
