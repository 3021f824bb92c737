"""The register of mandates: who decides what for which gemeente, from when to when (Awb 10:3–10:10, Wmo 2.6.3)."""

import uuid
from dataclasses import dataclass
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from intake.access.actor import Actor
from intake.tables.besluit import Mandate
from intake.tables.expertise import ReviewWeight
from intake.tables.organisation import Organisation, OrganisationKind

OVERBRUGGING = "overbrugging"
"""The product of tonight's shelter, pending the investigation (Wmo 2.3.3)."""


@dataclass(frozen=True, slots=True)
class Signature:
    """On whose behalf a besluit is taken (Awb 10:10), and by which mandate; none when the gemeente decides itself."""

    namens: str
    mandate_id: uuid.UUID | None
    besluit_door: uuid.UUID
    expertise_besluit: bool = False


def mandate_for(session: Session, gemeente_id: uuid.UUID, product: str, on: date) -> Mandate | None:
    """The mandate in force for this product and gemeente on this day; the youngest when two overlap."""
    query = select(Mandate).where(Mandate.gemeente_id == gemeente_id, Mandate.product == product, Mandate.van <= on)
    query = query.where(or_(Mandate.tot.is_(None), Mandate.tot >= on))
    return session.scalars(query.order_by(Mandate.van.desc()).limit(1)).first()


def signature(session: Session, gemeente_id: uuid.UUID, product: str, on: date) -> Signature:
    """Who decides and on whose behalf; without a mandate the gemeente's own college decides (T4.7)."""
    gemeente = session.get_one(Organisation, gemeente_id)
    found = mandate_for(session, gemeente_id, product, on)
    namens = f"het college van burgemeester en wethouders van {gemeente.naam.removeprefix('Gemeente ')}"
    if found is None:
        return Signature(namens, None, gemeente_id)
    return Signature(namens, found.id, found.besluit_door, found.expertise_besluit)


def decides(signed: Signature, actor: Actor) -> bool:
    """Whether the actor's organisation is the one that decides; the expertise function where the mandate says so."""
    if signed.expertise_besluit and actor.organisation_kind is OrganisationKind.EXPERTISE:
        return True
    return signed.besluit_door in {actor.organisation_id, actor.tenant_id}


def weight_of_review(session: Session, gemeente_id: uuid.UUID, product: str, on: date) -> ReviewWeight:
    """Whether the expertise function's review of this product is advies or the besluit itself."""
    found = mandate_for(session, gemeente_id, product, on)
    return ReviewWeight.BESLUIT if found is not None and found.expertise_besluit else ReviewWeight.ADVIES
