"""Both marks of a case, set and lifted on a page."""

import pytest

from intake.tables.mark import MarkKind

BEPERKT, BEKEND = MarkKind.BEPERKT, MarkKind.BEKEND


@pytest.fixture
def case_id(database, people):
    with database.unit_of_work() as session:
        return people.an_intake(session, achternaam="Zonderlingsma").id


def test_the_page_sets_and_lifts_both_marks(log_in, case_id):
    client = log_in("leader")
    client.get(f"/intakes/{case_id}/rechten")
    client.press("Beperk het gebruik", status=400)
    assert "Schrijf op waarom." in client.page.text
    client.press("Beperk het gebruik", {"reden": "De cliënt betwist de diagnose."})
    assert "De cliënt betwist de diagnose." in client.page.text
    assert "Beperkt." in client.get(f"/intakes/{case_id}").text
    assert "Opnieuw besluiten" not in client.page.text
    log_in("worker").get(f"/intakes/{case_id}", status=404)
    client.get(f"/intakes/{case_id}/rechten")
    client.press("Zet het merkteken", {"reden": "Bekend van televisie."})
    client.press("Hef dit op: Beperken", {"reden": "Uitgezocht."})
    assert "Uitgezocht." in client.page.text
    log_in("worker").get(f"/intakes/{case_id}")
