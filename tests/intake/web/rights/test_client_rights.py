"""The pages on which the rights of the client are carried out."""

import io
import json

import pypdf
import pytest
from sqlalchemy import select

from intake.access.act import Act
from intake.dossier import closing
from intake.tables.audit import AuditEvent
from tests.intake.region import CLOCK

NAME = "Zonderlingsma"


@pytest.fixture
def case_id(database, people):
    with database.unit_of_work() as session:
        return people.an_intake(session, achternaam=NAME, bsn="999990019").id


def test_the_copy_comes_as_json_and_as_a_pdf_that_names_who_looked(log_in, case_id):
    client = log_in("leader")
    page = client.get(f"/intakes/{case_id}/rechten")
    for button, kind in (
        ("Kopie voor een computer (json)", "application/json"),
        ("Kopie om te lezen (pdf)", "application/pdf"),
    ):
        form = page.form_with(button)
        answer = client.browser.post(form.action, data=form.values, headers={"Origin": "http://localhost"})
        assert (answer.status_code, answer.mimetype) == (200, kind)
        assert "attachment" in answer.headers["Content-Disposition"]
        assert answer.headers["Cache-Control"] == "no-store"
        if kind == "application/json":
            assert json.loads(answer.data)["gegevens"]["intake"][0]["answers"]["achternaam"] == NAME
        else:
            text = " ".join(one.extract_text() for one in pypdf.PdfReader(io.BytesIO(answer.data)).pages)
            assert NAME in text
            assert "Diende de intake in" in text.replace("\n", " ")


def test_a_correction_on_the_page_shows_in_the_history(log_in, case_id):
    client = log_in("leader")
    client.get(f"/intakes/{case_id}/verbeteren/persoon")
    client.press("Verbeteren", {"achternaam": "Anders"}, status=400)
    assert "Schrijf op waarom" in client.page.text
    client.press("Verbeteren", {"reden": "Verkeerd gespeld."})
    assert f"was “{NAME}”, is nu “Anders”" in client.page.text
    client.get(f"/intakes/{case_id}/verbeteren/bestaat_niet", status=404)


def test_who_corrects_is_led_there_from_the_case_and_a_bsn_that_is_shown_is_logged(log_in, database, case_id):
    client = log_in("leader")
    client.get(f"/intakes/{case_id}")
    client.follow("Kopie, verbeteren, vernietigen")
    client.follow("Wie u bent en hoe wij u bereiken")
    with database.session() as session:
        query = select(AuditEvent.action).where(AuditEvent.subject_id == case_id)
        assert session.scalars(query).all().count("intake:bsn_tonen") == 1
    assert "Rechten van de cliënt" not in log_in("worker").get(f"/intakes/{case_id}").text


def test_a_wrong_answer_is_told_beside_its_field_and_nothing_changes(log_in, case_id):
    client = log_in("leader")
    client.get(f"/intakes/{case_id}/verbeteren/persoon")
    client.press("Verbeteren", {"bsn": "123456789", "reden": "x"}, status=400)
    assert "Eerder verbeterd" not in client.get(f"/intakes/{case_id}/rechten").text


def test_two_people_destroy_it_on_the_page(log_in, database, people, case_id):
    leader = log_in("leader")
    leader.get(f"/intakes/{case_id}/rechten")
    leader.press("De cliënt vraagt om vernietiging", status=409)
    with database.unit_of_work() as session:
        closing.withdraw(Act(session, people.actor(session), CLOCK), case_id)
    leader.get(f"/intakes/{case_id}/rechten")
    leader.press("De cliënt vraagt om vernietiging")
    leader.press(leader.page.button_like("Akkoord"))
    assert not [name for name in leader.page.buttons() if name.startswith("Akkoord")]
    fg = log_in("fg")
    fg.get("/beheer/vernietiging")
    fg.press(fg.page.button_like("Akkoord: vernietig nu"))
    assert "met akkoord van Leader en Fg" in fg.page.text
    leader.get(f"/intakes/{case_id}", status=404)


def test_a_hold_keeps_the_file(log_in, database, people, case_id):
    leader = log_in("leader")
    leader.get(f"/intakes/{case_id}/rechten")
    leader.press("Bewaar dit dossier", status=409)
    leader.get(f"/intakes/{case_id}/rechten")
    leader.press("Bewaar dit dossier", {"reden": "Er loopt een bezwaar."})
    assert "Er loopt een bezwaar." in leader.get(f"/intakes/{case_id}/rechten").text
    leader.press("Hef deze bewaarplicht op")


def test_the_register_tells_each_purpose_with_its_ground(log_in):
    client = log_in("fg")
    assert "Wmo" in client.get("/beheer/verwerkingsregister").text
    for kind in ("csv", "ods"):
        answer = client.browser.get(f"/beheer/verwerkingsregister?als={kind}")
        assert answer.status_code == 200
        assert f"verwerkingsregister.{kind}" in answer.headers["Content-Disposition"]
    log_in("worker").get("/beheer/verwerkingsregister", status=403)


def test_these_pages_are_for_the_leader_of_the_gemeente_only(log_in, case_id):
    for name, status in (("worker", 403), ("fg", 403), ("haven", 403), ("beheerder", 403)):
        log_in(name).get(f"/intakes/{case_id}/rechten", status=status)
