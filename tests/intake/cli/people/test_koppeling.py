"""Keys of systems at the command line."""

import re

from intake.people.systems import api_actor
from intake.tables.api_token import Scope
from tests.intake.region import NOW


def a_key(toegang, *more, organisatie="Wijkteam Capelle"):
    return toegang("koppeling", "nieuw", "Zaaksysteem", "--organisatie", organisatie, "--mag", "intakes:lezen", *more)


def test_a_key_is_made_and_shown_once(database, people, toegang):
    code, out, err = a_key(toegang)
    assert (code, err) == (0, "")
    secret = re.search(r"toegang_\S{43}", out)[0]
    with database.unit_of_work() as session:
        found = api_actor.find(session, secret, now=NOW)
        assert found is None or found.scopes == [Scope.INTAKES_LEZEN]
    code, out, _ = toegang("koppeling", "toon")
    assert code == 0
    assert secret not in out
    assert "Zaaksysteem bij Wijkteam Capelle" in out


def test_a_key_is_withdrawn_by_its_first_characters(people, toegang):
    _, out, _ = a_key(toegang)
    begin = re.search(r"toegang_\S{6}", out)[0]
    assert toegang("koppeling", "intrekken", begin)[0] == 0
    assert "werkt niet" in toegang("koppeling", "toon")[1]
    code, _, err = toegang("koppeling", "intrekken", "toegang_onzin")
    assert code == 2
    assert "toegang koppeling toon" in err


def test_what_cannot_be_is_told_in_dutch(people, toegang):
    assert "er is geen organisatie" in a_key(toegang, organisatie="Niemand")[2]
    assert "ten hoogste 400 dagen" in a_key(toegang, "--tot", "2040-01-01")[2]
    code, _, err = toegang("koppeling", "nieuw", "X", "--organisatie", "De Haven", "--mag", "intakes:indienen")
    assert code == 2
    assert "past niet bij De Haven" in err
