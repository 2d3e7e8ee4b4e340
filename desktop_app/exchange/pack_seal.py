"""A packed site pack with who sent it and when, signed: what stores keep and bundles carry on unchanged.

Whoever carries it further is not who sent it, so the moment that counts is the one signed here: a lead with
an older pack never puts it over a newer one.
"""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass
from datetime import UTC, date, datetime

from desktop_app.domain.entries import moment_of, moment_text
from desktop_app.domain.errors import KnownError
from desktop_app.domain.identities import Identity, Keys
from desktop_app.domain.site_pack import SitePack
from desktop_app.domain.site_text import Bilingual, Version
from desktop_app.exchange.signing import SITE_PACK, is_signed, sign

FORMAT = 1
LONGEST_SEAL = 16 * 1024
"""Bytes before the zip begins; enough to tell what a kept pack is."""
_STORE = re.compile("[0-9a-f]{32}")
_DIGEST = re.compile("[0-9a-f]{64}")
_LONGEST_TEXT = 600


@dataclass(frozen=True, slots=True)
class Seal:
    """What is signed of a pack: who sent it when (UTC), with which key (hex), and what it is.

    ``digest`` is the SHA-256 of the zip: two seals with the same one are of the same pack.
    """

    store: str
    station: str
    sender: str
    sign_key: str
    sent_at: datetime
    digest: str
    name: Bilingual
    version: Version
    effective: date | None = None

    def holds(self, day: date) -> bool:
        """Whether the pack is to be used on a day of the site's calendar."""
        return self.effective is None or self.effective <= day


def sealed(
    content: bytes, pack: SitePack, identity: Identity, keys: Keys, sender: str, at: datetime
) -> bytes:
    """Return a zip with the signature of the store ``identity``; ``sender`` is the person's name."""
    told = {
        "format": FORMAT,
        "store": identity.store,
        "station": identity.station,
        "sender": sender,
        "sign": identity.sign,
        "at": moment_text(at),
        "digest": hashlib.sha256(content).hexdigest(),
        "zh": pack.name.zh,
        "en": pack.name.en,
        "number": pack.version.number,
        "version": pack.version.version,
        "approved_by": pack.version.approved_by,
        "effective": pack.effective.isoformat() if pack.effective else "",
    }
    line = json.dumps(told, ensure_ascii=False, sort_keys=True).encode()
    return line + b"\n" + sign(keys, SITE_PACK, line).hex().encode() + b"\n" + content


def seal_of(content: bytes) -> Seal:
    """Return the seal of what a store keeps or a bundle carries, of which the beginning is enough.

    Raises KnownError ``pack.seal_damaged`` and ``pack.seal_newer``.
    """
    return _seal_in(content)[0]


def opened(content: bytes) -> tuple[Seal, bytes]:
    """Return the seal and the zip, of which every byte is what was signed. Raises KnownError."""
    seal, start = _seal_in(content)
    archive = content[start:]
    if hashlib.sha256(archive).hexdigest() != seal.digest:
        raise KnownError("pack.seal_damaged")
    return seal, archive


def _seal_in(content: bytes) -> tuple[Seal, int]:
    lines = content[:LONGEST_SEAL].split(b"\n", 2)
    if len(lines) < 3:
        raise KnownError("pack.seal_damaged")
    line, signature, _ = lines
    try:
        told = json.loads(line)
        if isinstance(told, dict) and isinstance(told.get("format"), int) and told["format"] > FORMAT:
            raise KnownError("pack.seal_newer")
        seal = _told(told)
        if is_signed(seal.sign_key, SITE_PACK, line, bytes.fromhex(signature.decode("ascii"))):
            return seal, len(line) + len(signature) + 2
    except (ValueError, KeyError, TypeError, RecursionError, OverflowError):
        pass
    raise KnownError("pack.seal_damaged")


def _told(told: object) -> Seal:
    if not isinstance(told, dict) or told.get("format") != FORMAT:
        raise ValueError
    texts = {name: told[name] for name in told if name != "format"}
    if not all(isinstance(text, str) and len(text) <= _LONGEST_TEXT for text in texts.values()):
        raise ValueError
    if not (_STORE.fullmatch(texts["store"]) and _DIGEST.fullmatch(texts["digest"])):
        raise ValueError
    if not all(text.isprintable() for text in texts.values()):
        raise ValueError
    return Seal(
        store=texts["store"],
        station=texts["station"],
        sender=texts["sender"],
        sign_key=texts["sign"],
        sent_at=moment_of(texts["at"]).astimezone(UTC),
        digest=texts["digest"],
        name=Bilingual(texts["zh"], texts["en"]),
        version=Version(texts["number"], texts["version"], texts["approved_by"]),
        effective=date.fromisoformat(texts["effective"]) if texts["effective"] else None,
    )
