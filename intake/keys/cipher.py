"""AES-256-GCM and the master keys: how bytes are sealed. Knows no database; `intake.keys.keys` keeps the keys."""

import hashlib
import hmac
import os
from dataclasses import dataclass, field

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

KEY_BYTES = 32
NONCE_BYTES = 12
KEY_ID_BYTES = 4


class CannotOpen(RuntimeError):
    """What is sealed cannot be opened: moved, damaged, or its key is gone. Nothing may be written over it."""


@dataclass(frozen=True, slots=True)
class Keyring:
    """The master keys: the first wraps, all of them open (while one is being replaced by another)."""

    masters: tuple[bytes, ...] = field(repr=False)

    @property
    def key_id(self) -> bytes:
        """The id of the master key that wraps."""
        return key_id(self.masters[0])

    def knows(self, wrapped: bytes) -> bool:
        """Whether one of the master keys wrapped this."""
        return any(key_id(master) == wrapped[:KEY_ID_BYTES] for master in self.masters)

    def wrap(self, key: bytes, aad: bytes) -> bytes:
        """`key` sealed with the newest master key, its key id in front."""
        return self.key_id + encrypt(self.masters[0], key, aad)

    def unwrap(self, wrapped: bytes, aad: bytes) -> bytes:
        """What `wrap` sealed.

        Raises:
            CannotOpen: by a master key we do not have, or damaged.
        """
        for master in self.masters:
            if hmac.compare_digest(key_id(master), wrapped[:KEY_ID_BYTES]):
                return decrypt(master, wrapped[KEY_ID_BYTES:], aad)
        raise CannotOpen(f"sealed with master key {wrapped[:KEY_ID_BYTES].hex()}, which is not in the settings")


def new_key() -> bytes:
    """A key that nobody can guess."""
    return os.urandom(KEY_BYTES)


def key_id(master: bytes) -> bytes:
    """A name for a master key, from which it cannot be guessed."""
    return hashlib.sha256(b"toegang master key id" + master).digest()[:KEY_ID_BYTES]


def encrypt(key: bytes, value: bytes, aad: bytes) -> bytes:
    """`value` sealed with a nonce of its own in front; `aad` must be the same to open it."""
    nonce = os.urandom(NONCE_BYTES)
    return nonce + AESGCM(key).encrypt(nonce, value, aad)


def decrypt(key: bytes, sealed: bytes, aad: bytes) -> bytes:
    """What `encrypt` sealed.

    Raises:
        CannotOpen: with another key or `aad`, or damaged.
    """
    try:
        return AESGCM(key).decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], aad)
    except (InvalidTag, ValueError) as error:
        raise CannotOpen("sealed elsewhere, or damaged") from error
