"""Which organisations must not be found through a client: shelters after violence, and whatever is marked so."""

import uuid
from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from intake.tables.besluit import Besluit
from intake.tables.cover import Cover
from intake.tables.organisation import Organisation, OrganisationKind
from intake.tables.referral import Referral
from rules.values import Voorziening

HIDDEN_KINDS = frozenset({OrganisationKind.VROUWENOPVANG})


def is_hidden(organisation: Organisation) -> bool:
    """Whether nobody may learn from a case that its client is here (Verdrag van Istanbul art. 23; AVG art. 5(1)(f))."""
    return organisation.kind in HIDDEN_KINDS or organisation.afgeschermd


def is_meant(besluiten: Iterable[Besluit]) -> bool:
    """Whether one of these besluiten sends the client to a hidden place, or gives shelter after violence."""
    return any(
        one.bestemming_soort in HIDDEN_KINDS or Voorziening.VROUWENOPVANG in one.voorzieningen for one in besluiten
    )


def was_asked(session: Session, intake_id: uuid.UUID) -> bool:
    """Whether a hidden place was ever asked for this case; the caller has fetched the case."""
    query = select(Referral.id).join(Cover, Cover.organisation_id == Referral.receiver_id)
    return session.scalars(query.where(Referral.intake_id == intake_id).limit(1)).first() is not None
