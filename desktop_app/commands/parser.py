"""The argument parser of all commands, in the user's language and with one sentence for a wrong call.

Commands give dotted codes as ``help``; they become words when the help is shown.
"""

from __future__ import annotations

import argparse
import re
import sys
from typing import Any, NoReturn

from desktop_app.words import Words

_PROBLEMS = (
    (re.compile(r"the following arguments are required: (?P<names>.+)"), "missing"),
    (re.compile(r"one of the arguments (?P<names>.+) is required"), "one_missing"),
    (re.compile(r"unrecognized arguments: (?P<names>.+)"), "unknown"),
    (re.compile(r"argument (?P<name>.+?): not allowed with argument (?P<other>.+)"), "not_together"),
    (re.compile(r"argument (?P<name>.+?): expected .*"), "no_value"),
    (
        re.compile(
            r"argument (?P<name>.+?): invalid choice: '?(?P<value>.*?)'? \(choose from (?P<choices>.+)\)"
        ),
        "choice",
    ),
    (re.compile(r"argument (?P<name>.+?): invalid .+ value: '?(?P<value>.*?)'?"), "value"),
)
"""What argparse says in English only, and the code of our sentence for it."""


class CommandParser(argparse.ArgumentParser):
    """A parser that speaks the user's language, once it was told which."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(add_help=False, **settings)
        self.add_argument("-h", "--help", action="help", help="help.help")

    def speak(self, words: Words) -> None:
        """Use ``words`` for help and errors."""
        self._words = words
        self._positionals.title = words.say("help.commands")
        self._optionals.title = words.say("help.options")

    def format_usage(self) -> str:
        """Return the usage line under its translated heading."""
        return self._words.say("help.usage", usage=super().format_usage().removeprefix("usage: "))

    def format_help(self) -> str:
        """Return the help with every code turned into words."""
        for action in self._actions:
            action.help = self._told(action.help)
            for choice in getattr(action, "_choices_actions", ()):
                choice.help = self._told(choice.help)
        usage = super().format_usage()
        body = super().format_help().removeprefix(usage)
        return self.format_usage() + body

    def error(self, message: str) -> NoReturn:
        """Tell what is wrong with the call in one sentence and end with exit code 2."""
        print(self._sentence(message), file=sys.stderr)
        raise SystemExit(2)

    def _print_message(self, message: str, file: Any = None) -> None:
        """Write help as anything else is written; argparse would keep silent where it cannot be."""
        (file or sys.stderr).write(message)

    def _sentence(self, message: str) -> str:
        for shape, code in _PROBLEMS:
            found = shape.fullmatch(message)
            if found:
                return self._words.say(f"error.call.{code}", program=self.prog, **found.groupdict())
        return self._words.say("error.call.other", program=self.prog, message=message)

    def _told(self, code: str | None) -> str | None:
        if code is None or not self._words.has(code):
            return code
        return self._words.say(code).replace("%", "%%")
