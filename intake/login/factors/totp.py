"""The second factor: codes of an authenticator app (RFC 6238), each good once, and recovery codes, each good once."""

import base64
import hashlib
import hmac
import secrets
import uuid
from datetime import datetime

import pyotp
from sqlalchemy import CursorResult, Update, delete, func, select, update
from sqlalchemy.orm import Session

from intake.keys.crypto import unwrap_secret, wrap_secret
from intake.login.factors.step import Step
from intake.tables.account import Account, RecoveryCode
from intake.tables.passkey import Passkey

STEP_SECONDS = 30
DRIFT_STEPS = 1
ISSUER = "Toegang"
RECOVERY_CODES = 10
RECOVERY_BYTES = 10


class WrongCode(ValueError):
    """The code is wrong, too old, or was used before; the message is Dutch."""

    def __init__(self) -> None:
        super().__init__("Deze code klopt niet. Vul de code in die de app nu laat zien. Een code werkt één keer.")


def pending_secret(secret_key: str, csrf_secret: bytes) -> str:
    """The secret offered to this session until it is confirmed, in base32; stored nowhere, the same at each look."""
    digest = hmac.digest(secret_key.encode(), b"offered second factor" + csrf_secret, "sha256")
    return base64.b32encode(digest[:20]).decode()


def provisioning_uri(secret: str, account: Account) -> str:
    """What the QR code says to the authenticator app."""
    return pyotp.TOTP(secret).provisioning_uri(name=account.email, issuer_name=ISSUER)


def enrol(step: Step, account: Account, *, secret: str, code: str) -> tuple[str, ...]:
    """Confirm the offered secret with a first code; the new recovery codes, to be shown once.

    Raises:
        WrongCode: the code does not belong to the secret.
    """
    shown = _step_of(secret, code, step.now)
    if shown is None:
        raise WrongCode
    account.totp_secret = wrap_secret(step.session, secret.encode(), account.id)
    account.totp_last_step = shown
    step.session.flush()
    return renew_recovery_codes(step.session, account)


def verify(session: Session, account: Account, typed: str, *, now: datetime) -> None:
    """Accept a code of the app or a recovery code, and use it up.

    Raises:
        WrongCode: neither, or used before.
    """
    code = "".join(typed.split()).replace("-", "").upper()
    if not (_use_code(session, account, code, now) or _use_recovery_code(session, account, code, now)):
        raise WrongCode


def renew_recovery_codes(session: Session, account: Account) -> tuple[str, ...]:
    """Ten new recovery codes of 80 random bits; the old ones are dead."""
    session.execute(delete(RecoveryCode).where(RecoveryCode.account_id == account.id))
    codes = [base64.b32encode(secrets.token_bytes(RECOVERY_BYTES)).decode() for _ in range(RECOVERY_CODES)]
    session.add_all(RecoveryCode(id=uuid.uuid4(), account_id=account.id, code_hash=_hash(code)) for code in codes)
    session.flush()
    return tuple("-".join(code[start : start + 4] for start in range(0, len(code), 4)) for code in codes)


def recovery_codes_left(session: Session, account: Account) -> int:
    """How many recovery codes were not used yet."""
    query = select(func.count()).where(RecoveryCode.account_id == account.id, RecoveryCode.used_at.is_(None))
    return session.scalar(query) or 0


def forget(session: Session, account: Account) -> None:
    """Take the second factor and the passkeys away, so that the person enrols anew at the next login (a lost phone)."""
    account.totp_secret = None
    session.execute(delete(Passkey).where(Passkey.account_id == account.id))
    session.execute(delete(RecoveryCode).where(RecoveryCode.account_id == account.id))
    session.flush()


def _use_code(session: Session, account: Account, code: str, now: datetime) -> bool:
    if account.totp_secret is None:
        return False
    step = _step_of(unwrap_secret(session, account.totp_secret, account.id).decode(), code, now)
    if step is None:
        return False
    newer = update(Account).where(Account.id == account.id, Account.totp_last_step < step)
    return _changed_one(session, newer.values(totp_last_step=step))


def _use_recovery_code(session: Session, account: Account, code: str, now: datetime) -> bool:
    unused = update(RecoveryCode).where(
        RecoveryCode.account_id == account.id, RecoveryCode.code_hash == _hash(code), RecoveryCode.used_at.is_(None)
    )
    return _changed_one(session, unused.values(used_at=now))


def _changed_one(session: Session, statement: Update) -> bool:
    result = session.execute(statement.execution_options(synchronize_session="fetch"))
    return isinstance(result, CursorResult) and result.rowcount == 1


def _step_of(secret: str, code: str, now: datetime) -> int | None:
    """The time step whose code this is, at most one step from now."""
    here = int(now.timestamp()) // STEP_SECONDS
    totp = pyotp.TOTP(secret)
    found = None
    for step in range(here - DRIFT_STEPS, here + DRIFT_STEPS + 1):
        if hmac.compare_digest(totp.at(step * STEP_SECONDS).encode(), code.encode(errors="replace")):
            found = step
    return found


def _hash(code: str) -> bytes:
    return hashlib.sha256(code.encode(errors="replace")).digest()
