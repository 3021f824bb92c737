"""The pages of the functioneel beheerder, and choosing a password with a link."""

import re

from sqlalchemy import select

from intake.login.accounts.account import find_account
from intake.tables.account import Membership, Role
from intake.tables.audit import AuditEvent
from intake.tables.invitation import LinkRequest
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
    with database.unit_of_work() as session:
        people.hire(session, "tweede", "capelle", BEHEERDER)
    client = log_in("beheerder")
    worker = log_in("worker")
    client.get(f"/beheer/accounts/{people.accounts['worker']}")
    place = {"organisatie": str(people.organisations["wijkteam"]), "rol": "teamleider"}
    client.press("Rol geven", place)
    assert "Dit wacht op een tweede beheerder" in client.page.text
    assert worker.get("/intakes").title == "Intakes"
    second = log_in("tweede")
    second.get("/beheer/accounts")
    second.press("Akkoord voor Worker")
    assert worker.get("/intakes").title == "Inloggen", "a change of rights ends the sessions"
    client.get(f"/beheer/accounts/{people.accounts['worker']}")
    client.press(client.page.button_like("Beëindig teamleider"))
    client.press("Blokkeren")
    assert "Geblokkeerd" in client.page.text
    client.press("Deblokkeren")
    client.press("Overal uitloggen")
    with database.session() as session:
        details = session.scalars(select(AuditEvent.detail).where(AuditEvent.action == "account:beheren")).all()
    wanted = [
        "voorgesteld teamleider",
        "voorstel_akkoord",
        "rol_gegeven rol=teamleider",
        "rol_beeindigd rol=teamleider",
        "geblokkeerd",
        "gedeblokkeerd",
    ]
    assert [one for one in details if one] == [*wanted, "sessies_beeindigd"]


def test_a_role_that_does_not_fit_is_refused_beside_the_form(log_in, people):
    client = log_in("beheerder")
    client.get(f"/beheer/accounts/{people.accounts['worker']}")
    place = {"organisatie": str(people.organisations["wijkteam"]), "rol": "logbeheerder"}
    assert "past niet bij" in client.press("Rol geven", place, status=400).text


def test_one_beheerder_makes_nobody_privacy_officer_in_two_clicks(log_in, people, database):
    client = log_in("beheerder")
    client.get("/beheer/accounts")
    place = {"organisatie": str(people.organisations["capelle"]), "rol": "fg"}
    page = client.press("Uitnodigen", {**NEW, **place})
    assert "De rol wacht op een tweede beheerder." in page.text
    client.get("/beheer/accounts")
    assert "Akkoord" not in "".join(client.page.buttons())
    form = client.page.form_with("Intrekken voor Nieuw Iemand")
    client.send(form, {**form.values, "antwoord": ["akkoord"]}, status=409)
    assert "een tweede beheerder" in client.page.text
    client.get("/beheer/accounts")
    client.press("Intrekken voor Nieuw Iemand")
    with database.session() as session:
        made = find_account(session, NEW["email"])
        assert session.scalars(select(Membership).where(Membership.account_id == made.id)).all() == []


def test_an_answer_of_nothing_changes_nothing(log_in, people):
    client = log_in("beheerder")
    client.get(f"/beheer/accounts/{people.accounts['worker']}")
    client.press("Rol geven", {"organisatie": str(people.organisations["wijkteam"]), "rol": "teamleider"})
    client.get("/beheer/accounts")
    form = client.page.form_with("Intrekken voor Worker")
    client.send(form, {**form.values, "antwoord": ["ja"]}, status=400)
    client.send(form, {**form.values, "voorstel": ["x"]}, status=404)
