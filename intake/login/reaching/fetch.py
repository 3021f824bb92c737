"""Asking the identity provider of an organisation something: briefly, in small pieces, and only where we said.

No answer is waited for longer than eight seconds or read beyond 256 kB, no redirect is followed, nothing is sent or
read without TLS. What goes wrong is a `ProviderFailed` with a Dutch message; nothing of the answer stands in it.
"""

import ipaddress
import json
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import requests
import urllib3

from config.host import is_ip_number

CONNECT_SECONDS = 3.05
READ_SECONDS = 4.0
WHOLE_SECONDS = 8.0
MAX_BYTES = 256 * 1024
CHUNK = 16 * 1024
LONGEST_ADDRESS = 500
OK = 200


class ProviderFailed(RuntimeError):
    """The identity provider did not answer, or not as it should. The message is Dutch, for the person; nothing is lost.

    `code` is ours, for the log: what went wrong, without any text of the provider.
    """

    def __init__(self, code: str) -> None:
        super().__init__(
            "De inlogdienst van uw organisatie antwoordt niet, of niet goed. Er is niets gewijzigd. "
            "Probeer het over een paar minuten opnieuw. Blijft het zo? Bel dan de helpdesk van uw organisatie."
        )
        self.code = code


@dataclass(frozen=True, slots=True)
class Fetcher:
    """How we ask. `loopback` allows http to this machine: for a local installation and the tests, not in production."""

    loopback: bool = False

    def allows(self, address: str) -> bool:
        """Whether we would send something there: https to a host with a name, without a name or password in it."""
        try:
            parts = urlsplit(address)
            port = parts.port
        except ValueError:
            return False
        plain = address.isascii() and address.isprintable() and " " not in address and "\\" not in address
        if not plain or len(address) > LONGEST_ADDRESS or not parts.hostname or "@" in parts.netloc or port == 0:
            return False
        if parts.scheme == "http":
            return self.loopback and _is_loopback(parts.hostname)
        return parts.scheme == "https" and (not is_ip_number(parts.hostname) or self.loopback)

    def get(self, address: str) -> Mapping[str, Any]:
        """The JSON object at this address.

        Raises:
            ProviderFailed: not there, not in time, too long, elsewhere, or no JSON object.
        """
        return self._ask("GET", address)

    def post(
        self, address: str, fields: Mapping[str, str], *, basic: tuple[str, str] | None = None
    ) -> Mapping[str, Any]:
        """The JSON object that answers a form; `basic` is a name and password for the header.

        Raises:
            ProviderFailed: as `get`.
        """
        return self._ask("POST", address, data=dict(fields), auth=basic)

    def _ask(self, method: str, address: str, **telling: Any) -> Mapping[str, Any]:
        if not self.allows(address):
            raise ProviderFailed("adres_niet_toegestaan")
        end = time.monotonic() + WHOLE_SECONDS
        with requests.Session() as asking:
            asking.trust_env = False  # no netrc, no proxy that the settings do not name
            try:
                with asking.request(
                    method,
                    address,
                    headers={"Accept": "application/json", "Accept-Encoding": "identity"},
                    timeout=(CONNECT_SECONDS, READ_SECONDS),
                    allow_redirects=False,
                    stream=True,
                    **telling,
                ) as answer:
                    if answer.status_code != OK:
                        raise ProviderFailed(f"antwoord_{answer.status_code}")
                    body = _bounded(answer, end)
            except (requests.RequestException, urllib3.exceptions.HTTPError, OSError) as error:
                raise ProviderFailed(f"geen_antwoord {type(error).__name__}") from error
        return _json_object(body)


def _bounded(answer: requests.Response, end: float) -> bytes:
    """The body, unless it comes packed, too slow or too long."""
    if answer.headers.get("Content-Encoding", "identity") != "identity":
        raise ProviderFailed("antwoord_ingepakt")
    body = b""
    while chunk := answer.raw.read1(CHUNK, decode_content=False):  # what came, not all that was asked: see the clock
        body += chunk
        if len(body) > MAX_BYTES:
            raise ProviderFailed("antwoord_te_lang")
        if time.monotonic() > end:
            raise ProviderFailed("antwoord_te_traag")
    return body


def _json_object(body: bytes) -> Mapping[str, Any]:
    try:
        found = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise ProviderFailed("antwoord_geen_json") from error
    if not isinstance(found, dict):
        raise ProviderFailed("antwoord_geen_json")
    return found


def _is_loopback(host: str) -> bool:
    return host == "localhost" or (is_ip_number(host) and ipaddress.ip_address(host).is_loopback)
