"""The command line: parses arguments, calls one command, turns known failures into one sentence.

Exit codes (INTERFACES, command line): 0 done, 1 found differences, gaps or damage, 2 bad input.
"""

from __future__ import annotations

import contextlib
import io
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from desktop_app.domain.errors import KnownError
from desktop_app.words import Words, as_language

if TYPE_CHECKING:
    import argparse

    from desktop_app.commands.parser import CommandParser

STOPPED = 130
"""What a shell expects of a command that Ctrl+C ended."""
BAD_INPUT = 2
_LAST_STREAM = 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code; a person never meets a stack trace for what can be told."""
    words = Words(as_language(None))
    _prepare_streams()
    try:
        try:
            asked = sys.argv[1:] if arguments is None else arguments
            if not asked:
                # As a desktop starts it: to make the parser of all commands would hold the window up.
                return _show_window(None)
            options = build_parser(words).parse_args(asked)
            if sys.stdout is None and options.run is not _window:
                raise KnownError("call.no_output")
            words = Words(as_language(getattr(options, "lang", None)))
            return int(options.run(options, words))
        except KnownError as error:
            return _refuse(words, error)
        finally:
            if sys.stdout is not None:
                # Here, where a full disk can still be told.
                sys.stdout.flush()
    except KeyboardInterrupt:
        return STOPPED
    except EOFError:
        return _refuse(words, KnownError("call.input_ended"))
    except BrokenPipeError:
        return BAD_INPUT
    except OSError as error:
        problem = error.strerror or error
        if error.filename is None:
            return _refuse(words, KnownError("system.streams", problem=problem))
        return _refuse(words, KnownError("system.file", file=error.filename, problem=problem))
    finally:
        _drop_unwritten()


def _prepare_streams() -> None:
    """Make standard streams that are closed or narrow harmless."""
    # No file of ours may get the number of a closed stream: the journal would be printed into.
    while (descriptor := os.open(os.devnull, os.O_RDWR)) <= _LAST_STREAM:
        pass
    os.close(descriptor)
    if sys.stderr is None:
        sys.stderr = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115 (as long as the process)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # A console that cannot show Chinese must not fail a command that has done its work.
            stream.reconfigure(errors="backslashreplace")


def _refuse(words: Words, error: KnownError) -> int:
    with contextlib.suppress(OSError):
        print(words.sentence(error), file=sys.stderr, flush=True)
    return BAD_INPUT


def _drop_unwritten() -> None:
    """Let go of what a stream does not take, or the interpreter would complain of it when it ends."""
    for stream in (sys.stdout, sys.stderr):
        try:
            if stream is not None:
                stream.flush()
        except OSError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def build_parser(words: Words) -> CommandParser:
    """Return the parser of all commands, speaking with ``words``."""
    from desktop_app.commands import (  # not needed by the window
        backup,
        customers,
        demo,
        doctor,
        export,
        forms,
        handin,
        init,
        log,
        merge,
        pair,
        parse,
        reconcile,
        restore,
        unfold,
    )
    from desktop_app.commands.parser import CommandParser

    parser = CommandParser(prog="fallback-desk")
    parser.set_defaults(run=_window)
    parser.add_argument("--store", type=Path, metavar="DIR", help="help.window_store")
    parser.add_argument("--self-test", action="store_true", help="help.self_test")
    parser.add_argument("--out", type=Path, metavar="FILE", help="help.self_test_out")
    subparsers = parser.add_subparsers(metavar="COMMAND")
    told = (
        init,
        log,
        export,
        pair,
        handin,
        merge,
        reconcile,
        customers,
        forms,
        demo,
        doctor,
        backup,
        restore,
    )
    for command in (*told, parse, unfold):
        command.add(subparsers)
    for speaking in (parser, *subparsers.choices.values()):
        speaking.speak(words)
    return parser


def _window(options: argparse.Namespace, _words: Words) -> int:
    """What is done without a command: the window's work, which needs no standard streams."""
    if options.self_test:
        from desktop_app.app import run_self_test

        if options.out is None:
            raise KnownError("call.missing", program="fallback-desk", names="--out")
        return run_self_test(options.out)
    return _show_window(options.store)


def _show_window(store: Path | None) -> int:
    from desktop_app.app import run_window

    return run_window(store)
