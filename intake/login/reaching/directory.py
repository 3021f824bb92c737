"""What identity providers publish of themselves: their addresses and their keys, kept for a while in memory.

A key that is not among the kept ones makes us look again, at most once a minute: so a provider can change its keys
while people log in, and nobody can make us ask it a thousand times. A provider that failed is left alone for a moment.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Lock
from typing import Any

from joserfc.errors import JoseError
from joserfc.jwk import ECKey, Key, KeySet, RSAKey

from intake.login.reaching.fetch import Fetcher, ProviderFailed

METADATA_LIFE = timedelta(hours=1)
KEYS_LIFE = timedelta(minutes=15)
KEYS_PAUSE = timedelta(minutes=1)
WAIT_SECONDS = 2.0
"""How long one login waits for another that asks the same provider; a slow one does not keep all our threads busy."""
FAILED_PAUSE = timedelta(seconds=15)
WELL_KNOWN = "/.well-known/openid-configuration"
MOST_KEYS = 40
MIN_RSA_BITS = 2048
KEY_KINDS: Mapping[str, type[RSAKey | ECKey]] = {"RSA": RSAKey, "EC": ECKey}
"""Only public keys: a shared secret (`oct`) never verifies what we are told."""


@dataclass(frozen=True, slots=True)
class Metadata:
    """What we use of a discovery document (OpenID Connect Discovery 1.0)."""

    issuer: str
    authorization_endpoint: str
    token_endpoint: str
    jwks_uri: str
    end_session_endpoint: str
    secret_in_form: bool
    """It takes the client secret in the form, where no two readings of its signs are possible."""
    names_itself: bool
    """It says `iss` in its answer (RFC 9207), so that we can see whose answer it is."""


@dataclass(slots=True)
class Directory:
    """The providers that this process asked lately."""

    fetcher: Fetcher
    _metadata: dict[str, tuple[datetime, Metadata]] = field(default_factory=dict)
    _keys: dict[str, tuple[datetime, KeySet]] = field(default_factory=dict)
    _failed: dict[str, tuple[datetime, ProviderFailed]] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)
    _asking: dict[str, Lock] = field(default_factory=dict)

    def metadata(self, issuer: str, *, now: datetime) -> Metadata:
        """The addresses of this issuer, at most an hour old.

        Raises:
            ProviderFailed: it does not say them, names another issuer, or names an address without TLS.
        """
        found = self._kept_metadata(issuer, now)
        if found is not None:
            return found
        with self._alone(issuer, now):
            found = self._kept_metadata(issuer, now) or _metadata(issuer, self.fetcher)
        with self._lock:
            self._metadata[issuer] = now, found
        return found

    def keys(self, issuer: str, *, now: datetime, wanted: str | None = None) -> KeySet:
        """The public keys of this issuer; looked up anew when `wanted` (a `kid`) is not among those that were kept.

        Raises:
            ProviderFailed: it does not say them.
        """
        found = self._kept_keys(issuer, now, wanted)
        if found is not None:
            return found
        metadata = self.metadata(issuer, now=now)
        with self._alone(issuer, now):
            found = self._kept_keys(issuer, now, wanted) or _keys(self.fetcher.get(metadata.jwks_uri))
        with self._lock:
            self._keys[issuer] = now, found
        return found

    def forget(self, issuer: str) -> None:
        """Look everything of this issuer up anew next time: its settings were changed, or are being tried."""
        with self._lock:
            for kept in (self._metadata, self._keys, self._failed):
                kept.pop(issuer, None)

    def _kept_metadata(self, issuer: str, now: datetime) -> Metadata | None:
        with self._lock:
            kept, failed = self._metadata.get(issuer), self._failed.get(issuer)
        if failed is not None and timedelta(0) <= now - failed[0] < FAILED_PAUSE:
            raise ProviderFailed(failed[1].code)
        return kept[1] if kept is not None and timedelta(0) <= now - kept[0] < METADATA_LIFE else None

    def _kept_keys(self, issuer: str, now: datetime, wanted: str | None) -> KeySet | None:
        with self._lock:
            kept = self._keys.get(issuer)
        if kept is None:
            return None
        known = wanted is None or any(key.kid == wanted for key in kept[1].keys)
        return kept[1] if timedelta(0) <= now - kept[0] < (KEYS_LIFE if known else KEYS_PAUSE) else None

    @contextmanager
    def _alone(self, issuer: str, now: datetime) -> Iterator[None]:
        """Only one asks this provider at a time; when that fails it is left alone for a moment."""
        with self._lock:
            asking = self._asking.setdefault(issuer, Lock())
        if not asking.acquire(timeout=WAIT_SECONDS):
            raise ProviderFailed("druk")
        try:
            yield
        except ProviderFailed as failed:
            with self._lock:
                self._failed[issuer] = now, failed
            raise
        finally:
            asking.release()


def _metadata(issuer: str, fetcher: Fetcher) -> Metadata:
    said = fetcher.get(issuer.rstrip("/") + WELL_KNOWN)
    if said.get("issuer") != issuer:
        raise ProviderFailed("andere_uitgever")
    return Metadata(
        issuer=issuer,
        authorization_endpoint=_address(said, "authorization_endpoint", fetcher),
        token_endpoint=_address(said, "token_endpoint", fetcher),
        jwks_uri=_address(said, "jwks_uri", fetcher),
        end_session_endpoint=_address(said, "end_session_endpoint", fetcher) if "end_session_endpoint" in said else "",
        secret_in_form=_takes_secret_in_form(said),
        names_itself=said.get("authorization_response_iss_parameter_supported") is True,
    )


def _address(said: Mapping[str, Any], name: str, fetcher: Fetcher) -> str:
    found = said.get(name)
    if not isinstance(found, str) or not fetcher.allows(found):
        raise ProviderFailed(f"adres_niet_toegestaan {name}")
    return found


def _takes_secret_in_form(said: Mapping[str, Any]) -> bool:
    """The header is what it takes when it says nothing (RFC 8414 section 2)."""
    methods = said.get("token_endpoint_auth_methods_supported")
    return isinstance(methods, list) and "client_secret_post" in methods


def _keys(said: Mapping[str, Any]) -> KeySet:
    """The keys that can verify a signature; others are passed over."""
    listed = said.get("keys")
    if not isinstance(listed, list):
        raise ProviderFailed("sleutels_onleesbaar")
    usable: list[Key] = [
        key for one in listed[:MOST_KEYS] if isinstance(one, dict) for key in [_key(one)] if key is not None
    ]
    if not usable:
        raise ProviderFailed("geen_sleutels")
    return KeySet(usable)


def _key(said: dict[str, Any]) -> RSAKey | ECKey | None:
    kind = KEY_KINDS.get(str(said.get("kty")))
    if kind is None or said.get("use", "sig") != "sig" or "d" in said or (kind is RSAKey and _is_short(said)):
        return None
    try:
        key: RSAKey | ECKey = kind.import_key(said)
    except (JoseError, ValueError, TypeError, KeyError):
        return None
    return key


def _is_short(said: dict[str, Any]) -> bool:
    """Whether an RSA key can be broken: its modulus stands there in base64, six bits a sign."""
    return len(str(said.get("n", ""))) * 6 < MIN_RSA_BITS
