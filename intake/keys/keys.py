"""The keys of the tenants and the cases: made on first use, kept wrapped, opened once per session.

A key per case is wrapped by a key of its tenant, which is wrapped by the master key. A tenant has a key for each
purpose, in versions: the newest is used, the older ones open what they did. A key for the log also says from which row
on it chains.
"""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import bindparam, delete, event, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session, SessionTransaction

from intake.keys.cipher import KEY_BYTES, CannotOpen, Keyring, decrypt, encrypt, new_key
from intake.tables.key import CaseKey, KeyPurpose, TenantKey

KEYRING = "toegang_keyring"
OPENED = "toegang_opened_keys"
NO_TENANT = uuid.UUID(int=0)
"""Tenant of what belongs to no gemeente: attempts of unknown people to log in, the region's own acts."""

_VERSIONS = select(TenantKey).where(
    TenantKey.gemeente_id == bindparam("whose"), TenantKey.purpose == bindparam("what_for")
)
_NEWEST = _VERSIONS.order_by(TenantKey.version.desc()).limit(1)
_VERSION = _VERSIONS.where(TenantKey.version == bindparam("which"))
"""Asked for in every request, so made once."""


@dataclass(frozen=True, slots=True)
class _Opened:
    """Keys opened in one session, in memory only."""

    tenants: dict[tuple[uuid.UUID, KeyPurpose, int | None], tuple[int, bytes]] = field(default_factory=dict, repr=False)
    cases: dict[tuple[uuid.UUID, uuid.UUID], bytes] = field(default_factory=dict, repr=False)


@event.listens_for(Session, "after_soft_rollback")
def _forget_opened(session: Session, ended: SessionTransaction) -> None:
    """A key that was made in the transaction is not there any more."""
    del ended
    forget(session)


def session_info(*masters: bytes) -> dict[Any, Any]:
    """What `Session(info=…)` needs to seal and open; the newest master key first.

    Raises:
        ValueError: a master key is not 32 bytes.
    """
    if not masters or any(len(master) != KEY_BYTES for master in masters):
        raise ValueError("a master key is 32 bytes")
    return {KEYRING: Keyring(masters)}


def keyring(session: Session) -> Keyring:
    """The master keys of this session.

    Raises:
        CannotOpen: it has none.
    """
    found: Keyring | None = session.info.get(KEYRING)
    if found is None:
        raise CannotOpen("this session has no keys; make it with info=session_info(master_key)")
    return found


def forget(session: Session) -> None:
    """Read every key from the database again at its next use."""
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
    row = _tenant_row(session, gemeente_id, purpose, version)
    if row is None and version is None:
        _insert_once(session, TenantKey, _new_tenant_key(session, _unmade(gemeente_id, purpose)))
        row = _tenant_row(session, gemeente_id, purpose, version)
    if row is None:
        raise CannotOpen("the key of this tenant is gone")
    found = row.version, keyring(session).unwrap(row.wrapped, tenant_aad(row))
    opened.tenants[gemeente_id, purpose, version] = opened.tenants[gemeente_id, purpose, row.version] = found
    return found


def tenant_keys(session: Session, gemeente_id: uuid.UUID, purpose: KeyPurpose) -> tuple[tuple[int, bytes], ...]:
    """Every version of a tenant's key for one purpose, newest first; makes the first.

    Raises:
        CannotOpen: one cannot be opened with our master keys.
    """
    newest, _ = tenant_key(session, gemeente_id, purpose)
    versions = select(TenantKey.version).where(TenantKey.gemeente_id == gemeente_id, TenantKey.purpose == purpose)
    older = session.scalars(versions.where(TenantKey.version <= newest).order_by(TenantKey.version.desc())).all()
    return tuple(tenant_key(session, gemeente_id, purpose, version) for version in older)


def renew_tenant_key(
    session: Session, gemeente_id: uuid.UUID, purpose: KeyPurpose = KeyPurpose.ZAKEN, *, from_seq: int | None = None
) -> int:
    """A new key of this tenant for this purpose, used from now on; its version. The older ones open what they did.

    Args:
        session: the transaction.
        gemeente_id: the tenant.
        purpose: what the key is for.
        from_seq: for the key of the log: the first row that it chains.
    """
    forget(session)
    version = tenant_key(session, gemeente_id, purpose)[0] + 1
    _insert_once(session, TenantKey, _new_tenant_key(session, _unmade(gemeente_id, purpose, version, from_seq)))
    forget(session)
    return version


def tenant_aad(row: TenantKey) -> bytes:
    """What is authenticated along with a wrapped key: whose it is, what for, and from which row of the log on."""
    since = "" if row.from_seq is None else f"|{row.from_seq}"
    return f"tenant|{row.gemeente_id}|{row.purpose}|{row.version}{since}".encode()


def case_key(session: Session, gemeente_id: uuid.UUID, zaak_id: uuid.UUID, *, make: bool) -> bytes:
    """The key of a case or draft; with `make` it is made when it is not there.

    Raises:
        CannotOpen: it is not there, was damaged, or the key that wraps it is gone.
    """
    opened, key_of = _opened(session).cases, (gemeente_id, zaak_id)
    if key_of not in opened:
        row = session.get(CaseKey, key_of)
        if row is None and make:
            _insert_once(session, CaseKey, _new_case_key(session, *key_of))
            row = session.get(CaseKey, key_of)
        if row is None:
            raise CannotOpen("the key of this case is gone")
        opened[key_of] = _unwrap_case(session, row)
    return opened[key_of]


def preload_case_keys(session: Session, zaak_ids: Iterable[uuid.UUID]) -> None:
    """Open the keys of many cases with one query, for a list; each stays open until the session ends."""
    opened = _opened(session).cases
    wanted = [zaak_id for zaak_id in set(zaak_ids) if zaak_id not in {case for _, case in opened}]
    for row in session.scalars(select(CaseKey).where(CaseKey.zaak_id.in_(wanted))) if wanted else ():
        opened[row.gemeente_id, row.zaak_id] = _unwrap_case(session, row)


def rewrap(session: Session, row: CaseKey) -> None:
    """Wrap the key of a case with the newest key of its tenant; the key itself, and what it sealed, stay as they are.

    Raises:
        CannotOpen: it was damaged, or the key that wraps it is gone.
    """
    opened = _unwrap_case(session, row)
    version, wrapping = tenant_key(session, row.gemeente_id, KeyPurpose.ZAKEN)
    row.wrapped = encrypt(wrapping, opened, _case_aad(row.gemeente_id, row.zaak_id))
    row.tenant_version = version


def destroy_case_key(session: Session, gemeente_id: uuid.UUID, zaak_id: uuid.UUID) -> None:
    """Make every sealed value of the case unreadable for ever."""
    session.execute(delete(CaseKey).where(CaseKey.gemeente_id == gemeente_id, CaseKey.zaak_id == zaak_id))
    forget(session)


def _tenant_row(session: Session, gemeente_id: uuid.UUID, purpose: KeyPurpose, version: int | None) -> TenantKey | None:
    whose = {"whose": gemeente_id, "what_for": purpose}
    if version is None:
        return session.scalars(_NEWEST, whose).first()
    return session.scalars(_VERSION, {**whose, "which": version}).first()


def _unmade(gemeente_id: uuid.UUID, purpose: KeyPurpose, version: int = 1, from_seq: int | None = None) -> TenantKey:
    """A key that is still to be made; in no session."""
    return TenantKey(
        id=uuid.uuid4(), gemeente_id=gemeente_id, purpose=purpose, version=version, from_seq=from_seq, wrapped=b""
    )


def _new_tenant_key(session: Session, row: TenantKey) -> dict[str, object]:
    _refuse_another_master(session)
    return {
        "id": row.id,
        "gemeente_id": row.gemeente_id,
        "purpose": row.purpose,
        "version": row.version,
        "from_seq": row.from_seq,
        "wrapped": keyring(session).wrap(new_key(), tenant_aad(row)),
    }


def _refuse_another_master(session: Session) -> None:
    """Make no key in a database whose keys are not ours to open: two masters that do not know each other are lost work.

    Raises:
        CannotOpen: a key there was wrapped by a master key that is not in the settings.
    """
    known = keyring(session)
    if any(not known.knows(wrapped) for wrapped in session.scalars(select(TenantKey.wrapped))):
        raise CannotOpen("this database holds keys of a master key that is not in the settings")


def _new_case_key(session: Session, gemeente_id: uuid.UUID, zaak_id: uuid.UUID) -> dict[str, object]:
    version, wrapping = tenant_key(session, gemeente_id, KeyPurpose.ZAKEN)
    wrapped = encrypt(wrapping, new_key(), _case_aad(gemeente_id, zaak_id))
    return {"gemeente_id": gemeente_id, "zaak_id": zaak_id, "tenant_version": version, "wrapped": wrapped}


def _unwrap_case(session: Session, row: CaseKey) -> bytes:
    _, wrapping = tenant_key(session, row.gemeente_id, KeyPurpose.ZAKEN, row.tenant_version)
    return decrypt(wrapping, row.wrapped, _case_aad(row.gemeente_id, row.zaak_id))


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
