"""age recipients (X25519) that others told us: whether anything can be encrypted to them at all."""

from __future__ import annotations

import functools

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from pyrage import RecipientError, x25519

from desktop_app.domain.errors import KnownError
from desktop_app.domain.identities import Identity

_ALPHABET = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
_PREFIX, _KEY_BYTES = "age1", 32


@functools.lru_cache(maxsize=10_000)
def is_recipient(receive: str) -> bool:
    """Whether the text is a recipient of age whose key makes a secret.

    With one of the few keys of low order age gives up the whole program, for all recipients of a file.
    """
    try:
        x25519.Recipient.from_str(receive)
        bits = 0
        for letter in receive[len(_PREFIX) :]:
            bits = bits << 5 | _ALPHABET.index(letter)
        # 52 letters carry the 32 bytes and 4 bits to fill; the last 6 are the checksum.
        key = (bits >> (6 * 5 + 4)).to_bytes(_KEY_BYTES, "big")
        X25519PrivateKey.generate().exchange(X25519PublicKey.from_public_bytes(key))
    except (RecipientError, ValueError):
        return False
    return True


def check_recipient(identity: Identity) -> None:
    """Raise KnownError ``pairing.not_one`` where nothing can be encrypted to a store of this identity."""
    if not is_recipient(identity.receive):
        raise KnownError("pairing.not_one")
