"""Warm hand-over on the pages: heard, asked, answered, on the way, arrived; the bed here stays until then."""

import pytest

from intake.access.act import Act
from intake.case import decisions
from intake.referrals.sending import choice
from intake.tables.besluit import BesluitKind
from intake.tables.place import PlacementPurpose
from tests.intake.region import CLOCK, a_place


@pytest.fixture
def case(database, people):
    """A case with a bed for tonight, of which was decided that Utrecht takes over; and somebody in Utrecht."""
    with database.unit_of_work() as session:
        people.bring(session, "utrecht")
        a_place(session, people)
        made = people.an_intake(session)
        people.a_besluit(session, made, bestemming_soort="andere_regio", bestemming_gemeente="GM0344")
        tonight = PlacementPurpose.OVERBRUGGING
        choice.refer(Act(session, people.actor(session), CLOCK), made.id, purpose=tonight)
        return made


def proposed(log_in, case, people):
    client = log_in("worker")
    client.get(f"/intakes/{case.id}")
    client.follow("Overdracht voorstellen")
    answers = {"regio": str(people.organisations["utrecht"]), "reden": "Zijn zus woont daar."}
    client.press("Overdracht voorstellen", answers)
    return client


def asked(log_in, case, people):
    client = proposed(log_in, case, people)
    client.press("Besproken met de cliënt", {"mening": "Dat wil ik graag."})
    client.press("Vraag Regio Utrecht")
    return client


def test_the_whole_way_with_the_other_region_on_the_pages(log_in, case, people):
    client = asked(log_in, case, people)
    there = log_in("utrecht")
    there.follow(case.reference)
    assert "Dat wil ik graag." in there.page.text
    assert "Kanariepiet" in there.page.text
    there.press("Accepteren", {"start": "25-11-2026"})
    client.get(client.page.path)
    assert "De cliënt kan komen vanaf 25 november 2026" in client.page.text
    client.press("De cliënt is op weg")
    assert "houdt hier een plek: Kamers" in client.page.text
    there.get("/")
    assert f"{case.reference}: de cliënt is op weg. Bevestig de aankomst." in there.page.text
    there.get(client.page.path)
    there.press("Bevestig de aankomst")
    assert "Aangekomen" in there.page.text
    provider = log_in("haven")
    assert "De plek Kamers is weer vrij" in provider.page.text
    assert "1 vrij" in provider.get("/plekken").text
    assert "Geplaatst" in client.get(f"/intakes/{case.id}").text


def test_the_other_region_sees_nothing_before_the_client_was_heard(log_in, case, people):
    client = proposed(log_in, case, people)
    there = log_in("utrecht")
    assert case.reference not in there.page.response.text
    there.get(client.page.path, status=404)
    client.press("Besproken met de cliënt", {"mening": " "}, status=400)
    assert client.page.by_id("mening").get("aria-invalid") == "true"


def test_a_refusal_goes_to_the_adviser_then_the_committee_and_the_bed_stays(log_in, case, people):
    client = asked(log_in, case, people)
    client.press("Antwoord vastleggen", {"wie": "Mevrouw De Boer"}, status=400)
    client.press("Antwoord vastleggen", {"uitkomst": "geen_plek", "wie": " "}, status=400)
    client.press("Antwoord vastleggen", {"uitkomst": "ja", "wie": "De Boer", "start": "32-13-2026"}, status=400)
    client.press("Antwoord vastleggen", {"uitkomst": "geen_plek", "wie": "Mevrouw De Boer", "start": ""})
    assert "Mevrouw De Boer, vastgelegd door Worker" in client.page.text
    client.press("Leg voor aan de regioadviseur")
    client.press("Leg voor aan de geschillencommissie")
    assert "houdt hier een plek: Kamers" in client.page.text
    client.press("Antwoord vastleggen", {"uitkomst": "ja", "wie": "De commissie"})
    client.press("De cliënt is op weg")
    client.press("Bevestig de aankomst")
    assert "Aangekomen" in client.page.text


def test_the_region_that_declines_gives_its_reason_and_the_sender_goes_on(log_in, case, people):
    client = asked(log_in, case, people)
    there = log_in("utrecht")
    there.follow(case.reference)
    there.press("Weigeren met deze reden", {"reden": "geen_plek"})
    client.get(client.page.path)
    assert "nee , er is geen plek vrij" in client.page.text or "nee, er is geen plek vrij" in client.page.text
    assert "Leg voor aan de regioadviseur" in client.page.buttons()


def test_a_hand_over_needs_a_region_and_reasons(log_in, case, people):
    client = log_in("worker")
    client.get(f"/intakes/{case.id}/overdracht")
    client.press("Overdracht voorstellen", {"regio": "", "reden": "Zijn zus."}, status=400)
    assert client.page.by_id("regio").get("aria-invalid") == "true"
    region = str(people.organisations["utrecht"])
    client.press("Overdracht voorstellen", {"regio": region, "reden": "x" * 4001}, status=400)
    assert client.page.by_id("reden").get("aria-invalid") == "true"


def test_a_step_that_was_taken_already_is_refused_with_how_things_stand(log_in, case, people):
    client = proposed(log_in, case, people)
    old = client.page
    client.press("Besproken met de cliënt", {"mening": "Graag."})
    client.page = old
    client.press("Besproken met de cliënt", {"mening": "Graag."}, status=409)
    assert "vraag nu de andere regio" in client.page.text


def test_a_case_for_another_region_is_never_sent_there_before_the_client_was_heard(database, people, case):
    with database.unit_of_work() as session:
        worker = people.actor(session)
        assert decisions.newest(session, case.id, BesluitKind.ROUTE).bestemming_soort == "andere_regio"
        with pytest.raises(choice.HandOverNeeded, match="warme overdracht"):
            choice.refer(Act(session, worker, CLOCK), case.id)
