"""How an organisation is reached, at the command line."""

from datetime import time

import pytest
from sqlalchemy import select

from intake.tables.audit import AuditEvent
from intake.tables.organisation import Organisation


@pytest.fixture
def haven(people, database):
    """Reads De Haven as it stands in the register."""

    def read() -> Organisation:
        with database.session(read_only=True) as session:
            return session.get_one(Organisation, people.organisations["haven"])

    return read


def test_a_number_for_the_night_is_set_and_logged(toegang, haven, database):
    numbers = ("--nacht", "010 555 27 99", "--van", "8.30", "--tot", "22.00")
    code, out, err = toegang("organisatie", "bereikbaar", "De Haven", *numbers)
    assert (code, err) == (0, "")
    assert "010 555 27 99 (’s avonds, ’s nachts en in het weekend)" in out
    one = haven()
    assert (one.nachttelefoon, one.dag_van, one.dag_tot) == ("010 555 27 99", time(8, 30), time(22))
    with database.session(read_only=True) as session:
        assert "bereikbaar dag_tot dag_van nachttelefoon" in session.scalars(select(AuditEvent.detail)).all()


def test_a_number_for_the_night_can_be_taken_away(toegang, haven):
    assert toegang("organisatie", "bereikbaar", "de haven", "--nacht", "geen")[0] == 0
    assert haven().nachttelefoon == ""


def test_the_register_shows_who_is_reached_how(toegang, haven):
    code, out, _ = toegang("organisatie", "toon")
    assert code == 0
    assert "De Haven (aanbieder)" in out
    assert haven().telefoon in out


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("Nergens", "--nacht", "010 555 27 99"), "er is geen organisatie"),
        (("De Haven",), "zeg wat er verandert"),
        (("De Haven", "--van", "17.00", "--tot", "9.00"), "ligt niet voor"),
        (("De Haven", "--nacht", "bel maar"), "dit is geen telefoonnummer"),
        (("De Haven", "--van", "25.00"), "dit is geen tijd"),
        (("De Haven", "--van", "ochtend"), "dit is geen tijd"),
        (("De Haven", "--tijden", "x" * 121), "ten hoogste 120 tekens"),
    ],
)
def test_what_cannot_be_is_refused_and_changes_nothing(toegang, haven, capsys, arguments, told):
    before = haven().nachttelefoon
    try:
        code, _, err = toegang("organisatie", "bereikbaar", *arguments)
    except SystemExit as stopped:
        code, err = stopped.code, capsys.readouterr().err
    assert code == 2
    assert told in err
    assert haven().nachttelefoon == before
