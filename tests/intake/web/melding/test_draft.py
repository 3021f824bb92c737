"""Filling in an intake: saved page by page, nothing typed is lost, and one intake comes of it."""

from tests.intake.serving import Login
from tests.intake.web.strict_client import StrictClient

NEXT = "Opslaan en verder"


def started(log_in: Login, name: str = "worker") -> StrictClient:
    client = log_in(name)
    client.press("Nieuwe intake")
    return client


def test_a_new_intake_begins_with_the_questions_about_tonight(log_in):
    client = started(log_in)
    assert client.page.title == "Eerst vannacht"
    assert client.page.path.endswith("/spoed")


def test_the_first_page_is_enough_for_advice_about_tonight(log_in):
    client = started(log_in)
    client.press(NEXT, {"slaapplek_vannacht": "geen", "kinderen_mee": "0"})
    assert "Vandaag" in client.page.text
    assert "Er komt vandaag nog een plek in de tijdelijke opvang." in client.page.text


def test_from_the_first_page_one_button_leads_to_submitting(log_in):
    client = started(log_in)
    client.press("Opslaan en nu indienen", {"slaapplek_vannacht": "geen", "kinderen_mee": "0"})
    assert client.page.title == "Controleren en indienen"


def test_every_section_can_be_passed_with_nothing_known(log_in):
    client = started(log_in)
    seen = []
    while client.page.title != "Controleren en indienen":
        seen.append(client.page.title)
        client.press(next(name for name in client.page.buttons() if name in (NEXT, "Opslaan en controleren")))
        assert len(seen) < 20
    assert len(seen) >= 10


def test_a_wrong_answer_is_named_beside_its_field_and_in_the_summary_with_what_was_typed(log_in):
    client = started(log_in)
    client.press(NEXT, {"geboortedatum": "31-02-1981", "slaapplek_vannacht": "geen"})
    assert client.page.response.text.count("31-02-1981") >= 3
    assert client.page.by_id("geboortedatum").get("value") == "31-02-1981"
    assert client.page.by_id("geboortedatum").get("aria-invalid") == "true"
    assert client.page.by_id("slaapplek_vannacht-geen").get("checked") is not None
    assert client.page.by_id("fouten") is not None


def test_an_empty_page_has_no_errors(log_in):
    client = started(log_in)
    client.press(NEXT)
    assert client.page.by_id("fouten") is None


def test_the_draft_waits_on_the_start_page(log_in):
    client = started(log_in)
    client.press("Opslaan en later verder", {"slaapplek_vannacht": "geen"})
    assert client.page.path == "/"
    client.follow("Naam nog onbekend")
    assert client.page.by_id("slaapplek_vannacht-geen").get("checked") is not None


def test_what_was_typed_survives_a_log_out(log_in):
    client = started(log_in)
    client.press(NEXT, {"slaapplek_vannacht": "geen"})
    path = client.page.path.rsplit("/", 1)[0]
    client.press("Uitloggen")
    again = log_in("worker")
    again.get(path + "/spoed")
    assert again.page.by_id("slaapplek_vannacht-geen").get("checked") is not None


def test_a_row_more_is_a_press_away(log_in):
    client = started(log_in)
    client.get(client.page.path.replace("spoed", "wonen"))
    client.press(
        client.page.button_like("Nog een regel bij: Waar"),
        {"woongeschiedenis.0.gemeente": "GM0599", "woongeschiedenis.0.van": "11-2023"},
    )
    assert client.page.by_id("woongeschiedenis-0-van").get("value")
    assert client.page.by_id("woongeschiedenis-1-van") is not None


def test_a_gemeente_that_was_typed_becomes_a_tick_box(log_in):
    client = started(log_in)
    client.get(client.page.path.replace("spoed", "binding"))
    client.press(client.page.button_like("Nog een gemeente bij"), {"onveilige_gemeenten": ["GM0599", "utrecht"]})
    assert client.page.by_id("onveilige_gemeenten-GM0344").get("checked") is not None
    assert client.page.by_id("onveilige_gemeenten-GM0599").get("checked") is not None


def test_a_page_from_another_tab_overwrites_nothing(log_in):
    client = started(log_in)
    stale = client.page
    client.press(NEXT, {"slaapplek_vannacht": "geen"})
    client.page = stale
    client.press(NEXT, {"slaapplek_vannacht": "kan_blijven"}, status=409)
    assert "Nergens" in client.page.text
    assert "Bij iemand waar ik langer kan blijven" in client.page.text
    client.press("Bewaar wat ik nu stuurde")
    client.get(stale.path)
    assert client.page.by_id("slaapplek_vannacht-kan_blijven").get("checked") is not None


def test_pressing_twice_is_no_conflict(log_in):
    client = started(log_in)
    stale = client.page
    for _ in range(2):
        client.page = stale
        client.press(NEXT, {"slaapplek_vannacht": "geen"})
        assert client.page.title == "De melding"


def test_another_section_saved_meanwhile_is_no_conflict(log_in):
    client = started(log_in)
    stale = client.page
    client.get(stale.path.replace("spoed", "melding"))
    client.press(NEXT, {"melding_kanaal": "politie"})
    client.page = stale
    client.press(NEXT, {"slaapplek_vannacht": "geen"})
    assert client.page.title == "De melding"
    assert client.page.by_id("melding_kanaal-politie").get("checked") is not None


def test_danger_to_life_shows_whom_to_call(log_in):
    client = started(log_in)
    client.press(NEXT, {"acuut_gevaar": "ja"})
    assert "112" in client.page.links()
    client.get(client.page.path.replace("melding", "spoed"))
    assert "Bel nu bij direct gevaar" in client.page.text


def test_submitting_twice_makes_one_intake(log_in):
    client = started(log_in)
    client.press(NEXT, {"slaapplek_vannacht": "geen"})
    client.get(client.page.path.replace("melding", "controle"))
    review = client.page
    client.press("Intake indienen")
    first = client.page.path
    client.page = review
    client.press("Intake indienen")
    assert client.page.path == first


def test_the_pages_of_a_submitted_draft_lead_to_the_intake(log_in):
    client = started(log_in)
    client.get(client.page.path.replace("spoed", "controle"))
    review = client.page.path
    client.press("Intake indienen")
    made = client.page.path
    assert client.get(review).path == made
    assert client.get(review.replace("controle", "spoed")).path == made


def test_the_draft_of_another_team_is_not_there(log_in):
    client = started(log_in)
    path = client.page.path
    log_in("stranger").get(path, status=404)


def test_a_section_that_does_not_exist_is_not_there(log_in):
    client = started(log_in)
    client.get(client.page.path.replace("spoed", "bestaatniet"), status=404)


def test_a_save_in_between_tells_the_script_what_is_asked_and_the_advice(log_in):
    client = started(log_in)
    form = client.page.form_with(NEXT)
    form.fill({"slaapplek_vannacht": "geen"})
    data = {**{name: values for name, values in form.values.items() if values}, "doe": ["tussendoor"]}
    client.send(form, data)
    state = client.page.by_id("stand")
    assert "slaapplek_vannacht" in state.get("data-gevraagd").split()
    assert state.get("data-versie") == "2"
    assert "tijdelijke opvang" in client.page.text


def test_what_the_investigation_lacks_is_a_hint_and_blocks_nothing(log_in, database, people):
    with database.unit_of_work() as session:
        made = people.a_draft(session)
    client = log_in("worker")
    client.get(f"/concepten/{made.id}/controle")
    assert "Onderwerp a van het onderzoek heeft nog geen tekst." in client.page.text
    client.press("Intake indienen")
    assert client.page.title.startswith("Intake 2026-")


def test_a_part_that_was_only_looked_at_is_called_empty(log_in: Login) -> None:
    client = started(log_in)
    client.press("Opslaan en verder", {"slaapplek_vannacht": "geen"})
    assert client.page.title == "De melding"
    assert "De melding, nog niet ingevuld" in " ".join(client.page.text.split()).replace(" ,", ",")
    assert "Eerst vannacht, deels ingevuld" in " ".join(client.page.text.split()).replace(" ,", ",")


BSN = {"bsn_status": "bekend", "bsn": "999990019"}
KNOWN = "Van deze persoon is al een intake bekend"


def test_who_types_a_bsn_that_the_gemeente_knows_hears_of_that_case_and_no_other_gemeente_does(
    log_in, database, people
):
    with database.unit_of_work() as session:
        known, other = (people.an_intake(session, **BSN | {"bsn": bsn}) for bsn in (BSN["bsn"], "999990020"))
    client = started(log_in)
    client.get(client.page.path.replace("spoed", "persoon"))
    client.press(NEXT, BSN)
    assert f"{KNOWN}: {known.reference}." in client.page.text
    client.get(client.page.path.rsplit("/", 1)[0] + "/controle")
    client.follow(known.reference)
    assert client.page.path == f"/intakes/{known.id}"
    assert other.reference not in client.page.text
    elsewhere = started(log_in, "stranger")
    elsewhere.get(elsewhere.page.path.replace("spoed", "persoon"))
    elsewhere.press(NEXT, BSN)
    assert KNOWN not in elsewhere.page.text
    assert KNOWN not in elsewhere.get(elsewhere.page.path.rsplit("/", 1)[0] + "/controle").text
