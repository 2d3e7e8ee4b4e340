"""``demo``: play one outage day with planted truth and say whether everything was found."""

from __future__ import annotations

import argparse
import sys
from datetime import UTC, datetime
from pathlib import Path

from desktop_app.commands.parser import CommandParser
from desktop_app.words import LANGUAGES, Words


def add(subparsers: argparse._SubParsersAction[CommandParser]) -> None:
    """Define the command."""
    parser = subparsers.add_parser("demo", help="help.demo")
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="help.demo_folder")
    parser.add_argument("--calls", type=int, default=500, metavar="N", help="help.demo_calls")
    parser.add_argument("--stations", type=int, default=5, metavar="N")
    parser.add_argument("--seed", type=int, default=1, metavar="N", help="help.seed")
    parser.add_argument("--json", type=Path, metavar="FILE", help="help.json")
    parser.add_argument("--lang", choices=LANGUAGES)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace, words: Words) -> int:
    """Play, judge, tell; 1 where what was found is not what was planted."""
    from desktop_app.commands.standard_output import is_stdout, write_stdout
    from desktop_app.exchange.handover import check_place
    from desktop_app.services.demo import play
    from desktop_app.services.demo_day.files import json_text, write_json
    from desktop_app.services.demo_day.plan import Plan

    printing = is_stdout(options.json)
    people = sys.stderr if printing else sys.stdout
    if options.json and not printing:
        check_place(options.json)
    plan = Plan(options.calls, options.stations, options.seed)
    played = play(options.out, plan, words, now=datetime.now(UTC))
    print(words.say("command.demo.pin", pin=played.pin, user=plan.staff_number(0)), file=people)
    for name, counts in played.judgement.by_status().items():
        side, _, status = name.partition(".")
        what = words.say(f"command.demo.{side}"), words.say(f"status.{status}")
        print(words.say("command.demo.line", side=what[0], status=what[1], **counts), file=people)
    print(words.say("command.demo.merge", **played.reached.as_told()), file=people)
    share = f"{100 * played.judgement.person_share:.1f}"
    told = "passed" if played.passed else "failed"
    print(words.say(f"command.demo.{told}", folder=options.out, seed=plan.seed, share=share), file=people)
    if printing:
        write_stdout(json_text(played.json))
    elif options.json:
        write_json(options.json, played.json)
    return 0 if played.passed else 1
