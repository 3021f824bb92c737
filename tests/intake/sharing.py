"""What opens a case of the region for another organisation: a grant, or a referral with its letter."""

import uuid
from datetime import datetime

from sqlalchemy.orm import Session

from intake.access import grant
from intake.tables.grant import Grant, GrantKind
from intake.tables.intake import Intake
from intake.tables.letter import Letter, LetterKind, LetterState
from intake.tables.organisation import Organisation
from intake.tables.referral import Referral, ReferralKind, ReferralState
from tests.intake.region import NOW, Region


def a_grant(
    session: Session, region: Region, case: Intake, to: str, kind: GrantKind, *, until: datetime | None = None
) -> Grant:
    """The worker opens the case for this organisation, up to `until`."""
    receiver = session.get_one(Organisation, region.organisations[to])
    return grant.give(
        session,
        region.actor(session),
        grant.NewGrant(
            gemeente_id=case.gemeente_id,
            zaak_id=case.id,
            to=receiver.id,
            kind=kind,
            ontvanger=receiver.kind.value,
            grondslag="Wmo 2015 art. 5.1.1",
            until=until,
        ),
    )


def a_referral(session: Session, region: Region, case: Intake, to: str) -> Letter:
    """A besluit, a referral of the case to this organisation, whatever the rules say of that, and its letter.

    It opens nothing by itself: a grant does.
    """
    besluit = region.a_besluit(session, case, by=region.name_of(case.submitted_by))
    of_case = {"gemeente_id": case.gemeente_id, "intake_id": case.id, "organisation_id": case.organisation_id}
    referral = Referral(
        id=uuid.uuid4(),
        besluit_id=besluit.id,
        kind=ReferralKind.VERWIJZING,
        purpose="traject",
        voorziening="",
        receiver_id=region.organisations[to],
        rank=1,
        state=ReferralState.VERZONDEN,
        active=False,
        version=1,
        sent_at=NOW,
        sent_by=case.submitted_by,
        respond_by=NOW.date(),
        **of_case,
    )
    session.add(referral)
    session.flush()
    letter = Letter(
        id=uuid.uuid4(),
        kind=LetterKind.VERWIJSBRIEF,
        taal="nl",
        state=LetterState.WORDT_GEMAAKT,
        besluit_id=besluit.id,
        referral_id=referral.id,
        asked_at=NOW,
        asked_by=case.submitted_by,
        **of_case,
    )
    session.add(letter)
    session.flush()
    return letter
