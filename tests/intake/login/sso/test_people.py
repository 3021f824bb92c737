"""Who comes in through an identity provider: nobody by an e-mail address, nobody of another, nobody without a role."""

import uuid
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from argon2 import PasswordHasher
from flask import Flask
from sqlalchemy import select
from werkzeug.test import TestResponse

from intake.login.accounts import passwords
from intake.login.accounts.account import block
from intake.login.accounts.invitation import make_link
from intake.tables.account import Membership, Role
from intake.tables.audit import AuditEvent
from intake.tables.oidc import IdentityProvider as Row
from intake.tables.oidc import LinkedIdentity
from tests.intake.login.browser import ADDRESS, PASSWORD, Browser, HandClock
from tests.intake.login.sso.identity_provider import SECRET, moment, running
from tests.intake.login.sso.linked import Sso, a_provider, let_nobody_in, path_of
from tests.intake.region import NEW_YEAR, NOW

MFA = {"amr": ["pwd", "mfa"]}


def test_a_subject_that_nobody_linked_makes_no_account_and_gets_no_other(browser: Browser, sso: Sso):
    sso.idp.sub = "nieuw"
    sso.idp.claims = {"email": ADDRESS, "email_verified": True, "preferred_username": ADDRESS}
    answer = sso.log_in(browser)
    let_nobody_in(answer, browser, 400)
    assert "nog niet gekoppeld" in answer.text
    with sso.database.unit_of_work() as session:
        assert len(session.scalars(select(LinkedIdentity)).all()) == 1
        assert "inlogdienst onbekend" in session.scalars(select(AuditEvent.detail)).all()


def test_the_same_subject_of_another_provider_is_somebody_else(browser: Browser, sso: Sso, clock: HandClock):
    with running(clock) as other:
        with sso.database.unit_of_work() as session:
            sso_b = Sso(other, sso.database, sso.people, a_provider(session, sso.people, other.url, "rotterdam").id)
        answer = sso_b.log_in(browser)
    let_nobody_in(answer, browser, 400)


def test_a_blocked_account_does_not_come_in(browser: Browser, sso: Sso):
    with sso.database.unit_of_work() as session:
        block(session, sso.account(session), now=NOW)
    answer = sso.log_in(browser)
    let_nobody_in(answer, browser, 400)
    assert "Bel de functioneel beheerder" in answer.text


def test_who_has_no_role_any_more_does_not_come_in(browser: Browser, sso: Sso):
    with sso.database.unit_of_work() as session:
        worker = sso.account(session)
        session.scalars(select(Membership).where(Membership.account_id == worker.id)).one().tot = NEW_YEAR
    let_nobody_in(sso.log_in(browser), browser, 400)


@pytest.mark.parametrize("days", [0, 30])
def test_who_works_elsewhere_too_now_or_later_does_not_come_in_through_one_of_both(browser, sso: Sso, days: int):
    with sso.database.unit_of_work() as session:
        first_day = NOW.date() + timedelta(days=days)
        sso.people.appoint(session, "worker", "rotterdam", Role.TEAMLEIDER, van=first_day)
    let_nobody_in(sso.log_in(browser), browser, 400)


@pytest.mark.parametrize(
    "telling",
    [{"stopped_at": NOW}, {"van": NOW.date() + timedelta(days=1)}, {"tot": NOW.date() - timedelta(days=1)}],
    ids=str,
)
def test_a_provider_that_is_not_in_use_lets_nobody_in(browser: Browser, sso: Sso, telling: dict):
    sso.change(**telling)
    answer = browser.client.get(f"/inloggen/organisatie/{sso.id}")
    let_nobody_in(answer, browser, 400)
    assert "Kies op de inlogpagina" in answer.text
    assert "Via uw organisatie" not in browser.client.get("/inloggen").text


def test_without_proof_of_a_second_factor_ours_is_asked(strict_browser: Browser, sso: Sso):
    assert sso.log_in(strict_browser).status_code == 303
    assert strict_browser.client.get("/").location == "/inloggen/tweede-stap?naar=/"


@pytest.mark.parametrize("claims", [MFA, {"acr": "mfa"}])
def test_with_proof_of_a_second_factor_ours_is_not_asked(strict_browser: Browser, sso: Sso, claims: dict):
    sso.idp.claims = claims
    sso.log_in(strict_browser)
    assert "dag Worker" in strict_browser.client.get("/").text


@pytest.mark.parametrize("claims", [{"amr": "mfa"}, {"amr": ["otp"]}, {"acr": ["mfa"]}, {"amr": [["mfa"]]}], ids=str)
def test_a_proof_that_was_not_agreed_is_none(strict_browser: Browser, sso: Sso, claims: dict):
    sso.idp.claims = claims
    sso.log_in(strict_browser)
    assert strict_browser.client.get("/").status_code == 303


def test_a_fresh_second_factor_is_asked_of_the_provider_again(strict_app: Flask, sso: Sso, clock: HandClock):
    with sso.database.unit_of_work() as session:
        keeper = sso.people.account(session, "logbeheerder")
        session.scalars(select(LinkedIdentity)).one().account_id = keeper.id
    keeper_browser, early = Browser(strict_app.test_client()), moment(clock, -3600)
    sso.idp.claims = MFA | {"auth_time": early}
    sso.log_in(keeper_browser)
    client = keeper_browser.client
    assert client.get("/logboek").location == "/inloggen/tweede-stap?naar=/logboek"
    assert client.get("/inloggen/tweede-stap?naar=/logboek").location == "/inloggen/bevestigen?naar=/logboek"
    assert "opnieuw=1" in client.get("/inloggen/bevestigen?naar=/logboek").text
    asked = urlsplit(sso.begin(keeper_browser, "?opnieuw=1")).query
    assert "prompt=login" in asked
    assert "max_age=0" in asked
    assert sso.log_in(keeper_browser, "?naar=/logboek&opnieuw=1").status_code == 502, "it was not proved anew"
    sso.idp.claims = MFA | {"auth_time": moment(clock)}
    assert sso.log_in(keeper_browser, "?naar=/logboek&opnieuw=1").location == "/logboek"
    assert client.get("/logboek").status_code == 200


def test_a_session_that_the_provider_proved_sets_up_no_app_instead_of_a_fresh_proof(strict_app: Flask, sso: Sso, clock):
    browser = Browser(strict_app.test_client())
    sso.idp.claims = MFA | {"auth_time": moment(clock, -3600)}
    sso.log_in(browser)
    client, there = browser.client, "/inloggen/tweede-stap"
    assert client.get(f"{there}/qr.svg").status_code == 404, "what was not offered is not shown"
    answer = client.post(there, data={"csrf_token": browser.token("/account"), "code": "123456", "naar": "/logboek"})
    assert answer.location == "/inloggen/bevestigen?naar=/logboek"
    with sso.database.session() as session:
        assert sso.account(session).totp_secret is None


def test_coming_in_gives_a_new_session_and_ends_the_old(browser: Browser, sso: Sso):
    browser.log_in()
    old = browser.cookie()
    sso.log_in(browser)
    assert browser.cookie() != old
    browser.client.set_cookie("toegang", old)
    assert browser.client.get("/").status_code == 303


def test_logging_out_ends_our_session_and_offers_to_end_theirs(browser: Browser, sso: Sso):
    sso.log_in(browser)
    answer = browser.client.post("/uitloggen", data={"csrf_token": browser.token("/account")})
    assert answer.location == f"/inloggen/uitgelogd/{sso.id}"
    assert browser.client.get("/").status_code == 303
    assert f"{sso.idp.url}/uitloggen?client_id=" in browser.client.get(answer.location).text
    sso.idp.metadata = {"issuer": "kapot"}
    assert browser.client.get(f"/inloggen/uitgelogd/{uuid.uuid4()}").status_code == 200


def test_answers_are_counted_before_the_provider_is_asked(login_app: Flask, sso: Sso):
    sso.idp.token_status = 500
    answers = [sso.log_in(Browser(login_app.test_client())).status_code for _ in range(42)]
    assert answers == [502] * 40 + [429] * 2
    assert sso.idp.asked.count("/token") == 40


def invited(sso: Sso, name: str = "leader") -> str:
    with sso.database.unit_of_work() as session:
        return make_link(session, sso.people.account(session, name), made_by=None, now=NOW).token


def link(browser: Browser, sso: Sso, token: str) -> TestResponse:
    answer = browser.client.get(f"/uitnodiging/{token}/organisatie")
    return browser.client.get(path_of(sso.idp.log_in(answer.location))) if answer.status_code == 303 else answer


def test_an_invitation_links_a_subject_once(login_app: Flask, browser: Browser, sso: Sso):
    token = invited(sso)
    assert f"/uitnodiging/{token}/organisatie" in browser.client.get(f"/uitnodiging/{token}").text
    sso.idp.sub = "leider"
    assert link(browser, sso, token).location == "/"
    assert "dag Leader" in browser.client.get("/").text
    later = Browser(login_app.test_client())
    assert sso.log_in(later).status_code == 303
    assert "dag Leader" in later.client.get("/").text
    assert link(later, sso, token).status_code == 404


def test_a_subject_that_is_somebody_already_is_not_linked_to_another(browser: Browser, sso: Sso):
    token = invited(sso)
    answer = link(browser, sso, token)
    let_nobody_in(answer, browser, 400)
    assert "al een ander account" in answer.text
    assert browser.client.get(f"/uitnodiging/{token}").status_code == 200


def test_an_invitation_of_another_gemeente_has_no_way_through_this_provider(browser: Browser, sso: Sso):
    token = invited(sso, "stranger")
    assert browser.client.get(f"/uitnodiging/{token}/organisatie").status_code == 404
    assert "/organisatie" not in browser.client.get(f"/uitnodiging/{token}").text


def test_where_it_is_obliged_a_password_opens_nothing_save_for_the_emergency_account(login_app: Flask, sso: Sso):
    sso.change(obliged=True, emergency_account_id=sso.people.accounts["logbeheerder"])
    answer = Browser(login_app.test_client()).log_in()
    assert answer.status_code == 400
    assert "horen niet bij elkaar" in answer.text
    assert f"/inloggen/organisatie/{sso.id}" in answer.text
    assert Browser(login_app.test_client()).log_in(name="logbeheerder@voorbeeld.test").status_code == 303
    assert sso.log_in(Browser(login_app.test_client())).status_code == 303


def test_a_provider_of_a_team_does_not_undo_what_its_gemeente_obliges(login_app: Flask, sso: Sso):
    with sso.database.unit_of_work() as session:
        a_provider(session, sso.people, sso.idp.url, "wijkteam").naam = "A"
    assert Browser(login_app.test_client()).log_in().status_code == 303
    sso.change(obliged=True, emergency_account_id=sso.people.accounts["logbeheerder"])
    assert Browser(login_app.test_client()).log_in().status_code == 400


def test_the_domain_of_an_address_finds_the_button_and_says_nothing_of_who_exists(browser: Browser, sso: Sso):
    token = browser.token()
    pages = []
    for name in (ADDRESS, "bestaatniet@voorbeeld.test"):
        answer = browser.client.post("/inloggen", data={"csrf_token": token, "naam": name, "wachtwoord": ""})
        assert answer.status_code == 200
        assert f"/inloggen/organisatie/{sso.id}" in answer.text
        pages.append(answer.text.replace(name, ""))
    assert pages[0] == pages[1]
    answer = browser.client.post("/inloggen", data={"csrf_token": token, "naam": "x@elders.nl", "wachtwoord": ""})
    assert answer.status_code == 400


def test_a_password_still_works_where_it_is_not_obliged(browser: Browser, sso: Sso):
    assert browser.log_in(password=PASSWORD).status_code == 303


def test_a_secret_lies_sealed(sso: Sso):
    with sso.database.unit_of_work() as session:
        assert SECRET.encode() not in session.get_one(Row, sso.id).client_secret


class CountingHasher(PasswordHasher):
    """The hasher of the house, that says how often it worked."""

    verified = 0
    hashed = 0

    def verify(self, hash: str | bytes, password: str | bytes) -> bool:  # noqa: A002 - as the library calls it
        self.verified += 1
        return super().verify(hash, password)

    def hash(self, password: str | bytes, *, salt: bytes | None = None) -> str:
        self.hashed += 1
        return super().hash(password, salt=salt)


def test_every_name_costs_one_hash_whoever_it_is(login_app: Flask, sso: Sso, monkeypatch: pytest.MonkeyPatch):
    with sso.database.unit_of_work() as session:
        keeper = sso.people.account(session, "logbeheerder")
        block(session, keeper, now=NOW)
    sso.change(obliged=True, emergency_account_id=sso.people.accounts["leader"])
    Browser(login_app.test_client()).log_in(name="niemand@voorbeeld.test")
    hasher = CountingHasher()
    monkeypatch.setattr(passwords, "HASHER", hasher)
    blocked, obliged = "logbeheerder@voorbeeld.test", "leader@voorbeeld.test"
    for number, name in enumerate((ADDRESS, "niemand@voorbeeld.test", blocked, obliged, "x@elders.nl"), start=1):
        assert Browser(login_app.test_client()).log_in(name=name, password="een verkeerd woord").status_code == 400
        assert (hasher.verified, hasher.hashed) == (number, 0), name
