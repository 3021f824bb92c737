"""A restricted case is kept, not used: few may read it and no rule runs on it. A mark begins and ends with a reason."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from forms import Reading
from intake.access import policy, restriction
from intake.access.act import Act
from intake.access.action import Action
from intake.advice import giving
from intake.dossier import dossier, urgency, worklist
from intake.people.messages import message, wording
from intake.referrals.answering import answer
from intake.referrals.sending import choice
from intake.rights import correction
from intake.rights.marks import mark
from intake.store.outbox.job import JobPostponed
from intake.tables.advice import StoredAdvice
from intake.tables.audit import AuditEvent
from intake.tables.intake import Intake
from intake.tables.job import JobKind
from intake.tables.letter import Letter
from intake.tables.mark import MarkKind, RestrictedCase
from intake.tables.referral import Referral
from intake.worker.worker import HANDLERS
from tests.intake.region import CLOCK, a_place, later

BEPERKT, BEKEND = MarkKind.BEPERKT, MarkKind.BEKEND


@pytest.fixture
def case_id(database, people):
    with database.unit_of_work() as session:
        return people.an_intake(session, achternaam="Zonderlingsma").id


@pytest.fixture
def restricted(database, people, case_id):
    with database.unit_of_work() as session:
        mark.put(Act(session, people.actor(session, "leader"), CLOCK), case_id, BEPERKT, reason="Klopt niet.")
    return case_id


def test_only_the_teamleider_reads_it_and_nobody_does_anything_with_it(database, people, restricted):
    with database.unit_of_work() as session:
        leader, worker = people.actor(session, "leader"), people.actor(session)
        found = dossier.open_dossier(Act(session, leader, CLOCK), restricted)
        assert found.restricted
        assert found.shown, "the teamleider reads every answer"
        case = found.case
        for action in (Action.EDIT_INTAKE, Action.TAKE_BESLUIT, Action.SEND_REFERRAL, Action.READVISE):
            assert not policy.can(leader, action, case), action
        for action in (Action.CORRECT_FILE, Action.EXPORT_FILE, Action.WHO_LOOKED, Action.DESTROY_FILE):
            assert policy.can(leader, action, case), action
        assert not policy.can(worker, Action.READ_INTAKE, case)
        with pytest.raises(policy.NotFound):
            dossier.open_dossier(Act(session, worker, CLOCK), restricted)
        assert not worklist.cases(session, worker, worklist.Selection()).lines


def test_one_row_and_a_query_give_the_same_answer_for_a_restricted_case(database, people, restricted):
    with database.unit_of_work() as session:
        rows = [session.get_one(Intake, restricted), *session.scalars(select(Letter))]
        for name in ("worker", "leader", "fg", "beheerder", "stranger", "desk_worker"):
            actor = people.actor(session, name) if name in people.accounts else None
            for row in rows if actor else ():
                for action in Action:
                    query = select(type(row).id).where(policy.scope(actor, action, type(row)), type(row).id == row.id)
                    assert bool(policy.can(actor, action, row)) == bool(session.scalar(query)), (name, action)


def test_no_rule_runs_on_it_by_the_clock_or_after_a_correction(database, people, restricted):
    def count(session) -> int:
        return session.scalar(select(func.count()).select_from(StoredAdvice)) or 0

    with database.unit_of_work() as session:
        before = count(session)
        urgency.look_again(session, restricted, clock=later(days=30))
        leader = people.actor(session, "leader")
        case, answers = correction.to_correct(session, leader, restricted)
        reading = _with(answers, achternaam="Anders", acuut_gevaar="ja")
        correction.correct(
            Act(session, leader, CLOCK),
            restricted,
            correction.Improvement(reading=reading, reason="x"),
            version=case.version,
        )
        assert count(session) == before
        with pytest.raises(policy.NotFound):
            urgency.readvise(Act(session, leader, CLOCK), restricted)
    with database.unit_of_work() as session:
        mark.lift(Act(session, people.actor(session, "leader"), CLOCK), restricted, BEPERKT, reason="Verbeterd.")
        assert count(session) == before + 1, "what changed meanwhile is weighed when the restriction ends"
        assert giving.latest(session, restricted).number == before + 1


def _with(answers, **changed):
    return Reading(answers={**answers, **changed}, errors={}, raw={})


def test_letters_and_terms_wait_until_it_ends(database, restricted):
    with database.unit_of_work() as session:
        letter = session.scalars(select(Letter).where(Letter.intake_id == restricted)).first()
        work = HANDLERS[JobKind.BRIEF_MAKEN]
        with pytest.raises(JobPostponed) as postponed:
            work.gather(session, {"letter_id": str(letter.id)}, CLOCK)
    assert postponed.value.wait >= timedelta(hours=1)


def test_it_is_set_and_lifted_with_a_reason_and_both_are_in_the_log(database, people, case_id):
    with database.unit_of_work() as session:
        leader = people.actor(session, "leader")
        with pytest.raises(mark.MarkRefused, match="waarom"):
            mark.put(Act(session, leader, CLOCK), case_id, BEPERKT, reason="  ")
        mark.put(Act(session, leader, CLOCK), case_id, BEPERKT, reason="Betwist.")
        with pytest.raises(mark.MarkRefused, match="al"):
            mark.put(Act(session, leader, CLOCK), case_id, BEPERKT, reason="Nog eens.")
        mark.lift(Act(session, leader, CLOCK), case_id, BEPERKT, reason="Opgelost.")
        with pytest.raises(mark.MarkRefused, match="niet"):
            mark.lift(Act(session, leader, CLOCK), case_id, BEPERKT, reason="Opgelost.")
        (kept,) = mark.marks_of(session, session.get_one(Intake, case_id))
        assert (kept.reason, kept.end_reason, kept.row.ended_name) == ("Betwist.", "Opgelost.", "Leader")
        assert b"Betwist" not in kept.row.reason
    with database.unit_of_work() as session:
        query = select(AuditEvent.detail).where(AuditEvent.action == "dossier:beperken").order_by(AuditEvent.seq)
        assert session.scalars(query).all() == ["begonnen merkteken=beperkt", "beeindigd merkteken=beperkt"]
        rules = session.scalars(select(AuditEvent.rule).where(AuditEvent.action == "dossier:beperken")).all()
        assert set(rules) == {"dossier:beperken/teamleider/eigen_gemeente"}


def test_who_was_asked_to_take_it_hears_no_more_of_it_than_that_it_is_not_there(database, people, case_id):
    with database.unit_of_work() as session:
        people.a_besluit(session, session.get_one(Intake, case_id))
        a_place(session, people)
        sent = choice.refer(Act(session, people.actor(session), CLOCK), case_id)
        assert isinstance(sent, Referral)
        mark.put(Act(session, people.actor(session, "leader"), CLOCK), case_id, BEPERKT, reason="Klopt niet.")
        haven, version = people.actor(session, "haven"), sent.version
        with pytest.raises(policy.NotFound):
            answer.accept(Act(session, haven, CLOCK), sent.id, version=version, start_on=None)


def test_who_worked_on_it_is_told_without_its_number(database, people, restricted):
    with database.unit_of_work() as session:
        worker = people.actor(session)
        found = message.unread(session, worker)
        told = [one for one in found if one.subject == message.Subject.BEPERKT]
        assert len(told) == 1
        (said,) = wording.texts(session, told, message.within_reach(session, worker, told))
        assert session.get_one(Intake, restricted).reference not in said
        assert told[0].reference is None


def test_nobody_of_another_gemeente_or_role_restricts_it(database, people, case_id):
    with database.unit_of_work() as session:
        for name in ("worker", "fg", "beheerder", "fg_b"):
            with pytest.raises(policy.NotFound):
                mark.put(Act(session, people.actor(session, name), CLOCK), case_id, BEPERKT, reason="x")
        assert session.scalars(select(RestrictedCase)).all() == []


def test_a_restriction_that_is_rolled_back_never_was(database, people, case_id):
    with database.session() as session:
        mark.put(Act(session, people.actor(session, "leader"), CLOCK), case_id, BEPERKT, reason="x")
        assert restriction.is_restricted(session, case_id)
        session.rollback()
        assert not restriction.is_restricted(session, case_id)
