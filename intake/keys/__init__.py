"""Sealing what is secret: ciphers, the keys of tenants and cases, and the sealed columns of a row."""

from intake.keys.cipher import KEY_ID_BYTES, CannotOpen, key_id
from intake.keys.crypto import keyed_hash
from intake.keys.keys import NO_TENANT, session_info
from intake.keys.sealing import get

__all__ = [
    "KEY_ID_BYTES",
    "NO_TENANT",
    "CannotOpen",
    "get",
    "key_id",
    "keyed_hash",
    "session_info",
]
