"""The file around a bundle: a header, its signature, and content encrypted with age (JOURNAL, keys).

The header says nothing personal. It is signed and names the SHA-256 of the encrypted content, so that a file
is judged whole before a byte of it is decrypted; what it claims is bounded before more than it is read.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, BinaryIO

import pyrage
from pyrage import x25519

from desktop_app.domain.bundles import FORMAT, MOST_BYTES, MOST_ENTRIES, MOST_RECIPIENTS
from desktop_app.domain.errors import Damaged, KnownError
from desktop_app.domain.foreign_entries import LARGEST_COUNT, is_writer
from desktop_app.domain.identities import Identity, Keys
from desktop_app.domain.manifests import hex_of, whole
from desktop_app.exchange.shared_files import opened_regular
from desktop_app.exchange.signing import BUNDLE, is_signed, sign, sign_key_of

_KIND = "fallback-desk"
_BEGINNING = b'{"bundle":"fallback-desk",'
_LONGEST_HEADER = 32 * 1024
_SIGNATURE_LINE = 129
_PER_RECIPIENT, _PER_CHUNK, _CHUNK, _BESIDES = 128, 16, 64 * 1024, 1024
"""What age adds: a stanza for each recipient, a tag for each chunk, and its own header."""
_LINES_PER_RECIPIENT, _LINES_BESIDES = 2, 16
"""Lines of age's own header; there is one stanza more than recipients, of random content."""
_KEY_BYTES = 32


@dataclass(frozen=True, slots=True)
class Header:
    """What a bundle says without being decrypted.

    ``store`` and ``sign`` are its sender's id and Ed25519 key in hex, ``recipients`` the stores it is for;
    ``plain`` and ``sealed`` are the bytes of its content before and after encryption. ``digest`` is the
    SHA-256 of the whole file in hex. That the sender is who it says is for the reader to judge.
    """

    store: str
    sign: str
    recipients: tuple[str, ...]
    entries: int
    drill: bool
    plain: int
    sealed: int
    digest: str


@dataclass(frozen=True, slots=True)
class SealedBundle:
    """A file that is whole and signed, still encrypted."""

    header: Header
    content: bytes = field(repr=False)


def seal(content: bytes, entries: int, sender: Identity, keys: Keys, recipients: Sequence[Identity]) -> bytes:
    """Return the bytes of the file: ``content`` encrypted to the recipients and signed by the sender."""
    sealed: bytes = pyrage.encrypt(content, [x25519.Recipient.from_str(one.receive) for one in recipients])
    told = {
        "bundle": _KIND,
        "format": FORMAT,
        "drill": sender.drill,
        "store": sender.store,
        "sign": sign_key_of(keys),
        "to": [one.store for one in recipients],
        "entries": entries,
        "plain": len(content),
        "sealed": len(sealed),
        "sha256": hashlib.sha256(sealed).hexdigest(),
    }
    header = json.dumps(told, separators=(",", ":"), sort_keys=True).encode() + b"\n"
    return header + _signature_line(sign(keys, BUNDLE, header)) + sealed


def read_sealed(path: Path) -> SealedBundle:
    """Return what lies in a file, whole and signed by the key it names.

    Raises KnownError: ``sharing.not_regular``, ``bundles.missing``, ``bundles.unreadable_file``,
    ``bundles.not_one``, ``bundles.newer``, ``bundles.too_large``, and Damaged ``bundles.cut``,
    ``bundles.altered``.
    """
    try:
        with opened_regular(path) as file:
            return _read(path, file)
    except FileNotFoundError as problem:
        raise KnownError("bundles.missing", file=path) from problem
    except OSError as problem:
        raise KnownError(
            "bundles.unreadable_file", file=path, problem=problem.strerror or problem
        ) from problem


def unseal(bundle: SealedBundle, keys: Keys, path: Path) -> bytes:
    """Return the content, decrypted with our key; raises KnownError ``bundles.not_for_us``, or Damaged."""
    _check_stanzas(bundle, path)
    try:
        content: bytes = pyrage.decrypt(bundle.content, [x25519.Identity.from_str(keys.receive)])
    except pyrage.DecryptError as problem:
        if "matching keys" in str(problem):
            raise KnownError("bundles.not_for_us", file=path) from problem
        raise Damaged("bundles.content", file=path) from problem
    if len(content) != bundle.header.plain:
        raise Damaged("bundles.content", file=path)
    return content


def _check_stanzas(bundle: SealedBundle, path: Path) -> None:
    """Raise Damaged where age's own header is longer than its recipients ask for.

    The time it takes grows with the square of its lines: one of 32 MB would be read for days.
    """
    recipients = len(bundle.header.recipients)
    end = bundle.content.find(b"\n---", 0, recipients * _PER_RECIPIENT + _BESIDES)
    lines = bundle.content.count(b"\n", 0, max(end, 0))
    if end < 0 or lines > recipients * _LINES_PER_RECIPIENT + _LINES_BESIDES:
        raise Damaged("bundles.content", file=path)


def _read(path: Path, file: BinaryIO) -> SealedBundle:
    line, signature = file.readline(_LONGEST_HEADER), file.readline(_SIGNATURE_LINE)
    told = _told(path, line)
    if type(told.get("format")) is int and told["format"] > FORMAT:
        raise KnownError("bundles.newer", file=path)
    try:
        header, sha256 = _header_of(told)
    except (ValueError, TypeError, KeyError) as problem:
        raise Damaged("bundles.altered", file=path) from problem
    if header.entries > MOST_ENTRIES or header.plain > MOST_BYTES or header.sealed > _most_sealed(header):
        raise KnownError("bundles.too_large", file=path)
    if os.fstat(file.fileno()).st_size > _LONGEST_HEADER + _SIGNATURE_LINE + _most_sealed(header):
        raise KnownError("bundles.too_large", file=path)
    content = file.read(header.sealed + 1)
    if len(content) < header.sealed:
        raise Damaged("bundles.cut", file=path)
    whole_file = hashlib.sha256(line + signature)
    whole_file.update(content)
    if hashlib.sha256(content).hexdigest() != sha256 or not _is_signed(header.sign, line, signature):
        raise Damaged("bundles.altered", file=path)
    return SealedBundle(replace(header, digest=whole_file.hexdigest()), content)


def _told(path: Path, line: bytes) -> dict[str, Any]:
    """Return the members of the header, whatever they are."""
    if line.startswith(_BEGINNING) and not line.endswith(b"\n") and len(line) < _LONGEST_HEADER:
        raise Damaged("bundles.cut", file=path)
    try:
        told = json.loads(line)
    except (ValueError, RecursionError):
        told = None
    if not (isinstance(told, dict) and told.get("bundle") == _KIND):
        raise KnownError("bundles.not_one", file=path)
    return told


def _header_of(told: dict[str, Any]) -> tuple[Header, str]:
    """Return the header, its digest still empty, and the content's SHA-256; raises ValueError and such."""
    recipients = told["to"]
    if not (
        told["format"] == FORMAT
        and isinstance(told["drill"], bool)
        and is_writer(told["store"])
        and isinstance(recipients, list)
        and 0 < len(recipients) <= MOST_RECIPIENTS
        and all(is_writer(one) for one in recipients)
    ):
        raise ValueError(told)
    header = Header(
        told["store"],
        hex_of(told["sign"], _KEY_BYTES),
        tuple(recipients),
        whole(told["entries"], 0, LARGEST_COUNT),
        told["drill"],
        whole(told["plain"], 1, LARGEST_COUNT),
        whole(told["sealed"], 1, LARGEST_COUNT),
        "",
    )
    return header, hex_of(told["sha256"], _KEY_BYTES)


def _most_sealed(header: Header) -> int:
    """Return how many bytes the content can have after encryption."""
    chunks = header.plain // _CHUNK + 1
    return header.plain + chunks * _PER_CHUNK + len(header.recipients) * _PER_RECIPIENT + _BESIDES


def _is_signed(sign_key: str, header: bytes, line: bytes) -> bool:
    try:
        signature = bytes.fromhex(line.decode("ascii"))
    except ValueError:
        return False
    # One spelling only: a file is known again by its digest.
    return line == _signature_line(signature) and is_signed(sign_key, BUNDLE, header, signature)


def _signature_line(signature: bytes) -> bytes:
    return signature.hex().encode() + b"\n"
