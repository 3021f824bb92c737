"""An identity provider of our own, over HTTP on this machine, with its own keys; it can be made to lie in every way."""

import base64
import hashlib
import hmac
import json
import secrets
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, ClassVar
from urllib.parse import parse_qs, parse_qsl, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import RSAKey

from tests.intake.login.browser import HandClock

CLIENT_ID, SECRET = "toegang-capelle", "het geheim + van & capelle"


@cache
def a_key(kid: str) -> RSAKey:
    """A key that is made once for all tests."""
    return RSAKey.generate_key(2048, {"kid": kid})


@dataclass(slots=True)
class IdentityProvider:
    """What it knows and how it lies: `claims` replaces what the ID token says, `header` its header."""

    clock: HandClock
    url: str = ""
    key: RSAKey = field(default_factory=lambda: a_key("een"))
    published: list[dict[str, Any]] | None = None
    sub: str = "medewerker-1"
    claims: dict[str, Any] = field(default_factory=dict)
    header: dict[str, str] = field(default_factory=dict)
    signing_key: RSAKey | None = None
    shared_secret: bytes = b""
    """Signs by HMAC with this, when it is set: the confusion of RS256 and HS256."""
    metadata: dict[str, Any] = field(default_factory=dict)
    token_body: bytes | None = None
    token_status: int = 200
    slow_seconds: float = 0.0
    drip_seconds: float = 0.0
    """How long it waits after each sign of an answer."""
    redirect_to: str = ""
    codes: dict[str, dict[str, str]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    secret_seen: str = ""

    def log_in(self, address: str, *, said: dict[str, str] | None = None) -> str:
        """A person logs in at the address that we sent the browser to; the address of ours to go back to."""
        asked = dict(parse_qsl(urlsplit(address).query))
        code = secrets.token_urlsafe(8)
        self.codes[code] = asked
        back = {"code": code, "state": asked["state"], "iss": self.url, **(said or {})}
        return f"{asked['redirect_uri']}?{urlencode(back)}"

    def discovery(self) -> dict[str, Any]:
        return {
            "issuer": self.url,
            "authorization_endpoint": f"{self.url}/inloggen",
            "token_endpoint": f"{self.url}/token",
            "jwks_uri": f"{self.url}/sleutels",
            "end_session_endpoint": f"{self.url}/uitloggen",
            "token_endpoint_auth_methods_supported": ["client_secret_basic", "client_secret_post"],
            "authorization_response_iss_parameter_supported": True,
        } | self.metadata

    def keys(self) -> dict[str, Any]:
        own = [self.key.as_dict(private=False) | {"use": "sig"}]
        return {"keys": own if self.published is None else self.published}

    def token(self, form: dict[str, str]) -> tuple[int, dict[str, Any]]:
        asked = self.codes.pop(form.get("code", ""), None)
        verifier = base64.urlsafe_b64encode(hashlib.sha256(form.get("code_verifier", "").encode()).digest())
        if asked is None or verifier.decode().rstrip("=") != asked["code_challenge"]:
            return 400, {"error": "invalid_grant"}
        self.secret_seen = form.get("client_secret", "")
        return 200, {"access_token": "a", "token_type": "Bearer", "id_token": self.id_token(asked)}

    def id_token(self, asked: dict[str, str]) -> str:
        now = int(self.clock.moment.timestamp())
        claims = {
            "iss": self.url,
            "sub": self.sub,
            "aud": asked["client_id"],
            "iat": now,
            "exp": now + 300,
            "nonce": asked["nonce"],
            **self.claims,
        }
        claims = {name: value for name, value in claims.items() if value is not None}
        header = {"alg": "RS256", "kid": str(self.key.kid), **self.header}
        start = ".".join(_part(one) for one in (header, claims))
        if header["alg"] == "none":
            return f"{start}."
        if self.shared_secret:
            proof = hmac.digest(self.shared_secret, start.encode(), "sha256")
            return f"{start}.{base64.urlsafe_b64encode(proof).decode().rstrip('=')}"
        return jwt.encode(header, claims, self.signing_key or self.key, algorithms=[header["alg"]])


def _part(said: dict[str, Any]) -> str:
    return base64.urlsafe_b64encode(json.dumps(said).encode()).decode().rstrip("=")


class _Handler(BaseHTTPRequestHandler):
    """One request to the provider that `provider` names."""

    provider: ClassVar[IdentityProvider]

    def do_GET(self) -> None:
        path, known = urlsplit(self.path).path, self.provider
        known.asked.append(path)
        if known.redirect_to:
            self._send_on(known.redirect_to)
        elif path == "/inloggen":
            self._send_on(known.log_in(self.path))
        elif path == "/uitloggen":
            self._send_on(dict(parse_qsl(urlsplit(self.path).query))["post_logout_redirect_uri"])
        else:
            said = {"/.well-known/openid-configuration": known.discovery, "/sleutels": known.keys}.get(path)
            self._answer(200 if said else 404, json.dumps(said() if said else {}).encode())

    def do_POST(self) -> None:
        known = self.provider
        known.asked.append(self.path)
        length = int(self.headers.get("Content-Length", "0"))
        form = {name: values[0] for name, values in parse_qs(self.rfile.read(length).decode()).items()}
        status, said = known.token(form)
        body = known.token_body if known.token_body is not None else json.dumps(said).encode()
        self._answer(known.token_status if known.token_status != 200 else status, body)

    def _send_on(self, address: str) -> None:
        self.send_response(302)
        self.send_header("Location", address)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _answer(self, status: int, body: bytes) -> None:
        if self.provider.slow_seconds:
            time.sleep(self.provider.slow_seconds)
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        try:
            for sign in [bytes([one]) for one in body] if self.provider.drip_seconds else [body]:
                self.wfile.write(sign)
                time.sleep(self.provider.drip_seconds)
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True

    def log_message(self, *said: object) -> None:
        pass


@contextmanager
def running(clock: HandClock) -> Iterator[IdentityProvider]:
    """The provider, listening on a port of its own."""
    provider = IdentityProvider(clock)
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Handler", (_Handler,), {"provider": provider}))
    server.daemon_threads = True
    provider.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield provider
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def moment(clock: HandClock, seconds: int = 0) -> int:
    """A moment as an ID token writes it."""
    return int(clock.moment.timestamp()) + seconds


__all__ = ["CLIENT_ID", "SECRET", "IdentityProvider", "a_key", "moment", "running"]
