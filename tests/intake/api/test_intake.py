"""Filing an intake, the list, and one intake: what a system gets, and what it never gets."""

import uuid

from sqlalchemy import func, select

from forms import INTAKE_FORM
from intake.access import grant
from intake.access.act import Act
from intake.access.row_security import bind_system
from intake.besluit import expertise
from intake.keys import sealing
from intake.tables.api_token import Scope
from intake.tables.grant import GrantKind
from intake.tables.intake import Intake
from tests.intake.region import A_MAN_IN_HIS_CAR, CLOCK
from tests.intake.told import heard_by

ANSWERS = {**A_MAN_IN_HIS_CAR, "melding_datum": "2026-11-23"}


def count(database):
    with database.unit_of_work() as session:
        return session.scalar(select(func.count()).select_from(Intake))


def test_a_routeadvies_is_the_advice_of_the_rules_and_stores_nothing(caller, database):
    answer = caller().post("/routeadviezen", ANSWERS)
    assert answer.status_code == 200
    assert answer.json["urgentie"] == "U1"
    assert answer.json["overbrugging"] == "tijdelijke_opvang_vandaag"
    assert count(database) == 0


def test_an_intake_is_filed_with_its_place_its_number_and_the_advice(caller, database):
    system = caller()
    answer = system.file(ANSWERS)
    assert answer.status_code == 201
    assert answer.headers["Location"] == f"/api/v1/intakes/{answer.json['id']}"
    assert answer.json["referentie"].startswith("2026-")
    assert answer.json["advies"]["urgentie"] == "U1"
    again = system.get(answer.headers["Location"].removeprefix("/api/v1"))
    assert again.status_code == 200
    assert again.json["referentie"] == answer.json["referentie"]
    assert again.json["antwoorden"]["achternaam"] == "Kanariepiet"
    assert count(database) == 1


def test_the_same_key_and_answers_give_the_same_answer_and_one_case(caller, database):
    system, key = caller(), str(uuid.uuid4())
    first, second = system.file(ANSWERS, key), system.file(ANSWERS, key)
    assert first.status_code == second.status_code == 201
    assert first.json == second.json
    assert count(database) == 1


def test_the_same_key_with_other_answers_is_refused_and_stores_nothing(caller, database):
    system, key = caller(), str(uuid.uuid4())
    system.file(ANSWERS, key)
    answer = system.file({**ANSWERS, "roepnaam": "Piet"}, key)
    assert answer.status_code == 409
    assert answer.json["type"] == "urn:toegang:probleem:sleutel-hergebruikt"
    assert count(database) == 1


def test_a_renewed_key_of_the_same_system_goes_on_with_the_same_requests(caller, database):
    key = str(uuid.uuid4())
    first, second = caller().file(ANSWERS, key), caller().file(ANSWERS, key)
    assert first.json == second.json
    assert count(database) == 1


def test_without_a_key_of_its_own_an_intake_is_not_filed(caller, database):
    answer = caller().post("/intakes", ANSWERS)
    assert answer.status_code == 400
    assert answer.json["errors"][0]["name"] == "Idempotency-Key"
    assert count(database) == 0


def test_wrong_answers_are_named_one_by_one_in_dutch(caller, database):
    answer = caller().file({"slaapplek_vannacht": "brug", "geboortedatum": "31-12-1980", "leeftijd": 4})
    assert answer.status_code == 400
    assert {one["pointer"] for one in answer.json["errors"]} == {"/slaapplek_vannacht", "/geboortedatum", "/leeftijd"}
    assert "Kies uit: eigen_woning" in answer.json["errors"][0]["detail"] + answer.json["errors"][1]["detail"]
    assert count(database) == 0


def test_the_people_of_the_team_hear_of_an_intake_that_a_system_filed(caller, database, people):
    caller().file(ANSWERS)
    with database.unit_of_work() as session:
        texts = heard_by(session, people.actor(session))
    assert any("nieuwe melding via Proef (vandaag)" in text for text in texts)


def test_the_bsn_is_in_no_answer(caller):
    system = caller()
    made = system.file({**ANSWERS, "bsn": "999990019", "bsn_status": "bekend"})
    shown = system.get(f"/intakes/{made.json['id']}")
    assert b"999990019" not in made.data + shown.data


def test_the_list_goes_on_where_it_stopped_and_tells_no_total(caller):
    system = caller()
    made = [system.file({**ANSWERS, "roepnaam": name}).json["id"] for name in ("A", "B", "C")]
    first = system.get("/intakes?aantal=2").json
    rest = system.get(f"/intakes?aantal=2&na={first['volgende']}").json
    assert sorted(one["id"] for one in first["resultaten"] + rest["resultaten"]) == sorted(made)
    assert rest["volgende"] is None
    assert set(first) == {"resultaten", "volgende"}


def test_a_list_can_be_narrowed_by_state_and_urgency(caller):
    system = caller()
    system.file(ANSWERS)
    assert len(system.get("/intakes?urgentie=U1").json["resultaten"]) == 1
    assert system.get("/intakes?urgentie=U4").json["resultaten"] == []
    assert system.get("/intakes?status=afgesloten").json["resultaten"] == []
    assert system.get("/intakes?status=kwijt").status_code == 400


def test_a_system_of_another_gemeente_sees_nothing_of_it(caller):
    made = caller().file(ANSWERS)
    stranger = caller("wijkteam_rotterdam")
    assert stranger.get("/intakes").json["resultaten"] == []
    theirs, nothing = stranger.get(f"/intakes/{made.json['id']}"), stranger.get(f"/intakes/{uuid.uuid4()}")
    assert theirs.status_code == nothing.status_code == 404
    assert {**theirs.json, "instance": ""} == {**nothing.json, "instance": ""}


def test_a_key_does_only_what_its_scopes_say(caller):
    reader = caller("wijkteam", Scope.INTAKES_LEZEN)
    assert reader.get("/intakes").status_code == 200
    assert reader.file(ANSWERS).status_code == 403
    assert reader.post("/routeadviezen", ANSWERS).status_code == 403
    assert reader.get("/plekken").status_code == 403


def test_who_only_looks_along_reads_what_it_needs_in_words_and_never_the_answers_themselves(caller, database, people):
    made = caller().file({**ANSWERS, "telefoon": "0612345678"}).json
    with database.unit_of_work() as session:
        bind_system(session)
        case = session.get_one(Intake, uuid.UUID(made["id"]))
        if expertise.open_for(session, case.id) is None:
            expertise.ask_review(Act(session, people.actor(session), CLOCK), case.id, question="Wat past?")
        to = people.organisations["wijkteam_rotterdam"]
        grant.give(
            session,
            people.actor(session),
            grant.NewGrant(
                gemeente_id=case.gemeente_id,
                zaak_id=case.id,
                to=to,
                kind=GrantKind.ROUTERING,
                ontvanger="wijkteam",
                grondslag="Wmo 2015 art. 5.1.1",
            ),
        )
        allowed = INTAKE_FORM.shown(sealing.get(session, case, "answers"), "wijkteam")
    for organisation in ("expertise", "wijkteam_rotterdam"):
        shown = caller(organisation).get(f"/intakes/{made['id']}").json
        assert shown["antwoorden"] is None, organisation
        assert shown["getoond"], organisation
    assert {part["titel"] for part in shown["getoond"]} == {section.title for section in allowed}
    assert shown["brieven"] == [], "nobody hears of a letter that may not be opened, as on the page"
    whole = caller().get(f"/intakes/{made['id']}").json
    assert whole["antwoorden"]["telefoon"] == "0612345678"
    assert whole["getoond"] == []
    assert whole["brieven"]
