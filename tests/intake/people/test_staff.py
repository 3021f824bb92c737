"""Accounts and roles: given by the beheerder of the organisation, and never to oneself."""

import pytest

from intake.access import policy
from intake.access.act import Act
from intake.login.accounts.account import NewAccount
from intake.people.organisations.membership import Appointment
from intake.people.staff import staff, staffing
from intake.people.staff.staffing import StaffRefused
from intake.tables.account import Role
from intake.tables.organisation import Organisation
from tests.intake.region import CLOCK

BEHEERDER = Role.FUNCTIONEEL_BEHEERDER
NEW = NewAccount(email="nieuw@voorbeeld.test", naam="Nieuw Iemand", functie="medewerker")


def test_nobody_changes_the_own_rights(database, people):
    with database.unit_of_work() as session:
        actor = people.actor(session, "beheerder")
        wijkteam = people.organisations["wijkteam"]
        own = people.accounts["beheerder"]
        with pytest.raises(StaffRefused, match="eigen rechten"):
            staffing.give_role(
                Act(session, actor, CLOCK),
                own,
                Appointment(organisation_id=wijkteam, role=Role.TEAMLEIDER, van=CLOCK.today()),
            )
        with pytest.raises(StaffRefused, match="eigen rechten"):
            staffing.block(Act(session, actor, CLOCK), own)


def test_an_account_that_works_elsewhere_too_is_not_taken_over(database, people):
    with database.unit_of_work() as session:
        people.appoint(session, "stranger", "wijkteam", Role.TEAMLEIDER, van=CLOCK.today())
        actor = people.actor(session, "beheerder")
        for verb in (staffing.new_link, staffing.block, staffing.may_lose_second_factor):
            with pytest.raises(StaffRefused, match="ook voor een organisatie"):
                verb(Act(session, actor, CLOCK), people.accounts["stranger"])


def test_who_manages_a_wijkteam_manages_not_its_gemeente(database, people):
    with database.session() as session:
        wijkteam = session.get_one(Organisation, people.organisations["wijkteam"])
        people.appoint(session, "worker", "wijkteam", BEHEERDER, van=CLOCK.today())
        actor = people.actor(session, "worker")
        assert [one.naam for one in staff.managed(session, actor)] == [wijkteam.naam]
        with pytest.raises(policy.NotFound):
            staff.person(Act(session, actor, CLOCK), people.accounts["fg"])
        with pytest.raises(policy.NotFound):
            staffing.invite(
                Act(session, actor, CLOCK),
                NEW,
                Appointment(organisation_id=people.organisations["capelle"], role=Role.FG, van=CLOCK.today()),
            )


def test_a_role_at_a_provider_is_not_for_the_beheerder_of_a_gemeente(database, people):
    with database.session() as session:
        actor = people.actor(session, "beheerder")
        names = {one.naam for one in staff.managed(session, actor)}
        assert names == {"Gemeente Capelle aan den IJssel", "Wijkteam Capelle"}
        with pytest.raises(policy.NotFound):
            staffing.invite(
                Act(session, actor, CLOCK),
                NEW,
                Appointment(organisation_id=people.organisations["haven"], role=Role.AANBIEDER, van=CLOCK.today()),
            )
