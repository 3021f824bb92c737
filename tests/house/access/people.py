"""What belongs to one person in the world of the access matrix: account, role, session, keys, ways in."""

import uuid
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from intake.access.act import Act
from intake.access.actor import system_actor
from intake.people.systems import api_token
from intake.people.systems.api_token import NewToken
from intake.tables.account import Membership
from intake.tables.api_token import Scope
from intake.tables.login_session import LoginSession
from intake.tables.oidc import IdentityProvider, LinkedIdentity
from intake.tables.passkey import Passkey
from tests.intake.region import CLOCK, NOW, Region

OWNS = {"eigen": "worker", "verwezen": "haven", "ander": "stranger"}
"""Whose account, role and session are asked for in this situation."""
PROVIDES = {"eigen": "capelle", "verwezen": "haven", "ander": "rotterdam"}
"""Whose identity provider lets that person in."""
NOWHERE = "http://nergens.test"
"""An address to which nothing is ever sent: without TLS, and not of this machine."""
KEY_OF = {"eigen": "wijkteam", "verwezen": "haven", "ander": "wijkteam_rotterdam"}


def belongings_of_people(session: Session, region: Region, situation: str) -> dict[str, uuid.UUID]:
    """The account, role and session of one person."""
    if situation not in OWNS:
        return {}
    account_id = region.accounts[OWNS[situation]]
    membership = session.scalars(select(Membership.id).where(Membership.account_id == account_id)).one()
    living = session.scalars(select(LoginSession.id).where(LoginSession.account_id == account_id)).one()
    return {
        "account_id": account_id,
        "membership_id": membership,
        "session_id": living,
        "token_id": _a_key(session, region, situation),
        **_ways_in(session, region, situation),
    }


def _ways_in(session: Session, region: Region, situation: str) -> dict[str, uuid.UUID]:
    """The identity provider of that organisation, the person as it knows them, and a passkey of the person."""
    account_id, provider_id = region.accounts[OWNS[situation]], uuid.uuid4()
    session.add(
        IdentityProvider(
            id=provider_id,
            organisation_id=region.organisations[PROVIDES[situation]],
            naam=situation,
            issuer=NOWHERE,
            client_id="toegang",
            second_factor_values=[],
            domains=[],
            van=NOW.date(),
            created_at=NOW,
        )
    )
    session.flush()
    linked = LinkedIdentity(
        id=uuid.uuid4(), account_id=account_id, provider_id=provider_id, issuer=NOWHERE, sub=situation, linked_at=NOW
    )
    key = Passkey(
        id=uuid.uuid4(), account_id=account_id, credential_id=situation.encode(), public_key=b"", sign_count=0,
        naam=situation, created_at=NOW,
    )  # fmt: skip
    session.add_all((linked, key))
    session.flush()
    return {"identity_provider_id": provider_id, "link_id": linked.id, "passkey_id": key.id}


def _a_key(session: Session, region: Region, situation: str) -> uuid.UUID:
    """A key for the JSON interface of the organisation for which that person's beheerder answers."""
    made = api_token.make_token(
        Act(session, system_actor(NOW), CLOCK),
        NewToken(
            organisation_id=region.organisations[KEY_OF[situation]],
            naam="Zaaksysteem",
            scopes=[Scope.PLEKKEN_LEZEN],
            tot=NOW.date() + timedelta(days=30),
        ),
    )
    return made.token.id
