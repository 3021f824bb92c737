"""Passkeys (WebAuthn): a second factor, or with the fingerprint or PIN of the device a login of its own.

A challenge is made for one purpose in one browser, carries its own moment and proof, and is used up by the first answer
to it. A passkey belongs to one account and one site; it stands beside the authenticator app, never in its place.
"""

import hmac
import json
import secrets
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

import webauthn
from sqlalchemy import delete, select
from sqlalchemy.orm import Session
from webauthn.helpers import base64url_to_bytes
from webauthn.helpers.exceptions import WebAuthnException

from intake.login.attempts import spent
from intake.login.factors.step import Step
from intake.tables.account import Account
from intake.tables.passkey import Passkey

CHALLENGE_LIFE = timedelta(minutes=30)
RANDOM_BYTES = 16
MOMENT_BYTES = 8
PROOF_BYTES = 16
MOST_PASSKEYS = 10
LONGEST_NAME = 60
LONGEST_ANSWER = 20_000


class PasskeyRefused(ValueError):
    """The answer of the device is not good; the message is Dutch. `code` is ours, for the log."""

    def __init__(self, code: str) -> None:
        super().__init__(
            "Inloggen met deze passkey lukte niet. Probeer het nog een keer, of log in op een andere manier."
        )
        self.code = code


class TooManyPasskeys(ValueError):
    """There are ten already; the message is Dutch."""

    def __init__(self) -> None:
        super().__init__(f"U hebt al {MOST_PASSKEYS} passkeys. Verwijder er eerst een die u niet meer gebruikt.")


class Purpose(StrEnum):
    """What an answer is for; one for another purpose is refused."""

    LOGIN = "inloggen"
    SECOND_FACTOR = "tweede-stap"
    ADD = "toevoegen"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a device was asked: by which site, for what, in which browser.

    Attributes:
        rp_id: the host name of the site.
        origin: its address, as the browser tells it to the device.
        purpose: what the answer is for.
        binding: what only this browser has (its form token).
    """

    rp_id: str
    origin: str
    purpose: Purpose
    binding: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What a device said to what it was asked; not believed yet.

    Attributes:
        text: what it said, as JSON.
        asked: what it was asked.
        secret_key: of the installation, which made the challenge.
    """

    text: str = field(repr=False)
    asked: Asked
    secret_key: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class _Heard:
    """An answer to a challenge of ours, that nobody can give again."""

    said: dict[str, Any]
    asked: Asked
    challenge: bytes


def challenge(asked: Asked, secret_key: str, *, now: datetime) -> bytes:
    """A new challenge, that only `asked` can be answered with."""
    start = secrets.token_bytes(RANDOM_BYTES) + int(now.timestamp()).to_bytes(MOMENT_BYTES, "big")
    return start + _proof(asked, secret_key, start)


def passkeys(session: Session, account_id: uuid.UUID) -> list[Passkey]:
    """The passkeys of this person, the oldest first."""
    query = select(Passkey).where(Passkey.account_id == account_id)
    return list(session.scalars(query.order_by(Passkey.created_at, Passkey.id)))


def add(step: Step, account: Account, answer: Answer, *, naam: str) -> Passkey:
    """Keep a new passkey of this person.

    Raises:
        PasskeyRefused: the answer is not to this question, or its passkey is known already.
        TooManyPasskeys: there are ten.
    """
    session = step.session
    if len(passkeys(session, account.id)) >= MOST_PASSKEYS:
        raise TooManyPasskeys
    heard = _hear(session, answer, step.now)
    try:
        made = webauthn.verify_registration_response(
            credential=heard.said,
            expected_challenge=heard.challenge,
            expected_rp_id=heard.asked.rp_id,
            expected_origin=heard.asked.origin,
        )
    except (WebAuthnException, ValueError, TypeError, KeyError, AttributeError) as error:
        raise PasskeyRefused(type(error).__name__) from error
    if session.scalars(select(Passkey).where(Passkey.credential_id == made.credential_id)).first() is not None:
        raise PasskeyRefused("al_bekend")
    kept = Passkey(
        id=uuid.uuid4(),
        account_id=account.id,
        credential_id=made.credential_id,
        public_key=made.credential_public_key,
        sign_count=made.sign_count,
        naam=naam.strip()[:LONGEST_NAME] or "Passkey",
        created_at=step.now,
    )
    session.add(kept)
    session.flush()
    return kept


def show(session: Session, answer: Answer, *, now: datetime, of: uuid.UUID | None = None) -> Account:
    """Whose passkey answered; uses the challenge up.

    Args:
        session: the transaction; commit it also when the answer is refused, so that the challenge stays used up.
        answer: of the device.
        now: the moment.
        of: the person who gave a password before; none when the passkey must prove everything, fingerprint or PIN too.

    Raises:
        PasskeyRefused: not to this question, of another site or person, unknown, or of a device that was copied.
    """
    heard = _hear(session, answer, now)
    found = session.scalars(
        select(Passkey).where(Passkey.credential_id == _bytes(heard.said, "rawId")).with_for_update()
    ).one_or_none()
    if found is None or (of is not None and found.account_id != of):
        raise PasskeyRefused("onbekend")
    response = heard.said.get("response")
    handle = response.get("userHandle") if isinstance(response, dict) else None
    if (of is None or handle) and _decoded(handle) != found.account_id.bytes:
        raise PasskeyRefused("ander_account")
    found.sign_count = _verified(heard, found, alone=of is None)
    found.last_used_at = now
    session.flush()
    return session.get_one(Account, found.account_id)


def _verified(heard: _Heard, found: Passkey, *, alone: bool) -> int:
    """How often the device signed by now, when its signature is right; `alone`: it proved the person as well."""
    try:
        seen = webauthn.verify_authentication_response(
            credential=heard.said,
            expected_challenge=heard.challenge,
            expected_rp_id=heard.asked.rp_id,
            expected_origin=heard.asked.origin,
            credential_public_key=found.public_key,
            credential_current_sign_count=found.sign_count,
            require_user_verification=alone,
        )
    except (WebAuthnException, ValueError, TypeError, KeyError, AttributeError) as error:
        raise PasskeyRefused(type(error).__name__) from error
    return seen.new_sign_count


def remove(session: Session, account: Account, passkey_id: uuid.UUID) -> bool:
    """Forget one passkey of this person; whether there was one. The authenticator app stays, so a factor does."""
    gone = session.scalars(
        delete(Passkey).where(Passkey.id == passkey_id, Passkey.account_id == account.id).returning(Passkey.id)
    )
    return gone.first() is not None


def _hear(session: Session, answer: Answer, now: datetime) -> _Heard:
    """What was answered, when the challenge was ours, for this, not too old, and not answered before; uses it up."""
    said = _json(answer.text)
    client_data = _json(_bytes(said.get("response"), "clientDataJSON").decode(errors="replace"))
    answered = _bytes(client_data, "challenge")
    start, proof = answered[:-PROOF_BYTES], answered[-PROOF_BYTES:]
    ours = _proof(answer.asked, answer.secret_key, start)
    if len(start) != RANDOM_BYTES + MOMENT_BYTES or not hmac.compare_digest(proof, ours):
        raise PasskeyRefused("vraag_niet_van_ons")
    age = int(now.timestamp()) - int.from_bytes(start[RANDOM_BYTES:], "big")
    if not 0 <= age <= CHALLENGE_LIFE.total_seconds():
        raise PasskeyRefused("vraag_te_oud")
    if not spent.spend(session, answered, now=now):
        raise PasskeyRefused("vraag_al_beantwoord")
    return _Heard(said, answer.asked, answered)


def _proof(asked: Asked, secret_key: str, start: bytes) -> bytes:
    label = f"passkey|{asked.purpose}|{asked.binding}|".encode()
    return hmac.digest(secret_key.encode(), label + start, "sha256")[:PROOF_BYTES]


def _json(text: str) -> dict[str, Any]:
    try:
        found = json.loads(text) if len(text) <= LONGEST_ANSWER else None
    except (ValueError, RecursionError) as error:
        raise PasskeyRefused("onleesbaar") from error
    if not isinstance(found, dict):
        raise PasskeyRefused("onleesbaar")
    return found


def _bytes(said: object, name: str) -> bytes:
    found = _decoded(said.get(name)) if isinstance(said, dict) else None
    if found is None:
        raise PasskeyRefused("onleesbaar")
    return found


def _decoded(text: object) -> bytes | None:
    if not isinstance(text, str):
        return None
    try:
        return base64url_to_bytes(text)
    except ValueError:
        return None


def ids_of(found: Sequence[Passkey]) -> tuple[bytes, ...]:
    """The ids by which devices know these passkeys."""
    return tuple(one.credential_id for one in found)
