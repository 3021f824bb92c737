"""Letting a call in: the key it carries, and how often that key may call. Before anything else is read or done."""

import re
import uuid

from flask import Request

from config.clock import Clock
from intake.access import Action, Actor, audit
from intake.api.frame.problems import Problem, Refusal
from intake.keys import keyed_hash
from intake.login import attempts
from intake.login.attempts import FIVE_MINUTES, Limit, TooManyAttempts
from intake.people import systems
from intake.store import Database
from intake.tables.audit import Outcome

CALLS = 1_500
"""Calls with one key in five minutes: five a second, all the time."""
WRONG_KEYS = 60
"""Calls from one address with a key that is none, in five minutes."""
_BEARER = re.compile(r"(?i:bearer) +([!-~]{1,200})\Z")
"""The name of the scheme in any case (RFC 9110, 11.1)."""
_UNKNOWN = Problem(
    status=401,
    kind="geen-geldige-sleutel",
    title="U hebt een geldige sleutel nodig",
    detail="Stuur de header “Authorization: Bearer …” met een sleutel die nu geldig is en niet is ingetrokken. De "
    "functioneel beheerder van uw organisatie maakt die.",
    headers={"WWW-Authenticate": 'Bearer realm="toegang"'},
)


def admit(request: Request, database: Database, clock: Clock, *, trace_id: str) -> uuid.UUID:
    """The id of the living key with which this call was made; the call is counted, and that stands whatever follows.

    Raises:
        Refusal: no key or none that works (401), or too many calls (429).
    """
    sent = _BEARER.match(request.headers.get("Authorization", ""))
    if sent is None:
        raise Refusal(_UNKNOWN)
    with database.session() as session:
        now = clock.now()
        found = systems.find(session, sent[1], now=now)
        if found is None:
            address = keyed_hash(session, request.remote_addr or "")
            limit = Limit(f"sleutel-adres:{address}", WRONG_KEYS, FIVE_MINUTES)
            audit.record(session, _nobody(clock, trace_id), Action.SIGN_IN, Outcome.REFUSED, detail="sleutel_onbekend")
        else:
            limit = Limit(f"sleutel:{found.id}", CALLS, FIVE_MINUTES)
        try:
            attempts.admit(session, (limit,), now=now)
        except TooManyAttempts as error:
            session.rollback()
            raise Refusal(_too_many(error.retry_after)) from error
        session.commit()
    if found is None:
        raise Refusal(_UNKNOWN)
    return found.id


def _nobody(clock: Clock, trace_id: str) -> Actor:
    return Actor(account_id=None, naam="", functie="", organisation_id=None, moment=clock.now(), trace_id=trace_id)


def _too_many(seconds: int) -> Problem:
    return Problem(
        status=429,
        kind="te-veel-aanvragen",
        title="Even wachten",
        detail=f"Er kwamen te veel aanvragen. Probeer het over {seconds} seconden opnieuw. Er is niets opgeslagen.",
        headers={"Retry-After": str(seconds)},
    )
