"""A manifest as JSON and back: in bundles, and as the store keeps the last one of every writer.

The list of numbers and the site pack are not in it: they are large, and lie in lines or tables of their own.
What is read may come from anybody: every member is checked and bounded. Members this program does not know
are passed over, and optional ones that an older program did not write read as their defaults.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Any, TypeVar

from desktop_app.domain.bundles import Manifest, SignedHead, Spans
from desktop_app.domain.entries import Head, moment_of, moment_text
from desktop_app.domain.errors import Damaged, KnownError
from desktop_app.domain.foreign_entries import LARGEST_COUNT, is_writer
from desktop_app.domain.identities import Identity
from desktop_app.domain.numbers import parse_number
from desktop_app.domain.ranges import Range, joined

MOST_LIVES = 1_000
MOST_STATIONS = 10_000
"""Stores a manifest can tell of: a station code has at most four digits."""
MOST_NUMBERS = 100_000
"""Numbers that a manifest names one by one: open drafts, voids."""
HIGHEST_SEQUENCE = 999_999_999
_LONGEST_PROGRAM = 80
LONGEST_PACK = 160
"""Characters of number and version of a site pack."""
_HASH_BYTES, _SIGNATURE_BYTES = 32, 64
_Made = TypeVar("_Made")


def manifest_json(manifest: Manifest) -> dict[str, Any]:
    """Return the members of a manifest, less numbers and site pack."""
    return {
        "identity": manifest.identity.to_json(),
        "made_at": moment_text(manifest.made_at),
        "serial": manifest.serial,
        "program": manifest.program,
        "pack": manifest.pack,
        "lives": list(manifest.lives),
        "heads": [signed_head_json(head) for head in manifest.heads],
        "highest": manifest.highest,
        "first_number": manifest.first_number,
        "open_drafts": list(manifest.open_drafts),
        "voids": list(manifest.voids),
        "holds": _spans_json(manifest.holds),
        "withheld": _spans_json(manifest.withheld),
        "heard": {
            store: [moment_text(made), moment_text(taken)] for store, (made, taken) in manifest.heard.items()
        },
        "leads": [lead.to_json() for lead in manifest.leads],
    }


def manifest_of(told: object) -> Manifest:
    """Return the manifest that JSON tells of; raises Damaged ``bundles.manifest``."""
    try:
        return _manifest_of(told)
    except (ValueError, TypeError, LookupError, AttributeError, KnownError) as problem:
        raise Damaged("bundles.manifest") from problem


def signed_head_json(signed: SignedHead) -> list[Any]:
    """Return a signed end of a chain as JSON."""
    return [signed.head.writer, signed.head.seq, signed.head.hash, signed.signature]


def signed_head_of(told: object) -> SignedHead:
    """Return the signed end that JSON tells of, its signature unchecked; raises ValueError or TypeError."""
    if not isinstance(told, list):
        raise ValueError(told)
    writer, seq, chain_hash, signature = told
    if not is_writer(writer):
        raise ValueError(told)
    head = Head(writer, whole(seq, 1, LARGEST_COUNT), hex_of(chain_hash, _HASH_BYTES))
    return SignedHead(head, hex_of(signature, _SIGNATURE_BYTES))


def hex_of(told: object, size: int) -> str:
    """Return ``told`` where it is the lower-case hex of so many bytes; raises ValueError."""
    if isinstance(told, str) and len(told) == 2 * size and bytes.fromhex(told).hex() == told:
        return told
    raise ValueError(told)


def whole(told: object, least: int, most: int) -> int:
    """Return ``told`` where it is a whole number in these bounds; raises ValueError."""
    if type(told) is int and least <= told <= most:
        return told
    raise ValueError(told)


def number_text(told: object) -> str:
    """Return ``told`` where it is a number in its one spelling; raises ValueError."""
    if isinstance(told, str) and str(parse_number(told)) == told:
        return told
    raise ValueError(told)


def _manifest_of(told: Any) -> Manifest:
    lives = _several(told["lives"], _writer_of, MOST_LIVES)
    heads = _several(told["heads"], signed_head_of, MOST_LIVES)
    if not lives or len(set(lives)) != len(lives) or not {head.head.writer for head in heads} <= set(lives):
        raise ValueError(lives)
    return Manifest(
        identity=Identity.from_json(told["identity"]),
        made_at=moment_of(told["made_at"]),
        serial=whole(told["serial"], 0, LARGEST_COUNT),
        program=_edition(told["program"], _LONGEST_PROGRAM),
        pack=_edition(told.get("pack", ""), LONGEST_PACK),
        lives=lives,
        heads=heads,
        highest=whole(told.get("highest", 0), 0, HIGHEST_SEQUENCE),
        first_number=whole(told.get("first_number", 1), 1, HIGHEST_SEQUENCE + 1),
        open_drafts=_several(told.get("open_drafts", []), number_text, MOST_NUMBERS),
        voids=_several(told.get("voids", []), number_text, MOST_NUMBERS),
        holds=_spans_of(told.get("holds", {})),
        withheld=_spans_of(told.get("withheld", {})),
        heard=_heard_of(told.get("heard", {})),
        leads=_several(told.get("leads", []), Identity.from_json, MOST_STATIONS),
    )


def _edition(told: object, most: int) -> str:
    if isinstance(told, str) and len(told) <= most and told.isprintable():
        return told
    raise ValueError(told)


def _several(told: object, make: Callable[[object], _Made], most: int) -> tuple[_Made, ...]:
    if not isinstance(told, list) or len(told) > most:
        raise ValueError
    return tuple(make(one) for one in told)


def _writer_of(told: object) -> str:
    if not is_writer(told):
        raise ValueError(told)
    return str(told)


def _spans_json(spans: Spans) -> dict[str, list[list[int]]]:
    return {writer: [list(span) for span in found] for writer, found in spans.items()}


def _spans_of(told: Any) -> Spans:
    return MappingProxyType({_writer_of(writer): _ranges_of(spans) for writer, spans in told.items()})


def _ranges_of(told: Iterable[Any]) -> tuple[Range, ...]:
    spans = [(whole(first, 1, LARGEST_COUNT), whole(last, 1, LARGEST_COUNT)) for first, last in told]
    if joined(spans) != spans:
        raise ValueError
    return tuple(spans)


def _heard_of(told: Any) -> Mapping[str, tuple[datetime, datetime]]:
    if len(told) > MOST_STATIONS:
        raise ValueError
    return MappingProxyType(
        {_writer_of(store): (moment_of(made), moment_of(taken)) for store, (made, taken) in told.items()}
    )
