"""The route on the page of a case: what is advised, in words, before all else."""

from intake.access.act import Act
from intake.besluit import taking
from tests.intake.advice.test_rules_and_cases import YOUNG, published
from tests.intake.region import CLOCK


def test_the_route_stands_first_in_words(log_in, case):
    page = log_in("worker").get(f"/intakes/{case.id}")
    text = page.text
    assert "Vannacht: Er komt vandaag nog een plek in de tijdelijke opvang." in text
    assert text.index("Wie is verantwoordelijk") < text.index("Waarom dit advies") < text.index("Alle antwoorden")
    assert "tijdelijke_opvang_vandaag" not in text


def test_a_minor_on_the_street_is_sent_to_crisis_help_at_once(log_in, database, people):
    with database.unit_of_work() as session:
        case = people.an_intake(session, slaapplek_vannacht="geen", geboortedatum="2010-04-03")
    client = log_in("worker")
    client.get(f"/intakes/{case.id}")
    assert "Vannacht: De crisishulp voor jeugd helpt vandaag, ook aan een veilige slaapplek." in client.page.text
    client.press(client.page.button_like("Volg het advies"))
    assert "Volgt het advies" in client.page.text


def test_the_page_of_a_case_sets_the_rules_of_today_beside_those_of_then(log_in, database, people):
    with database.unit_of_work() as session:
        case = people.an_intake(session, geboortedatum=YOUNG).id
    worker = log_in("worker")
    assert "regels van nu" not in worker.get(f"/intakes/{case}").text
    with database.unit_of_work() as session:
        published(session, people, CLOCK.today())
    page = worker.get(f"/intakes/{case}")
    assert "Wat zouden de regels van nu zeggen?" in page.text
    assert "Jongerenloket" in page.text
    assert "Centraal Onthaal" in page.text
    assert "Besluit van" not in page.text
    with database.unit_of_work() as session:
        taking.follow(Act(session, people.actor(session), CLOCK), case)
    assert "Besluit van" in worker.get(f"/intakes/{case}").text
