"""Inzage, correctie, vernietiging and the terms of keeping."""

import json
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import func, inspect, select

from forms import Reading
from intake.access import policy
from intake.access.act import Act
from intake.advice import giving
from intake.dossier import closing, dossier
from intake.keys import crypto, sealing
from intake.keys.cipher import CannotOpen
from intake.referrals.answering import answer
from intake.referrals.sending import choice
from intake.rights import correction
from intake.rights.destruction import case_rows, destruction, retention
from intake.rights.inzage import give_inzage
from intake.store.outbox.job import run_all
from intake.tables import Base
from intake.tables.access_path import path_of
from intake.tables.audit import AuditEvent
from intake.tables.destruction import Destruction, DestructionGround, DestructionState
from intake.tables.intake import Intake
from intake.tables.job import Job
from intake.tables.key import CaseKey
from intake.tables.place import Place
from intake.worker.worker import HANDLERS
from tests.intake.region import CLOCK, a_place, later
from tests.intake.told import heard_by

NAME, BSN = "Zonderlingsma", "999990019"


@pytest.fixture
def case_id(database, people):
    with database.unit_of_work() as session:
        people_case = people.an_intake(session, achternaam=NAME, bsn=BSN, verhaal=f"{NAME} sliep buiten.")
        return people_case.id


def a_closed_case(session, people):
    case = people.an_intake(session, achternaam=NAME, bsn=BSN)
    closing.withdraw(Act(session, people.actor(session), CLOCK), case.id)
    return case


def test_every_table_that_names_a_case_is_in_the_copy():
    covered = {model.__tablename__ for model in case_rows.models_of_case()}
    named = {
        table.name
        for table in Base.metadata.tables.values()
        if {"intake_id", "zaak_id", "subject_id"} & set(table.columns.keys())
    }
    apart = {"audit_event", "case_key", "destruction"}  # told as "wie keek"; the key; the certificate
    assert named - covered == apart
    assert all(
        path_of(model).zaak or model.__tablename__ in {"draft", "grant_", "message"}
        for model in case_rows.models_of_case()
    )


def test_the_copy_holds_every_row_opened_and_who_looked(database, people, case_id):
    with database.unit_of_work() as session:
        leader = people.actor(session, "leader")
        dossier.open_dossier(Act(session, people.actor(session), CLOCK), case_id)
    with database.unit_of_work() as session:
        found = give_inzage(Act(session, leader, CLOCK), case_id)
        text = json.dumps(found.data, ensure_ascii=False)
        assert f"{NAME} sliep buiten." in text
        assert BSN in text
        for model, rows in case_rows.rows_of(session, session.get_one(Intake, case_id)):
            assert len(found.data["gegevens"][model.__tablename__]) == len(rows)
        assert "Bekeek de intake" in {look["wat"] for look in found.data["wie_keek"]}
        assert any(line.tekst == NAME for part in found.copy.delen for line in part.regels)


def test_only_the_leader_of_the_gemeente_makes_the_copy(database, people, case_id):
    with database.unit_of_work() as session:
        for name in ("worker", "stranger", "haven", "fg_b", "beheerder", "logbeheerder"):
            with pytest.raises((policy.NotFound, policy.Forbidden)):
                give_inzage(Act(session, people.actor(session, name), CLOCK), case_id)


def test_a_correction_keeps_the_old_answer_and_makes_the_advies_anew(database, people, case_id):
    with database.unit_of_work() as session:
        leader = people.actor(session, "leader")
        case, answers = correction.to_correct(session, leader, case_id)
        reading = reading_with(answers, achternaam="Anders", slaapplek_vannacht="kan_blijven")
        changed = correction.correct(
            Act(session, leader, later(days=1)),
            case_id,
            correction.Improvement(reading=reading, reason="Verkeerd verstaan."),
            version=case.version,
        )
        assert changed >= 2
        assert sealing.get(session, case, "answers")["achternaam"] == "Anders"
        assert case.changed_at == later(days=1).now()
        assert giving.latest(session, case_id).occasion == "correctie"
        texts = {
            one.row.question: (one.before, one.after, one.reason) for one in correction.corrections_of(session, case)
        }
        assert texts["achternaam"] == (NAME, "Anders", "Verkeerd verstaan.")
        assert "slaapplek_vannacht" in texts


def reading_with(answers, **changes):
    return Reading(answers={**answers, **changes}, errors={}, raw={})


def test_a_correction_needs_a_reason_a_change_and_the_latest_version(database, people, case_id):
    with database.unit_of_work() as session:
        leader = people.actor(session, "leader")
        case, answers = correction.to_correct(session, leader, case_id)
        good = {"reading": reading_with(answers, achternaam="Anders"), "reason": "Zo heet hij."}
        for wrong, version, error in (
            ({"reason": " "}, case.version, correction.CorrectionRefused),
            ({"reading": reading_with(answers)}, case.version, correction.CorrectionRefused),
            ({}, case.version + 1, correction.CorrectionConflict),
        ):
            wanted = correction.Improvement(**{**good, **wrong})
            with pytest.raises(error):
                correction.correct(Act(session, leader, CLOCK), case_id, wanted, version=version)


def test_who_has_the_case_in_hand_hears_of_a_correction(database, people, case_id):
    with database.unit_of_work() as session:
        a_place(session, people)
        case = session.get_one(Intake, case_id)
        people.a_besluit(session, case)
        choice.refer(Act(session, people.actor(session), CLOCK), case_id)
        leader = people.actor(session, "leader")
        _, answers = correction.to_correct(session, leader, case_id)
        correction.correct(
            Act(session, leader, CLOCK),
            case_id,
            correction.Improvement(reading=reading_with(answers, achternaam="Anders"), reason="Zo heet hij."),
            version=case.version,
        )
        assert f"{case.reference}: gegevens van de cliënt zijn verbeterd." in heard_by(
            session, people.actor(session, "haven")
        )


def test_two_people_destroy_a_file_and_nothing_of_it_is_left_but_a_certificate(database, people):
    with database.unit_of_work() as session:
        case = a_closed_case(session, people)
        case_id, reference = case.id, case.reference
    run_all(database, HANDLERS, CLOCK, limit=20)
    with database.unit_of_work() as session:
        leader, second = (people.actor(session, name) for name in ("leader", "fg"))
        asked = destruction.request(Act(session, leader, CLOCK), case_id)
        assert asked.due_on == date(2027, 2, 23)
        assert destruction.request(Act(session, second, CLOCK), case_id).id == asked.id
        destruction.approve(Act(session, leader, CLOCK), asked.id)
        with pytest.raises(destruction.DestructionRefused, match="tweede persoon"):
            destruction.approve(Act(session, leader, CLOCK), asked.id)
        asked_id = asked.id
    with database.unit_of_work() as session:
        destruction.approve(Act(session, people.actor(session, "fg"), later(days=1)), asked_id)
    with database.unit_of_work() as session:
        assert session.scalar(select(func.count()).select_from(CaseKey)) == 0
        for table in Base.metadata.sorted_tables:
            if table.name in {"audit_event", "destruction"}:
                continue
            rows = session.execute(select(table)).all()
            assert not [row for row in rows if str(case_id) in repr(row) or reference in repr(row)], table.name
        certificate = destruction.certificates(session, people.actor(session, "leader"))[0]
        assert (certificate.state, certificate.first_name, certificate.second_name) == ("vernietigd", "Leader", "Fg")
        assert certificate.rows > 5
        assert NAME not in repr(
            {column.name: getattr(certificate, column.key) for column in inspect(Destruction).columns}
        )
        with pytest.raises(policy.NotFound):
            dossier.open_dossier(Act(session, people.actor(session), CLOCK), case_id)
        assert session.scalars(select(AuditEvent.detail).where(AuditEvent.detail == "vernietigd")).all()
    run_all(database, HANDLERS, later(days=40), limit=50)
    with database.session() as session:
        assert not session.scalars(select(Job).where(Job.last_error.is_not(None))).all()


def test_a_place_that_the_case_held_is_free_again(database, people):
    with database.unit_of_work() as session:
        place_id = a_place(session, people).id
        case = people.an_intake(session)
        people.a_besluit(session, case)
        made = choice.refer(Act(session, people.actor(session), CLOCK), case.id)
        answer.accept(Act(session, people.actor(session, "haven"), CLOCK), made.id, version=made.version, start_on=None)
        case_id = case.id
        closing.close(Act(session, people.actor(session), CLOCK), case_id, uitstroom=closing.Uitstroom.ZELFSTANDIG)
        asked = destruction.request(Act(session, people.actor(session, "leader"), CLOCK), case_id).id
        destruction.approve(Act(session, people.actor(session, "leader"), CLOCK), asked)
        destruction.approve(Act(session, people.actor(session, "fg"), CLOCK), asked)
        assert session.get_one(Place, place_id).bezet == 0


def test_nothing_is_destroyed_while_a_legal_hold_lasts_or_the_case_is_open(database, people, case_id):
    with database.unit_of_work() as session:
        leader = people.actor(session, "leader")
        with pytest.raises(destruction.DestructionRefused, match="loopt nog"):
            destruction.request(Act(session, leader, CLOCK), case_id)
        case = a_closed_case(session, people)
        asked = destruction.request(Act(session, leader, CLOCK), case.id)
        kept = destruction.hold(Act(session, leader, CLOCK), case.id, reason="Bezwaar van 3 november.")
        with pytest.raises(destruction.DestructionRefused, match="bewaard blijven"):
            destruction.approve(Act(session, leader, CLOCK), asked.id)
        destruction.release(Act(session, leader, CLOCK), kept.id)
        assert destruction.approve(Act(session, leader, CLOCK), asked.id).state is DestructionState.EERSTE_AKKOORD


def test_a_sealed_value_kept_from_before_is_unreadable_after(database, people):
    with database.unit_of_work() as session:
        case = a_closed_case(session, people)
        place, sealed = crypto.Place("intake.answers", case.gemeente_id, case.id, case.id), case.answers
        asked = destruction.request(Act(session, people.actor(session, "leader"), CLOCK), case.id).id
        destruction.approve(Act(session, people.actor(session, "leader"), CLOCK), asked)
        assert crypto.open_sealed(session, place, sealed)["achternaam"] == NAME
        destruction.approve(Act(session, people.actor(session, "fg"), CLOCK), asked)
        with pytest.raises(CannotOpen):
            crypto.open_sealed(session, place, sealed)


def test_a_file_is_due_fifteen_years_after_its_last_change_and_not_a_day_before(database, people, case_id):
    with database.unit_of_work() as session:
        case = session.get_one(Intake, case_id)
        case.changed_at = datetime(2026, 11, 23, 22, 59, tzinfo=UTC)
        session.flush()
        leader = people.actor(session, "leader")
        assert retention.due_files(session, leader, today=date(2041, 11, 22)) == ()
        (due,) = retention.due_files(session, leader, today=date(2041, 11, 23))
        assert (due.ground, due.since) == (DestructionGround.BEWAARTERMIJN, date(2041, 11, 23))


def test_what_was_withdrawn_before_a_besluit_is_due_after_six_weeks(database, people):
    with database.unit_of_work() as session:
        case = a_closed_case(session, people)
        leader = people.actor(session, "leader")
        assert retention.due_files(session, leader, today=date(2027, 1, 3)) == ()
        (due,) = retention.due_files(session, leader, today=date(2027, 1, 4))
        assert (due.intake_id, due.ground) == (case.id, DestructionGround.INGETROKKEN)
        destruction.request(Act(session, leader, CLOCK), case.id, ground=due.ground, due_on=due.since)
        assert retention.due_files(session, leader, today=date(2027, 1, 4)) == ()


def test_who_was_destroyed_does_not_come_back_with_an_old_backup(database, people, toegang, tmp_path, instance):
    with database.unit_of_work() as session:
        case_id = a_closed_case(session, people).id
    assert toegang("backup", str(tmp_path / "oud.backup"))[0] == 0
    with database.unit_of_work() as session:
        asked = destruction.request(Act(session, people.actor(session, "leader"), CLOCK), case_id).id
        destruction.approve(Act(session, people.actor(session, "leader"), CLOCK), asked)
        destruction.approve(Act(session, people.actor(session, "fg"), CLOCK), asked)
        destruction.keep_list(session, instance)
    code, out, err = toegang("herstel", str(tmp_path / "oud.backup"), "--overschrijf")
    assert (code, err) == (0, "")
    assert "1 dossier" in out
    with database.session() as session:
        assert session.get(Intake, case_id) is None
        assert session.scalar(select(func.count()).select_from(CaseKey)) == 0
