"""Who may see and do what: asked of a row and asked of a query it is the same, and what is not allowed is refused."""

import random
import uuid
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import event, select
from sqlalchemy.orm import Session

from intake.access import grant
from intake.access.action import WITHOUT_RULE, Action
from intake.access.actor import system_actor
from intake.access.audit import audit
from intake.access.policy import NotFound, can, fetch, fetch_all, may, scope
from intake.access.rules import RULES, Relation
from intake.tables.account import Account, Role
from intake.tables.audit import AuditEvent, Outcome
from intake.tables.draft import Draft
from intake.tables.grant import Grant, GrantKind
from intake.tables.intake import Intake
from intake.tables.letter import Letter
from intake.tables.organisation import Organisation
from intake.tables.referral import Referral
from tests.intake.cast import ALWAYS
from tests.intake.region import NOW, Region, a_region, later
from tests.intake.sharing import a_grant, a_referral

HOUR = timedelta(hours=1)
STAFF = ("leader", "beleid", "beheerder", "logbeheerder", "fg")
EVERYBODY = (*ALWAYS, *STAFF)
MODELS = (Intake, Referral, Letter, Organisation, Account)


@pytest.fixture
def region(session: Session) -> Region:
    """The region, with somebody in every role."""
    return a_region(session, *STAFF)


def test_a_worker_reads_the_cases_of_the_own_gemeente(session: Session, region: Region):
    assert can(region.actor(session), Action.READ_INTAKE, region.an_intake(session))


@pytest.mark.parametrize("name", [name for name in EVERYBODY if name not in {"worker", "leader"}])
def test_nobody_else_reads_a_case_that_was_not_shared(session: Session, region: Region, name: str):
    intake = region.an_intake(session)
    assert not can(region.actor(session, name), Action.READ_INTAKE, intake)
    with pytest.raises(NotFound):
        fetch(session, region.actor(session, name), Action.READ_INTAKE, Intake, intake.id)


def test_missing_and_not_yours_give_the_same_answer(session: Session, region: Region):
    intake = region.an_intake(session)
    stranger = region.actor(session, "stranger")
    with pytest.raises(NotFound) as not_yours:
        fetch(session, stranger, Action.READ_INTAKE, Intake, intake.id)
    with pytest.raises(NotFound) as missing:
        fetch(session, stranger, Action.READ_INTAKE, Intake, uuid.uuid4())
    assert str(not_yours.value) == str(missing.value)
    assert replace(not_yours.value.refusal, object_id=None) == replace(missing.value.refusal, object_id=None)


def test_a_refused_attempt_can_be_logged_after_the_rollback(session: Session, region: Region):
    session.commit()
    with pytest.raises(NotFound) as refused:
        fetch(session, region.actor(session, "stranger"), Action.READ_INTAKE, Intake, uuid.uuid4())
    session.rollback()
    audit.note(session, refused.value.refusal)
    session.commit()
    (row,) = session.scalars(select(AuditEvent))
    assert (row.outcome, row.user_name, row.action) == (Outcome.REFUSED, "Stranger", "intake:lezen")


def test_reading_one_case_writes_one_row_and_reading_a_list_one_for_each_person(session: Session, region: Region):
    cases = [region.an_intake(session) for _ in range(3)]
    session.commit()
    log = select(AuditEvent).order_by(AuditEvent.seq)
    before = len(session.scalars(log).all())
    worker = region.actor(session)
    fetch(session, worker, Action.READ_INTAKE, Intake, cases[0].id)
    fetch_all(session, worker, Action.READ_INTAKE, Intake, order_by=[Intake.id])
    session.commit()
    rows = session.scalars(log).all()[before:]
    assert [row.subject_id for row in rows] == [cases[0].id, *sorted(case.id for case in cases)]
    assert {row.rule for row in rows} == {"intake:lezen/wijkteammedewerker/eigen_gemeente"}


@pytest.mark.parametrize(("name", "model"), [("worker", Intake), ("desk", Intake), ("haven", Referral)])
def test_a_list_takes_as_many_statements_for_many_rows_as_for_few(session: Session, region: Region, name: str, model):
    def statements(count: int) -> int:
        for _ in range(count):
            case = region.an_intake(session)
            a_referral(session, region, case, "haven")
            a_grant(session, region, case, "haven", GrantKind.VERWIJZING)
            a_grant(session, region, case, "onthaal", GrantKind.VERWIJZING)
        session.commit()
        seen: list[str] = []
        engine = session.get_bind()
        event.listen(engine, "before_cursor_execute", lambda *args: seen.append(args[2]))
        action = Action.READ_INTAKE if model is Intake else Action.READ_REFERRAL
        fetch_all(session, region.actor(session, name), action, model)
        session.commit()
        return len(seen)

    few = statements(1)
    assert statements(20) <= few


def test_an_expert_reads_a_case_on_which_the_expertise_function_was_asked(session: Session, region: Region):
    intake = region.an_intake(session)
    a_grant(session, region, intake, "expertise", GrantKind.EXPERTISE)
    assert can(region.actor(session, "expert"), Action.READ_INTAKE, intake).rule.endswith("expertise/regio")


@pytest.mark.parametrize("clock", [later(hours=-1), later(hours=3)], ids=["before", "after"])
def test_a_grant_works_only_between_its_dates(session: Session, region: Region, clock):
    intake = region.an_intake(session)
    a_grant(session, region, intake, "expertise", GrantKind.EXPERTISE, until=NOW + 2 * HOUR)
    assert can(region.actor(session, "expert", later(hours=1)), Action.READ_INTAKE, intake)
    assert not can(region.actor(session, "expert", clock), Action.READ_INTAKE, intake)


def test_a_withdrawn_grant_works_no_more(session: Session, region: Region):
    intake = region.an_intake(session)
    a_grant(session, region, intake, "onthaal", GrantKind.VERWIJZING)
    assert can(region.actor(session, "desk"), Action.READ_INTAKE, intake)
    ended = grant.withdraw(
        session,
        region.actor(session),
        grant.Right(zaak_id=intake.id, to=region.organisations["onthaal"], kind=GrantKind.VERWIJZING),
    )
    assert ended == 1
    assert not can(region.actor(session, "desk"), Action.READ_INTAKE, intake)


def test_giving_the_same_right_twice_makes_one(session: Session, region: Region):
    intake = region.an_intake(session)
    assert a_grant(session, region, intake, "onthaal", GrantKind.ROUTERING) is a_grant(
        session, region, intake, "onthaal", GrantKind.ROUTERING
    )


def test_a_provider_with_a_referral_still_does_not_read_the_intake(session: Session, region: Region):
    intake = region.an_intake(session)
    a_grant(session, region, intake, "haven", GrantKind.VERWIJZING)
    assert not can(region.actor(session, "haven"), Action.READ_INTAKE, intake)


def test_a_grant_to_a_gemeente_opens_the_case_for_its_wijkteam_and_not_for_its_desk(session: Session, region: Region):
    intake = region.an_intake(session)
    a_grant(session, region, intake, "rotterdam", GrantKind.VERWIJZING)
    assert can(region.actor(session, "stranger"), Action.READ_INTAKE, intake)
    assert not can(region.actor(session, "desk"), Action.READ_INTAKE, intake)


def test_a_desk_works_on_what_it_filed_itself_and_not_on_the_other_cases_of_its_gemeente(
    session: Session, region: Region
):
    own, other = region.an_intake(session, by="desk"), region.an_intake(session, by="stranger")
    assert own.gemeente_id == other.gemeente_id
    assert can(region.actor(session, "desk"), Action.TAKE_BESLUIT, own)
    assert not can(region.actor(session, "desk"), Action.READ_INTAKE, other)


def test_emergency_access_is_of_one_person_and_shows_in_the_log(session: Session, region: Region):
    intake = region.an_intake(session)
    made = a_grant(session, region, intake, "wijkteam_rotterdam", GrantKind.DOORBREKEN, until=NOW + HOUR)
    assert not can(region.actor(session, "stranger"), Action.READ_INTAKE, intake)
    made.account_id = region.accounts["stranger"]
    session.flush()
    fetch(session, region.actor(session, "stranger"), Action.READ_INTAKE, Intake, intake.id)
    session.commit()
    in_emergency = select(AuditEvent.emergency).where(AuditEvent.account_id == region.accounts["stranger"])
    assert session.scalars(in_emergency).all() == [True]
    assert not can(region.actor(session, "stranger"), Action.TAKE_BESLUIT, intake)


def test_a_role_works_from_its_first_day_up_to_and_including_its_last(session: Session, region: Region):
    last = NOW.date() + timedelta(days=1)
    region.hire(session, "tijdelijk", "wijkteam", Role.WIJKTEAMMEDEWERKER, van=NOW.date(), tot=last)
    days = [later(days=n) for n in (-1, 0, 1, 2)]
    assert [may(region.actor(session, "tijdelijk", day), Action.READ_INTAKE) for day in days] == [
        False,
        True,
        True,
        False,
    ]


def test_a_blocked_account_may_nothing(session: Session, region: Region):
    region.account(session).blocked_at = NOW
    assert region.actor(session).roles == frozenset()


def test_a_closed_organisation_gives_no_rights(session: Session, region: Region):
    session.get_one(Organisation, region.organisations["wijkteam"]).closed_at = NOW
    session.flush()
    assert region.actor(session).roles == frozenset()


def test_the_role_of_the_job_worker_can_be_given_to_nobody(session: Session, region: Region):
    with pytest.raises(ValueError, match="systeem"):
        region.appoint(session, "worker", "onthaal", Role.SYSTEEM)


def test_a_person_who_claims_to_be_the_job_worker_may_nothing(session: Session, region: Region):
    intake = region.an_intake(session)
    claimed = replace(region.actor(session, "stranger"), roles=frozenset({Role.SYSTEEM}))
    assert not can(claimed, Action.READ_INTAKE, intake)
    assert can(system_actor(NOW), Action.READ_INTAKE, intake)


def test_policy_staff_and_administrators_read_no_case_at_all(session: Session, region: Region):
    for name in ("beleid", "beheerder", "logbeheerder"):
        assert not may(region.actor(session, name), Action.READ_INTAKE)
        assert not may(region.actor(session, name), Action.READ_DRAFT)
        assert not may(region.actor(session, name), Action.READ_REFERRAL)


def test_no_table_of_clients_can_be_read_from_everywhere(session: Session, region: Region):
    everywhere = {rule.action for rule in RULES if rule.relation is Relation.ANYWHERE}
    for action in everywhere:
        for model in (Intake, Draft, AuditEvent):
            assert not session.scalar(
                select(scope(replace(region.actor(session, "beleid"), tenant_id=None), action, model))
            )


def test_every_action_has_a_rule_or_needs_none():
    assert {rule.action for rule in RULES} | WITHOUT_RULE == set(Action)


def test_no_rule_stands_twice():
    assert len({rule.id for rule in RULES}) == len(RULES)


@pytest.mark.parametrize("seed", range(3))
def test_asked_of_a_row_and_asked_of_a_query_the_policy_says_the_same(session: Session, region: Region, seed: int):
    dice = random.Random(seed)
    cases = [region.an_intake(session, by=dice.choice(["worker", "stranger", "desk"])) for _ in range(8)]
    for _ in range(6):
        a_referral(session, region, dice.choice(cases), dice.choice(sorted(region.organisations)))
    for _ in range(14):
        _random_grant(session, region, dice, dice.choice(cases))
    rows = {model: session.scalars(select(model)).all() for model in MODELS}
    for name in EVERYBODY:
        actor = region.actor(session, name)
        for action in sorted({rule.action for rule in RULES if rule.role in actor.roles}):
            for model, all_rows in rows.items():
                visible = set(session.scalars(select(model.id).where(scope(actor, action, model))))
                asked = {row.id for row in all_rows if can(actor, action, row)}
                assert asked == visible, (name, action, model)


def test_a_provider_reads_the_referral_and_the_letter_addressed_to_it_and_no_other(session: Session, region: Region):
    intake = region.an_intake(session)
    mine, other = a_referral(session, region, intake, "haven"), a_referral(session, region, intake, "anker")
    a_grant(session, region, intake, "haven", GrantKind.VERWIJZING)
    provider = region.actor(session, "haven")
    assert can(provider, Action.READ_LETTER, mine)
    assert not can(provider, Action.READ_LETTER, other)
    assert not can(region.actor(session, "anker"), Action.READ_LETTER, other), "without a living grant"
    assert fetch_all(session, provider, Action.READ_REFERRAL, Referral) == [session.get_one(Referral, mine.referral_id)]


def test_somebody_without_a_role_sees_nothing_by_any_action(session: Session, region: Region):
    region.an_intake(session)
    nobody = replace(region.actor(session), roles=frozenset())
    for action in Action:
        assert not session.scalars(select(Intake.id).where(scope(nobody, action, Intake))).all()


def _random_grant(session: Session, region: Region, dice: random.Random, intake: Intake) -> None:
    to = dice.choice(sorted(region.organisations))
    kind = dice.choice(list(GrantKind))
    start = NOW + dice.choice([-2, -1, 0, 1]) * HOUR
    session.add(
        Grant(
            id=uuid.uuid4(),
            gemeente_id=intake.gemeente_id,
            zaak_id=intake.id,
            organisation_id=region.organisations[to],
            account_id=dice.choice(sorted(region.accounts.values())) if kind is GrantKind.DOORBREKEN else None,
            kind=kind,
            ontvanger="aanbieder",
            grondslag="proef",
            valid_from=start,
            valid_until=dice.choice([None, start + HOUR, start + 9 * HOUR]),
            withdrawn_at=dice.choice([None, None, NOW]),
        )
    )
    session.flush()
