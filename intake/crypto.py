"""Sealing what is said about a person: AES-256-GCM with a key per case, wrapped by a key per tenant, wrapped by ours.

How to use it: make the session with `info=session_info(master_key)` (`Database.session` does). Then

    intake.answers = seal(session, Place("intake.answers", gemeente_id, zaak_id, intake.id), answers)
    answers = open_sealed(session, Place("intake.answers", ...), intake.answers)

`answers` is anything JSON can hold; for a PDF use `seal_bytes` and `open_bytes`. A draft is its own case (its id as
`zaak_id`); submitting seals anew under the intake's id. What is sealed opens only at the same place: moved to another
row, column, case or tenant it is refused (AAD). `EncryptedBlob` (`intake.tables.sealed`) as column type refuses to
store what is not sealed.
A bsn is found again by `blind_index`, a keyed hash per tenant. `destroy_case_key` makes all of one case unreadable,
in every backup of the sealed values too.
"""

import hashlib
import hmac
import json
import os
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import delete, event, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session, SessionTransaction

from intake.tables.key import CaseKey, KeyPurpose, TenantKey
from intake.tables.sealed import MAGIC

JSONValue = Mapping[str, Any] | Sequence[Any] | str | int | float | bool | None

KEY_BYTES = 32
NONCE_BYTES = 12
KEYRING = "toegang_keyring"
OPENED = "toegang_opened_keys"
NO_TENANT = uuid.UUID(int=0)
"""Tenant of what belongs to no gemeente: attempts of unknown people to log in, the region's own acts."""


class CannotOpen(RuntimeError):
    """What is sealed cannot be opened: moved, damaged, or its key is gone. Nothing may be written over it."""


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


@dataclass(frozen=True, slots=True)
class Keyring:
    """The master keys: the first wraps, all of them open (for rotation)."""

    masters: tuple[bytes, ...] = field(repr=False)

    def wrap(self, key: bytes, aad: bytes) -> bytes:
        """`key` sealed with the newest master key, its key id in front."""
        return _key_id(self.masters[0]) + _encrypt(self.masters[0], key, aad)

    def unwrap(self, wrapped: bytes, aad: bytes) -> bytes:
        """What `wrap` sealed.

        Raises:
            CannotOpen: by a master key we do not have, or damaged.
        """
        for master in self.masters:
            if hmac.compare_digest(_key_id(master), wrapped[:4]):
                return _decrypt(master, wrapped[4:], aad)
        raise CannotOpen(f"sealed with master key {wrapped[:4].hex()}, which is not in the settings")


@dataclass(frozen=True, slots=True)
class _Opened:
    """Keys opened in one session, in memory only."""

    tenants: dict[tuple[uuid.UUID, KeyPurpose, int | None], tuple[int, bytes]] = field(default_factory=dict, repr=False)
    cases: dict[tuple[uuid.UUID, uuid.UUID], bytes] = field(default_factory=dict, repr=False)


@event.listens_for(Session, "after_soft_rollback")
def _forget_opened(session: Session, ended: SessionTransaction) -> None:
    """A key that was made in the transaction is not there any more."""
    del ended
    session.info.pop(OPENED, None)


def session_info(*masters: bytes) -> dict[Any, Any]:
    """What `Session(info=…)` needs to seal and open; the newest master key first.

    Raises:
        ValueError: a master key is not 32 bytes.
    """
    if not masters or any(len(master) != KEY_BYTES for master in masters):
        raise ValueError("a master key is 32 bytes")
    return {KEYRING: Keyring(masters)}


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
    return MAGIC + _encrypt(_case_key(session, place, make=True), value, place.aad())


def open_bytes(session: Session, place: Place, sealed: bytes) -> bytes:
    """What `seal_bytes` sealed at this place.

    Raises:
        CannotOpen: moved from another place, damaged, or the key of the case was destroyed.
    """
    if not sealed.startswith(MAGIC):
        raise CannotOpen("not a sealed value")
    return _decrypt(_case_key(session, place, make=False), sealed[len(MAGIC) :], place.aad())


def blind_index(session: Session, gemeente_id: uuid.UUID, text: str) -> bytes:
    """A keyed hash by which this tenant, and no other, can find an equal text (a bsn) again."""
    return hmac.digest(tenant_key(session, gemeente_id, KeyPurpose.INDEX)[1], text.encode(), "sha256")


def wrap_secret(session: Session, secret: bytes, owner: uuid.UUID) -> bytes:
    """A secret of one account (TOTP), sealed with the master key."""
    return _keyring(session).wrap(secret, b"account|" + owner.bytes)


def unwrap_secret(session: Session, wrapped: bytes, owner: uuid.UUID) -> bytes:
    """What `wrap_secret` sealed for this account.

    Raises:
        CannotOpen: of another account, damaged, or another master key.
    """
    return _keyring(session).unwrap(wrapped, b"account|" + owner.bytes)


def keyed_hash(session: Session, text: str) -> str:
    """A hash for what must be counted but not read (names and addresses of failed logins), hexadecimal."""
    key = hmac.digest(_keyring(session).masters[0], b"keyed hash of attempts", "sha256")
    return hmac.digest(key, text.encode(), "sha256").hex()


def destroy_case_key(session: Session, gemeente_id: uuid.UUID, zaak_id: uuid.UUID) -> None:
    """Make every sealed value of the case unreadable for ever."""
    session.execute(delete(CaseKey).where(CaseKey.gemeente_id == gemeente_id, CaseKey.zaak_id == zaak_id))
    session.info.pop(OPENED, None)


def tenant_key(
    session: Session, gemeente_id: uuid.UUID, purpose: KeyPurpose, version: int | None = None
) -> tuple[int, bytes]:
    """Version and key of a tenant for one purpose, the newest unless said; made on first use.

    Raises:
        CannotOpen: that version does not exist, or cannot be opened with our master keys.
    """
    opened = _opened(session)
    if (gemeente_id, purpose, version) in opened.tenants:
        return opened.tenants[gemeente_id, purpose, version]
    keyring = _keyring(session)
    row = _tenant_row(session, gemeente_id, purpose, version)
    if row is None and version is None:
        _insert_once(session, TenantKey, _new_tenant_key(keyring, gemeente_id, purpose))
        row = _tenant_row(session, gemeente_id, purpose, version)
    if row is None:
        raise CannotOpen("the key of this tenant is gone")
    found = row.version, keyring.unwrap(row.wrapped, _tenant_aad(gemeente_id, purpose, row.version))
    opened.tenants[gemeente_id, purpose, version] = found
    return found


def renew_tenant_key(session: Session, gemeente_id: uuid.UUID) -> int:
    """A new key for the cases of this tenant, used from now on; its version. The older ones open what they did."""
    keyring, purpose = _keyring(session), KeyPurpose.ZAKEN
    version = tenant_key(session, gemeente_id, purpose)[0] + 1
    _insert_once(session, TenantKey, _new_tenant_key(keyring, gemeente_id, purpose, version))
    session.info.pop(OPENED, None)
    return version


def rewrap(session: Session, row: CaseKey) -> None:
    """Wrap the key of a case with the newest key of its tenant; the key itself, and what it sealed, stay as they are.

    Raises:
        CannotOpen: it was damaged, or the key that wraps it is gone.
    """
    case_key = _unwrap_case(session, row)
    version, wrapping = tenant_key(session, row.gemeente_id, KeyPurpose.ZAKEN)
    row.wrapped = _encrypt(wrapping, case_key, _case_aad(row.gemeente_id, row.zaak_id))
    row.tenant_version = version


def preload_case_keys(session: Session, zaak_ids: Iterable[uuid.UUID]) -> None:
    """Open the keys of many cases with one query, for a list; each stays open until the session ends."""
    opened = _opened(session).cases
    wanted = [zaak_id for zaak_id in set(zaak_ids) if zaak_id not in {case for _, case in opened}]
    for row in session.scalars(select(CaseKey).where(CaseKey.zaak_id.in_(wanted))) if wanted else ():
        opened[row.gemeente_id, row.zaak_id] = _unwrap_case(session, row)


def _keyring(session: Session) -> Keyring:
    keyring: Keyring | None = session.info.get(KEYRING)
    if keyring is None:
        raise CannotOpen("this session has no keys; make it with info=session_info(master_key)")
    return keyring


def _tenant_row(session: Session, gemeente_id: uuid.UUID, purpose: KeyPurpose, version: int | None) -> TenantKey | None:
    query = select(TenantKey).where(TenantKey.gemeente_id == gemeente_id, TenantKey.purpose == purpose)
    if version is not None:
        query = query.where(TenantKey.version == version)
    return session.scalars(query.order_by(TenantKey.version.desc()).limit(1)).first()


def _new_tenant_key(
    keyring: Keyring, gemeente_id: uuid.UUID, purpose: KeyPurpose, version: int = 1
) -> dict[str, object]:
    wrapped = keyring.wrap(os.urandom(KEY_BYTES), _tenant_aad(gemeente_id, purpose, version))
    return {"id": uuid.uuid4(), "gemeente_id": gemeente_id, "purpose": purpose, "version": version, "wrapped": wrapped}


def _tenant_aad(gemeente_id: uuid.UUID, purpose: KeyPurpose, version: int) -> bytes:
    return f"tenant|{gemeente_id}|{purpose}|{version}".encode()


def _case_key(session: Session, place: Place, *, make: bool) -> bytes:
    opened, key_of = _opened(session).cases, (place.gemeente_id, place.zaak_id)
    if key_of not in opened:
        row = session.get(CaseKey, key_of)
        if row is None and make:
            _insert_once(session, CaseKey, _new_case_key(session, *key_of))
            row = session.get(CaseKey, key_of)
        if row is None:
            raise CannotOpen("the key of this case is gone")
        opened[key_of] = _unwrap_case(session, row)
    return opened[key_of]


def _new_case_key(session: Session, gemeente_id: uuid.UUID, zaak_id: uuid.UUID) -> dict[str, object]:
    version, wrapping = tenant_key(session, gemeente_id, KeyPurpose.ZAKEN)
    wrapped = _encrypt(wrapping, os.urandom(KEY_BYTES), _case_aad(gemeente_id, zaak_id))
    return {"gemeente_id": gemeente_id, "zaak_id": zaak_id, "tenant_version": version, "wrapped": wrapped}


def _unwrap_case(session: Session, row: CaseKey) -> bytes:
    _, wrapping = tenant_key(session, row.gemeente_id, KeyPurpose.ZAKEN, row.tenant_version)
    return _decrypt(wrapping, row.wrapped, _case_aad(row.gemeente_id, row.zaak_id))


def _opened(session: Session) -> _Opened:
    opened: _Opened = session.info.setdefault(OPENED, _Opened())
    return opened


def _case_aad(gemeente_id: uuid.UUID, zaak_id: uuid.UUID) -> bytes:
    return f"case|{gemeente_id}|{zaak_id}".encode()


def _insert_once(session: Session, table: type[TenantKey | CaseKey], values: dict[str, object]) -> None:
    """Insert, unless somebody else did at the same moment: the first key stays."""
    dialect = session.get_bind().dialect.name
    insert = postgresql.insert if dialect == "postgresql" else sqlite.insert
    session.execute(insert(table).values(values).on_conflict_do_nothing())


def _key_id(master: bytes) -> bytes:
    return hashlib.sha256(b"toegang master key id" + master).digest()[:4]


def _encrypt(key: bytes, value: bytes, aad: bytes) -> bytes:
    nonce = os.urandom(NONCE_BYTES)
    return nonce + AESGCM(key).encrypt(nonce, value, aad)


def _decrypt(key: bytes, sealed: bytes, aad: bytes) -> bytes:
    try:
        return AESGCM(key).decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], aad)
    except (InvalidTag, ValueError) as error:
        raise CannotOpen("sealed elsewhere, or damaged") from error
