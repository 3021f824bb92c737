"""What a letter tells of who receives the client: where to go, who got which data, who does what next."""

import uuid
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from config import clock
from intake.letters import text
from intake.places import bed, place
from intake.tables.organisation import Organisation, OrganisationKind
from intake.tables.place import Placement, PlacementPurpose
from intake.tables.referral import Referral, ReferralState
from reports import letters as paper

OPEN_TO_ALL = frozenset(
    {
        OrganisationKind.REGIONALE_TOEGANG,
        OrganisationKind.JONGERENLOKET,
        OrganisationKind.GEMEENTE,
        OrganisationKind.WIJKTEAM,
    }
)
"""Desks whose address is public: a letter may name them, whoever looks for the client."""
NOT_SENT = (ReferralState.VOORSTEL, ReferralState.BESPROKEN)
HIDDEN, HIDDEN_PLACE = "de organisatie die u opvangt", "de veilige plek"


@dataclass(frozen=True, slots=True)
class Receiver:
    """Who receives the client, by which referral when there is one."""

    organisation: Organisation
    referral: Referral | None

    @property
    def is_bed(self) -> bool:
        """Whether it is asked for a bed in a shelter."""
        return self.referral is not None and bed.is_bed(self.referral)

    @property
    def agreed(self) -> bool:
        """Whether it said yes."""
        return self.referral is not None and self.referral.state is ReferralState.GEACCEPTEERD

    @property
    def until(self) -> str:
        """By when we know more about a bed, in words."""
        if self.referral is None or self.referral.respond_at is None:
            return "vandaag"
        return f"vóór {clock.in_hours(self.referral.respond_at)}"

    @property
    def is_crisis(self) -> bool:
        """Whether it is the crisis help, which has nights and no office hours."""
        return self.organisation.kind is OrganisationKind.CRISISDIENST


def tonight(session: Session, intake_id: uuid.UUID) -> Receiver | None:
    """Where a bed for tonight is kept or slept in, whichever besluit it came by; none when the case holds none."""
    holds = (Placement.purpose == PlacementPurpose.OVERBRUGGING, Placement.state.in_(place.HELD))
    query = select(Referral).join(Placement, Placement.referral_id == Referral.id)
    found = session.scalars(query.where(Referral.intake_id == intake_id, *holds)).one_or_none()
    return Receiver(session.get_one(Organisation, found.receiver_id), found) if found else None


def destination(one: Receiver) -> paper.Bestemming:
    """Where the client goes; a bed and crisis help have no office hours."""
    at = one.organisation
    return paper.Bestemming(
        naam=at.naam,
        adres=lines(at),
        telefoon=at.telefoon,
        nacht=at.nachttelefoon,
        afspraak="" if one.is_bed or one.is_crisis else text.opening(at.openingstijden),
        openbaar=at.kind in OPEN_TO_ALL,
    )


def first_step(one: Receiver, *, shielded: bool) -> str:
    """What the worker does today so that the client is expected."""
    who = HIDDEN_PLACE if shielded else one.organisation.naam
    if one.is_bed and not one.agreed:
        return f"Vraagt bij {who} een bed voor u aan en vertelt wat u nodig heeft."
    return f"Vertelt aan {who} dat u komt en wat u nodig heeft."


def next_step(session: Session, one: Receiver) -> paper.Taak | None:
    """Beside a bed for tonight: the desk that finds out which help comes after it; none when nobody was asked."""
    if one.referral is None or not one.is_bed:
        return None
    asked = select(Organisation).join(Referral, Referral.receiver_id == Organisation.id)
    here = (Referral.intake_id == one.referral.intake_id, Referral.active, Referral.id != one.referral.id)
    desk = session.scalars(asked.where(*here, Organisation.kind.in_(OPEN_TO_ALL)).limit(1)).first()
    return paper.Taak(desk.naam, "Zoekt met u uit welke hulp u na vannacht krijgt.") if desk else None


def shared(session: Session, intake_id: uuid.UUID, *, shielded: bool) -> tuple[paper.Gedeeld, ...]:
    """Everybody before whom the case was laid, first to last: they all got data of the client (AVG art. 15(1)(c))."""
    query = select(Organisation).join(Referral, Referral.receiver_id == Organisation.id)
    sent = query.where(Referral.intake_id == intake_id, Referral.state.not_in(NOT_SENT)).order_by(Referral.sent_at)
    names = (HIDDEN if shielded and one.kind not in OPEN_TO_ALL else one.naam for one in session.scalars(sent))
    everybody = text.enumerated(list(dict.fromkeys(names)))
    return (paper.Gedeeld(everybody, text.SHARED),) if everybody else ()


def lines(organisation: Organisation) -> tuple[str, ...]:
    """Its address, line by line."""
    return tuple(line.strip() for line in organisation.adres.replace("\n", ",").split(",") if line.strip())
