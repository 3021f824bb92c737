"""The page of a case: the route, the decision of a person, and what comes after it."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from intake.access.action import Action
from intake.besluit import taking
from intake.case import decisions
from intake.tables.audit import AuditEvent
from intake.tables.intake import Intake
from intake.web.melding.gemeenten import choices
from tests.intake.region import CLOCK, a_place


@pytest.fixture
def case(database, people) -> Intake:
    with database.unit_of_work() as session:
        return people.an_intake(session, slaapplek_vannacht="geen")


def test_the_route_stands_first_in_words(log_in, case):
    page = log_in("worker").get(f"/intakes/{case.id}")
    text = page.text
    assert "Vannacht: Er komt vandaag nog een plek in de tijdelijke opvang." in text
    assert text.index("Wie is verantwoordelijk") < text.index("Waarom dit advies") < text.index("Alle antwoorden")
    assert "tijdelijke_opvang_vandaag" not in text


def test_following_the_advice_is_one_press(log_in, case):
    client = log_in("worker")
    client.get(f"/intakes/{case.id}")
    client.press(client.page.button_like("Volg het advies"))
    assert "Volgt het advies" in client.page.text
    assert "Worker, wijkteammedewerker, namens" in client.page.text
    assert "Wordt gemaakt" in client.page.text


def test_who_decides_after_a_colleague_did_sees_that_first(log_in, database, people, case):
    late = log_in("worker")
    late.get(f"/intakes/{case.id}")
    with database.unit_of_work() as session:
        colleague = replace(people.actor(session), account_id=people.accounts["desk"])
        taking.follow(session, colleague, case.id, clock=CLOCK)
    late.press(late.page.button_like("Volg het advies"), status=409)
    assert "Iemand anders besloot" in late.page.text
    with database.session() as session:
        assert len(decisions.besluiten_of(session, case.id)) == 1
    late.press("Besluit over vannacht vastleggen")
    with database.session() as session:
        assert len(decisions.besluiten_of(session, case.id)) == 2


def test_deviating_asks_for_the_reason_and_keeps_what_was_chosen(log_in, case):
    client = log_in("worker")
    client.get(f"/intakes/{case.id}")
    client.press("Besluit vastleggen met deze reden", {"voorziening": "nachtopvang", "reden": " "}, status=400)
    assert client.page.by_id("reden").get("aria-invalid") == "true"
    client.press("Besluit vastleggen met deze reden", {"reden": "Hij wil alleen een bed voor de nacht."})
    assert "Wijkt af van het advies" in client.page.text
    assert "Hij wil alleen een bed voor de nacht." in client.page.text
    assert "Nachtopvang" in client.page.text


def test_tonight_can_be_decided_while_the_expertise_function_looks(log_in, case):
    client = log_in("worker")
    client.get(f"/intakes/{case.id}")
    client.press("Stel de vraag", {"vraag": "Past dit wel?"})
    assert "Wacht op beoordeling" in client.page.text
    client.press("Besluit over vannacht vastleggen")
    assert "Over vannacht: Er komt vandaag nog een plek" in client.page.text


def test_nothing_is_decided_that_the_list_does_not_offer(log_in, database, case):
    client = log_in("worker")
    form = client.get(f"/intakes/{case.id}").form_with("Besluit over vannacht vastleggen")
    client.send(form, {**form.values, "doe": ["vannacht"], "overbrugging": ["<b>verzonnen</b>"]}, status=400)
    with database.session() as session:
        assert not decisions.besluiten_of(session, case.id)


def test_the_bsn_is_covered_until_somebody_asks(log_in, database, people):
    with database.unit_of_work() as session:
        case = people.an_intake(session, bsn="999990019", bsn_status="bekend")
    client = log_in("worker")
    assert "999990019" not in client.get(f"/intakes/{case.id}").response.text
    client.follow("Toon het burgerservicenummer")
    assert "999990019" in client.page.text


def test_a_receiver_that_needs_the_bsn_asks_for_it_and_it_is_logged(log_in, database, people):
    with database.unit_of_work() as session:
        case = people.an_intake(session, bsn="999990019", bsn_status="bekend", toestemming_aanbieder="ja")
        a_place(session, people)
        people.a_besluit(session, case)
    sender = log_in("worker")
    sender.get(f"/intakes/{case.id}/verwijzen")
    sender.press("Verwijzing versturen")
    receiver = log_in("haven")
    receiver.follow(case.reference)
    assert "999990019" not in receiver.page.response.text
    receiver.follow("Toon het burgerservicenummer")
    assert "999990019" in receiver.page.text
    with database.session() as session:
        logged = session.scalars(select(AuditEvent).where(AuditEvent.action == Action.SHOW_BSN.value)).all()
    assert [one.account_id for one in logged] == [people.accounts["haven"]]
    log_in("anker").get(receiver.page.path, status=404)


def test_the_case_of_another_gemeente_is_not_there(log_in, case):
    client = log_in("stranger")
    client.get(f"/intakes/{case.id}", status=404)
    assert case.reference not in client.get("/intakes").response.text


def test_a_list_can_be_narrowed_and_sorted(log_in, case):
    client = log_in("worker")
    client.get("/intakes")
    assert "Jan Kanariepiet" in client.page.text
    client.press("Toon", {"staat": "geplaatst"})
    assert "Jan Kanariepiet" not in client.page.text
    client.get("/intakes?staat=%27%3B&urgentie=xx&volgorde=naam&pagina=-3")
    assert "Jan Kanariepiet" in client.page.text


def test_a_task_is_ticked_off(log_in, case):
    client = log_in("worker")
    client.get(f"/intakes/{case.id}")
    button = client.page.button_like("Gedaan")
    client.press(button)
    assert button not in client.page.buttons()


def test_what_people_type_is_shown_as_text(log_in, database, people):
    nasty = "<script>alert(1)</script> {{7*7}} \"' &amp; 't Hoff"
    with database.unit_of_work() as session:
        case = people.an_intake(session, verhaal=nasty, achternaam="<b>Bobby")
    client = log_in("worker")
    client.get(f"/intakes/{case.id}")
    assert nasty in client.page.text
    assert "<b>Bobby" in client.page.text


def test_the_receiver_answers_and_the_sender_sees_it(log_in, database, people, case):
    with database.unit_of_work() as session:
        a_place(session, people, capaciteit=3)
        people.a_besluit(session, case)
    sender = log_in("worker")
    sender.get(f"/intakes/{case.id}")
    sender.follow("Verwijzen")
    sender.press("Verwijzing versturen")
    assert "Wacht op antwoord" in sender.page.text
    receiver = log_in("haven")
    assert "Jan Kanariepiet" not in receiver.page.text
    receiver.follow(case.reference)
    assert "De Haven" in receiver.page.text
    receiver.press("Accepteren", {"start": "25-11-2026"})
    assert "Geaccepteerd door Haven" in receiver.page.text
    sender.get(f"/intakes/{case.id}")
    assert "Geaccepteerd" in sender.page.text
    assert "vanaf 25 november 2026" in sender.page.text


def test_a_receiver_who_declines_gives_a_reason_from_the_list(log_in, database, people, case):
    with database.unit_of_work() as session:
        a_place(session, people, capaciteit=3)
        people.a_besluit(session, case)
    sender = log_in("worker")
    sender.get(f"/intakes/{case.id}/verwijzen")
    sender.press("Verwijzing versturen")
    receiver = log_in("haven")
    receiver.follow(case.reference)
    receiver.press("Weigeren met deze reden", status=400)
    receiver.press("Weigeren met deze reden", {"reden": "anders", "toelichting": ""}, status=400)
    receiver.press("Weigeren met deze reden", {"reden": "anders", "toelichting": "De kamer is kapot."})
    sender.get("/")
    assert "geweigerd" in sender.page.text
    sender.get(f"/intakes/{case.id}")
    assert "reden: een andere reden" in sender.page.text


def test_a_question_goes_to_the_sender_and_the_answer_back(log_in, database, people, case):
    with database.unit_of_work() as session:
        a_place(session, people)
        people.a_besluit(session, case)
    sender = log_in("worker")
    sender.get(f"/intakes/{case.id}/verwijzen")
    sender.press("Verwijzing versturen")
    receiver = log_in("haven")
    receiver.follow(case.reference)
    receiver.press("Vraag stellen", {"vraag": "Heeft hij een hond?"})
    sender.get(f"/intakes/{case.id}")
    sender.follow("De Haven")
    assert "Heeft hij een hond?" in sender.page.text
    sender.press("Antwoord versturen", {"antwoord": "Nee."})
    receiver.get(receiver.page.path)
    assert "Nee." in receiver.page.text
    receiver.press("Accepteren", {"start": ""})


def test_a_provider_keeps_its_places(log_in, database, people):
    with database.unit_of_work() as session:
        a_place(session, people, capaciteit=3, bezet=1)
    provider = log_in("haven")
    provider.get("/plekken")
    button = provider.page.button_like("Opslaan")
    stale = provider.page
    provider.press(button, {"capaciteit": "0"}, status=400)
    provider.press(button, {"capaciteit": "veel"}, status=400)
    provider.press(button, {"capaciteit": "5"})
    assert "4 vrij" in provider.page.text
    provider.page = stale
    provider.press(button, {"capaciteit": "9"}, status=409)


def test_the_expertise_function_gives_its_view(log_in, case):
    worker = log_in("worker")
    worker.get(f"/intakes/{case.id}")
    worker.press("Stel de vraag", {"vraag": "Past dit wel?"})
    expert = log_in("expert")
    assert "Vandaag" in expert.get("/expertise").text
    expert.follow(next(name for name in expert.page.links() if name.startswith("Vraag van")))
    assert "Past dit wel?" in expert.page.text
    expert.press("Beoordeling versturen", {"beoordeling": ""}, status=400)
    expert.press("Beoordeling versturen", {"beoordeling": "24-uursopvang past."})
    worker.get(f"/intakes/{case.id}")
    assert "24-uursopvang past." in worker.page.text


def test_a_page_that_is_not_there_says_what_to_do(log_in):
    client = log_in("worker")
    assert "Naar de startpagina" in client.get("/intakes/niets", status=404).text


def test_the_desk_that_got_the_case_opens_it_decides_and_sends_it_on(log_in, database, people, case):
    with database.unit_of_work() as session:
        a_place(session, people, capaciteit=2)
    worker = log_in("worker")
    worker.get(f"/intakes/{case.id}")
    worker.press(worker.page.button_like("Volg het advies"))
    assert "Verwezen naar Centraal Onthaal." in worker.page.text
    assert "Een plek voor vannacht is gevraagd bij De Haven." in worker.page.text
    desk = log_in("desk")
    desk.get("/verwijzingen")
    desk.follow(case.reference)
    desk.press("Accepteren")
    desk.follow("Open de zaak: besluiten en plaatsen")
    desk.press(desk.page.button_like("Volg het advies"))
    assert "Verwezen naar De Haven." in desk.page.text


def test_who_waits_for_the_expertise_function_is_offered_only_what_can_be_done_now(log_in, case):
    client = log_in("worker")
    client.get(f"/intakes/{case.id}")
    client.press("Stel de vraag", {"vraag": "Past dit wel?"})
    assert "Volg het advies" not in client.page.text
    assert "Over vannacht besluit u nu al." in client.page.text
    client.press("Vraag intrekken en zelf besluiten")
    client.press(client.page.button_like("Volg het advies"))
    assert "Volgt het advies" in client.page.text


def test_a_minor_on_the_street_is_sent_to_crisis_help_at_once(log_in, database, people):
    with database.unit_of_work() as session:
        case = people.an_intake(session, slaapplek_vannacht="geen", geboortedatum="2010-04-03")
    client = log_in("worker")
    client.get(f"/intakes/{case.id}")
    assert "Vannacht: De crisishulp voor jeugd helpt vandaag, ook aan een veilige slaapplek." in client.page.text
    client.press(client.page.button_like("Volg het advies"))
    assert "Volgt het advies" in client.page.text


def test_gemeenten_are_offered_in_the_order_of_the_alphabet():
    names = [one.naam for one in choices("rotterdam-rijnmond").others]
    assert names.index("Rozendaal") < names.index("Schagen") < names.index("Súdwest-Fryslân") < names.index("Utrecht")
    assert names.index("Hengelo") < names.index("'s-Hertogenbosch") < names.index("Heumen")


@pytest.mark.parametrize("what", ["", "volg", "VOLGEN"])
def test_a_post_that_names_no_decision_decides_nothing(log_in, database, case, what):
    client = log_in("worker")
    client.get(f"/intakes/{case.id}")
    form = client.page.form_with(client.page.button_like("Volg het advies"))
    client.send(form, {**form.values, "doe": [what]}, status=400)
    assert "Volgt het advies" not in client.get(f"/intakes/{case.id}").text
