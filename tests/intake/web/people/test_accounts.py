"""The pages of the functioneel beheerder, and choosing a password with a link."""

import re

import pytest
from sqlalchemy import select

from intake.access import policy
from intake.login.accounts import invitation
from intake.login.accounts.account import find_account
from intake.login.accounts.invitation import LinkDead
from intake.login.accounts.passwords import matches
from intake.people.organisations.membership import give_role
from intake.people.staff import staff, staffing
from intake.people.staff.staffing import StaffRefused
from intake.tables.account import Account, Membership, Role
from intake.tables.audit import AuditEvent
from intake.tables.invitation import Invitation, LinkRequest
from intake.tables.organisation import Organisation
from tests.intake.region import CLOCK, NOW, later
from tests.intake.serving import PASSWORD
from tests.intake.web.strict_client import StrictClient

BEHEERDER = Role.FUNCTIONEEL_BEHEERDER
NEW = {"email": "nieuw@voorbeeld.test", "naam": "Nieuw Iemand", "functie": "medewerker"}


def invited(client: StrictClient, people, role: str = "wijkteammedewerker") -> str:
    client.get("/beheer/accounts")
    place = {"organisatie": str(people.organisations["wijkteam"]), "rol": role}
    page = client.press("Uitnodigen", {**NEW, **place})
    found = re.search(r'value="https://toegang\.voorbeeld\.test(/uitnodiging/[^"]+)"', page.response.text)
    assert found
    return found[1]


def test_who_is_invited_chooses_a_password_and_logs_in(log_in, people, app, database):
    path = invited(log_in("beheerder"), people)
    guest = StrictClient(app)
    guest.get(path)
    guest.press("Wachtwoord kiezen", {"nieuw": "kort", "nogmaals": "kort"}, status=400)
    guest.press("Wachtwoord kiezen", {"nieuw": PASSWORD, "nogmaals": PASSWORD + "."}, status=400)
    guest.press("Wachtwoord kiezen", {"nieuw": PASSWORD, "nogmaals": PASSWORD})
    guest.press("Inloggen", {"naam": NEW["email"], "wachtwoord": PASSWORD})
    assert guest.page.title == "Start" or "Nieuw Iemand" in guest.page.text
    assert StrictClient(app).get(path, status=404).title == "Deze link werkt niet"
    with database.session() as session:
        assert find_account(session, NEW["email"]).functie == "medewerker"


def test_the_link_is_on_one_page_only(log_in, people):
    client = log_in("beheerder")
    path = invited(client, people)
    for page in ("/beheer/accounts", "/"):
        assert path not in client.get(page).response.text


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


def test_who_asks_for_a_link_gets_the_same_answer_known_or_not(app, database, people):
    answers = []
    for name in ("worker@voorbeeld.test", "niemand@voorbeeld.test"):
        guest = StrictClient(app)
        guest.get("/inloggen/vergeten")
        answers.append(guest.press("Vraag een nieuwe link", {"naam": name}).text)
    assert answers[0] == answers[1]
    with database.session() as session:
        assert session.scalars(select(LinkRequest.account_id)).all() == [people.accounts["worker"]]


def test_the_beheerder_sees_who_asks_for_a_link_and_answers(app, log_in, people, database):
    guest = StrictClient(app)
    guest.get("/inloggen/vergeten")
    guest.press("Vraag een nieuwe link", {"naam": "worker@voorbeeld.test"})
    client = log_in("beheerder")
    assert "Vraagt een link" in client.get("/beheer/accounts").text
    client.follow("Worker")
    client.press("Maak een link voor een nieuw wachtwoord")
    assert "Vraagt een link" not in client.get("/beheer/accounts").text


def test_only_the_beheerder_gets_in(log_in):
    for name in ("worker", "leader", "fg", "logbeheerder", "haven"):
        log_in(name).get("/beheer/accounts", status=403)


def test_a_beheerder_sees_the_own_gemeente_only(log_in, people):
    client = log_in("beheerder")
    text = client.get("/beheer/accounts").text
    assert "Worker" in text
    assert "Stranger" not in text
    client.get(f"/beheer/accounts/{people.accounts['stranger']}", status=404)


def test_roles_are_given_and_ended_blocking_and_letting_in_again(log_in, people, database):
    client = log_in("beheerder")
    worker = log_in("worker")
    client.get(f"/beheer/accounts/{people.accounts['worker']}")
    place = {"organisatie": str(people.organisations["wijkteam"]), "rol": "teamleider"}
    client.press("Rol geven", place)
    assert worker.get("/intakes").title == "Inloggen", "a change of rights ends the sessions"
    client.press(client.page.button_like("Beëindig teamleider"))
    client.press("Blokkeren")
    assert "Geblokkeerd" in client.page.text
    client.press("Deblokkeren")
    client.press("Overal uitloggen")
    with database.session() as session:
        details = session.scalars(select(AuditEvent.detail).where(AuditEvent.action == "account:beheren")).all()
    wanted = ["rol_gegeven rol=teamleider", "rol_beeindigd rol=teamleider", "geblokkeerd", "gedeblokkeerd"]
    assert [one for one in details if one] == [*wanted, "sessies_beeindigd"]


def test_a_role_that_does_not_fit_is_refused_beside_the_form(log_in, people):
    client = log_in("beheerder")
    client.get(f"/beheer/accounts/{people.accounts['worker']}")
    place = {"organisatie": str(people.organisations["wijkteam"]), "rol": "logbeheerder"}
    assert "past niet bij" in client.press("Rol geven", place, status=400).text


def test_nobody_changes_the_own_rights(database, people):
    with database.unit_of_work() as session:
        actor = people.actor(session, "beheerder")
        wijkteam = people.organisations["wijkteam"]
        own = people.accounts["beheerder"]
        with pytest.raises(StaffRefused, match="eigen rechten"):
            staffing.give_role(
                session,
                actor,
                own,
                organisation_id=wijkteam,
                role=Role.TEAMLEIDER,
                van=CLOCK.today(),
                tot=None,
                clock=CLOCK,
            )
        with pytest.raises(StaffRefused, match="eigen rechten"):
            staffing.block(session, actor, own, clock=CLOCK)


def test_an_account_that_works_elsewhere_too_is_not_taken_over(database, people):
    with database.unit_of_work() as session:
        stranger = session.get_one(Account, people.accounts["stranger"])
        wijkteam = people.organisations["wijkteam"]
        session.add(
            Membership(account_id=stranger.id, organisation_id=wijkteam, role=Role.TEAMLEIDER, van=CLOCK.today())
        )
        session.flush()
        actor = people.actor(session, "beheerder")
        for act in (staffing.new_link, staffing.block, staffing.forget_second_factor):
            with pytest.raises(StaffRefused, match="ook voor een organisatie"):
                act(session, actor, stranger.id, clock=CLOCK)


def test_who_manages_a_wijkteam_manages_not_its_gemeente(database, people):
    with database.session() as session:
        wijkteam = session.get_one(Organisation, people.organisations["wijkteam"])
        give_role(session, session.get_one(Account, people.accounts["worker"]), wijkteam, BEHEERDER, van=CLOCK.today())
        actor = people.actor(session, "worker")
        assert [one.naam for one in staff.managed(session, actor)] == [wijkteam.naam]
        with pytest.raises(policy.NotFound):
            staff.person(session, actor, people.accounts["fg"], now=NOW, today=CLOCK.today())
        with pytest.raises(policy.NotFound):
            staffing.invite(
                session, actor, **NEW, organisation_id=people.organisations["capelle"], role=Role.FG, clock=CLOCK
            )


def test_a_role_at_a_provider_is_not_for_the_beheerder_of_a_gemeente(database, people):
    with database.session() as session:
        actor = people.actor(session, "beheerder")
        names = {one.naam for one in staff.managed(session, actor)}
        assert names == {"Gemeente Capelle aan den IJssel", "Wijkteam Capelle"}
        with pytest.raises(policy.NotFound):
            staffing.invite(
                session,
                actor,
                **NEW,
                organisation_id=people.organisations["haven"],
                role=Role.AANBIEDER,
                clock=CLOCK,
            )


def test_two_who_use_one_link_at_once_choose_one_password(database, people):
    with database.unit_of_work() as session:
        link = invitation.make_link(session, session.get_one(Account, people.accounts["worker"]), made_by=None, now=NOW)
    with database.unit_of_work() as session:
        invitation.redeem(session, link.token, PASSWORD, now=NOW)
    with database.session() as session, pytest.raises(LinkDead):
        invitation.redeem(session, link.token, "een ander lang woord", now=NOW)
    with database.session() as session:
        assert matches(session.get_one(Account, people.accounts["worker"]).password_hash, PASSWORD)
