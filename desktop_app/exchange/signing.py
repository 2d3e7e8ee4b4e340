"""Ed25519 signatures of a store: over bundles, and over the ends of its writers' chains."""

from __future__ import annotations

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from desktop_app.domain.bundles import SignedHead
from desktop_app.domain.entries import Head
from desktop_app.domain.identities import Keys

BUNDLE = b"fallback-desk bundle"
HEAD = b"fallback-desk head"
SITE_PACK = b"fallback-desk site pack"
"""What a signature is over, before the signed bytes: none of one use serves for another."""


def sign(keys: Keys, context: bytes, message: bytes) -> bytes:
    """Return the store's signature over context ‖ NUL ‖ message."""
    return Ed25519PrivateKey.from_private_bytes(keys.sign).sign(context + b"\0" + message)


def is_signed(sign_key: str, context: bytes, message: bytes, signature: bytes) -> bool:
    """Whether ``signature`` was made with the secret half of ``sign_key`` (hex) over this message."""
    try:
        public = Ed25519PublicKey.from_public_bytes(bytes.fromhex(sign_key))
        public.verify(signature, context + b"\0" + message)
    except (InvalidSignature, ValueError):
        return False
    return True


def sign_key_of(keys: Keys) -> str:
    """Return the public half of the key that signs, in hex."""
    return Ed25519PrivateKey.from_private_bytes(keys.sign).public_key().public_bytes_raw().hex()


def sign_head(keys: Keys, head: Head) -> SignedHead:
    """Return the end of a chain signed by the store it belongs to."""
    return SignedHead(head, sign(keys, HEAD, _head_bytes(head)).hex())


def is_head_signed(sign_key: str, signed: SignedHead) -> bool:
    """Whether the store with this key (hex) signed the end of the chain."""
    try:
        signature = bytes.fromhex(signed.signature)
    except ValueError:
        return False
    return is_signed(sign_key, HEAD, _head_bytes(signed.head), signature)


def _head_bytes(head: Head) -> bytes:
    return f"{head.writer}\0{head.seq}\0{head.hash}".encode()
