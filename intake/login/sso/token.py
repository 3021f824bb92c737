"""The ID token: who somebody is according to the identity provider, believed only when everything about it is right.

Checked are the signature (with a public key of this issuer, by an algorithm of our list: never `none`, never a shared
secret), `iss`, `aud` and `azp`, `exp`, `iat`, `nbf`, `nonce`, `at_hash`, and when a fresh login was asked `auth_time`.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from authlib.oidc.core import CodeIDToken
from joserfc import jws, jwt
from joserfc.errors import JoseError

from intake.login.reaching.directory import Directory
from intake.login.reaching.fetch import ProviderFailed

ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384"]
LEEWAY = timedelta(seconds=60)
"""How far the clocks of the provider and ours may differ."""
OLDEST = timedelta(minutes=10)
"""An ID token is used at once; an older one was kept by somebody."""
LONGEST_SUB = 255
LONGEST_TOKEN = 16 * 1024


class NotProven(ProviderFailed):
    """What the provider says is not to be believed. The person reads the same as when it does not answer."""


@dataclass(frozen=True, slots=True)
class Proven:
    """Who came in at the provider, and how.

    Attributes:
        issuer: who says so.
        sub: the person, at that issuer; never changes and is never given to another.
        methods: `acr` and everything in `amr`: how the person proved it.
        logged_in_at: when; none when the provider does not say.
    """

    issuer: str
    sub: str
    methods: frozenset[str]
    logged_in_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """What the ID token must say for it to be the answer to our question."""

    issuer: str
    client_id: str
    nonce: str
    access_token: str
    fresh_since: datetime | None = None
    """Somebody had to prove it anew after this moment."""


def verify(directory: Directory, token: str, expected: Expected, *, now: datetime) -> Proven:
    """Who the ID token is about.

    Raises:
        NotProven: something is not right; `code` says what.
        ProviderFailed: its keys cannot be had.
    """
    if len(token) > LONGEST_TOKEN:
        raise NotProven("id_token_te_lang")
    try:
        claims, header = _signed(directory, token, expected.issuer, now)
        _check(claims, header, expected, now)
    except (JoseError, ValueError, TypeError, KeyError, AttributeError, OverflowError) as error:
        raise NotProven(f"id_token {type(error).__name__} {_claim_of(error)}".strip()) from error
    return Proven(expected.issuer, claims["sub"], _methods(claims), _moment(claims.get("auth_time")))


def _signed(directory: Directory, token: str, issuer: str, now: datetime) -> tuple[dict[str, Any], dict[str, Any]]:
    """The claims and header, when a key of the issuer signed them."""
    header = dict(jws.extract_compact(token.encode("ascii")).headers())
    if header.get("alg") not in ALGORITHMS:
        raise NotProven("id_token_algoritme")
    kid = header.get("kid")
    keys = directory.keys(issuer, now=now, wanted=kid if isinstance(kid, str) else None)
    fitting = [key for key in keys.keys if key.kid == kid or (kid is None and len(keys.keys) == 1)]
    if not fitting:
        raise NotProven("id_token_sleutel_onbekend")
    read = jwt.decode(token, fitting[0], algorithms=ALGORITHMS)
    return dict(read.claims), dict(read.header)


def _check(claims: dict[str, Any], header: dict[str, Any], expected: Expected, now: datetime) -> None:
    options = {
        "iss": {"essential": True, "value": expected.issuer},
        "aud": {"essential": True, "value": expected.client_id},
        "nonce": {"essential": True, "value": expected.nonce},
    }
    params = {"nonce": expected.nonce, "client_id": expected.client_id, "access_token": expected.access_token}
    CodeIDToken(claims, header, options, params).validate(int(now.timestamp()), int(LEEWAY.total_seconds()))
    if claims["iss"] != expected.issuer:
        raise NotProven("id_token_iss")
    sub = claims["sub"]
    if not isinstance(sub, str) or not sub or len(sub) > LONGEST_SUB or not sub.isprintable():
        raise NotProven("id_token_sub")
    made = _moment(claims["iat"])
    if made is None or not now - OLDEST <= made <= now + LEEWAY:
        raise NotProven("id_token_oud")
    logged_in_at = _moment(claims.get("auth_time"))
    if logged_in_at is not None and logged_in_at > now + LEEWAY:
        raise NotProven("id_token_auth_time")
    if expected.fresh_since is not None and (logged_in_at is None or logged_in_at < expected.fresh_since - LEEWAY):
        raise NotProven("id_token_niet_opnieuw")


def _methods(claims: dict[str, Any]) -> frozenset[str]:
    listed = claims.get("amr")
    found = {one for one in listed if isinstance(one, str)} if isinstance(listed, list) else set()
    acr = claims.get("acr")
    return frozenset(found | ({acr} if isinstance(acr, str) else set()))


def _moment(seconds: object) -> datetime | None:
    if not isinstance(seconds, int | float) or isinstance(seconds, bool):
        return None
    return datetime.fromtimestamp(seconds, UTC)


def _claim_of(error: Exception) -> str:
    """The claim that is wrong, when the library says it: a name of ours to know, no text of the provider."""
    claim = getattr(error, "claim", "")
    return claim if claim in {"iss", "aud", "azp", "exp", "iat", "nbf", "nonce", "at_hash", "amr", "auth_time"} else ""
