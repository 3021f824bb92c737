"""The keys that chain the log: each from its own first row on, until the next one begins.

An old key opens nothing new: a row that it chained after its time is found as changed. From which row on a key chains
is sealed along with it by the master key, so nobody who can write in the database can move the border.
"""

import uuid
from collections.abc import Mapping

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from intake.keys.keys import renew_tenant_key, tenant_key
from intake.tables.audit import AuditHead
from intake.tables.key import KeyPurpose, TenantKey


def renew_log_keys(session: Session, chain_id: uuid.UUID) -> int:
    """A new key for the log of this tenant, from the next row on; the number of that row.

    Who writes in this log meanwhile waits until the transaction ends.
    """
    head = session.scalars(select(AuditHead).where(AuditHead.chain_id == chain_id).with_for_update()).one_or_none()
    if head is None:
        return 1
    session.refresh(head)
    version = renew_tenant_key(session, chain_id, KeyPurpose.LOGBOEK, from_seq=head.seq + 1)
    session.execute(update(AuditHead).where(AuditHead.chain_id == chain_id).values(key_version=version))
    return head.seq + 1


def spans(session: Session, chain_id: uuid.UUID) -> Mapping[int, bytes]:
    """By the first row that it chains, each key of this log.

    Raises:
        CannotOpen: one of them cannot be opened, or was moved.
    """
    first = tenant_key(session, chain_id, KeyPurpose.LOGBOEK, 1)
    query = select(TenantKey.version, TenantKey.from_seq).where(
        TenantKey.gemeente_id == chain_id, TenantKey.purpose == KeyPurpose.LOGBOEK, TenantKey.from_seq.is_not(None)
    )
    later = session.execute(query.order_by(TenantKey.version)).all()
    found = {row.from_seq: tenant_key(session, chain_id, KeyPurpose.LOGBOEK, row.version)[1] for row in later}
    return {1: first[1], **found}
