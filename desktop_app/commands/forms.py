"""``forms``: write a form that is filled from a store as a PDF."""

from __future__ import annotations

import argparse
from datetime import UTC, datetime
from pathlib import Path

from desktop_app.commands.parser import CommandParser
from desktop_app.domain.errors import KnownError
from desktop_app.words import LANGUAGES, Words, as_language

KINDS = ("incident",)


def add(subparsers: argparse._SubParsersAction[CommandParser]) -> None:
    """Define the command."""
    parser = subparsers.add_parser("forms", help="help.forms")
    parser.add_argument("--store", type=Path, required=True, metavar="DIR")
    parser.add_argument("--kind", required=True, choices=KINDS)
    parser.add_argument("--number", metavar="N", help="help.forms_number")
    parser.add_argument("--out", type=Path, required=True, metavar="FILE.pdf")
    parser.add_argument("--lang", choices=LANGUAGES)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace, words: Words) -> int:
    """Write the form of the incident that is named, else of the last one that was noticed."""
    from desktop_app.commands.credentials import ask_credentials
    from desktop_app.paths import data_folder
    from desktop_app.services.incident_form import incident_form
    from desktop_app.services.incidents import incidents
    from desktop_app.services.site_pack import pack_in_use
    from desktop_app.services.stores import unlock
    from desktop_app.ui.papers.written import write_paper

    now, folder = datetime.now(UTC), data_folder()
    spoken = Words(as_language(options.lang))
    with unlock(options.store, ask_credentials(words), data_folder=folder, now=now, writing=False) as store:
        rows = [row for row in incidents(store) if options.number in (None, row.number)]
        if not rows:
            raise KnownError("incidents.none")
        pack = pack_in_use(folder, store, now=now).pack
        paper = incident_form(store, pack, spoken, rows[0].head, now=now)
    write_paper(paper, spoken, options.out)
    print(words.say("command.forms.written", number=paper.number, file=options.out))
    return 0
