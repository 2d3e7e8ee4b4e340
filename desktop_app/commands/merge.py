"""``merge``: take in what other stations handed in (INTERFACES, merge)."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from desktop_app.commands.parser import CommandParser
from desktop_app.domain.texts import in_one_line
from desktop_app.words import Words

if TYPE_CHECKING:
    from desktop_app.services.merge import BundleResult, Merged

_LONGEST_NAME = 80
"""Characters told of a field that this program does not know."""


def add(subparsers: argparse._SubParsersAction[CommandParser]) -> None:
    """Define the command."""
    parser = subparsers.add_parser("merge", help="help.merge")
    parser.add_argument("--store", type=Path, required=True, metavar="DIR")
    parser.add_argument("bundles", type=Path, nargs="+", metavar="BUNDLE", help="help.merge_files")
    parser.add_argument("--json", type=Path, metavar="FILE", help="help.merge_json")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace, words: Words) -> int:
    """Merge and tell; 2 where any was refused, 1 where anything waits, is missing or in conflict."""
    from desktop_app.commands.credentials import ask_credentials
    from desktop_app.commands.standard_output import is_stdout, write_stdout
    from desktop_app.exchange.handover import handed_over
    from desktop_app.paths import data_folder
    from desktop_app.policy import machine_policy
    from desktop_app.services.merge import merge_bundles
    from desktop_app.services.pairing import accept_policy_leads
    from desktop_app.services.stores import unlock

    now = datetime.now(UTC)
    with unlock(options.store, ask_credentials(words), data_folder=data_folder(), now=now) as store:
        for problem in accept_policy_leads(store, machine_policy(), now=now):
            print(words.sentence(problem), file=sys.stderr)
        merged = merge_bundles(store, options.bundles, now=now)
    if is_stdout(options.json):
        write_stdout(json_text(merged, words))
    elif options.json is not None:
        with handed_over(options.json) as temporary:
            # Names of files may be no text at all; so written, half a character is an escape of JSON.
            temporary.write_bytes(f"{json_text(merged, words)}\n".encode(errors="backslashreplace"))
    people = sys.stderr if is_stdout(options.json) else sys.stdout
    for line in _told(merged, words):
        print(line, file=people)
    for one in merged.bundles:
        if one.result == "refused":
            print(bundle_line(one, words), file=sys.stderr)
    return _exit_code(merged)


def json_text(merged: Merged, words: Words) -> str:
    """Return the result as JSON, in exactly the members that INTERFACES names."""
    told = {
        "bundles": [
            {
                "file": str(one.file),
                "station": one.station,
                "writer": one.writer,
                "result": one.result.value,
                "new": one.new,
                "reason": words.sentence(one.reason) if one.reason else "",
            }
            for one in merged.bundles
        ],
        "missing": [
            {"station": station, "numbers": [str(number) for number in numbers]}
            for station, numbers in merged.missing.items()
        ],
        "conflicts": [{"number": number, "field": field} for number, field in merged.conflicts],
        "state_hash": merged.state_hash,
    }
    return json.dumps(told, ensure_ascii=False, indent=1)


def _exit_code(merged: Merged) -> int:
    results = {one.result.value for one in merged.bundles}
    if "refused" in results:
        return 2
    return 1 if "quarantined" in results or merged.missing or merged.conflicts else 0


def _told(merged: Merged, words: Words) -> Iterator[str]:
    from desktop_app.domain.ranges import ranges

    for one in merged.bundles:
        if one.result != "refused":
            yield bundle_line(one, words)
            if one.reason is not None:
                yield words.sentence(one.reason)
    for station, numbers in merged.missing.items():
        by_sequence = {number.sequence: str(number) for number in numbers}
        told = _listed((by_sequence[first], by_sequence[last]) for first, last in ranges(by_sequence))
        yield words.say("command.merge.missing", station=station, numbers=told)
    for absent in merged.absent:
        spans = _listed((str(first), str(last)) for first, last in absent.spans)
        yield words.say("command.merge.absent", station=absent.station, writer=absent.writer[:8], spans=spans)
    if merged.unknown:
        yield words.say("command.merge.unknown", stations=", ".join(merged.unknown))
    for number, field in merged.conflicts:
        label = (
            words.say(f"field.{field}") if words.has(f"field.{field}") else in_one_line(field[:_LONGEST_NAME])
        )
        yield words.say("command.merge.conflict", number=number, field=label)
    yield words.say("command.merge.state_hash", state_hash=merged.state_hash)


def bundle_line(one: BundleResult, words: Words) -> str:
    """Return the line that tells what became of one bundle."""
    reason = words.sentence(one.reason) if one.reason else ""
    return words.say(
        f"command.merge.{one.result.value}",
        file=in_one_line(str(one.file)),
        station=one.station,
        new=one.new,
        reason=reason,
    )


def _listed(spans: Iterator[tuple[str, str]]) -> str:
    return ", ".join(first if first == last else f"{first}–{last}" for first, last in spans)
