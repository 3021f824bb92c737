"""A person decides, and a system only tells: who, on which advice, what."""

import pytest

from intake.access.row_security import bind_system
from intake.case.decisions import reason_of
from intake.tables.account import Account
from intake.tables.besluit import Besluit
from intake.tables.intake import Intake
from intake.tables.referral import Referral, ReferralState
from tests.intake.region import A_MAN_IN_HIS_CAR, a_place
from tests.intake.told import heard_by

ANSWERS = {**A_MAN_IN_HIS_CAR, "melding_datum": "2026-11-23"}


@pytest.fixture
def filed(caller, database, people):
    """A case that a system of the team filed, and its receipt; there is a place, and nobody waits for expertise."""
    system = caller()
    receipt = system.file({**ANSWERS, "verslaving": "nee", "psychisch_psychosociaal": "nee"}).json
    with database.unit_of_work() as session:
        a_place(session, people, "haven", capaciteit=2)
    return system, receipt


def a_decision(receipt, **telling):
    return {
        "medewerker": "worker@voorbeeld.test",
        "keuze": "volgen",
        "advies_hash": receipt["advies_hash"],
        **telling,
    }


def decisions(database):
    with database.unit_of_work() as session:
        return session.query(Besluit).all()


def test_the_besluit_is_that_of_the_person_who_is_named_and_the_case_goes_on(filed, database, people):
    system, receipt = filed
    answer = system.post(f"/intakes/{receipt['id']}/besluit", a_decision(receipt))
    assert answer.status_code == 201, answer.json
    assert answer.json["wijkt_af"] is False
    assert answer.json["medewerker"].startswith("Worker")
    assert answer.json["verwezen"]
    made = decisions(database)
    assert [one.bevestigd_door for one in made] == [people.accounts["worker"]]


def test_the_person_hears_what_was_recorded_in_their_name(filed, database, people):
    system, receipt = filed
    system.post(f"/intakes/{receipt['id']}/besluit", a_decision(receipt))
    with database.unit_of_work() as session:
        texts = heard_by(session, people.actor(session))
    assert any("op uw naam is een besluit vastgelegd via Proef" in text for text in texts)


def test_the_same_decision_sent_twice_is_one_besluit(filed, database):
    system, receipt = filed
    first, second = (system.post(f"/intakes/{receipt['id']}/besluit", a_decision(receipt)) for _ in range(2))
    assert first.status_code == second.status_code == 201
    assert first.json["id"] == second.json["id"]
    assert len(decisions(database)) == 1


@pytest.mark.parametrize("email", ["haven@voorbeeld.test", "stranger@voorbeeld.test", "niemand@voorbeeld.test"])
def test_who_does_not_work_there_or_does_not_exist_gives_the_same_answer(filed, database, email):
    system, receipt = filed
    answer = system.post(f"/intakes/{receipt['id']}/besluit", a_decision(receipt, medewerker=email))
    assert answer.status_code == 400
    assert answer.json["type"] == "urn:toegang:probleem:medewerker-onbekend"
    assert email not in answer.text
    assert decisions(database) == []


def test_who_may_not_decide_about_a_case_hears_nothing_of_it_whoever_they_name(filed, caller):
    _, receipt = filed
    stranger = caller("wijkteam_rotterdam")
    for email in ("stranger@voorbeeld.test", "niemand@voorbeeld.test", "worker@voorbeeld.test"):
        answer = stranger.post(f"/intakes/{receipt['id']}/besluit", a_decision(receipt, medewerker=email))
        assert answer.status_code == 404, email


def test_the_system_itself_cannot_be_the_person(filed, database):
    system, receipt = filed
    with database.unit_of_work() as session:
        case = session.query(Intake).one()
        own = session.get_one(Account, case.submitted_by).email
    answer = system.post(f"/intakes/{receipt['id']}/besluit", a_decision(receipt, medewerker=own))
    assert answer.status_code == 400


def test_a_key_of_the_gemeente_speaks_for_the_people_of_its_teams(filed, caller, database):
    _, receipt = filed
    answer = caller("capelle").post(f"/intakes/{receipt['id']}/besluit", a_decision(receipt))
    assert answer.status_code == 201


def test_a_decision_on_an_advice_that_is_not_the_newest_is_refused(filed, database):
    system, receipt = filed
    answer = system.post(f"/intakes/{receipt['id']}/besluit", a_decision(receipt, advies_hash="sha256:oud"))
    assert answer.status_code == 409
    assert answer.json["type"] == "urn:toegang:probleem:besluit-ingehaald"
    assert decisions(database) == []


def test_a_decision_by_who_did_not_see_the_one_before_it_is_refused(filed, database, people):
    system, receipt = filed
    with database.unit_of_work() as session:
        bind_system(session)
        case = session.query(Intake).one()
        people.a_besluit(session, case)
    answer = system.post(f"/intakes/{receipt['id']}/besluit", a_decision(receipt, besluiten_gezien=0))
    assert answer.status_code == 409
    assert len(decisions(database)) == 1


def test_deviating_without_a_reason_is_refused_and_with_one_is_recorded(filed, database):
    system, receipt = filed
    wanted = a_decision(receipt, keuze="afwijken", voorziening="beschermd_wonen", verwijzen=False)
    refused = system.post(f"/intakes/{receipt['id']}/besluit", wanted)
    assert refused.status_code == 400
    assert refused.json["type"] == "urn:toegang:probleem:reden-ontbreekt"
    answer = system.post(f"/intakes/{receipt['id']}/besluit", {**wanted, "reden": "Er is meer nodig."})
    assert answer.status_code == 201, answer.json
    assert answer.json["wijkt_af"] is True
    assert answer.json["voorzieningen"][0] == "beschermd_wonen"
    assert answer.json["verwezen"] == []
    with database.unit_of_work() as session:
        made = session.query(Besluit).one()
        assert reason_of(session, made) == "Er is meer nodig."


def test_tonight_can_be_decided_at_once(filed):
    system, receipt = filed
    tonight = a_decision(receipt, keuze="vannacht", overbrugging="tijdelijke_opvang_vandaag")
    answer = system.post(f"/intakes/{receipt['id']}/besluit", tonight)
    assert answer.status_code == 201
    assert answer.json["soort"] == "overbrugging"
    missing = system.post(f"/intakes/{receipt['id']}/besluit", a_decision(receipt, keuze="vannacht"))
    assert [one["pointer"] for one in missing.json["errors"]] == ["/overbrugging"]


def test_an_unknown_receiver_is_refused(filed):
    system, receipt = filed
    wrong = a_decision(receipt, keuze="afwijken", reden="Zo.", ontvanger="00000000-0000-4000-8000-000000000000")
    answer = system.post(f"/intakes/{receipt['id']}/besluit", wrong)
    assert answer.status_code == 400
    assert answer.json["errors"][0]["pointer"] == "/ontvanger"


def test_deviating_to_what_the_advice_says_is_refused(filed, database):
    system, receipt = filed
    answer = system.post(f"/intakes/{receipt['id']}/besluit", a_decision(receipt, keuze="afwijken", reden="Zo."))
    assert answer.status_code == 400
    assert answer.json["type"] == "urn:toegang:probleem:niets-wijkt-af"
    assert decisions(database) == []


def test_a_new_decision_withdraws_what_was_not_answered(filed, database, people):
    system, receipt = filed
    first = system.post(f"/intakes/{receipt['id']}/besluit", a_decision(receipt))
    assert "Centraal Onthaal" in {one["ontvanger"] for one in first.json["verwezen"]}
    other = str(people.organisations["jongerenloket"])
    again = a_decision(receipt, keuze="afwijken", ontvanger=other, reden="Hij is 20.", besluiten_gezien=1)
    second = system.post(f"/intakes/{receipt['id']}/besluit", again)
    assert second.status_code == 201, second.json
    assert [one["ontvanger"] for one in second.json["verwezen"]] == ["Jongerenloket"]
    with database.unit_of_work() as session:
        bind_system(session)
        traject = session.query(Referral).filter_by(purpose="traject").order_by(Referral.sent_at)
        assert sorted(one.state for one in traject) == [ReferralState.INGETROKKEN, ReferralState.VERZONDEN]
