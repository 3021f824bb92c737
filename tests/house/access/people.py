"""What belongs to one person in the world of the access matrix: account, role, session, keys, ways in."""

import uuid

from sqlalchemy import select
from sqlalchemy.orm import Session

from intake.tables.account import Membership
from intake.tables.api_token import Scope
from intake.tables.login_session import LoginSession
from intake.tables.passkey import Passkey
from tests.intake.login.sso.linked import a_link, a_provider
from tests.intake.region import NOW, Region
from tests.intake.systems import a_key

OWNS = {"eigen": "worker", "verwezen": "haven", "ander": "stranger"}
"""Whose account, role and session are asked for in this situation."""
PROVIDES = {"eigen": "capelle", "verwezen": "haven", "ander": "rotterdam"}
"""Whose identity provider lets that person in."""
NOWHERE = "http://nergens.test"
"""An address to which nothing is ever sent: without TLS, and not of this machine."""
KEY_OF = {"eigen": "wijkteam", "verwezen": "haven", "ander": "wijkteam_rotterdam"}
"""The organisation for which that person's beheerder answers, and whose key is asked for."""


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
        "token_id": a_key(session, region, KEY_OF[situation], scopes=[Scope.PLEKKEN_LEZEN]).token.id,
        **_ways_in(session, region, situation),
    }


def _ways_in(session: Session, region: Region, situation: str) -> dict[str, uuid.UUID]:
    """The identity provider of that organisation, the person as it knows them, and a passkey of the person."""
    provider = a_provider(
        session, region, NOWHERE, PROVIDES[situation], naam=situation, second_factor_values=[], domains=[]
    )
    linked = a_link(session, region, provider, OWNS[situation], sub=situation)
    key = Passkey(
        id=uuid.uuid4(), account_id=linked.account_id, credential_id=situation.encode(), public_key=b"", sign_count=0,
        naam=situation, created_at=NOW,
    )  # fmt: skip
    session.add(key)
    session.flush()
    return {"identity_provider_id": provider.id, "link_id": linked.id, "passkey_id": key.id}
