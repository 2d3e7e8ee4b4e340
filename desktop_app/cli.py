"""The command line: parses arguments, calls one command, turns known failures into one sentence.

Exit codes (INTERFACES, command line): 0 done, 1 found differences, gaps or damage, 2 bad input.
"""

from __future__ import annotations

import argparse
import io
import sys
from collections.abc import Sequence

from desktop_app.commands import backup, demo, doctor, export, init, log, parse, reconcile, restore
from desktop_app.commands.parser import CommandParser
from desktop_app.domain.errors import KnownError
from desktop_app.words import Words, as_language

STOPPED = 130
"""What a shell expects of a command that Ctrl+C ended."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    options = build_parser(Words(as_language(None))).parse_args(arguments)
    words = Words(as_language(getattr(options, "lang", None)))
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # A console that cannot show Chinese must not fail a command that has done its work.
            stream.reconfigure(errors="backslashreplace")
    try:
        return int(options.run(options, words))
    except KnownError as error:
        print(words.sentence(error), file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return STOPPED


def build_parser(words: Words) -> CommandParser:
    """Return the parser of all commands, speaking with ``words``."""
    parser = CommandParser(prog="fallback-desk")
    parser.set_defaults(run=_no_command)
    subparsers = parser.add_subparsers(metavar="COMMAND")
    for command in (init, log, export, reconcile, demo, doctor, backup, restore, parse):
        command.add(subparsers)
    for speaking in (parser, *subparsers.choices.values()):
        speaking.speak(words)
    return parser


def _no_command(_options: argparse.Namespace, _words: Words) -> int:
    raise KnownError("call.no_window")
