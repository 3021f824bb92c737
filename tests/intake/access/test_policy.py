"""Who may see and do what: asked of a row and asked of a query it is the same, and what is not allowed is refused."""

import random
import uuid
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import event, select

from intake.access import grant
from intake.access.action import WITHOUT_RULE, Action
from intake.access.actor import system_actor
from intake.access.audit import audit
from intake.access.policy import NotFound, can, fetch, fetch_all, may, scope
from intake.access.rules import RULES, Relation
from intake.people.organisations.membership import Appointment, actor_of, give_role
from intake.tables.account import Account, Role
from intake.tables.audit import AuditEvent, Outcome
from intake.tables.draft import Draft
from intake.tables.grant import Grant, GrantKind
from intake.tables.intake import Intake
from intake.tables.letter import Letter
from intake.tables.organisation import Organisation
from intake.tables.referral import Referral
from tests.intake.world import NOW, PEOPLE, World, an_account

HOUR = timedelta(hours=1)


def test_a_worker_reads_the_cases_of_the_own_gemeente(world: World):
    assert can(world.actor("worker"), Action.READ_INTAKE, world.an_intake())


@pytest.mark.parametrize("name", [name for name in PEOPLE if name not in {"worker", "leader"}])
def test_nobody_else_reads_a_case_that_was_not_shared(world: World, name: str):
    intake = world.an_intake()
    assert not can(world.actor(name), Action.READ_INTAKE, intake)
    with pytest.raises(NotFound):
        fetch(world.session, world.actor(name), Action.READ_INTAKE, Intake, intake.id)


def test_missing_and_not_yours_give_the_same_answer(world: World):
    intake = world.an_intake()
    stranger = world.actor("stranger")
    with pytest.raises(NotFound) as not_yours:
        fetch(world.session, stranger, Action.READ_INTAKE, Intake, intake.id)
    with pytest.raises(NotFound) as missing:
        fetch(world.session, stranger, Action.READ_INTAKE, Intake, uuid.uuid4())
    assert str(not_yours.value) == str(missing.value)
    assert replace(not_yours.value.refusal, object_id=None) == replace(missing.value.refusal, object_id=None)


def test_a_refused_attempt_can_be_logged_after_the_rollback(world: World):
    world.session.commit()
    with pytest.raises(NotFound) as refused:
        fetch(world.session, world.actor("stranger"), Action.READ_INTAKE, Intake, uuid.uuid4())
    world.session.rollback()
    audit.note(world.session, refused.value.refusal)
    world.session.commit()
    (row,) = world.session.scalars(select(AuditEvent))
    assert (row.outcome, row.user_name, row.action) == (Outcome.REFUSED, "stranger", "intake:lezen")


def test_reading_one_case_writes_one_row_and_reading_a_list_one_for_each_person(world: World):
    cases = [world.an_intake() for _ in range(3)]
    worker = world.actor("worker")
    fetch(world.session, worker, Action.READ_INTAKE, Intake, cases[0].id)
    fetch_all(world.session, worker, Action.READ_INTAKE, Intake, order_by=[Intake.id])
    world.session.commit()
    rows = list(world.session.scalars(select(AuditEvent).order_by(AuditEvent.seq)))
    assert [row.subject_id for row in rows] == [cases[0].id, *sorted(case.id for case in cases)]
    assert {row.rule for row in rows} == {"intake:lezen/wijkteammedewerker/eigen_gemeente"}


@pytest.mark.parametrize(("name", "model"), [("worker", Intake), ("desk_worker", Intake), ("provider", Referral)])
def test_a_list_takes_as_many_statements_for_many_rows_as_for_few(world: World, name: str, model):
    def statements(count: int) -> int:
        for _ in range(count):
            case = world.an_intake()
            world.a_referral(case, "aanbieder_1")
            world.grant(case, "aanbieder_1", GrantKind.VERWIJZING)
            world.grant(case, "desk", GrantKind.VERWIJZING)
        world.session.commit()
        seen: list[str] = []
        engine = world.session.get_bind()
        event.listen(engine, "before_cursor_execute", lambda *args: seen.append(args[2]))
        action = Action.READ_INTAKE if model is Intake else Action.READ_REFERRAL
        fetch_all(world.session, world.actor(name), action, model)
        world.session.commit()
        return len(seen)

    few = statements(1)
    assert statements(20) <= few


def test_an_expert_reads_a_case_on_which_the_expertise_function_was_asked(world: World):
    intake = world.an_intake()
    world.grant(intake, "expertise", GrantKind.EXPERTISE)
    assert can(world.actor("expert"), Action.READ_INTAKE, intake).rule.endswith("expertise/regio")


@pytest.mark.parametrize("moment", [NOW - HOUR, NOW + 3 * HOUR], ids=["before", "after"])
def test_a_grant_works_only_between_its_dates(world: World, moment):
    intake = world.an_intake()
    world.grant(intake, "expertise", GrantKind.EXPERTISE, until=NOW + 2 * HOUR)
    assert can(world.actor("expert", NOW + HOUR), Action.READ_INTAKE, intake)
    assert not can(world.actor("expert", moment), Action.READ_INTAKE, intake)


def test_a_withdrawn_grant_works_no_more(world: World):
    intake = world.an_intake()
    world.grant(intake, "desk", GrantKind.VERWIJZING)
    assert can(world.actor("desk_worker"), Action.READ_INTAKE, intake)
    ended = grant.withdraw(
        world.session,
        world.actor("worker"),
        grant.Right(zaak_id=intake.id, to=world.org("desk"), kind=GrantKind.VERWIJZING),
    )
    assert ended == 1
    assert not can(world.actor("desk_worker"), Action.READ_INTAKE, intake)


def test_giving_the_same_right_twice_makes_one(world: World):
    intake = world.an_intake()
    assert world.grant(intake, "desk", GrantKind.ROUTERING) is world.grant(intake, "desk", GrantKind.ROUTERING)


def test_a_provider_with_a_referral_still_does_not_read_the_intake(world: World):
    intake = world.an_intake()
    world.grant(intake, "aanbieder_1", GrantKind.VERWIJZING)
    assert not can(world.actor("provider"), Action.READ_INTAKE, intake)


def test_a_grant_to_a_gemeente_opens_the_case_for_its_wijkteam_and_not_for_its_desk(world: World):
    intake = world.an_intake()
    world.grant(intake, "rotterdam", GrantKind.VERWIJZING)
    assert can(world.actor("stranger"), Action.READ_INTAKE, intake)
    assert not can(world.actor("desk_worker"), Action.READ_INTAKE, intake)


def test_a_desk_works_on_what_it_filed_itself_and_not_on_the_other_cases_of_its_gemeente(world: World):
    own, other = world.an_intake(by="desk_worker"), world.an_intake(by="stranger")
    assert own.gemeente_id == other.gemeente_id
    assert can(world.actor("desk_worker"), Action.TAKE_BESLUIT, own)
    assert not can(world.actor("desk_worker"), Action.READ_INTAKE, other)


def test_emergency_access_is_of_one_person_and_shows_in_the_log(world: World):
    intake = world.an_intake()
    made = world.grant(intake, "wijkteam_rotterdam", GrantKind.DOORBREKEN, until=NOW + HOUR)
    assert not can(world.actor("stranger"), Action.READ_INTAKE, intake)
    made.account_id = world.accounts["stranger"].id
    world.session.flush()
    fetch(world.session, world.actor("stranger"), Action.READ_INTAKE, Intake, intake.id)
    world.session.commit()
    assert world.session.scalars(select(AuditEvent.emergency)).all() == [True]
    assert not can(world.actor("stranger"), Action.TAKE_BESLUIT, intake)


def test_a_role_works_from_its_first_day_up_to_and_including_its_last(world: World):
    account = an_account(world.session, "tijdelijk")
    give_role(
        world.session,
        account,
        Appointment(
            organisation_id=world.organisations["wijkteam_capelle"].id,
            role=Role.WIJKTEAMMEDEWERKER,
            van=NOW.date(),
            tot=NOW.date() + timedelta(days=1),
        ),
    )
    days = [NOW + timedelta(days=n) for n in (-1, 0, 1, 2)]
    assert [may(actor_of(world.session, account, day), Action.READ_INTAKE) for day in days] == [
        False,
        True,
        True,
        False,
    ]


def test_a_blocked_account_may_nothing(world: World):
    world.accounts["worker"].blocked_at = NOW
    assert world.actor("worker").roles == frozenset()


def test_a_closed_organisation_gives_no_rights(world: World):
    world.organisations["wijkteam_capelle"].closed_at = NOW
    world.session.flush()
    assert world.actor("worker").roles == frozenset()


def test_the_role_of_the_job_worker_can_be_given_to_nobody(world: World):
    with pytest.raises(ValueError, match="systeem"):
        give_role(
            world.session,
            world.accounts["worker"],
            Appointment(organisation_id=world.organisations["desk"].id, role=Role.SYSTEEM, van=NOW.date()),
        )


def test_a_person_who_claims_to_be_the_job_worker_may_nothing(world: World):
    intake = world.an_intake()
    claimed = replace(world.actor("stranger"), roles=frozenset({Role.SYSTEEM}))
    assert not can(claimed, Action.READ_INTAKE, intake)
    assert can(system_actor(NOW), Action.READ_INTAKE, intake)


def test_policy_staff_and_administrators_read_no_case_at_all(world: World):
    for name in ("policy_officer", "administrator", "log_keeper"):
        assert not may(world.actor(name), Action.READ_INTAKE)
        assert not may(world.actor(name), Action.READ_DRAFT)
        assert not may(world.actor(name), Action.READ_REFERRAL)


def test_no_table_of_clients_can_be_read_from_everywhere(world: World):
    everywhere = {rule.action for rule in RULES if rule.relation is Relation.ANYWHERE}
    for action in everywhere:
        for model in (Intake, Draft, AuditEvent):
            assert not world.session.scalar(
                select(scope(replace(world.actor("policy_officer"), tenant_id=None), action, model))
            )


def test_every_action_has_a_rule_or_needs_none():
    assert {rule.action for rule in RULES} | WITHOUT_RULE == set(Action)


def test_no_rule_stands_twice():
    assert len({rule.id for rule in RULES}) == len(RULES)


@pytest.mark.parametrize("seed", range(3))
def test_asked_of_a_row_and_asked_of_a_query_the_policy_says_the_same(world: World, seed: int):
    dice = random.Random(seed)
    cases = [world.an_intake(by=dice.choice(["worker", "stranger", "desk_worker"])) for _ in range(8)]
    letters = [world.a_referral(dice.choice(cases), dice.choice(sorted(world.organisations))) for _ in range(6)]
    referrals = [world.session.get_one(Referral, letter.referral_id) for letter in letters]
    for _ in range(14):
        _random_grant(world, dice, dice.choice(cases))
    rows = [*cases, *letters, *referrals, *world.organisations.values(), *world.accounts.values()]
    for name in PEOPLE:
        actor = world.actor(name)
        for action in sorted({rule.action for rule in RULES if rule.role in actor.roles}):
            for model in (Intake, Referral, Letter, Organisation, Account):
                visible = set(world.session.scalars(select(model.id).where(scope(actor, action, model))))
                asked = {row.id for row in rows if isinstance(row, model) and can(actor, action, row)}
                assert asked == visible, (name, action, model)


def test_a_provider_reads_the_referral_and_the_letter_addressed_to_it_and_no_other(world: World):
    intake = world.an_intake()
    mine, other = world.a_referral(intake, "aanbieder_1"), world.a_referral(intake, "aanbieder_2")
    world.grant(intake, "aanbieder_1", GrantKind.VERWIJZING)
    provider = world.actor("provider")
    assert can(provider, Action.READ_LETTER, mine)
    assert not can(provider, Action.READ_LETTER, other)
    assert not can(world.actor("other_provider"), Action.READ_LETTER, other), "without a living grant"
    assert fetch_all(world.session, provider, Action.READ_REFERRAL, Referral) == [
        world.session.get_one(Referral, mine.referral_id)
    ]


def test_somebody_without_a_role_sees_nothing_by_any_action(world: World):
    world.an_intake()
    nobody = replace(world.actor("worker"), roles=frozenset())
    for action in Action:
        assert not world.session.scalars(select(Intake.id).where(scope(nobody, action, Intake))).all()


def _random_grant(world: World, dice: random.Random, intake: Intake) -> None:
    to = dice.choice(sorted(world.organisations))
    kind = dice.choice(list(GrantKind))
    start = NOW + dice.choice([-2, -1, 0, 1]) * HOUR
    world.session.add(
        Grant(
            id=uuid.uuid4(),
            gemeente_id=intake.gemeente_id,
            zaak_id=intake.id,
            organisation_id=world.org(to),
            account_id=dice.choice(sorted(a.id for a in world.accounts.values()))
            if kind is GrantKind.DOORBREKEN
            else None,
            kind=kind,
            ontvanger="aanbieder",
            grondslag="proef",
            valid_from=start,
            valid_until=dice.choice([None, start + HOUR, start + 9 * HOUR]),
            withdrawn_at=dice.choice([None, None, NOW]),
        )
    )
    world.session.flush()
