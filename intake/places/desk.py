"""Which desk a besluit means: said once, for who sends the case on and for the letter that tells the client of it."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from intake.tables.besluit import Besluit
from intake.tables.organisation import Organisation, OrganisationKind


def desks_for(session: Session, besluit: Besluit) -> tuple[Organisation, ...]:
    """The open desks of the kind that the besluit names, those that it means first; none for what is no kind."""
    found = _of_kind(session, besluit)
    return tuple(dict.fromkeys([*_meant_by(besluit, found), *found]))


def desk_meant(session: Session, besluit: Besluit) -> Organisation | None:
    """The desk that the besluit means; none when the register knows none by its gemeente or its name."""
    return next(iter(_meant_by(besluit, _of_kind(session, besluit))), None)


def meant(desks: Sequence[Organisation], *, naam: str, gemeente: str) -> tuple[Organisation, ...]:
    """Of desks of one kind those that are meant, the surest first.

    Who has the name and stands in the gemeente (a CBS code) comes first, then who stands there by another name (the
    rules say "Wijkteam" of every one), then who has the name elsewhere. What is empty means nobody.
    """
    named = [desk for desk in desks if naam and naam in desk.naam]
    local = [desk for desk in desks if gemeente and desk.gemeente_code == gemeente]
    both = [desk for desk in named if desk in local]
    return tuple(dict.fromkeys([*both, *local, *named]))


def _meant_by(besluit: Besluit, desks: Sequence[Organisation]) -> tuple[Organisation, ...]:
    return meant(desks, naam=besluit.bestemming_naam, gemeente=besluit.bestemming_gemeente or "")


def _of_kind(session: Session, besluit: Besluit) -> Sequence[Organisation]:
    if besluit.bestemming_soort not in set(OrganisationKind):
        return ()
    kind = OrganisationKind(besluit.bestemming_soort)
    query = select(Organisation).where(Organisation.kind == kind, Organisation.closed_at.is_(None))
    return session.scalars(query.order_by(Organisation.naam, Organisation.id)).all()
