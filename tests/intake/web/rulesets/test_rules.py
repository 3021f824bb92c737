"""The pages of the rules: public to read, policy staff to write, a second person to publish."""

import io
import json
import uuid
import zipfile
from datetime import UTC, date, datetime
from xml.etree import ElementTree as ET

import pytest

from config.clock import FixedClock
from intake.rulesets.drafts.sheets import from_file, to_file
from intake.store.database import open_database
from intake.store.outbox.job import run_all
from intake.tables.ruleset import PublishedRuleset, RulesetDraft
from intake.worker.worker import HANDLERS
from rules import ruleset_for
from tests.conftest import MASTER_KEY
from tests.intake.advice.test_rules_and_cases import published
from tests.intake.region import CLOCK, NOW
from tests.intake.web.strict_client import StrictClient

REGIO = "rotterdam-rijnmond"


@pytest.fixture
def database(sqlite_url):
    """The pages say the same on both engines; one is enough here."""
    made = open_database(sqlite_url, MASTER_KEY)
    yield made
    made.dispose()


@pytest.fixture
def policy_staff(database, people):
    with database.unit_of_work() as session:
        people.bring(session, "anna", "bas")
    return people


@pytest.fixture
def anna(policy_staff, log_in):
    return log_in("anna")


@pytest.fixture
def draft(anna):
    anna.get("/regels/concepten")
    page = anna.press("Nieuw concept")
    return page.path


def row_ids():
    ruleset = ruleset_for(REGIO, NOW.date())
    return [row.id for table in ruleset.tables for row in table.rows]


def test_everybody_reads_the_public_rules_without_logging_in(app, people):
    page = StrictClient(app).get("/regels/openbaar")
    assert page.title == "Regels voor beschermd wonen en opvang"
    for row in row_ids():
        assert f">{row}<" in page.response.text
    assert "Inloggen" not in page.text


def test_each_rule_has_a_place_to_link_to(app, people):
    page = StrictClient(app).get("/regels/openbaar")
    assert page.by_id("t3-33") is not None
    assert page.by_id("keuze-min-leeftijd-mo") is not None


def test_the_record_and_the_dmn_can_be_fetched_by_everybody(app, people):
    browser = app.test_client()
    record = json.loads(browser.get("/regels/openbaar/algoritmeregister.json").data)
    assert record["source_id"] == f"{REGIO}/2026-01-01"
    assert ET.fromstring(browser.get("/regels/openbaar/regels.dmn").data).tag.endswith("definitions")


def test_a_worker_reads_the_rules_but_does_not_write_them(log_in):
    worker = log_in("worker")
    page = worker.get("/regels")
    assert "Regels wijzigen" not in page.links()
    assert worker.follow("Alle versies").title == "Versies van de regels"
    worker.get("/regels/concepten", status=403)


def test_when_no_rules_are_in_force_the_page_says_until_when_there_were(app, people):
    app.extensions["toegang.clock"] = FixedClock(datetime(2029, 1, 1, 9, tzinfo=UTC))
    page = StrictClient(app).get("/regels/openbaar", status=404)
    assert "2027-12-31" in page.text


def test_a_version_that_is_not_there_is_not_found(anna):
    anna.get("/regels/versie/2001-01-01", status=404)
    anna.get("/regels/versie/onzin", status=404)


def test_one_case_can_be_tried_with_the_questions_of_the_form(anna):
    anna.get("/regels/proberen")
    page = anna.press("Toon wat de regels zeggen", {"slaapplek_vannacht": "geen", "geboortedatum": "15-06-1981"})
    assert "Er komt vandaag nog een plek" in page.text
    assert "T" in page.text


def test_one_case_can_be_tried_as_json(anna):
    anna.get("/regels/proberen")
    page = anna.press("Toon wat de regels zeggen", {"antwoorden": '{"acuut_gevaar": "ja"}'})
    assert "Nu, per telefoon" in page.text


@pytest.mark.parametrize(
    ("field", "text"), [("op", "morgen"), ("antwoorden", "{"), ("antwoorden", '{"kasteel": "ja"}')]
)
def test_what_cannot_be_tried_is_said_beside_its_field_and_kept(anna, field, text):
    anna.get("/regels/proberen")
    page = anna.press("Toon wat de regels zeggen", {field: text}, status=400)
    assert page.form_with("Toon wat de regels zeggen").values[field][0].strip() == text
    assert page.by_id(f"{field}-fout") is not None


def test_a_rule_is_changed_with_select_boxes_and_the_fault_stands_beside_it(anna, draft):
    anna.get(f"{draft}/tabel/T1-kring")
    first = next(iter(sorted(link for link in anna.page.links() if link.startswith("T1."))))
    page = anna.follow(first)
    head = next(name for name in page.form_with("Bewaren").allowed if name.startswith("keuze.") and "dan:" not in name)
    column = head.removeprefix("keuze.")
    page = anna.press("Bewaren", {head: "anders", f"tekst.{column}": "kasteel"})
    assert f"regel {first}, kolom {column}" in page.text
    assert "kasteel" in page.text
    anna.get(draft)
    assert "te verbeteren" in anna.page.text


def test_a_rule_is_added_moved_and_taken_out(anna, draft):
    anna.get(f"{draft}/tabel/T6a-zwaartepunt/T6.20")
    anna.follow("Kopie hieronder")
    page = anna.press("Bewaren", {"regel": "T6.20a"})
    order = [link for link in page.links() if link.startswith("T6.")]
    assert order.index("T6.20a") == order.index("T6.20") + 1
    anna.follow("T6.20a")
    page = anna.press("Naar boven")
    order = [link for link in page.links() if link.startswith("T6.")]
    assert order.index("T6.20a") == order.index("T6.20") - 1
    anna.follow("T6.20a")
    assert "T6.20a" not in anna.press("Regel weghalen").links()


def test_two_rules_with_one_number_are_refused_and_the_typed_text_stays(anna, draft):
    anna.get(f"{draft}/tabel/T6a-zwaartepunt/nieuw")
    page = anna.press("Bewaren", {"regel": "T6.20", "omdat": "Een zin."}, status=409)
    assert "bestaat al" in page.text
    assert page.form_with("Bewaren").values["omdat"][0].strip() == "Een zin."


def test_a_choice_of_the_region_is_changed_told_as_a_difference_and_played_again(anna, draft, database):
    anna.get(f"{draft}/keuzes")
    anna.press("Bewaren", {"min_leeftijd_mo": "21"})
    page = anna.get(f"{draft}/verschil")
    assert "parameter min_leeftijd_mo: waarde van „23” naar „21”" in page.text
    anna.get(draft)
    anna.follow("Eerdere intakes naspelen")
    page = anna.press("Eerdere intakes naspelen")
    assert "Wij zijn bezig" in page.text
    run_all(database, HANDLERS, CLOCK)
    page = anna.follow("Kijk of het klaar is")
    assert "0 van de 0 intakes komen anders uit" in page.text
    anna.get(f"{draft}/keuzes")
    anna.press("Bewaren", {"min_leeftijd_mo": "22"})
    page = anna.get(f"{draft}/naspelen")
    assert "gewijzigd sinds de vorige keer" in page.text
    assert "komen anders uit" not in page.text


def test_tables_go_out_to_a_spreadsheet_and_come_back(anna, draft, database):
    answer = anna.browser.get(f"{draft}/regels.ods")
    assert zipfile.ZipFile(io.BytesIO(answer.data)).namelist()[0] == "mimetype"
    with database.session(read_only=True) as session:
        own = session.query(RulesetDraft).one().own
    tables = {name: text for name, text in own.items() if name.startswith("T")}
    assert set(from_file("x.ods", answer.data, tuple(tables))) == set(tables)
    tables["T6a-zwaartepunt.csv"] = tables["T6a-zwaartepunt.csv"].replace("T6.20", "T6.20x", 1)
    form = anna.get(draft).form_with("Inlezen")
    data = {**form.values, "bestand": (io.BytesIO(to_file("xlsx", tables)), "regels.xlsx")}
    answer = anna.browser.post(
        f"{draft}/terug",
        data={key: value[0] if isinstance(value, list) else value for key, value in data.items()},
        headers={"Origin": "http://localhost"},
        content_type="multipart/form-data",
    )
    assert answer.status_code == 303
    assert "T6.20x" in anna.get(f"{draft}/tabel/T6a-zwaartepunt").links()


def test_who_wrote_a_draft_sees_no_button_to_publish_it_and_a_colleague_hears_why_not(anna, draft, log_in):
    assert "Vaststellen" not in anna.get(draft).buttons()
    bas = log_in("bas")
    bas.get(draft)
    page = bas.press("Vaststellen", status=409)
    assert "Er staat niet bij wat er verandert en waarom." in page.text


@pytest.mark.slow
def test_a_change_travels_from_draft_to_rules_in_force(anna, draft, log_in, database):
    anna.get(draft)
    anna.press("Bewaren", {"van": "2027-01-01", "tot": "2027-12-31", "toelichting": "Nieuwe termijn."})
    anna.get(f"{draft}/keuzes")
    anna.press("Bewaren", {"contact_werkdagen_u4": "8"})
    page = anna.get(f"{draft}/controle")
    page = anna.press("Alles controleren")
    assert "of geen waarborg wordt gebroken" in page.text
    bas = log_in("bas")
    bas.get(draft)
    assert "De controle is voor deze tekst nog niet gedaan" in bas.press("Vaststellen", status=409).text
    run_all(database, HANDLERS, CLOCK)
    assert "Er zijn geen fouten gevonden" in anna.follow("Kijk of het klaar is").text
    bas.get(draft)
    page = bas.press("Vaststellen")
    assert page.path == "/regels/versies"
    assert "Nieuwe termijn." in page.text
    assert "Intrekken" not in "".join(bas.get("/").links())
    with database.session(read_only=True) as session:
        assert session.query(PublishedRuleset).one().published_by is not None
    anna.get("/regels/versies")
    anna.follow("Intrekken van de regels van 1 januari 2027")
    assert "Schrijf op waarom" in anna.press("Intrekken", status=409).text
    page = anna.press("Intrekken", {"reden": "De raad besloot anders."})
    assert "De raad besloot anders." in page.text
    assert "Een andere versie dan die nu geldt" in anna.get("/regels/versie/2027-01-01?uitgave=1").text
    anna.get("/regels/versie/2027-01-01", status=404)


def test_who_published_rules_does_not_withdraw_them_alone(anna, database, people, log_in):
    with database.unit_of_work() as session:
        made = published(session, people, date(2027, 1, 1)).id
    log_in("worker").get(f"/regels/versies/{made}/intrekken", status=403)
    anna.get(f"/regels/versies/{made}/intrekken")
    assert "Intrekken" in anna.page.buttons()
    anna.get(f"/regels/versies/{uuid.uuid4()}/intrekken", status=404)


def test_a_draft_of_another_version_is_not_overwritten(anna, draft, log_in):
    bas = log_in("bas")
    anna.get(draft)
    bas.get(draft)
    anna.press("Bewaren", {"toelichting": "Anna was eerst."})
    page = bas.press("Bewaren", {"toelichting": "Bas ook."}, status=409)
    assert "Iemand anders wijzigde dit concept" in page.text
    assert page.form_with("Bewaren").values["toelichting"][0].strip() == "Bas ook."
    assert "Anna was eerst." in anna.get("/regels/concepten").text


def test_a_draft_is_thrown_away(anna, draft):
    anna.get(draft)
    page = anna.press("Concept weggooien")
    assert "Er zijn geen concepten." in page.text
