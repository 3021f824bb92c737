"""Keys for systems: made once, shown once, ended when they must be."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from intake.access import policy
from intake.access.act import Act
from intake.access.action import WITHOUT_RULE, Action
from intake.access.actor import system_actor
from intake.people.systems import api_actor, api_token
from intake.people.systems.api_token import NewToken, TokenRefused
from intake.tables.account import Account
from intake.tables.api_token import ApiToken, Scope
from intake.tables.organisation import Organisation
from intake.worker import daily
from tests.intake.region import CLOCK, NOW, later
from tests.intake.systems import a_key
from tests.intake.told import heard_by

UNTIL = NOW.date() + timedelta(days=30)


def a_token(session, region, organisation="wijkteam", clock=CLOCK, **telling):
    wanted = {"naam": "Zaaksysteem", "scopes": [Scope.INTAKES_LEZEN], "tot": UNTIL, **telling}
    return a_key(session, region, organisation, clock, **wanted)


def test_the_key_itself_is_kept_nowhere(session, region):
    made = a_token(session, region)
    row = session.scalars(select(ApiToken)).one()
    assert len(made.secret) == len("toegang_") + 43
    assert made.secret.encode() not in row.token_hash
    assert made.secret.startswith(row.shown)
    assert len(row.shown) < 20


def test_a_key_works_from_its_first_to_its_last_day(session, region):
    made = a_token(session, region, van=date(2026, 11, 25))
    moments = {-1: False, 2: True, 30: True, 31: False}
    for days, works in moments.items():
        found = api_actor.find(session, made.secret, now=NOW + timedelta(days=days))
        assert (found is not None) == works, days


def test_a_key_that_is_withdrawn_is_dead_at_once(session, region):
    made = a_token(session, region)
    assert api_actor.find(session, made.secret, now=NOW) is not None
    api_token.withdraw(Act(session, system_actor(NOW), CLOCK), made.token.id)
    assert api_actor.find(session, made.secret, now=NOW) is None


def test_a_key_that_nobody_used_for_90_days_is_blocked_and_a_new_one_opens_the_system_again(session, region):
    made = a_token(session, region, tot=NOW.date() + timedelta(days=300))
    account = session.get_one(Account, made.token.account_id)
    account.fictief = False
    after = later(days=91)
    daily.block_unused(session, clock=after)
    assert api_actor.find(session, made.secret, now=after.now()) is None
    again = a_token(session, region, clock=after, tot=after.today() + timedelta(days=30))
    assert again.token.account_id == made.token.account_id
    assert api_actor.find(session, again.secret, now=after.now()) is not None


def test_who_manages_a_key_hears_in_time_that_it_ends_and_not_when_there_is_a_newer_one(session, region):
    region.bring(session, "beheerder")
    a_token(session, region, tot=NOW.date() + timedelta(days=40))
    told = {left: api_token.remind_of_end(session, clock=later(days=40 - left)) for left in (31, 30, 29, 7, 1, 0)}
    assert told == {31: 0, 30: 1, 29: 0, 7: 1, 1: 1, 0: 0}
    session.flush()
    texts = heard_by(session, region.actor(session, "beheerder"))
    assert "De sleutel van Zaaksysteem werkt tot en met 02-01-2027. Maak op tijd een nieuwe." in texts
    a_token(session, region, tot=NOW.date() + timedelta(days=300))
    assert api_token.remind_of_end(session, clock=later(days=39)) == 0


def test_the_system_does_only_what_its_scopes_say(session, region):
    made = a_token(session, region, scopes=[Scope.PLEKKEN_LEZEN])
    system = api_actor.system_behind(session, made.token, moment=NOW)
    allowed = {action for action in Action if action not in WITHOUT_RULE and policy.may(system, action)}
    assert allowed == {Action.READ_PLACE}


def test_every_scope_that_fits_an_organisation_leads_to_something_that_its_role_does(session, region):
    for organisation in region.organisations:
        kind = session.get_one(Organisation, region.organisations[organisation]).kind
        for scope in api_actor.role_and_scopes(kind)[1]:
            made = a_token(session, region, organisation, naam=f"{organisation} {scope}", scopes=[scope])
            system = api_actor.system_behind(session, made.token, moment=NOW)
            assert any(policy.may(system, action) for action in api_actor.ACTIONS[scope]), (organisation, scope)


@pytest.mark.parametrize(
    ("organisation", "telling"),
    [
        ("haven", {"scopes": [Scope.INTAKES_LEZEN]}),
        ("wijkteam", {"scopes": [Scope.PLEKKEN_WIJZIGEN]}),
        ("wijkteam", {"scopes": []}),
        ("wijkteam", {"naam": "  "}),
        ("wijkteam", {"naam": "x" * 61}),
        ("wijkteam", {"tot": NOW.date() - timedelta(days=1)}),
        ("wijkteam", {"tot": NOW.date() + timedelta(days=401)}),
    ],
)
def test_a_key_that_cannot_be_is_refused_in_dutch(session, region, organisation, telling):
    with pytest.raises(TokenRefused, match=r"\."):
        a_token(session, region, organisation, **telling)


def test_nobody_makes_a_key_for_an_organisation_that_they_do_not_manage(session, region):
    with pytest.raises(policy.Forbidden):
        api_token.make_token(
            Act(session, region.actor(session), CLOCK),
            NewToken(
                organisation_id=region.organisations["wijkteam"],
                naam="Zaaksysteem",
                scopes=[Scope.INTAKES_LEZEN],
                tot=UNTIL,
            ),
        )
