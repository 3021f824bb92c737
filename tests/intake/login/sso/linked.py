"""Capelle with an identity provider of its own, and a worker who is linked to it."""

import uuid
from dataclasses import dataclass
from urllib.parse import urlsplit

from werkzeug.test import TestResponse

from intake.keys.crypto import wrap_secret
from intake.store.database import Database
from intake.tables.account import Account
from intake.tables.oidc import IdentityProvider as Row
from intake.tables.oidc import LinkedIdentity
from tests.intake.login.browser import Browser
from tests.intake.login.sso.identity_provider import CLIENT_ID, SECRET, IdentityProvider
from tests.intake.region import NEW_YEAR, NOW, Region


@dataclass
class Sso:
    """Capelle with its provider, and the worker linked to it."""

    idp: IdentityProvider
    database: Database
    people: Region
    id: uuid.UUID

    def begin(self, browser: Browser, query: str = "") -> str:
        answer = browser.client.get(f"/inloggen/organisatie/{self.id}{query}")
        assert answer.status_code == 303, answer.text
        return answer.location

    def log_in(self, browser: Browser, query: str = "", said: dict[str, str] | None = None) -> TestResponse:
        return browser.client.get(path_of(self.idp.log_in(self.begin(browser, query), said=said)))

    def change(self, **telling: object) -> None:
        with self.database.unit_of_work() as session:
            row = session.get_one(Row, self.id)
            for name, value in telling.items():
                setattr(row, name, value)

    def account(self, session) -> Account:
        return self.people.account(session)


def path_of(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.path}?{parts.query}"


def a_provider(session, region: Region, issuer: str, organisation: str = "capelle", **telling: object) -> Row:
    """Where this organisation of the region logs in, since New Year."""
    values = {
        "naam": organisation.title(),
        "client_id": CLIENT_ID,
        "second_factor_values": ["mfa"],
        "domains": ["voorbeeld.test"],
        "van": NEW_YEAR,
        **telling,
    }
    row = Row(
        id=uuid.uuid4(),
        organisation_id=region.organisations[organisation],
        issuer=issuer,
        created_at=NOW,
        **values,
    )
    row.client_secret = wrap_secret(session, SECRET.encode(), row.id)
    session.add(row)
    session.flush()
    return row


def a_link(session, region: Region, provider: Row, name: str = "worker", sub: str = "medewerker-1") -> LinkedIdentity:
    """By this name the provider knows this person of the region."""
    made = LinkedIdentity(
        id=uuid.uuid4(),
        account_id=region.accounts[name],
        provider_id=provider.id,
        issuer=provider.issuer,
        sub=sub,
        linked_at=NOW,
    )
    session.add(made)
    session.flush()
    return made


def let_nobody_in(answer: TestResponse, browser: Browser, status: int = 502) -> None:
    assert answer.status_code == status, answer.text
    assert "is niet gelukt" in answer.text
    assert browser.client.get("/").status_code == 303


def an_sso(database: Database, people: Region, idp: IdentityProvider) -> Sso:
    """The worker can come in as `medewerker-1`."""
    with database.unit_of_work() as session:
        row = a_provider(session, people, idp.url)
        a_link(session, people, row)
        return Sso(idp, database, people, row.id)
