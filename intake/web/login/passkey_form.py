"""What a page tells its script, so that the device can be asked for a passkey. Without script the rest still works."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from flask import request
from webauthn.helpers import bytes_to_base64url

from config.host import is_ip_number
from intake.login import passkeys
from intake.login.passkeys import Asked, Purpose
from intake.tables.passkey import Passkey
from intake.web.frame.csrf import csrf_token
from intake.web.frame.request import clock, session, settings
from intake.web.frame.visit import Visit

LOCAL = "localhost"


@dataclass(frozen=True, slots=True)
class Question:
    """For the `data-` attributes of a form: everything in base64url, lists with spaces between."""

    challenge: str
    rp_id: str
    verification: str
    allowed: str = ""
    user_id: str = ""
    user_name: str = ""
    user_title: str = ""


def asked(purpose: Purpose) -> Asked | None:
    """What a device can be asked on this page; none where browsers know no passkeys: without a name, or without TLS."""
    base = urlsplit(settings().base_url)
    host = base.hostname or ""
    secure = base.scheme == "https" or host == LOCAL
    if not secure or is_ip_number(host) or base.netloc != request.host:
        return None
    return Asked(rp_id=host, origin=f"{base.scheme}://{base.netloc}", purpose=purpose, binding=csrf_token())


def for_login() -> Question | None:
    """To log in with a passkey and nothing else: any of this site, with the fingerprint or PIN of the device."""
    return _question(Purpose.LOGIN, verification="required")


def for_second_factor(found: Visit) -> Question | None:
    """To show a second factor: one of this person's passkeys; none when there is none."""
    known = passkeys.passkeys(session(), found.account.id)
    return _question(Purpose.SECOND_FACTOR, verification="preferred", allowed=_joined(known)) if known else None


def for_adding(found: Visit) -> Question | None:
    """To add a passkey that is not known yet."""
    account = found.account
    return _question(
        Purpose.ADD,
        verification="preferred",
        allowed=_joined(passkeys.passkeys(session(), account.id)),
        user_id=bytes_to_base64url(account.id.bytes),
        user_name=account.email,
        user_title=account.naam,
    )


def _question(purpose: Purpose, *, verification: str, allowed: str = "", **user: str) -> Question | None:
    to_ask = asked(purpose)
    if to_ask is None:
        return None
    made = passkeys.challenge(to_ask, settings().secret_key, now=clock().now())
    return Question(bytes_to_base64url(made), to_ask.rp_id, verification, allowed, **user)


def _joined(known: list[Passkey]) -> str:
    return " ".join(bytes_to_base64url(one) for one in passkeys.ids_of(known))
