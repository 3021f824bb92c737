"""Submitting: once, whole, and with an answer for tonight."""

import re
import threading

import pytest
from sqlalchemy import func, select

from forms import INTAKE_FORM, InvalidAnswers, Reading
from intake.access import policy
from intake.access.act import Act
from intake.advice import giving
from intake.case import days, task
from intake.case import terms as deadline
from intake.keys import sealing
from intake.melding import draft
from intake.melding import filing as intake
from intake.melding.filing import DraftIncomplete, file_intake, submit
from intake.store import idempotency
from intake.store.idempotency import KeyReused, new_key
from intake.tables.advice import StoredAdvice
from intake.tables.audit import AuditEvent
from intake.tables.deadline import DeadlineKind
from intake.tables.idempotency import IdempotencyKey
from intake.tables.intake import Intake
from intake.tables.job import Job, JobKind
from tests.intake.region import A_MAN_IN_HIS_CAR, CLOCK, later

ANSWERS = {**A_MAN_IN_HIS_CAR, "melding_datum": "2026-11-23"}


def test_a_submitted_draft_becomes_a_case_with_everything_that_belongs_to_it(session, region):
    worker = region.actor(session)
    made = region.a_draft(session)
    receipt = submit(Act(session, worker, CLOCK), made.id, key=new_key(), version=made.version)
    case = session.get_one(Intake, receipt.intake_id)
    assert receipt.created
    assert re.fullmatch(r"2026-[0-9]{6}", receipt.reference)
    assert sealing.get(session, case, "answers")["achternaam"] == "Kanariepiet"
    assert sealing.get(session, case, "facts")["slaapplek_vannacht"] == "geen"
    assert case.form_version == INTAKE_FORM.version
    terms = {term.kind: term.due_on.isoformat() for term in deadline.terms_of(session, case.id, CLOCK.today())}
    assert terms[DeadlineKind.PERSOONLIJK_PLAN] == "2026-11-30"
    assert terms[DeadlineKind.ONDERZOEK] == "2027-01-04"
    given = giving.opened(session, giving.latest(session, case.id))
    assert {one.kind for one in task.tasks_of(session, case.id)} == set(given.taken)
    kinds = set(session.scalars(select(Job.kind)))
    assert {JobKind.BRIEF_MAKEN, JobKind.URGENTIE_HERZIEN} <= kinds


def test_somebody_without_a_bed_gets_an_answer_for_tonight(session, region):
    case = region.an_intake(session)
    given = giving.opened(session, giving.latest(session, case.id))
    assert given.overbrugging == "tijdelijke_opvang_vandaag"
    assert case.urgentie in {"U0", "U1"}


def test_a_double_click_makes_one_intake_with_one_reference(session, region):
    worker, key = region.actor(session), new_key()
    made = region.a_draft(session)
    first = submit(Act(session, worker, CLOCK), made.id, key=key)
    second = submit(Act(session, worker, CLOCK), made.id, key=key)
    assert (first.intake_id, first.reference, first.receipt_hash) == (
        second.intake_id,
        second.reference,
        second.receipt_hash,
    )
    assert not second.created


def test_back_and_again_with_a_new_form_makes_one_intake(session, region):
    worker = region.actor(session)
    made = region.a_draft(session)
    first = submit(Act(session, worker, CLOCK), made.id, key=new_key())
    second = submit(Act(session, worker, CLOCK), made.id, key=new_key())
    assert first.intake_id == second.intake_id


def test_two_at_the_same_moment_make_one_intake(database, session, region):
    made = region.a_draft(session)
    session.commit()
    barrier, receipts, key = threading.Barrier(6), [], new_key()

    def click():
        with database.session() as mine:
            worker = region.actor(mine)
            mine.commit()
            barrier.wait()
            receipts.append(submit(Act(mine, worker, CLOCK), made.id, key=key))
            mine.commit()

    threads = [threading.Thread(target=click) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len({receipt.intake_id for receipt in receipts}) == 1
    assert [receipt.created for receipt in receipts].count(True) == 1
    with database.session() as after:
        assert after.scalar(select(func.count()).select_from(Intake)) == 1


def test_the_same_answers_filed_again_with_one_key_are_one_intake(session, region):
    worker, key = region.actor(session), new_key()
    first = file_intake(Act(session, worker, CLOCK), ANSWERS, key=key)
    again = file_intake(Act(session, worker, CLOCK), ANSWERS, key=key)
    assert again.intake_id == first.intake_id
    assert not again.created


def test_a_key_is_kept_for_seven_days(session, region):
    key = new_key()
    file_intake(Act(session, region.actor(session), CLOCK), ANSWERS, key=key)
    file_intake(Act(session, region.actor(session), later(days=8)), ANSWERS, key=new_key())
    assert session.scalar(select(func.count()).where(IdempotencyKey.key == key)) == 0


def test_one_key_for_other_answers_is_refused_and_stores_nothing(session, region):
    worker, key = region.actor(session), new_key()
    file_intake(Act(session, worker, CLOCK), ANSWERS, key=key)
    with pytest.raises(KeyReused):
        file_intake(Act(session, worker, CLOCK), {**ANSWERS, "kinderen_mee": 2}, key=key)
    assert session.scalar(select(func.count()).select_from(Intake)) == 1


def test_answers_to_questions_that_are_not_asked_are_dropped(session, region):
    case = region.an_intake(session, eu_status="werkzoekend")
    assert "eu_status" not in sealing.get(session, case, "answers")


def test_a_draft_with_a_wrong_answer_names_the_page(session, region):
    worker = region.actor(session)
    made = draft.start_draft(Act(session, worker, CLOCK))
    wrong = Reading(dict(made.answers), {"bsn": "Dit is geen bsn."}, {"bsn": ["1"]})
    draft.save_draft(Act(session, worker, CLOCK), made.id, draft.TypedPage(section="persoon", reading=wrong), version=1)
    with pytest.raises(DraftIncomplete) as refused:
        submit(Act(session, worker, CLOCK), made.id, key=new_key())
    assert refused.value.sections == ("persoon",)


def test_wrong_answers_from_a_system_are_refused_by_key(session, region):
    with pytest.raises(InvalidAnswers) as refused:
        file_intake(Act(session, region.actor(session), CLOCK), {**ANSWERS, "bsn": "1"}, key=new_key())
    assert set(refused.value.errors) == {"bsn"}


def test_a_provider_files_nothing(session, region):
    with pytest.raises(policy.Forbidden):
        file_intake(Act(session, region.actor(session, "haven"), CLOCK), ANSWERS, key=new_key())


def test_references_tell_nothing_about_each_other(session, region):
    numbers = {int(region.an_intake(session).reference[5:]) for _ in range(12)}
    assert len(numbers) == 12
    gaps = {abs(a - b) for a in numbers for b in numbers if a != b}
    assert min(gaps) > 1 or len(gaps) > 12


def test_a_reference_that_is_taken_is_drawn_again(session, region, monkeypatch):
    draws = iter([5, 5, 5, 7])
    monkeypatch.setattr(intake.secrets, "randbelow", lambda _: next(draws))
    assert region.an_intake(session).reference == "2026-100005"
    assert region.an_intake(session).reference == "2026-100007"


def test_without_a_rule_set_there_is_a_safe_answer_and_expertise(session, region, monkeypatch):
    monkeypatch.setattr(giving, "REGIONS", {})
    receipt = file_intake(Act(session, region.actor(session), CLOCK), ANSWERS, key=new_key())
    stored = giving.latest(session, receipt.intake_id)
    given = giving.opened(session, stored)
    assert stored.reserve
    assert (given.overbrugging, given.urgentie, given.expertise) == ("tijdelijke_opvang_vandaag", "U1", True)
    assert given.stappen[0].grondslag == "Wmo 2015 art. 2.3.3"


@pytest.mark.parametrize(
    ("telling", "first"),
    [
        ({"kinderen_mee": 2}, "gezinsopvang"),
        ({"geweld_afhankelijkheidsrelatie": "ja"}, "vrouwenopvang"),
        ({"kinderen_mee": 0}, "opvang_24uurs"),
    ],
)
def test_the_safe_answer_keeps_families_together_and_violence_apart(telling, first):
    given = giving.advise_facts({**telling}, regio="nergens", on=CLOCK.today()).advice
    assert given.voorzieningen[0] == first
    assert given.overbrugging == "tijdelijke_opvang_vandaag"


def test_every_case_is_in_the_log_with_its_maker(session, region):
    case = region.an_intake(session)
    session.commit()
    rows = session.scalars(select(AuditEvent).where(AuditEvent.subject_id == case.id)).all()
    assert "intake:indienen" in {row.action for row in rows}
    assert {row.user_name for row in rows} == {"Worker"}


def test_the_same_advies_comes_out_of_the_stored_facts(session, region):
    case = region.an_intake(session)
    stored = giving.latest(session, case.id)
    again = giving.advise_facts(sealing.get(session, case, "facts"), regio="rotterdam-rijnmond", on=stored.on)
    assert idempotency.body_hash(again.advice.to_dict()) == stored.content_hash


def test_each_advies_of_a_case_is_kept(session, region):
    case = region.an_intake(session)
    assert session.scalar(select(func.count()).where(StoredAdvice.intake_id == case.id)) == 1
    assert days.morning_after(CLOCK).isoformat() == "2026-11-24T06:00:00+01:00"
