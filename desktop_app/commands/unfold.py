"""``_unfold``: the hidden command that checks and folds bundles for a merge that writes meanwhile."""

from __future__ import annotations

import argparse
import sys

from desktop_app.commands.parser import CommandParser
from desktop_app.words import Words


def add(subparsers: argparse._SubParsersAction[CommandParser]) -> None:
    """Define the command; without a help text it is not listed."""
    subparsers.add_parser("_unfold").set_defaults(run=run)


def run(options: argparse.Namespace, words: Words) -> int:
    """Answer what comes in until nothing does."""
    from desktop_app.exchange.parsing_child import keep_within
    from desktop_app.services.unfolding_child import MEMORY, serve

    keep_within(MEMORY)  # it holds what callers said, in clear
    serve(sys.stdin.buffer, sys.stdout.buffer)
    return 0
