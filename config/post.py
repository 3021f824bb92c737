"""How post leaves the house: a mail server, and a gateway for text messages. Either may be absent."""

from dataclasses import dataclass, field
from enum import StrEnum
from urllib.parse import unquote, urlsplit

SMTP_PORT, SMTPS_PORT = 587, 465


class PostError(ValueError):
    """A setting of the post is wrong; the message is Dutch and names no secret."""


class Lock(StrEnum):
    """How the line to the mail server is closed."""

    STARTTLS = "starttls"
    TLS = "tls"
    OPEN = "open"
    """To this machine only."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MailServer:
    """Where mail is handed in, and in whose name."""

    host: str
    port: int
    lock: Lock
    sender: str
    user: str = ""
    password: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Gateway:
    """Where text messages are handed in (`docs/beheer.md`)."""

    url: str
    key: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """What is set; none of what is not."""

    mail: MailServer | None = None
    texts: Gateway | None = None


NO_POST = Post()
LOOPBACK = ("127.0.0.1", "localhost", "::1")


def mail_server(url: str, sender: str) -> MailServer:
    """From `smtp://naam:wachtwoord@host:587` (STARTTLS) or `smtps://…:465`; an open line to this machine only.

    Raises:
        PostError: no such address, no sender, or a line that others can read.
    """
    try:
        parts = urlsplit(url)
        port = parts.port or (SMTPS_PORT if parts.scheme == "smtps" else SMTP_PORT)
    except ValueError as error:
        raise PostError("De poort van de mailserver is geen getal.") from error
    if parts.scheme not in ("smtp", "smtps", "smtp+open") or not parts.hostname:
        raise PostError("Geef de mailserver als smtp://naam:wachtwoord@server:587 of smtps://…:465.")
    if parts.scheme == "smtp+open" and parts.hostname not in LOOPBACK:
        raise PostError("Zonder versleuteling mag de mailserver alleen op deze computer staan (smtp+open://127.0.0.1).")
    if "@" not in sender or any(sign.isspace() for sign in sender):
        raise PostError("Geef bij SMTP_VAN het e-mailadres waarvandaan wordt gestuurd.")
    lock = {"smtp": Lock.STARTTLS, "smtps": Lock.TLS, "smtp+open": Lock.OPEN}[parts.scheme]
    return MailServer(
        host=parts.hostname,
        port=port,
        lock=lock,
        sender=sender,
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
    )


def gateway(url: str, key: str) -> Gateway:
    """The gateway at an https address, with its key.

    Raises:
        PostError: another kind of address than https (http to this machine only), or no key.
    """
    parts = urlsplit(url)
    local = parts.scheme == "http" and parts.hostname in LOOPBACK
    if not parts.hostname or not (parts.scheme == "https" or local):
        raise PostError("Geef het adres van de sms-dienst als https://…")
    if not key:
        raise PostError("Geef bij SMS_SLEUTEL de sleutel van de sms-dienst.")
    return Gateway(url=url, key=key)
