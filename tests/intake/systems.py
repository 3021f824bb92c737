"""Systems of the organisations of the region: each comes in at the JSON interface with a key."""

from datetime import timedelta

from sqlalchemy.orm import Session

from config.clock import FixedClock
from intake.access.act import Act
from intake.access.actor import system_actor
from intake.people.systems import api_actor, api_token
from intake.people.systems.api_token import Issued, NewToken
from intake.tables.organisation import Organisation
from tests.intake.region import CLOCK, Region


def a_key(
    session: Session, region: Region, organisation: str = "wijkteam", clock: FixedClock = CLOCK, **telling: object
) -> Issued:
    """A key of this organisation for 90 days, with all scopes that fit it unless told otherwise."""
    owner = session.get_one(Organisation, region.organisations[organisation])
    values = {
        "naam": "Proef",
        "scopes": set(api_actor.role_and_scopes(owner.kind)[1]),
        "tot": clock.today() + timedelta(days=90),
        **telling,
    }
    wanted = NewToken(organisation_id=owner.id, **values)
    return api_token.make_token(Act(session, system_actor(clock.now()), clock), wanted)
