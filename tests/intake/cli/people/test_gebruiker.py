"""Accounts at the command line."""

import io
import re

import pytest
from sqlalchemy import select

from config.clock import SystemClock
from intake.login.accounts import invitation
from intake.login.accounts.account import find_account
from intake.login.accounts.invitation import LinkDead
from intake.login.accounts.passwords import matches
from intake.tables.account import Account, Membership, Role
from intake.tables.audit import AuditEvent
from intake.tables.organisation import Organisation

NEW = ("gebruiker", "nieuw", "Jan@Capelle.Test", "--naam", "Jan", "--functie", "beheerder")
FIRST = (*NEW, "--organisatie", "GM0502", "--rol", "functioneel_beheerder")


def token_in(out: str) -> str:
    found = re.search(r"https://toegang\.voorbeeld\.test/uitnodiging/(\S{43})\n", out)
    assert found, out
    return found[1]


def test_the_first_account_brings_its_gemeente_and_a_link_that_works_once(toegang, database):
    code, out, err = toegang(*FIRST)
    assert (code, err) == (0, "")
    with database.unit_of_work() as session:
        assert session.scalars(select(Organisation.naam)).one() == "Gemeente Capelle aan den IJssel"
        assert session.scalars(select(Membership.role)).one() is Role.FUNCTIONEEL_BEHEERDER
        invitation.redeem(session, token_in(out), "rustig lopende beek", now=SystemClock().now())
    with database.unit_of_work() as session:
        assert matches(find_account(session, "jan@capelle.test").password_hash, "rustig lopende beek")
        with pytest.raises(LinkDead):
            invitation.redeem(session, token_in(out), "een heel ander woord", now=SystemClock().now())
        details = session.scalars(select(AuditEvent.detail)).all()
        assert details == ["uitgenodigd rol=functioneel_beheerder"]


def test_the_link_lies_in_the_database_as_a_hash_only(toegang, database, tmp_path):
    token = token_in(toegang(*FIRST)[1])
    if database.engine.dialect.name == "sqlite":
        assert not any(token.encode() in path.read_bytes() for path in tmp_path.iterdir() if path.is_file())


def test_an_address_is_used_once(toegang):
    toegang(*FIRST)
    code, _, err = toegang(*FIRST)
    assert code == 2
    assert "al een account" in err


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ((*NEW, "--organisatie", "Gemeente Nergens", "--rol", "fg"), "er is geen organisatie"),
        ((*NEW, "--organisatie", "GM0502", "--rol", "aanbieder"), "past niet bij"),
        (("gebruiker", "toon", "wie@dan.ook"), "er is geen account"),
        (("gebruiker", "blokkeer", "wie@dan.ook"), "er is geen account"),
        (("gebruiker", "nieuw", "geen adres", *NEW[3:], "--organisatie", "GM0502", "--rol", "fg"), "e-mailadres"),
    ],
)
def test_what_cannot_be_is_refused_in_dutch_and_changes_nothing(toegang, database, arguments, told):
    code, out, err = toegang(*arguments)
    assert (code, out) == (2, "")
    assert told in err
    with database.session() as session:
        assert not session.scalars(select(Account)).all()


def test_the_last_administrator_cannot_be_blocked_or_lose_the_role(toegang, database, monkeypatch):
    toegang(*FIRST)
    monkeypatch.setattr("sys.stdin", io.StringIO("rustig lopende beek\n"))
    assert toegang("gebruiker", "wachtwoord", "jan@capelle.test", "--typ")[0] == 0
    role = ("--organisatie", "GM0502", "--rol", "functioneel_beheerder", "--beeindig")
    for act in (("blokkeer", "jan@capelle.test"), ("rol", "jan@capelle.test", *role)):
        code, _, err = toegang("gebruiker", *act)
        assert code == 2
        assert "laatste functioneel beheerder" in err


def test_blocking_ends_the_links(toegang, database, people):
    code, out, _ = toegang("gebruiker", "wachtwoord", "worker@voorbeeld.test")
    assert code == 0
    assert toegang("gebruiker", "blokkeer", "worker@voorbeeld.test")[0] == 0
    assert toegang("gebruiker", "wachtwoord", "worker@voorbeeld.test")[0] == 2
    assert toegang("gebruiker", "deblokkeer", "worker@voorbeeld.test")[0] == 0
    with database.session() as session, pytest.raises(LinkDead):
        invitation.look_up(session, token_in(out), now=SystemClock().now())


def test_a_role_is_given_and_ended_and_shown(toegang, people):
    role = ("rol", "worker@voorbeeld.test", "--organisatie", "Wijkteam Capelle", "--rol", "teamleider")
    assert toegang("gebruiker", *role)[0] == 0
    assert "teamleider bij Wijkteam Capelle" in toegang("gebruiker", "toon", "worker@voorbeeld.test")[1]
    assert toegang("gebruiker", *role, "--beeindig")[0] == 0
    assert "tot en met" in toegang("gebruiker", "toon", "worker@voorbeeld.test")[1]


def test_five_links_a_day_are_enough(toegang, people):
    answers = [toegang("gebruiker", "wachtwoord", "worker@voorbeeld.test")[0] for _ in range(6)]
    assert answers == [0, 0, 0, 0, 0, 2]
