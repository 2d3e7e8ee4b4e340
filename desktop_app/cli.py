"""The command line: parses arguments, calls one command, turns known failures into one sentence.

Exit codes (INTERFACES, command line): 0 done, 1 found differences, gaps or damage, 2 bad input.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from desktop_app.commands import backup, demo, doctor, export, init, log, parse, reconcile, restore
from desktop_app.domain.errors import KnownError
from desktop_app.words import Words, as_language


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    parser = build_parser()
    options = parser.parse_args(arguments)
    words = Words(as_language(getattr(options, "lang", None)))
    try:
        return int(options.run(options, words))
    except KnownError as error:
        print(words.sentence(error), file=sys.stderr)
        return 2


def build_parser() -> argparse.ArgumentParser:
    """Return the parser of all commands."""
    parser = argparse.ArgumentParser(prog="fallback-desk")
    subparsers = parser.add_subparsers(required=True, metavar="COMMAND")
    for command in (init, log, export, reconcile, demo, doctor, backup, restore, parse):
        command.add(subparsers)
    return parser
