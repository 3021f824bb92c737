"""The commands count rules that were published in the database of the installation, and work without any database."""

import json
from datetime import date

import pytest

from config.clock import SystemClock
from intake.access.act import Act
from intake.cli import main
from intake.rulesets.drafts import draft
from intake.store.database import open_database
from tests.conftest import MASTER_KEY
from tests.intake.advice.test_rules_and_cases import YOUNG, published
from tests.intake.region import a_region

FIRST = date(2026, 12, 1)
CASE = {"geboortedatum": YOUNG, "slaapplek_vannacht": "geen"}


@pytest.fixture
def instance(tmp_path, monkeypatch):
    """An empty folder for the installation."""
    monkeypatch.setenv("TOEGANG_INSTANCE", str(tmp_path))
    monkeypatch.delenv("TOEGANG_DATABASE_URL", raising=False)
    return tmp_path


@pytest.fixture
def database(instance):
    made = open_database(f"sqlite:///{instance / 'toegang.db'}", MASTER_KEY)
    made.upgrade()
    yield made
    made.dispose()


@pytest.fixture
def region(database):
    """In which the rules of 1 December were published."""
    with database.unit_of_work() as session:
        made = a_region(session)
        published(session, made, FIRST)
    return made


@pytest.fixture
def desk(instance, capsys):
    """The desk that `toegang advies` names for somebody of 21 on a day."""

    def advise(day):
        path = instance / "antwoorden.json"
        path.write_text(json.dumps({**CASE, "melding_datum": day}), encoding="utf-8")
        assert main(["advies", str(path)]) == 0
        return json.loads(capsys.readouterr().out)["bestemming"]["naam"]

    return advise


def test_an_advies_follows_published_rules_from_their_first_day(region, desk):
    assert (desk("2026-11-30"), desk("2026-12-01")) == ("Jongerenloket", "Centraal Onthaal")


def test_an_advies_needs_no_database_and_makes_none(instance, desk):
    assert desk("2026-12-01") == "Jongerenloket"
    assert [path.name for path in instance.iterdir()] == ["antwoorden.json"]


@pytest.mark.parametrize("url", ["postgresql+psycopg://niemand@127.0.0.1:1/weg", "mysql://ergens"])
def test_a_database_that_does_not_answer_is_said_and_the_advies_still_comes(instance, monkeypatch, capsys, url):
    monkeypatch.setenv("TOEGANG_DATABASE_URL", url)
    path = instance / "antwoorden.json"
    path.write_text(json.dumps(CASE), encoding="utf-8")
    assert main(["advies", str(path)]) == 0
    out, err = capsys.readouterr()
    assert json.loads(out)["overbrugging"] == "tijdelijke_opvang_vandaag"
    assert "Alleen de regels die bij het programma horen" in err


def test_published_rules_are_shown_and_compared_by_their_day(region, capsys):
    assert main(["regels", "toon", "2026-12-01", "--tabel", "T8"]) == 0
    assert main(["regels", "toon", "--op", "2026-12-05"]) == 0
    assert "Geldig van 2026-12-01" in capsys.readouterr().out
    assert main(["regels", "vergelijk", "2026-01-01", "2026-12-01"]) == 1
    assert "min_leeftijd_mo: waarde van „23” naar „21”" in capsys.readouterr().out


def test_a_draft_is_listed_and_tested_by_its_number(region, database, capsys):
    with database.unit_of_work() as session:
        region.bring(session, "anna")
        made = draft.start(Act(session, region.actor(session, "anna"), SystemClock()), regio="rotterdam-rijnmond")
    assert main(["regels", "concepten"]) == 0
    name = capsys.readouterr().out.split()[0]
    assert name == f"concept:{str(made)[:8]}"
    assert main(["regels", "test", name]) == 0
    assert "0 niet goed" in capsys.readouterr().out
    assert main(["regels", "test", "concept:niet"]) == 2
    assert "toegang regels concepten" in capsys.readouterr().err


def test_drafts_are_not_looked_for_where_there_is_no_database(instance, capsys):
    assert main(["regels", "concepten"]) == 2
    assert "geen database" in capsys.readouterr().err
