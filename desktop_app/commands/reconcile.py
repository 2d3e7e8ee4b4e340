"""``reconcile``: hand records × CRM exports × call logs → workbook and JSON (INTERFACES, reconcile)."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from desktop_app.commands.parser import CommandParser
from desktop_app.domain.errors import KnownError
from desktop_app.words import LANGUAGES, Words

if TYPE_CHECKING:
    from desktop_app.services.reconcile import Finding
    from desktop_app.services.reconcile_reading import Request

PASSWORD_VARIABLE = "FALLBACK_DESK_WORKBOOK_PASSWORD"  # noqa: S105 (a name)


def add(subparsers: argparse._SubParsersAction[CommandParser]) -> None:
    """Define the command."""
    parser = subparsers.add_parser("reconcile", help="help.reconcile")
    source = parser.add_mutually_exclusive_group(required=True)
    _files(source, "--records", "help.records")
    source.add_argument("--store", type=Path, metavar="DIR", help="help.records_store")
    _files(parser, "--crm", "help.crm")
    _files(parser, "--calls", "help.calls")
    _files(parser, "--queue-log", "help.queue_log")
    for side in ("records", "crm", "calls"):
        parser.add_argument(f"--{side}-profile", metavar="P", help="help.profile")
    parser.add_argument("--zone", metavar="Z", help="help.zone")
    parser.add_argument("--window", nargs=2, metavar=("FROM", "TO"), help="help.window")
    parser.add_argument("--out", type=Path, required=True, metavar="FILE.xlsx")
    parser.add_argument("--json", type=Path, metavar="FILE", help="help.json")
    parser.add_argument("--lang", choices=LANGUAGES)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace, words: Words) -> int:
    """Compare, write, tell; 1 where anything is left to do."""
    from desktop_app.commands.standard_output import is_stdout, write_stdout
    from desktop_app.services import reconcile
    from desktop_app.services.reconcile_reading import Request

    printing = is_stdout(options.json)
    json = None if printing else options.json
    request = Request(
        records=tuple(options.records or ()),
        crm=tuple(options.crm or ()),
        calls=tuple(options.calls or ()),
        queue_logs=tuple(options.queue_log or ()),
        records_profile=options.records_profile,
        crm_profile=options.crm_profile,
        calls_profile=options.calls_profile,
        zone=options.zone,
        window=tuple(options.window) if options.window else None,
    )
    _check_profiles(request)
    reconcile.check_outputs(request, options.out, json)
    if options.store is None:
        finding = reconcile.reconcile_files(request, now=datetime.now(UTC))
    else:
        finding = _of_store(request, options.store, words)
    password = os.environ.get(PASSWORD_VARIABLE) or None
    reconcile.hand_over(finding, words, out=options.out, json=json, password=password)
    if printing:
        write_stdout(reconcile.json_text(finding, words))
    people = sys.stderr if printing else sys.stdout
    for line in _told(finding, words):
        print(line, file=people)
    print(words.say("command.reconcile.written", file=options.out), file=people)
    return 1 if finding.found.open_items() else 0


def _of_store(request: Request, folder: Path, words: Words) -> Finding:
    from desktop_app.commands.credentials import ask_credentials
    from desktop_app.paths import data_folder
    from desktop_app.services.reconcile import reconcile_store
    from desktop_app.services.reconcile_spans import outage_span
    from desktop_app.services.site_pack import load_pack
    from desktop_app.services.stores import unlock

    now = datetime.now(UTC)
    with unlock(folder, ask_credentials(words), data_folder=data_folder(), now=now, writing=False) as store:
        span = outage_span(store, now=now) if request.window is None else None
        if span is not None:
            request = replace(request, window=(span[0].isoformat(), span[1].isoformat()))
        ladders = load_pack(data_folder()).pack.ladders
        return reconcile_store(request, store, now=now, ladders=ladders)


def _files(parser: argparse._ActionsContainer, name: str, told: str) -> None:
    parser.add_argument(name, type=Path, nargs="+", action="extend", metavar="FILE", help=told)


def _check_profiles(request: Request) -> None:
    """Refuse a profile for files that were not given: it was meant for something."""
    for side, profile, files in (
        ("records", request.records_profile, request.records),
        ("crm", request.crm_profile, request.crm),
        ("calls", request.calls_profile, (*request.calls, *request.queue_logs)),
    ):
        if profile is not None and not files:
            raise KnownError("reconcile.profile_without_files", side=side)


def _told(finding: Finding, words: Words) -> Iterator[str]:
    from desktop_app.exchange.worksheets import telling

    yield from telling.sources(words, finding.about)
    yield from telling.cautions(words, finding.found)
    yield from telling.totals(words, finding.found)
