"""From what was chosen to the route that is decided."""

import uuid

from sqlalchemy.orm import Session

from intake.besluit.taking import Route
from intake.dossier.deciding.choice import UnknownReceiver, Wanted
from intake.people.organisations.organisation import organisations
from intake.places.hidden import is_hidden
from intake.tables.organisation import Organisation, OrganisationKind

RECEIVERS = tuple(kind for kind in OrganisationKind if kind not in (OrganisationKind.EXPERTISE, OrganisationKind.REGIO))
"""The kinds of organisation to which a besluit can lead."""


def wanted_route(session: Session, wanted: Wanted, advised: Route) -> Route:
    """The route as chosen: the main voorziening in front, the rest as advised; what was left empty is as advised.

    Raises:
        UnknownReceiver: the chosen organisation receives no cases.
    """
    first = wanted.voorziening
    rest = tuple(one for one in advised.voorzieningen[1:] if one != first)
    receiver = _receiver(session, wanted.ontvanger) if wanted.ontvanger else None
    return Route(
        voorzieningen=(first, *rest) if first else advised.voorzieningen,
        overbrugging=wanted.overbrugging or advised.overbrugging,
        bestemming_soort=receiver.kind.value if receiver else advised.bestemming_soort,
        bestemming_naam=_named(receiver) if receiver else advised.bestemming_naam,
        bestemming_gemeente=_gemeente(receiver) if receiver else advised.bestemming_gemeente,
    )


def _named(receiver: Organisation) -> str:
    """Its name, which a besluit tells to whoever reads it; never that of a hidden place."""
    return "" if is_hidden(receiver) else receiver.naam


def _gemeente(receiver: Organisation) -> str:
    return "" if is_hidden(receiver) else receiver.gemeente_code or ""


def _receiver(session: Session, chosen: uuid.UUID) -> Organisation:
    found = next((one for one in organisations(session, RECEIVERS) if one.id == chosen), None)
    if found is None:
        raise UnknownReceiver
    return found
