"""One login at an identity provider, from the button to the proof (authorization code with PKCE S256, state, nonce).

Between the two the browser keeps a signed cookie with a random seed; state, nonce and code verifier follow from the
seed and our secret key, so that an answer is worth something only in the browser in which the login was begun. Nothing
here knows the database.
"""

import base64
import hmac
import secrets
import uuid
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime, timedelta
from urllib.parse import quote, urlencode, urlsplit

from authlib.oauth2.rfc7636 import create_s256_code_challenge
from itsdangerous import BadSignature, URLSafeSerializer

from intake.login.providers.oidc_provider import Provider
from intake.login.reaching.directory import Directory, Metadata
from intake.login.reaching.fetch import ProviderFailed
from intake.login.sso.token import Expected, Proven, verify

LIFE = timedelta(minutes=15)
SEED_BYTES = 32
SALT = "login at an identity provider"
LONGEST_CODE = 2_048
LONGEST_COOKIE = 3_000


class FlowLost(LookupError):
    """The answer does not belong to a login that was begun in this browser; the message is Dutch."""

    def __init__(self) -> None:
        super().__init__(
            "Het inloggen duurde te lang, was al gedaan, of begon in een ander venster. "
            "Begin opnieuw op de inlogpagina."
        )


def _new_seed() -> str:
    return secrets.token_urlsafe(SEED_BYTES)


@dataclass(frozen=True, slots=True, kw_only=True)
class Flow:
    """A login that was begun; one without a seed begins anew.

    Attributes:
        seed: what only the browser in which it was begun has.
        naar: the page of ours to go on to.
        link: the token of the invitation by which the person becomes known to us; empty at every later login.
        fresh: whether the person must prove it anew, also when the provider knows the browser.
    """

    provider_id: uuid.UUID
    begun_at: datetime
    seed: str = field(default_factory=_new_seed)
    naar: str = ""
    link: str = ""
    fresh: bool = False

    def part(self, secret_key: str, label: str) -> str:
        """State, nonce or verifier: 256 bits that only we can make of the seed."""
        text = f"{label}|{self.provider_id}|{self.seed}"
        return base64.urlsafe_b64encode(hmac.digest(secret_key.encode(), text.encode(), "sha256")).decode().rstrip("=")


@dataclass(frozen=True, slots=True)
class Connection:
    """How we and one provider reach each other.

    Attributes:
        provider: its settings.
        directory: what is known of it, and how it is asked.
        back: our address to which it sends people, as it is registered there.
        secret_key: of the installation, from which what we ask follows.
    """

    provider: Provider
    directory: Directory
    back: str
    secret_key: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Returned:
    """What the browser brings when it is back from a provider; not believed yet.

    Attributes:
        provider_id: for whose answers the address is at which it is back.
        cookie: what we gave it when the login was begun.
        state: which login the answer is to.
        code: to be exchanged for an ID token.
        issuer: who answers, when it says so (RFC 9207).
    """

    provider_id: uuid.UUID
    cookie: str = field(repr=False)
    state: str = field(repr=False)
    code: str = field(repr=False)
    issuer: str


def sealed(flow: Flow, secret_key: str) -> str:
    """The login as a cookie can keep it."""
    told = asdict(flow) | {"provider_id": str(flow.provider_id), "begun_at": flow.begun_at.timestamp()}
    text = URLSafeSerializer(secret_key, salt=SALT).dumps(told)
    return text if isinstance(text, str) else text.decode()


def opened(returned: Returned, secret_key: str, *, now: datetime) -> Flow:
    """The login that its cookie keeps and its state belongs to.

    Raises:
        FlowLost: forged, begun too long ago, begun for another provider, or the state is that of another login.
    """
    try:
        told = URLSafeSerializer(secret_key, salt=SALT).loads(returned.cookie[:LONGEST_COOKIE])
        moment = datetime.fromtimestamp(told.pop("begun_at"), UTC)
        flow = Flow(provider_id=uuid.UUID(told.pop("provider_id")), begun_at=moment, **told)
    except (BadSignature, ValueError, TypeError, KeyError, AttributeError) as error:
        raise FlowLost from error
    expected = flow.part(secret_key, "state").encode()
    if not hmac.compare_digest(expected, returned.state.encode(errors="replace")):
        raise FlowLost
    if flow.provider_id != returned.provider_id:
        raise FlowLost
    if not flow.begun_at <= now < flow.begun_at + LIFE:
        raise FlowLost
    return flow


def address(connection: Connection, flow: Flow, *, now: datetime) -> str:
    """Where to send the browser.

    Raises:
        ProviderFailed: the provider does not say where people log in.
    """
    provider, secret_key = connection.provider, connection.secret_key
    asked = {
        "response_type": "code",
        "client_id": provider.client_id,
        "redirect_uri": connection.back,
        "scope": "openid",
        "state": flow.part(secret_key, "state"),
        "nonce": flow.part(secret_key, "nonce"),
        "code_challenge": create_s256_code_challenge(flow.part(secret_key, "verifier")),
        "code_challenge_method": "S256",
    }
    if flow.fresh:
        asked |= {"prompt": "login", "max_age": "0"}
    classes = sorted(value for value in provider.second_factor_values if ":" in value)
    if classes:  # an `acr` is a URI; the others are names of methods (`amr`), for which nobody can ask
        asked["acr_values"] = " ".join(classes)
    endpoint = connection.directory.metadata(provider.issuer, now=now).authorization_endpoint
    return f"{endpoint}{'&' if urlsplit(endpoint).query else '?'}{urlencode(asked)}"


def prove(connection: Connection, flow: Flow, returned: Returned, *, now: datetime) -> Proven:
    """Who came in at the provider: the code is exchanged for an ID token, and that is verified.

    Raises:
        ProviderFailed: it does not answer, or not as it should; `NotProven` when it is not to be believed.
    """
    provider = connection.provider
    metadata = connection.directory.metadata(provider.issuer, now=now)
    if (returned.issuer or metadata.names_itself) and returned.issuer != provider.issuer:
        raise ProviderFailed("andere_inlogdienst")
    if not returned.code or len(returned.code) > LONGEST_CODE:
        raise ProviderFailed("geen_code")
    fields = {
        "grant_type": "authorization_code",
        "code": returned.code,
        "redirect_uri": connection.back,
        "client_id": provider.client_id,
        "code_verifier": flow.part(connection.secret_key, "verifier"),
    }
    said = _exchanged(connection, metadata, fields)
    token, access = said.get("id_token"), said.get("access_token", "")
    if not isinstance(token, str) or not isinstance(access, str):
        raise ProviderFailed("geen_id_token")
    expected = Expected(
        issuer=provider.issuer,
        client_id=provider.client_id,
        nonce=flow.part(connection.secret_key, "nonce"),
        access_token=access,
        fresh_since=flow.begun_at if flow.fresh else None,
    )
    return verify(connection.directory, token, expected, now=now)


def _exchanged(connection: Connection, metadata: Metadata, fields: dict[str, str]) -> Mapping[str, object]:
    """What the provider gives for the code; our secret goes where it says it wants it."""
    provider, basic = connection.provider, None
    if provider.client_secret is not None and metadata.secret_in_form:
        fields = {**fields, "client_secret": provider.client_secret}
    elif provider.client_secret is not None:
        basic = quote(provider.client_id, safe=""), quote(provider.client_secret, safe="")
    return connection.directory.fetcher.post(metadata.token_endpoint, fields, basic=basic)
