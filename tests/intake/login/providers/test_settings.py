"""The functioneel beheerder sets where people log in: own organisation only, nobody locked out, secrets never shown."""

import re
import uuid
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select
from werkzeug.test import TestResponse

from intake.access.act import Act
from intake.access.policy import Forbidden, NotFound
from intake.keys.crypto import unwrap_secret
from intake.login.providers import settings as oidc_settings
from intake.login.providers.settings import SettingsRefused, Wanted
from intake.login.reaching.fetch import Fetcher
from intake.store.database import Database
from intake.tables.account import Role
from intake.tables.audit import AuditEvent
from intake.tables.oidc import IdentityProvider as Row
from intake.tables.oidc import LinkedIdentity
from intake.web.app import build
from tests.intake.login.browser import Browser, HandClock, settings
from tests.intake.login.sso.identity_provider import CLIENT_ID, SECRET, IdentityProvider
from tests.intake.login.sso.linked import Sso, a_provider
from tests.intake.region import CLOCK, NEW_YEAR, NOW, Region, a_region

FETCHER = Fetcher(loopback=True)
PATH = "/beheer/inlogdiensten"
ADMINISTRATOR = "beheerder@voorbeeld.test"


@pytest.fixture
def region(session) -> Region:
    """The region, with people of Capelle of whom one manages it."""
    return a_region(session, "leader", "beheerder", "logbeheerder")


def wanted(**telling: object) -> Wanted:
    values = {"naam": "Capelle", "issuer": "https://idp.voorbeeld.nl", "client_id": "c", "van": NEW_YEAR}
    return Wanted(**(values | telling))  # type: ignore[arg-type]


@pytest.fixture
def pages(filled: Database, people: Region, clock: HandClock, password_hash: str) -> Browser:
    """The administrator of Capelle, logged in."""
    with filled.unit_of_work() as session:
        people.account(session, "beheerder").password_hash = password_hash
    browser = Browser(build(settings=settings(), clock=clock, database=filled).test_client())
    assert browser.log_in(name=ADMINISTRATOR).status_code == 303
    return browser


def send(browser: Browser, path: str, **fields: str) -> TestResponse:
    return browser.client.post(path, data={"csrf_token": browser.token("/account"), **fields})


def test_a_provider_is_added_tried_and_used(pages: Browser, idp: IdentityProvider, filled: Database):
    form = {"naam": "Gemeente Capelle", "issuer": idp.url, "client_id": CLIENT_ID, "client_secret": SECRET}
    answer = send(pages, PATH, **form, tweede_factor="mfa\r\nurn:loa:hoog", domeinen="capelle.nl")
    assert answer.status_code == 303, answer.text
    page = pages.client.get(answer.location).text
    found = re.search(r'value="(http://127.0.0.1:8000/inloggen/organisatie/[0-9a-f-]{36}/terug)"', page)
    assert found
    assert SECRET not in page
    assert "Inloggen via Gemeente Capelle" in pages.client.get("/inloggen").text
    send(pages, f"{answer.location}/proberen")
    assert "De inlogdienst antwoordt: de adressen" in pages.client.get(answer.location).text
    idp.metadata = {"issuer": "een ander"}
    send(pages, f"{answer.location}/proberen")
    assert "antwoordt niet zoals het hoort (andere_uitgever)" in pages.client.get(answer.location).text
    with filled.unit_of_work() as session:
        row = session.scalars(select(Row)).one()
        assert row.second_factor_values == ["mfa", "urn:loa:hoog"]
        assert unwrap_secret(session, row.client_secret, row.id).decode() == SECRET
        acts = session.scalars(select(AuditEvent).where(AuditEvent.action == "inlogdienst:beheren")).all()
        assert [(one.detail, bool(one.rule)) for one in acts if one.detail] == [("toegevoegd", True)]


def test_an_empty_secret_keeps_the_one_there_is(session, region: Region, idp: IdentityProvider):
    actor = region.actor(session, "beheerder")
    row = oidc_settings.register(Act(session, actor, CLOCK), wanted(client_secret=SECRET), fetcher=FETCHER)
    oidc_settings.change(Act(session, actor, CLOCK), row.id, wanted(naam="Anders"), fetcher=FETCHER)
    assert row.naam == "Anders"
    assert unwrap_secret(session, row.client_secret, row.id).decode() == SECRET


WRONG = {
    "no name": ({"naam": " "}, "naam"),
    "without TLS": ({"issuer": "http://idp.voorbeeld.nl"}, "issuer"),
    "a number": ({"issuer": "ftp://10.0.0.1"}, "issuer"),
    "with a password": ({"issuer": "https://a:b@idp.nl"}, "issuer"),
    "with a query": ({"issuer": "https://idp.nl?x=1"}, "issuer"),
    "a port that is none": ({"issuer": "https://idp.nl:99999"}, "issuer"),
    "no client": ({"client_id": ""}, "client_id"),
    "no domain": ({"domains": ("geen domein",)}, "domeinen"),
    "the domain of all": ({"domains": ("voorbeeld.test",)}, "domeinen"),
    "the last day first": ({"tot": NEW_YEAR - timedelta(days=1)}, "tot"),
    "too many values": ({"second_factor_values": tuple(str(one) for one in range(21))}, "tweede_factor"),
    "obliged without emergency": ({"obliged": True}, "nood"),
}


@pytest.mark.parametrize(("telling", "field"), WRONG.values(), ids=list(WRONG))
def test_what_cannot_be_is_refused_beside_its_field(session, region: Region, telling: dict, field: str):
    act = Act(session, region.actor(session, "beheerder"), CLOCK)
    with pytest.raises(SettingsRefused) as refused:
        oidc_settings.register(act, wanted(**telling), fetcher=FETCHER)
    assert refused.value.field == field


def test_on_the_page_what_was_typed_stays_and_the_secret_does_not(pages: Browser):
    answer = send(pages, PATH, naam="Capelle", issuer="geen adres", client_id="mijn-client", client_secret=SECRET)
    assert answer.status_code == 400
    assert "mijn-client" in answer.text
    assert SECRET not in answer.text
    assert "Het begint met https://" in answer.text


def test_it_is_obliged_only_when_somebody_came_in_through_it_and_one_keeps_a_password(sso: Sso):
    with sso.database.unit_of_work() as session:
        actor = sso.people.actor(session, "beheerder")
        administrator = sso.people.account(session, "beheerder")
        administrator.password_hash = "x"
        telling = {"issuer": sso.idp.url, "obliged": True, "emergency_account_id": administrator.id}
        with pytest.raises(SettingsRefused, match="Log eerst zelf"):
            oidc_settings.change(Act(session, actor, CLOCK), sso.id, wanted(**telling), fetcher=FETCHER)
        session.scalars(select(LinkedIdentity)).one().last_used_at = NOW
        for other in (uuid.uuid4(), sso.people.accounts["worker"]):
            telling["emergency_account_id"] = other
            with pytest.raises(SettingsRefused, match="Kies wie met een wachtwoord"):
                oidc_settings.change(Act(session, actor, CLOCK), sso.id, wanted(**telling), fetcher=FETCHER)
        telling["emergency_account_id"] = administrator.id
        assert oidc_settings.change(Act(session, actor, CLOCK), sso.id, wanted(**telling), fetcher=FETCHER).obliged


@pytest.mark.parametrize("name", ["worker", "leader", "logbeheerder", "stranger"])
def test_who_manages_nothing_sets_nothing(session, region: Region, name: str):
    with pytest.raises(Forbidden):
        oidc_settings.register(Act(session, region.actor(session, name), CLOCK), wanted(), fetcher=FETCHER)


def test_the_provider_of_another_organisation_is_not_there(session, region: Region, idp: IdentityProvider):
    row = a_provider(session, region, idp.url, "rotterdam")
    actor = region.actor(session, "beheerder")
    assert oidc_settings.providers(session, actor) == []
    for act in (
        lambda: oidc_settings.open_provider(session, actor, row.id),
        lambda: oidc_settings.change(Act(session, actor, CLOCK), row.id, wanted(), fetcher=FETCHER),
        lambda: oidc_settings.stop(Act(session, actor, CLOCK), row.id),
        lambda: oidc_settings.unlink(Act(session, actor, CLOCK), row.id, uuid.uuid4()),
    ):
        with pytest.raises(NotFound):
            act()


def test_who_manages_a_wijkteam_does_not_set_where_its_gemeente_logs_in(session, region: Region, idp: IdentityProvider):
    row = a_provider(session, region, idp.url, "capelle")
    region.appoint(session, "worker", "wijkteam", Role.FUNCTIONEEL_BEHEERDER)
    with pytest.raises(NotFound):
        oidc_settings.open_provider(session, region.actor(session), row.id)


def test_there_is_one_at_a_time(session, region: Region):
    actor = region.actor(session, "beheerder")
    first = oidc_settings.register(Act(session, actor, CLOCK), wanted(), fetcher=FETCHER)
    with pytest.raises(SettingsRefused, match="al een inlogdienst"):
        oidc_settings.register(Act(session, actor, CLOCK), wanted(), fetcher=FETCHER)
    oidc_settings.stop(Act(session, actor, CLOCK), first.id)
    oidc_settings.register(Act(session, actor, CLOCK), wanted(), fetcher=FETCHER)
    with pytest.raises(SettingsRefused, match="gestopt"):
        oidc_settings.change(Act(session, actor, CLOCK), first.id, wanted(), fetcher=FETCHER)


@pytest.mark.parametrize("act", ["stoppen", "koppelingen"])
def test_stopping_or_unlinking_logs_out_who_came_in_so(login_app: Flask, pages: Browser, sso: Sso, act: str):
    worker = Browser(login_app.test_client())
    assert sso.log_in(worker).status_code == 303
    assert worker.client.get("/").status_code == 200
    with sso.database.unit_of_work() as session:
        link_id = session.scalars(select(LinkedIdentity.id)).one()
    path = f"{PATH}/{sso.id}/stoppen" if act == "stoppen" else f"{PATH}/{sso.id}/koppelingen/{link_id}/verwijderen"
    assert send(pages, path).status_code == 303
    assert worker.client.get("/").status_code == 303
    assert pages.client.get("/account").status_code == 200


def test_in_production_nothing_goes_without_tls_or_to_a_number():
    for address in ("http://127.0.0.1/", "http://localhost/", "https://10.0.0.1/", "https://[::1]/", "https://", "x"):
        assert not Fetcher().allows(address), address
    assert Fetcher().allows("https://login.gemeente.nl/tenant/v2.0")
