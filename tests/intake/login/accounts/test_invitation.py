"""A link with which somebody chooses a password."""

import pytest
from sqlalchemy import select

from intake.login.accounts import invitation
from intake.login.accounts.invitation import LinkDead
from intake.login.accounts.passwords import matches
from intake.tables.account import Account
from intake.tables.invitation import Invitation
from tests.intake.region import CLOCK, NOW, later
from tests.intake.serving import PASSWORD


def test_a_link_dies_after_an_hour_and_when_a_newer_one_is_made(database, people):
    with database.unit_of_work() as session:
        account = session.get_one(Account, people.accounts["worker"])
        old = invitation.make_link(session, account, made_by=None, now=NOW)
        new = invitation.make_link(session, account, made_by=None, now=NOW)
        for token, clock in ((old.token, CLOCK), (new.token, later(minutes=60)), ("onzin", CLOCK)):
            with pytest.raises(LinkDead):
                invitation.look_up(session, token, now=clock.now())
        assert invitation.look_up(session, new.token, now=later(minutes=59).now()) is account
        assert {len(one) for one in session.scalars(select(Invitation.token_hash))} == {32}


def test_two_who_use_one_link_at_once_choose_one_password(database, people):
    with database.unit_of_work() as session:
        link = invitation.make_link(session, session.get_one(Account, people.accounts["worker"]), made_by=None, now=NOW)
    with database.unit_of_work() as session:
        invitation.redeem(session, link.token, PASSWORD, now=NOW)
    with database.session() as session, pytest.raises(LinkDead):
        invitation.redeem(session, link.token, "een ander lang woord", now=NOW)
    with database.session() as session:
        assert matches(session.get_one(Account, people.accounts["worker"]).password_hash, PASSWORD)
