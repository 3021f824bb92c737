"""Every act on a case begins its fifteen years anew (Wmo 2015 art. 5.3.4); only looking does not."""

from datetime import timedelta

import pytest

from intake.access.act import Act
from intake.besluit import expertise
from intake.case import task
from intake.dossier import closing, dossier
from intake.referrals.answering import answer
from intake.referrals.sending import choice
from intake.tables.referral import RefusalReason
from tests.intake.region import NOW, a_place, later

LATER = later(days=3)


def a_sent_case(session, region):
    a_place(session, region)
    case = region.an_intake(session)
    region.a_besluit(session, case)
    return case, choice.refer(Act(session, region.actor(session), later(hours=1)), case.id)


def ask_expertise(session, region, case, sent):
    expertise.ask_review(Act(session, region.actor(session), LATER), case.id, question="Past dit?")


def tick_off(session, region, case, sent):
    one = task.tasks_of(session, case.id)[0]
    task.complete_task(Act(session, region.actor(session), LATER), case.id, one.id)


def accept(session, region, case, sent):
    haven = region.actor(session, "haven")
    answer.accept(Act(session, haven, LATER), sent.id, version=sent.version, start_on=None)


def decline(session, region, case, sent):
    haven, no = region.actor(session, "haven"), RefusalReason.GEEN_PLEK
    answer.decline(Act(session, haven, LATER), sent.id, version=sent.version, reden=no, toelichting="")


def ask_back(session, region, case, sent):
    answer.ask_back(
        Act(session, region.actor(session, "haven"), LATER), sent.id, version=sent.version, vraag="Wat is er?"
    )


def take_back(session, region, case, sent):
    answer.withdraw_referral(Act(session, region.actor(session), LATER), sent.id, version=sent.version)


def expire(session, region, case, sent):
    answer.expire(session, sent.id, clock=LATER)


def withdraw(session, region, case, sent):
    closing.withdraw(Act(session, region.actor(session), LATER), case.id)


def close(session, region, case, sent):
    closing.close(Act(session, region.actor(session), LATER), case.id, uitstroom=closing.Uitstroom.ONBEKEND_VERTROKKEN)


ACTS = [ask_expertise, tick_off, accept, decline, ask_back, take_back, expire, withdraw, close]


@pytest.mark.parametrize("act", ACTS, ids=lambda act: act.__name__)
def test_after_this_act_the_case_has_changed(session, region, act):
    case, sent = a_sent_case(session, region)
    assert case.changed_at == NOW + timedelta(hours=1)
    act(session, region, case, sent)
    assert case.changed_at == LATER.now()


def test_a_clock_that_goes_back_makes_no_case_older(session, region):
    case, sent = a_sent_case(session, region)
    answer.withdraw_referral(Act(session, region.actor(session), later(minutes=-5)), sent.id, version=sent.version)
    assert case.changed_at == NOW + timedelta(hours=1)


def test_looking_changes_nothing(session, region):
    case, _ = a_sent_case(session, region)
    dossier.open_dossier(Act(session, region.actor(session), LATER), case.id)
    assert case.changed_at == NOW + timedelta(hours=1)
