"""Sealing what is said about a person: AES-256-GCM with a key per case, wrapped by a key per tenant, wrapped by ours.

How to use it: make the session with `info=session_info(master_key)` (`Database.session` does). Then

    intake.answers = seal(session, Place("intake.answers", gemeente_id, zaak_id, intake.id), answers)
    answers = open_sealed(session, Place("intake.answers", ...), intake.answers)

`answers` is anything JSON can hold; for a PDF use `seal_bytes` and `open_bytes`. A draft is its own case (its id as
`zaak_id`); submitting seals anew under the intake's id. What is sealed opens only at the same place: moved to another
row, column, case or tenant it is refused (AAD). `EncryptedBlob` (`intake.tables.sealed`) as column type refuses to
store what is not sealed. A secret of an account or an identity provider is wrapped by the master key itself
(`wrap_secret`, in a column of type `WrappedSecret`). Where the keys come from stands in `intake.keys.keys`, how a bsn
is found again in `intake.case.lookup`. `keys.destroy_case_key` makes all of one case unreadable, in every backup too.
"""

import hmac
import json
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from intake.keys.cipher import CannotOpen, decrypt, encrypt
from intake.keys.keys import case_key, keyring
from intake.tables.sealed import MAGIC

JSONValue = Mapping[str, Any] | Sequence[Any] | str | int | float | bool | None


@dataclass(frozen=True, slots=True)
class Place:
    """Where a sealed value lies: `column` is "table.column", `zaak_id` the case or draft whose key is used."""

    column: str
    gemeente_id: uuid.UUID
    zaak_id: uuid.UUID
    row_id: uuid.UUID

    def aad(self) -> bytes:
        """What is authenticated along with the value."""
        return f"{self.gemeente_id}|{self.column}|{self.zaak_id}|{self.row_id}".encode()


def seal(session: Session, place: Place, value: JSONValue) -> bytes:
    """`value` as JSON, sealed with the key of the case at `place`; makes that key on first use."""
    return seal_bytes(session, place, json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode())


def open_sealed(session: Session, place: Place, sealed: bytes) -> Any:
    """What `seal` sealed at this place.

    Raises:
        CannotOpen: moved from another place, damaged, or the key of the case was destroyed.
    """
    return json.loads(open_bytes(session, place, sealed))


def seal_bytes(session: Session, place: Place, value: bytes) -> bytes:
    """`value` sealed as it is, for documents."""
    key = case_key(session, place.gemeente_id, place.zaak_id, make=True)
    return MAGIC + encrypt(key, value, place.aad())


def open_bytes(session: Session, place: Place, sealed: bytes) -> bytes:
    """What `seal_bytes` sealed at this place.

    Raises:
        CannotOpen: moved from another place, damaged, or the key of the case was destroyed.
    """
    if not sealed.startswith(MAGIC):
        raise CannotOpen("not a sealed value")
    key = case_key(session, place.gemeente_id, place.zaak_id, make=False)
    return decrypt(key, sealed[len(MAGIC) :], place.aad())


def wrap_secret(session: Session, secret: bytes, owner: uuid.UUID, kind: str = "account") -> bytes:
    """A secret of one row, sealed with the master key; `kind` is that of its column (`WrappedSecret`)."""
    return keyring(session).wrap(secret, secret_aad(owner, kind))


def unwrap_secret(session: Session, wrapped: bytes, owner: uuid.UUID, kind: str = "account") -> bytes:
    """What `wrap_secret` sealed for this account.

    Raises:
        CannotOpen: of another row or column, damaged, or another master key.
    """
    return keyring(session).unwrap(wrapped, secret_aad(owner, kind))


def secret_aad(owner: uuid.UUID, kind: str) -> bytes:
    """What is authenticated along with a secret of one row."""
    return kind.encode() + b"|" + owner.bytes


def keyed_hash(session: Session, text: str) -> str:
    """A hash for what must be counted but not read (names and addresses of failed logins), hexadecimal."""
    key = hmac.digest(keyring(session).masters[0], b"keyed hash of attempts", "sha256")
    return hmac.digest(key, text.encode(), "sha256").hex()
