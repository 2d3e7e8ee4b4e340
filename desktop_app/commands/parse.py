"""``_parse FILE``: the hidden command that reads one foreign file under limits and writes its rows."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from desktop_app.commands.parser import CommandParser
from desktop_app.words import Words


def add(subparsers: argparse._SubParsersAction[CommandParser]) -> None:
    """Define the command; without a help text it is not listed."""
    parser = subparsers.add_parser("_parse")
    parser.add_argument("file", type=Path)
    parser.add_argument("--encoding")
    parser.add_argument("--first", type=int)
    parser.add_argument("--customers", action="store_true")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace, words: Words) -> int:
    """Limit this process, then parse; what went wrong is a line of the output, not an exit code."""
    from desktop_app.exchange.limits import CUSTOMERS, USUAL
    from desktop_app.exchange.parsing_child import limit_this_process, serve

    limits = CUSTOMERS if options.customers else USUAL
    limit_this_process(limits)
    serve(options.file, sys.stdout, options.encoding, limits, options.first)
    sys.stdout.flush()
    return 0
