"""Handing post in: to a mail server, or to a gateway for text messages. Needs no database.

A server that answers with a refusal for good is believed (`Refused`); whatever else goes wrong may go well later and is
raised (`NotNow`). Nothing of an answer is kept but a code of ours.
"""

import smtplib
import ssl
import uuid
from dataclasses import dataclass
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from enum import StrEnum

import requests

from config.post import Gateway, Lock, MailServer

SECONDS = 20
PERMANENT = range(500, 600)
TAKEN = range(200, 300)
TOO_MANY, REFUSED_BY_GATEWAY = 429, range(400, 500)


class Problem(StrEnum):
    """Why post came back."""

    NIET_INGESTELD = "niet_ingesteld"
    ADRES_GEWEIGERD = "adres_geweigerd"
    INHOUD_GEWEIGERD = "inhoud_geweigerd"
    AANMELDEN_GEWEIGERD = "aanmelden_geweigerd"
    TE_VAAK_GEPROBEERD = "te_vaak_geprobeerd"


class NotNow(RuntimeError):
    """The server is away, busy or slow: it may go well later."""


@dataclass(frozen=True, slots=True)
class Refused:
    """The server will never take this."""

    problem: Problem


@dataclass(frozen=True, slots=True)
class Parcel:
    """One piece of post, ready to go; `id` stays the same when it is sent again."""

    id: uuid.UUID
    to: str
    subject: str
    text: str


def send_mail(server: MailServer, parcel: Parcel) -> Refused | None:
    """Hand the mail in; none when it was taken.

    Raises:
        NotNow: it was not, and may be later.
    """
    try:
        message = _as_mail(server, parcel)
    except (ValueError, IndexError, MessageError):
        return Refused(Problem.ADRES_GEWEIGERD)
    try:
        with _line(server) as line:
            line.send_message(message)
    except smtplib.SMTPRecipientsRefused as error:
        code = next(iter(error.recipients.values()))[0]
        return _judged(code, Problem.ADRES_GEWEIGERD)
    except smtplib.SMTPAuthenticationError as error:
        return _judged(error.smtp_code, Problem.AANMELDEN_GEWEIGERD)
    except smtplib.SMTPResponseException as error:
        return _judged(error.smtp_code, Problem.INHOUD_GEWEIGERD)
    except (smtplib.SMTPException, OSError) as error:
        raise NotNow(type(error).__name__) from error
    return None


def send_text(gateway: Gateway, parcel: Parcel) -> Refused | None:
    """Hand the text message in, as JSON with `id`, `to` and `text`; none when it was taken.

    Raises:
        NotNow: it was not, and may be later.
    """
    try:
        answer = requests.post(
            gateway.url,
            json={"id": str(parcel.id), "to": parcel.to, "text": parcel.text},
            headers={"Authorization": f"Bearer {gateway.key}"},
            timeout=SECONDS,
            allow_redirects=False,
        )
    except requests.RequestException as error:
        raise NotNow(type(error).__name__) from error
    if answer.status_code in (401, 403):
        return Refused(Problem.AANMELDEN_GEWEIGERD)
    if answer.status_code in REFUSED_BY_GATEWAY and answer.status_code != TOO_MANY:
        return Refused(Problem.ADRES_GEWEIGERD)
    if answer.status_code not in TAKEN:
        raise NotNow(str(answer.status_code))
    return None


def _as_mail(server: MailServer, parcel: Parcel) -> EmailMessage:
    """Plain text, with a number that stays the same: who gets it twice sees one."""
    message = EmailMessage()
    message["From"] = Address("Toegang", addr_spec=server.sender)
    message["To"] = Address(addr_spec=parcel.to)
    message["Subject"] = parcel.subject
    message["Message-ID"] = f"<{parcel.id}@{server.sender.rpartition('@')[2]}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(parcel.text)
    return message


def _line(server: MailServer) -> smtplib.SMTP:
    if server.lock is Lock.TLS:
        line: smtplib.SMTP = smtplib.SMTP_SSL(
            server.host, server.port, timeout=SECONDS, context=ssl.create_default_context()
        )
    else:
        line = smtplib.SMTP(server.host, server.port, timeout=SECONDS)
    try:
        if server.lock is Lock.STARTTLS:
            line.starttls(context=ssl.create_default_context())
        if server.user:
            line.login(server.user, server.password)
    except Exception:
        line.close()
        raise
    return line


def _judged(code: int, problem: Problem) -> Refused:
    if code in PERMANENT:
        return Refused(problem)
    raise NotNow(str(code))
