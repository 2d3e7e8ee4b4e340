"""``doctor``: say whether a store is sound, and rebuild its folded tables where asked."""

from __future__ import annotations

import argparse
import json
from datetime import UTC, datetime
from pathlib import Path

from desktop_app.commands.parser import CommandParser
from desktop_app.words import Words


def add(subparsers: argparse._SubParsersAction[CommandParser]) -> None:
    """Define the command."""
    parser = subparsers.add_parser("doctor", help="help.doctor")
    parser.add_argument("--store", type=Path, required=True, metavar="DIR")
    parser.add_argument("--rebuild", action="store_true", help="help.rebuild")
    parser.add_argument("--json", action="store_true", help="help.doctor_json")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace, words: Words) -> int:
    """Check the store; exits 1 where anything is wrong."""
    from desktop_app.commands.credentials import ask_credentials
    from desktop_app.paths import data_folder
    from desktop_app.services.doctor import examine_store

    found = examine_store(
        options.store,
        ask_credentials(words),
        data_folder=data_folder(),
        now=datetime.now(UTC),
        rebuilding=options.rebuild,
    )
    told = [(problem.code, words.say(problem.code, **problem.details)) for problem in found.problems]
    if options.json:
        problems = [{"code": code, "text": text} for code, text in told]
        report = {"entries": found.entries, "state_hash": found.state_hash, "problems": problems}
        print(json.dumps(report, ensure_ascii=False))
        return 1 if told else 0
    for _, text in told:
        print(text)
    if found.absent:
        print(words.say("doctor.absent", count=found.absent))
    if not told:
        print(words.say("doctor.sound", entries=found.entries, state_hash=found.state_hash))
    return 1 if told else 0
